import { ExecuteContext } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData, IWorkflowBase } from 'n8n-workflow';

import { byId, json, paired, run, start, useJobService } from './support';

const service = useJobService();
const wait = (more: object = {}) => ({
	resource: 'job',
	operation: 'wait',
	jobId: byId('ftjob-1'),
	sleepDuringLongWaits: false,
	...more,
});

describe('Job > Wait', () => {
	it('waits until the job has ended, with growing pauses', async () => {
		service.addJob();
		service.course = [...Array.from({ length: 9 }, () => 'running'), 'succeeded'];
		const result = await run(service, wait());
		expect(json(result)).toEqual([expect.objectContaining({ status: 'succeeded' })]);
		expect(result.sleeps.slice(0, 3)).toEqual([5_000, 7_500, 11_250]);
		expect(Math.max(...result.sleeps)).toBe(60_000);
	});

	it('stops with the reason of the job when it fails, or gives it out', async () => {
		service.addJob();
		service.course = ['failed'];
		const stopped = await run(service, wait());
		expect(stopped.error).toMatchObject({
			message: 'The fine-tuning job ftjob-1 failed (invalid_n_examples)',
			description: expect.stringMatching(/has 3 example\(s\)\. Add examples/),
			context: { itemIndex: 0 },
		});
		const out = await run(service, wait({ waitOptions: { onFailure: 'output' } }));
		expect(json(out)).toEqual([
			expect.objectContaining({
				status: 'failed',
				error_message: 'invalid_n_examples: Training file has 3 example(s)',
			}),
		]);
	});

	it('stops when the job was cancelled elsewhere', async () => {
		service.addJob({ status: 'cancelled' });
		const result = await run(service, wait());
		expect(result.error).toMatchObject({ message: 'The fine-tuning job ftjob-1 was cancelled' });
	});

	it('gives the last state and the next step when the time is up, or goes on', async () => {
		service.addJob();
		const stopped = await run(service, wait({ maxWaitMinutes: 10 }));
		expect(stopped.error).toMatchObject({
			message: 'The fine-tuning job ftjob-1 is still running after 10 minutes',
			description: expect.stringMatching(/Wait for it again by its ID/),
		});
		const out = await run(
			service,
			wait({ maxWaitMinutes: 0, waitOptions: { onTimeout: 'output' } }),
		);
		expect(json(out)).toEqual([expect.objectContaining({ status: 'running', timed_out: true })]);
		expect(out.sleeps).toEqual([]);
	});

	it('counts from an earlier time where that is given', async () => {
		service.addJob();
		const result = await run(
			service,
			wait({
				maxWaitMinutes: 30,
				waitOptions: { countFrom: '={{ $now.minus({ minutes: 29 }).toISO() }}' },
			}),
		);
		expect(result.error!.message).toMatch(/still running after 30 minutes/);
		const slept = result.sleeps.reduce((sum, ms) => sum + ms, 0);
		expect(slept).toBeGreaterThan(55_000);
		expect(slept).toBeLessThanOrEqual(60_000);
	});

	it('honours the settings of each item', async () => {
		service.addJob({ status: 'failed' });
		service.addJob({ status: 'succeeded' });
		const result = await run(
			service,
			wait({
				jobId: byId('={{ $json.id }}'),
				simplify: '={{ $json.simple }}',
				waitOptions: { onFailure: '={{ $json.onFailure }}' },
			}),
			{
				items: [
					{ json: { id: 'ftjob-1', simple: true, onFailure: 'output' } },
					{ json: { id: 'ftjob-2', simple: false, onFailure: 'stop' } },
					{ json: { id: 'ftjob-1', simple: true, onFailure: 'stop' } },
				],
				continueOnFail: true,
			},
		);
		expect(json(result)).toEqual([
			expect.objectContaining({ status: 'failed', minutes: null }),
			expect.objectContaining({ status: 'succeeded', object: 'fine_tuning.job' }),
			{ error: expect.objectContaining({ message: expect.stringContaining('failed') }) },
		]);
		expect(paired(result)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('survives an outage in the middle', async () => {
		service.addJob();
		const look = 'GET /fine_tuning/jobs/ftjob-1';
		service.faults = Array.from({ length: 12 }, (_, i) => ({
			on: look,
			give: i % 2 ? 503 : 'reset',
		}));
		service.course = ['succeeded'];
		const result = await run(service, wait());
		expect(json(result)).toEqual([expect.objectContaining({ status: 'succeeded' })]);
	});

	it('stops at once when the execution is cancelled', async () => {
		service.addJob();
		const started = start(service, wait(), {
			onSleep: (_, count) => void (count === 3 && started.cancel()),
		});
		const result = await started.result;
		expect(result.run.status).toBe('canceled');
		expect(result.sleeps).toHaveLength(3);
	});
});

describe('Job > Wait, asleep', () => {
	const patient = (more: object = {}) => wait({ sleepDuringLongWaits: true, ...more });
	const TWO = { items: [{ json: { id: 'ftjob-1' } }, { json: { id: 'ftjob-2' } }] };
	let called: Array<{ code: IWorkflowBase; items: INodeExecutionData[]; options: IDataObject }>;

	/** Stands in for n8n's sub-executions, which need a database. */
	const subExecution = (answer: () => object) =>
		jest
			.spyOn(ExecuteContext.prototype, 'executeWorkflow')
			.mockImplementation(async ({ code }, items, _, options) => {
				called.push({ code: code!, items: items!, options: options as IDataObject });
				return { executionId: '2', data: [null], ...answer() } as never;
			});

	beforeEach(() => (called = []));
	afterEach(() => jest.restoreAllMocks());

	it('looks for two minutes, then leaves all jobs to one sub-execution', async () => {
		service.addJob();
		service.addJob({ status: 'succeeded' });
		subExecution(() => ({ waitTill: new Date('2999-12-31') }));
		const parameters = patient({ jobId: byId('={{ $json.id }}'), maxWaitMinutes: 90 });
		const result = await run(service, parameters, TWO);
		expect(result.status).toBe('success');
		const slept = result.sleeps.reduce((sum, ms) => sum + ms, 0);
		expect(slept).toBeGreaterThan(118_000);
		expect(slept).toBeLessThanOrEqual(120_000);
		expect(called).toHaveLength(1);
		const [{ items, options }] = called;
		expect(items.map((item) => item.json)).toEqual([
			{
				id: 'ftjob-1',
				countFrom: expect.stringMatching(/Z$/),
				until: expect.stringMatching(/Z$/),
				maxWaitMinutes: 90,
				onFailure: 'stop',
				onTimeout: 'stop',
				simplify: true,
				more: {},
			},
			expect.objectContaining({ id: 'ftjob-2' }),
		]);
		const { countFrom, until } = items[0].json as Record<string, string>;
		expect(Date.parse(until) - Date.parse(countFrom)).toBe(90 * 60_000);
		expect(options).toMatchObject({
			parentExecution: { executionId: '1', workflowId: 'harness-workflow', shouldResume: true },
		});
	});

	it('gives the sub-execution a workflow with its own type and credential, and no loose ends', async () => {
		service.addJob();
		subExecution(() => ({ waitTill: new Date('2999-12-31') }));
		await run(service, patient(), { continueOnFail: true });
		const { nodes, connections } = called[0].code;
		const names = nodes.map(({ name }) => name);
		expect(names).toEqual(['Start', 'Sleep', 'Look', 'Done?', 'Result', 'Add Fields']);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		for (const { main } of Object.values(connections)) {
			for (const [edge] of main as Array<Array<{ node: string }>>)
				expect(names).toContain(edge.node);
		}
		const ours = nodes.filter(({ type }) => type === 'harness.openAiFineTune');
		expect(ours.map(({ credentials }) => credentials)).toEqual([
			{ openAiFineTuningApi: { id: '1', name: 'openAiFineTuningApi' } },
			{ openAiFineTuningApi: { id: '1', name: 'openAiFineTuningApi' } },
		]);
		expect(ours.map(({ onError }: INode) => onError)).toEqual([
			'continueRegularOutput',
			'continueRegularOutput',
		]);
	});

	it('does not sleep for jobs that end soon', async () => {
		service.addJob();
		service.course = ['running', 'running', 'succeeded'];
		subExecution(() => ({}));
		const result = await run(service, patient());
		expect(json(result)).toEqual([expect.objectContaining({ status: 'succeeded' })]);
		expect(called).toEqual([]);
	});

	it('goes on awake where n8n cannot run the sub-execution', async () => {
		service.addJob();
		service.addJob({ status: 'succeeded' });
		subExecution(() => {
			throw new Error('Unrecognized node type');
		});
		const parameters = patient({ jobId: byId('={{ $json.id }}'), maxWaitMinutes: 10 });
		const result = await run(service, parameters, { ...TWO, continueOnFail: true });
		expect(
			result.outputs[0].map(({ json: item, pairedItem }) => [item.id ?? 'none', pairedItem]),
		).toEqual([
			['ftjob-2', { item: 1 }],
			['none', { item: 0 }],
		]);
		expect(json(result)[1]).toMatchObject({
			error: { message: 'The fine-tuning job ftjob-1 is still running after 10 minutes' },
		});
	});

	it('stays awake when an item has no job, since the sub-execution could not give its item back', async () => {
		service.addJob();
		subExecution(() => ({ waitTill: new Date('2999-12-31') }));
		const result = await run(
			service,
			patient({ jobId: byId('={{ $json.id }}'), maxWaitMinutes: 5 }),
			{ items: [{ json: { id: 'ftjob-1' } }, { json: { id: '' } }], continueOnFail: true },
		);
		expect(called).toEqual([]);
		expect(json(result).map(({ error }) => (error as IDataObject).message)).toEqual([
			"'Job' is empty",
			'The fine-tuning job ftjob-1 is still running after 5 minutes',
		]);
	});

	it('keeps what Create knows beside the job', async () => {
		subExecution(() => ({ waitTill: new Date('2999-12-31') }));
		service.faults = [{ on: 'POST /fine_tuning/jobs', give: 'reset', after: true }];
		await run(service, {
			resource: 'job',
			operation: 'create',
			baseModel: byId('m'),
			trainingFile: byId('file-1'),
			waitUntilFinished: true,
			sleepDuringLongWaits: true,
		});
		expect(called[0].items[0].json).toMatchObject({ id: 'ftjob-1', more: { reused: true } });
	});
});
