import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { OpenAiFineTune } from '../../../nodes/OpenAiFineTune/OpenAiFineTune.node';
import { runNode, type RunOptions, startNode } from '../harness';

/** Values that must never come out of a node. */
export const SECRETS = {
	apiKey: 'sk-proj-TopSecretKey0123456789',
	adminApiKey: 'sk-admin-TopSecretAdmin0123',
	webhookSigningSecret: 'whsec_TopSecretWebhook01',
	headers: { values: [{ name: 'x-gateway', value: 'gateway-secret-value' }] },
};
export const credentials = { openAiFineTuningApi: SECRETS };

/** OpenAI's API under nock, which asks for the key and the extra header. */
export const api = () =>
	nock('https://api.openai.com/v1', {
		reqheaders: {
			authorization: `Bearer ${SECRETS.apiKey}`,
			'x-gateway': 'gateway-secret-value',
		},
	});

type Setup = Omit<Partial<RunOptions>, 'parameters'>;

const options = (resource: string, operation: string, more: IDataObject, setup: Setup) => ({
	node: new OpenAiFineTune(),
	credentials,
	...setup,
	parameters: { resource, operation, ...more },
});

export const run = async (
	resource: string,
	operation: string,
	more: IDataObject = {},
	setup: Setup = {},
) => await runNode(options(resource, operation, more, setup));

export const start = (
	resource: string,
	operation: string,
	more: IDataObject = {},
	setup: Setup = {},
) => startNode(options(resource, operation, more, setup));

export const locator = (value: string, mode = 'id') => ({ __rl: true, mode, value });

/** Fails when anything that n8n would keep of a run holds a secret, in plain or base64. */
export function expectNoSecrets(kept: unknown): void {
	const seen = new WeakSet<object>();
	const text = JSON.stringify(kept, (_key, value: unknown) => {
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return '[seen]';
		seen.add(value);
		if (!(value instanceof Error)) return value;
		const own = Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)]);
		return Object.fromEntries(own);
	});
	const values = [
		SECRETS.apiKey,
		SECRETS.adminApiKey,
		SECRETS.webhookSigningSecret,
		SECRETS.headers.values[0].value,
	];
	for (const value of values) {
		expect(text).not.toContain(value);
		expect(text).not.toContain(Buffer.from(value).toString('base64'));
	}
}
