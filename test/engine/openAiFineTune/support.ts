import type { IDataObject } from 'n8n-workflow';

import { OpenAiFineTune } from '../../../nodes/OpenAiFineTune/OpenAiFineTune.node';
import { runNode, startNode, type RunOptions, type RunResult } from '../harness';

import { JobService } from './jobService';

/** A service for a test file, started once, emptied before each test. */
export function useJobService(): JobService {
	const service = new JobService();
	beforeAll(async () => await service.start());
	beforeEach(() => service.reset());
	afterAll(async () => await service.stop());
	return service;
}

export type Setup = Omit<RunOptions, 'node' | 'parameters' | 'credentials'> & {
	credential?: IDataObject;
};

const options = (service: JobService, parameters: IDataObject, setup: Setup): RunOptions => {
	const { credential, ...rest } = setup;
	return {
		node: new OpenAiFineTune(),
		parameters,
		credentials: {
			openAiFineTuningApi: {
				provider: 'other',
				baseUrl: service.url,
				apiKey: 'sk-test',
				...credential,
			},
		},
		...rest,
	};
};

export async function run(
	service: JobService,
	parameters: IDataObject,
	setup: Setup = {},
): Promise<RunResult> {
	return await runNode(options(service, parameters, setup));
}

export function start(service: JobService, parameters: IDataObject, setup: Setup = {}) {
	return startNode(options(service, parameters, setup));
}

/** A resource locator that holds an ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const json = (result: RunResult, output = 0) =>
	result.outputs[output].map((item) => item.json);
export const paired = (result: RunResult) => result.outputs[0].map((item) => item.pairedItem);
