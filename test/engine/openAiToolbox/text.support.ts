import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { OpenAiToolbox } from '../../../nodes/OpenAiToolbox/OpenAiToolbox.node';
import { runNode, type RunOptions, startNode } from '../harness';

const SECRET = 'sk-proj-TopSecretKey0123456789';

export const credentials = { openAiFineTuningApi: { apiKey: SECRET } };
/** A server of the API's shape that is not OpenAI. */
export const elsewhere = {
	openAiFineTuningApi: { provider: 'other', baseUrl: 'https://llm.example.com/v1', apiKey: SECRET },
};

const withKey = { reqheaders: { authorization: `Bearer ${SECRET}` } };
export const api = () => nock('https://api.openai.com/v1', withKey);
export const otherApi = () => nock('https://llm.example.com/v1', withKey);

export const locator = (value: string) => ({ __rl: true, mode: 'id', value });

type Setup = Omit<Partial<RunOptions>, 'parameters'>;

const options = (
	resource: string,
	operation: string,
	parameters: IDataObject,
	setup: Setup,
): RunOptions => ({
	node: new OpenAiToolbox(),
	credentials,
	...setup,
	parameters: { resource, operation, ...parameters },
});

export const run = async (
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	setup: Setup = {},
) => await runNode(options(resource, operation, parameters, setup));

export const start = (
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	setup: Setup = {},
) => startNode(options(resource, operation, parameters, setup));

/** Message and description of an error item or a thrown error. */
export function said(error: unknown): string {
	const { message = '', description = '' } = (error ?? {}) as IDataObject;
	return `${String(message)} | ${String(description)}`;
}

export async function bodyOf<T>(request: Request): Promise<T> {
	return (await request.json()) as T;
}
