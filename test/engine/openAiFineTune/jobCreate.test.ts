import { byId, json, paired, run, start, useJobService } from './support';

const service = useJobService();
const POST = 'POST /fine_tuning/jobs';
const create = (more: object = {}) => ({
	resource: 'job',
	operation: 'create',
	baseModel: byId('gpt-4.1-mini-2025-04-14'),
	trainingFile: byId('file-1'),
	...more,
});

describe('Job > Create', () => {
	it('starts a job with two clicks', async () => {
		const result = await run(service, create());
		expect(json(result)).toEqual([
			expect.objectContaining({ id: 'ftjob-1', status: 'validating_files' }),
		]);
		expect(service.seen(POST)[0].body).toEqual({
			model: 'gpt-4.1-mini-2025-04-14',
			training_file: 'file-1',
			method: { type: 'supervised' },
			metadata: { n8n_run_id: expect.stringMatching(/^[0-9a-f]{40}$/) },
		});
	});

	it('starts the job of each item with its own settings', async () => {
		const result = await run(
			service,
			create({
				baseModel: byId('={{ $json.model }}'),
				trainingFile: byId('={{ $json.file }}'),
				validationFile: byId('={{ $json.other }}'),
				method: '={{ $json.method }}',
				hyperparameters: { epochs: '={{ $json.epochs }}', batchSize: 'auto' },
				options: {
					suffix: '={{ $json.suffix }}',
					seed: 7,
					metadata: { values: [{ name: 'team', value: '={{ $json.team }}' }] },
					wandb: { values: { project: 'p', name: '', entity: '', tags: 'a, b' } },
					additionalFields: '={{ { trainingType: $json.team } }}',
				},
			}),
			{
				items: [
					{
						json: {
							model: 'a',
							file: 'file-1',
							other: 'file-2',
							method: 'supervised',
							epochs: 3,
							suffix: 'x',
							team: 'hr',
						},
					},
					{
						json: {
							model: 'b',
							file: 'file-3',
							other: '',
							method: 'supervised',
							epochs: '',
							suffix: '',
							team: 'it',
						},
					},
				],
			},
		);
		expect(paired(result)).toEqual([{ item: 0 }, { item: 1 }]);
		const [first, second] = service.seen(POST).map(({ body }) => body);
		expect(first).toEqual({
			model: 'a',
			training_file: 'file-1',
			validation_file: 'file-2',
			method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 3 } } },
			suffix: 'x',
			seed: 7,
			metadata: { team: 'hr', n8n_run_id: expect.any(String) },
			integrations: [{ type: 'wandb', wandb: { project: 'p', tags: ['a', 'b'] } }],
			trainingType: 'hr',
		});
		expect(second).toMatchObject({
			model: 'b',
			method: { type: 'supervised' },
			trainingType: 'it',
		});
		expect(second).not.toHaveProperty('validation_file');
		expect(second).not.toHaveProperty('suffix');
		expect(first.metadata).not.toEqual(second.metadata);
	});

	it('sends DPO with beta', async () => {
		await run(service, create({ method: 'dpo', hyperparameters: { beta: '0.2', epochs: '2' } }));
		expect(service.seen(POST)[0].body.method).toEqual({
			type: 'dpo',
			dpo: { hyperparameters: { beta: 0.2, n_epochs: 2 } },
		});
	});

	it('sends reinforcement with a grader from the form', async () => {
		await run(
			service,
			create({
				method: 'reinforcement',
				graderType: 'multi',
				graders: {
					string_check: [
						{
							graderName: 'exact',
							graderInput: '{{sample.output_text}}',
							graderOperation: 'eq',
							graderReference: '{{item.reference_answer}}',
						},
					],
					python: [{ graderName: 'code', graderSource: 'def grade(s, i): return 1' }],
				},
				graderFormula: '0.5 * exact + 0.5 * code',
				hyperparameters: { reasoningEffort: 'low', evalSamples: '4', computeMultiplier: 1.5 },
			}),
		);
		expect(service.seen(POST)[0].body.method).toEqual({
			type: 'reinforcement',
			reinforcement: {
				grader: {
					type: 'multi',
					name: 'multi',
					graders: {
						exact: {
							type: 'string_check',
							name: 'exact',
							input: '{{sample.output_text}}',
							reference: '{{item.reference_answer}}',
							operation: 'eq',
						},
						code: { type: 'python', name: 'code', source: 'def grade(s, i): return 1' },
					},
					calculate_output: '0.5 * exact + 0.5 * code',
				},
				hyperparameters: { reasoning_effort: 'low', eval_samples: 4, compute_multiplier: 1.5 },
			},
		});
	});

	it.each<[string, object, RegExp]>([
		['a model', { baseModel: byId('={{ $json.none }}') }, /'Base Model' is empty/],
		['a file', { trainingFile: byId(' ') }, /'Training File' is empty/],
		['sensible epochs', { hyperparameters: { epochs: '99' } }, /'Epochs' cannot be "99"/],
		['JSON', { options: { additionalFields: '{' } }, /not valid JSON/],
		[
			'a whole grader',
			{ method: 'reinforcement', defineGrader: 'json', graderJson: '{"type": "python"}' },
			/"name" is missing/,
		],
	])('asks for %s before it asks the service', async (_, more, message) => {
		const result = await run(service, create(more));
		expect(result.error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(message),
			description: expect.stringMatching(/\S/),
		});
		expect(service.requests).toEqual([]);
	});

	it('tells what to do when OpenAI takes no more jobs, and asks once', async () => {
		service.faults = [
			{ on: POST, give: 403, code: 'training_not_available', message: 'winding down' },
		];
		const result = await run(service, create());
		expect(result.error).toMatchObject({
			httpCode: '403',
			message: expect.stringContaining('no longer lets this organization'),
			description: expect.stringMatching(/another provider/),
		});
		expect(service.seen(POST)).toHaveLength(1);
	});

	it('does not ask again when the quota is used up', async () => {
		service.faults = [{ on: POST, give: 429, code: 'insufficient_quota' }];
		const result = await run(service, create());
		expect(result.error).toMatchObject({ message: expect.stringContaining('no quota left') });
		expect(service.seen(POST)).toHaveLength(1);
		expect(result.sleeps).toEqual([]);
	});

	it('waits for a file that is still being processed', async () => {
		const message =
			"File 'file-1' is still being processed and is not ready to be used for fine-tuning.";
		service.faults = [1, 2].map(() => ({ on: POST, give: 400 as const, message }));
		const result = await run(service, create());
		expect(json(result)).toEqual([expect.objectContaining({ id: 'ftjob-1' })]);
		expect(result.sleeps).toEqual([5_000, 6_500]);
	});
});

describe('Job > Create never pays twice', () => {
	it.each([
		['a reset connection', 'reset'],
		['a 500', 500],
		['a 504', 504],
	] as const)('finds the job that was made before %s', async (_, give) => {
		service.faults = [{ on: POST, give, after: true }];
		const result = await run(service, create());
		expect(json(result)).toEqual([expect.objectContaining({ id: 'ftjob-1', reused: true })]);
		expect(service.jobs).toHaveLength(1);
		expect(service.seen(POST)).toHaveLength(1);
		expect(result.hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('paid once') }),
		]);
	});

	it('tries again when the connection broke before the job was made', async () => {
		service.faults = [{ on: POST, give: 'reset' }];
		const result = await run(service, create());
		expect(json(result)[0]).not.toHaveProperty('reused');
		expect(service.jobs).toHaveLength(1);
		expect(service.seen(POST)).toHaveLength(2);
	});

	it('sits out a storm of 429', async () => {
		service.faults = Array.from({ length: 5 }, () => ({
			on: POST,
			give: 429 as const,
			headers: { 'retry-after': '20' },
		}));
		const result = await run(service, create());
		expect(json(result)).toEqual([expect.objectContaining({ id: 'ftjob-1' })]);
		expect(result.sleeps).toEqual([20_000, 20_000, 20_000, 20_000, 20_000]);
	});

	it('gives the same job when n8n runs the node again, and a new one for a new execution', async () => {
		const first = await run(service, create(), { executionId: '7' });
		const again = await run(service, create(), { executionId: '7' });
		expect(json(again)[0]).toMatchObject({ id: json(first)[0].id, reused: true });
		const other = await run(service, create(), { executionId: '8' });
		expect(json(other)[0]).toMatchObject({ id: 'ftjob-2' });
		expect(json(other)[0]).not.toHaveProperty('reused');
	});

	it('takes a run ID of the user, for restarts in a new execution', async () => {
		const parameters = create({ options: { runId: '={{ $json.batch }}' } });
		const items = [{ json: { batch: 'q3' } }];
		await run(service, parameters, { executionId: '7', items });
		const again = await run(service, parameters, { executionId: '8', items });
		expect(json(again)[0]).toMatchObject({ id: 'ftjob-1', reused: true });
		expect(service.jobs[0].metadata).toEqual({ n8n_run_id: 'q3' });
	});

	it('neither marks nor looks where the user says that the service cannot do that', async () => {
		await run(service, create({ options: { checkForExistingJob: false } }));
		expect(service.requests.map(({ method }) => method)).toEqual(['POST']);
		expect(service.requests[0].body).not.toHaveProperty('metadata');
		service.faults = [{ on: POST, give: 'reset' }];
		const result = await run(service, create({ options: { checkForExistingJob: false } }));
		expect(result.error!.message).toMatch(/may or may not be running/);
		expect(service.seen(POST)).toHaveLength(2);
	});

	it('says that the outcome is unknown when nothing can be looked up', async () => {
		service.faults = [
			{ on: 'GET /fine_tuning/jobs', give: 404 },
			{ on: POST, give: 'reset', after: true },
		];
		const result = await run(service, create());
		expect(result.error).toMatchObject({
			message: expect.stringContaining('a job may or may not be running'),
			description: expect.stringContaining('n8n_run_id'),
		});
		expect(service.jobs).toHaveLength(1);
	});

	it('stops without a second job when the execution is cancelled in between', async () => {
		service.faults = [{ on: POST, give: 'reset' }];
		const started = start(service, create(), { onSleep: () => started.cancel() });
		const result = await started.result;
		expect(['canceled', 'error', 'not run']).toContain(result.status);
		expect(service.jobs).toHaveLength(0);
		expect(service.seen(POST)).toHaveLength(1);
	});
});

describe('Job > Create and wait', () => {
	it('starts the jobs of all items before it waits, so that they train together', async () => {
		service.course = ['running', 'running', 'succeeded'];
		const items = [
			{ json: { file: 'file-1' } },
			{ json: { file: '' } },
			{ json: { file: 'file-3' } },
		];
		const result = await run(
			service,
			create({ trainingFile: byId('={{ $json.file }}'), waitUntilFinished: true }),
			{ items, continueOnFail: true },
		);
		const requests = service.requests.map(({ method, path }) => `${method} ${path}`);
		expect(requests.lastIndexOf(POST)).toBeLessThan(
			requests.indexOf(`GET /fine_tuning/jobs/ftjob-1`),
		);
		expect(result.outputs[0].map((item) => [item.json.status, item.pairedItem])).toEqual([
			[undefined, { item: 1 }],
			['succeeded', { item: 0 }],
			['succeeded', { item: 2 }],
		]);
	});

	it('gives the finished job', async () => {
		service.course = ['queued', 'running', 'succeeded'];
		const result = await run(service, create({ waitUntilFinished: true }));
		expect(json(result)).toEqual([
			expect.objectContaining({
				status: 'succeeded',
				fine_tuned_model: 'ft:gpt-4.1-mini-2025-04-14:acme::ftjob-1',
			}),
		]);
		expect(result.sleeps).toEqual([5_000, 7_500]);
		expect(result.hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('queued → running → succeeded') }),
		]);
	});
});
