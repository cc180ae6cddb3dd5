import { assertSucceeded, CREDENTIAL_TYPE, outputOf } from '../../sandbox/n8n';

import { changeJob, resetSandbox, sandboxState, uploadSamples } from './sandboxControl';
import { openStage, type Stage } from './stage';
import { MANUAL_TRIGGER, type Step, workflowOf } from './workflows';

jest.setTimeout(240_000);

let stage: Stage;
let trainingFile: string;

beforeAll(async () => {
	stage = await openStage('trouble');
});

afterAll(async () => {
	await stage?.close();
});

beforeEach(async () => {
	await resetSandbox(stage.server);
	trainingFile = await uploadSamples(stage.server);
});

describe('a job that does not simply succeed', () => {
	test('failed: the node stops with the reason that the service gave', async () => {
		stage.server.changeSettings({ speed: 1 });
		const running = stage.run(workflowOf('job fails', create(), waitForJob()), MANUAL_TRIGGER);
		await endJob({
			status: 'failed',
			error: { code: 'server_error', message: 'The machine caught fire.', param: null },
		});
		const { status, resultData } = await running;
		expect(status).toBe('error');
		expect(resultData.error?.message).toMatch(/job ftjob-\S+ failed/);
		expect(resultData.error?.description).toContain('The machine caught fire.');
	});

	test('cancelled from outside: the node says so', async () => {
		stage.server.changeSettings({ speed: 1 });
		const running = stage.run(workflowOf('job cancelled', create(), waitForJob()), MANUAL_TRIGGER);
		await endJob({ status: 'cancelled' });
		const { status, resultData } = await running;
		expect(status).toBe('error');
		expect(resultData.error?.message).toMatch(/job ftjob-\S+ was cancelled/);
	});

	test('longer than the wait: the node names the last state and the next step, the job goes on', async () => {
		stage.server.changeSettings({ speed: 1 });
		const { status, resultData } = await stage.run(
			workflowOf('job outlasts the wait', create(), waitForJob({ maxWaitMinutes: 0.04 })),
			MANUAL_TRIGGER,
		);
		expect(status).toBe('error');
		expect(resultData.error?.message).toMatch(/is still validating its files after \d seconds/);
		expect(resultData.error?.description).toMatch(/Wait for it again by its ID/);
		expect((await jobs()).map((job) => job.status)).toEqual(['validating_files']);
	});

	test('succeeded: the wait gives the model', async () => {
		stage.server.changeSettings({ speed: 2_000 });
		const execution = await stage.run(
			workflowOf('job succeeds', create(), waitForJob()),
			MANUAL_TRIGGER,
		);
		assertSucceeded(execution);
		expect(outputOf(execution, 'Wait for Job')[0].json.fine_tuned_model).toMatch(
			/^ft:gpt-4\.1-mini/,
		);
	});
});

describe('a service that does not simply answer', () => {
	test('connection reset right after the job was made: exactly one job exists and the node gives it', async () => {
		stage.server.addFault({ method: 'POST', path: '^/v1/fine_tuning/jobs$', reset: 'after' });
		const execution = await stage.run(workflowOf('reset after create', create()), MANUAL_TRIGGER);
		assertSucceeded(execution);
		const made = await jobs();
		expect(made).toHaveLength(1);
		expect(outputOf(execution, 'Create Job')[0].json.id).toBe(made[0].id);
	});

	test('a short storm of 429 is sat out', async () => {
		stage.server.addFault({ path: '^/v1/', preset: 'rate_limit', times: 2 });
		const execution = await stage.run(workflowOf('short storm', create()), MANUAL_TRIGGER);
		assertSucceeded(execution);
		expect(await jobs()).toHaveLength(1);
	});

	test('a long storm of 429 ends with a clear text, and without a job', async () => {
		stage.server.addFault({ path: '^/v1/', preset: 'rate_limit', times: 1_000 });
		const { status, resultData } = await stage.run(
			workflowOf('long storm', create()),
			MANUAL_TRIGGER,
		);
		expect(status).toBe('error');
		expect(resultData.error?.message).toMatch(/rate limit/i);
		expect(resultData.error?.description).toBeTruthy();
		expect(await jobs()).toHaveLength(0);
		const { requests } = await state();
		expect(requests.recent.length).toBeLessThan(20);
	});

	test('an empty account is not tried again', async () => {
		stage.server.addFault({
			method: 'POST',
			path: '^/v1/fine_tuning/jobs$',
			preset: 'insufficient_quota',
			times: 1_000,
		});
		const { status, resultData } = await stage.run(
			workflowOf('empty account', create()),
			MANUAL_TRIGGER,
		);
		expect(status).toBe('error');
		expect(resultData.error?.message).toMatch(/quota|credit/i);
		const posts = (await state()).requests.recent.filter(
			({ method, path }) => method === 'POST' && path === '/v1/fine_tuning/jobs',
		);
		expect(posts).toHaveLength(1);
	});

	test('a wrong key stops the node with a text that says where to look, without the key', async () => {
		const secret = 'sk-wrong-0123456789abcdef';
		const wrong = await stage.rest.request<{ id: string; name: string }>(
			'POST',
			'/rest/credentials',
			{
				name: 'Wrong key',
				type: CREDENTIAL_TYPE,
				data: { provider: 'sandbox', baseUrl: `${stage.server.url}/v1`, apiKey: secret },
			},
		);
		const execution = await stage.run(
			workflowOf('wrong key', { ...create(), credential: wrong }),
			MANUAL_TRIGGER,
		);
		expect(execution.status).toBe('error');
		expect(execution.resultData.error?.message).toMatch(/key/i);
		expect(execution.resultData.error?.description).toMatch(/credential/i);
		expect(JSON.stringify(execution)).not.toContain(secret);
		expect(stage.n8n.process.output()).not.toContain(secret);
	});

	test('training that is closed: the error names the other ways', async () => {
		stage.server.addFault({
			method: 'POST',
			path: '^/v1/fine_tuning/jobs$',
			preset: 'training_not_available',
		});
		const { resultData } = await stage.run(workflowOf('training closed', create()), MANUAL_TRIGGER);
		expect(resultData.error?.description).toMatch(/Azure|Nebius|Together/);
	});
});

function create(): Step {
	return {
		name: 'Create Job',
		type: 'openAiFineTune',
		credential: stage.credential,
		parameters: {
			resource: 'job',
			operation: 'create',
			baseModel: { __rl: true, mode: 'id', value: 'gpt-4.1-mini-2025-04-14' },
			trainingFile: { __rl: true, mode: 'id', value: trainingFile },
		},
	};
}

function waitForJob(parameters: Record<string, unknown> = {}): Step {
	return {
		name: 'Wait for Job',
		type: 'openAiFineTune',
		credential: stage.credential,
		parameters: {
			resource: 'job',
			operation: 'wait',
			jobId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			waitOptions: { firstInterval: 1 },
			...parameters,
		},
	};
}

const state = () => sandboxState(stage.server);
const jobs = async () => (await state()).jobs;

/** Ends the first job that shows up, as its owner could do at the service's own web site. */
async function endJob(end: object): Promise<void> {
	for (let tries = 0; tries < 300; tries++) {
		const [job] = await jobs();
		if (job) return await changeJob(stage.server, job.id, end);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('No job was created within 30 s.');
}
