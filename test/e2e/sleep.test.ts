import { assertSucceeded, followExecution, outputOf } from '../../sandbox/n8n';

import { sandboxState, uploadSamples } from './sandboxControl';
import { openStage, type Stage } from './stage';
import { endWaitsEarly, untilAsleep } from './waits';
import { MANUAL_TRIGGER, workflowOf } from './workflows';

jest.setTimeout(300_000);

let stage: Stage;

beforeAll(async () => {
	stage = await openStage('sleep', { speed: 1 });
});

afterAll(async () => {
	await stage?.close();
});

// The node stays awake for two minutes before it sleeps, and this test with it.
test('one node that waits for a long job sleeps, survives the end of n8n, and gives the model', async () => {
	const trainingFile = await uploadSamples(stage.server);
	const node = (name: string, parameters: Record<string, unknown>) => ({
		name,
		type: 'openAiFineTune',
		credential: stage.credential,
		parameters: { resource: 'job', ...parameters },
	});
	const { id } = await stage.rest.createWorkflow(
		workflowOf(
			'long job',
			node('Create Job', {
				operation: 'create',
				baseModel: { __rl: true, mode: 'id', value: 'gpt-4.1-mini-2025-04-14' },
				trainingFile: { __rl: true, mode: 'id', value: trainingFile },
				waitUntilFinished: true,
			}),
		),
	);
	const execution = await stage.rest.runWorkflow(id, MANUAL_TRIGGER);
	await untilAsleep(stage.rest, execution, 150_000);
	await stage.restart({
		crash: true,
		meanwhile: async () => {
			await stage.server.advance(60 * 60_000);
			endWaitsEarly(stage.userFolder);
		},
	});
	const ended = await followExecution(stage.rest, execution, { timeoutMs: 60_000 });
	assertSucceeded(ended);
	expect(outputOf(ended, 'Create Job')[0].json).toMatchObject({
		status: 'succeeded',
		fine_tuned_model: expect.stringMatching(/^ft:gpt-4\.1-mini/),
	});
	expect((await sandboxState(stage.server)).jobs).toHaveLength(1);
});
