import { byId, json, paired, run, useJobService } from './support';

const service = useJobService();
const TWO = [{ json: { id: 'ftjob-1', simple: true } }, { json: { id: 'ftjob-2', simple: false } }];
const ofItem = { jobId: byId('={{ $json.id }}'), simplify: '={{ $json.simple }}' };

describe('Job > Get', () => {
	it('reads each job by its own item, simplified or raw, and pairs the items', async () => {
		service.addJob();
		service.addJob();
		service.course = ['succeeded'];
		const result = await run(
			service,
			{ resource: 'job', operation: 'get', ...ofItem },
			{ items: TWO },
		);
		const [simple, raw] = json(result);
		expect(simple).toEqual({
			id: 'ftjob-1',
			status: 'succeeded',
			model: 'gpt-4.1-mini-2025-04-14',
			fine_tuned_model: 'ft:gpt-4.1-mini-2025-04-14:acme::ftjob-1',
			trained_tokens: 5000,
			files: { training_file: 'file-1', validation_file: null, result_files: ['file-result'] },
			error_message: null,
			created_at: expect.stringMatching(/Z$/),
			finished_at: expect.stringMatching(/Z$/),
			minutes: expect.any(Number),
		});
		expect(raw).toMatchObject({ object: 'fine_tuning.job', id: 'ftjob-2' });
		expect(paired(result)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(service.requests[0].authorization).toBe('Bearer sk-test');
	});

	it('stops with what to do when a job does not exist', async () => {
		const result = await run(service, {
			resource: 'job',
			operation: 'get',
			jobId: byId('ftjob-9'),
		});
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '404',
			message: expect.stringContaining('No job ftjob-9'),
			context: { itemIndex: 0 },
		});
	});

	it('goes on behind an item that fails, where the node is set to', async () => {
		service.addJob();
		const items = [{ json: { id: 'ftjob-9' } }, { json: { id: '' } }, { json: { id: 'ftjob-1' } }];
		const result = await run(
			service,
			{ resource: 'job', operation: 'get', jobId: byId('={{ $json.id }}') },
			{ items, continueOnFail: true },
		);
		expect(json(result)).toEqual([
			{ error: expect.objectContaining({ status: 404, code: 'fine_tune_not_found' }) },
			{ error: expect.objectContaining({ message: "'Job' is empty" }) },
			expect.objectContaining({ id: 'ftjob-1', status: 'running' }),
		]);
		expect(paired(result)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it.each([401, 403])('explains %i without showing the key', async (give) => {
		service.faults = [
			{ on: 'GET /fine_tuning/jobs/ftjob-1', give, message: 'key sk-test refused' },
		];
		const result = await run(service, {
			resource: 'job',
			operation: 'get',
			jobId: byId('ftjob-1'),
		});
		expect(result.error).toMatchObject({ httpCode: String(give), description: expect.any(String) });
		expect(JSON.stringify(result.error)).not.toContain('sk-test');
	});

	it.each(['reset', 500, 429] as const)('tries again after %s', async (give) => {
		service.addJob();
		service.faults = [
			{ on: 'GET /fine_tuning/jobs/ftjob-1', give, headers: { 'retry-after': '7' } },
		];
		const result = await run(service, {
			resource: 'job',
			operation: 'get',
			jobId: byId('ftjob-1'),
		});
		expect(json(result)).toEqual([expect.objectContaining({ id: 'ftjob-1' })]);
		expect(result.sleeps).toHaveLength(1);
		if (give !== 'reset') expect(result.sleeps).toEqual([7_000]);
	});
});

describe.each([
	['cancel', 'cancelled'],
	['pause', 'paused'],
	['resume', 'running'],
])('Job > %s', (operation, status) => {
	it('acts on each job and gives its new state', async () => {
		service.addJob();
		service.addJob();
		const result = await run(service, { resource: 'job', operation, ...ofItem }, { items: TWO });
		expect(json(result)).toEqual([
			expect.objectContaining({ id: 'ftjob-1', status, error_message: null }),
			expect.objectContaining({ id: 'ftjob-2', status, object: 'fine_tuning.job' }),
		]);
		expect(paired(result)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(service.seen(`POST /fine_tuning/jobs/ftjob-1/${operation}`)).toHaveLength(1);
	});
});

describe('Job > Get Many', () => {
	const fill = () => {
		for (let i = 0; i < 130; i++) {
			service.addJob({
				status: i % 2 ? 'succeeded' : 'failed',
				metadata: i % 10 ? null : { team: i % 20 ? 'hr' : 'it' },
				model: i % 3 ? 'gpt-4.1-mini-2025-04-14' : 'gpt-4o-mini-2024-07-18',
			});
		}
	};

	it('gives each item its own limit and filters', async () => {
		fill();
		const result = await run(
			service,
			{
				resource: 'job',
				operation: 'getAll',
				limit: '={{ $json.limit }}',
				filters: {
					status: '={{ $json.status }}',
					metadata: { values: [{ name: 'team', value: '={{ $json.team }}' }] },
				},
			},
			{
				items: [
					{ json: { limit: 2, status: ['succeeded', 'failed'], team: 'hr' } },
					{ json: { limit: 50, status: ['failed'], team: 'it' } },
				],
			},
		);
		expect(result.outputs[0].filter(({ pairedItem }) => same(pairedItem, 0))).toHaveLength(2);
		expect(result.outputs[0].filter(({ pairedItem }) => same(pairedItem, 1))).toHaveLength(7);
		expect(service.requests[0].query.get('metadata[team]')).toBe('hr');
		expect(service.requests[0].query.get('limit')).toBe('2');
	});

	it('returns all, raw, filtered by model and date', async () => {
		fill();
		service.jobs[129].created_at = 1;
		const all = await run(service, { resource: 'job', operation: 'getAll', returnAll: true });
		expect(json(all)).toHaveLength(130);
		const some = await run(service, {
			resource: 'job',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			filters: { baseModel: 'gpt-4o', createdAfter: '2020-01-01T00:00:00' },
		});
		expect(json(some)).toHaveLength(43);
		const odd = {
			resource: 'job',
			operation: 'getAll',
			filters: { createdAfter: '={{ "soon" }}' },
		};
		expect((await run(service, odd)).error).toMatchObject({
			message: '\'Created After\' is not a date: "soon"',
		});
		expect(json(some)[0]).toMatchObject({ object: 'fine_tuning.job' });
	});
});

function same(pairedItem: unknown, item: number): boolean {
	return (pairedItem as { item: number }).item === item;
}

describe('Job > Get Events', () => {
	it('gives messages and metrics, filtered and limited', async () => {
		service.addJob();
		service.events = Array.from({ length: 60 }, (_, i) => ({
			id: `ftevent-${i}`,
			object: 'fine_tuning.job.event',
			created_at: 1_790_000_000,
			level: i % 2 ? 'info' : 'warn',
			type: i % 3 ? 'message' : 'metrics',
			message: `Step ${i}`,
			data: { step: i, train_loss: 0.5 },
		}));
		const events = async (parameters: object) =>
			json(
				await run(service, {
					resource: 'job',
					operation: 'getEvents',
					jobId: byId('ftjob-1'),
					...parameters,
				}),
			);
		expect(await events({})).toHaveLength(50);
		expect(await events({ returnAll: true })).toHaveLength(60);
		expect(await events({ limit: 1, filters: { type: 'metrics', level: ['info'] } })).toEqual([
			{
				id: 'ftevent-3',
				created_at: '2026-09-21T14:13:20.000Z',
				level: 'info',
				type: 'metrics',
				message: 'Step 3',
				step: 3,
				train_loss: 0.5,
			},
		]);
		expect(await events({ limit: 1, simplify: false })).toEqual([
			expect.objectContaining({
				object: 'fine_tuning.job.event',
				data: { step: 0, train_loss: 0.5 },
			}),
		]);
	});
});

describe('Job > Get Checkpoints', () => {
	it('gives the models saved during training', async () => {
		service.addJob();
		service.checkpoints = [88, 44].map((step) => ({
			id: `ftckpt_${step}`,
			created_at: 1_790_000_000,
			step_number: step,
			fine_tuned_model_checkpoint: `ft:m:acme::1:ckpt-step-${step}`,
			fine_tuning_job_id: 'ftjob-1',
			metrics: { step, train_loss: 0.4 },
		}));
		const result = await run(
			service,
			{
				resource: 'job',
				operation: 'getCheckpoints',
				jobId: byId('ftjob-1'),
				limit: '={{ $json.limit }}',
				simplify: '={{ $json.simple }}',
			},
			{ items: [{ json: { limit: 2, simple: true } }, { json: { limit: 1, simple: false } }] },
		);
		expect(json(result)).toEqual([
			expect.objectContaining({ step_number: 88, train_loss: 0.4, valid_loss: null }),
			expect.objectContaining({ fine_tuned_model_checkpoint: 'ft:m:acme::1:ckpt-step-44' }),
			expect.objectContaining({
				fine_tuning_job_id: 'ftjob-1',
				metrics: { step: 88, train_loss: 0.4 },
			}),
		]);
	});
});
