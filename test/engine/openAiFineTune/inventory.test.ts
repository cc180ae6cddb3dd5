import { useNock } from '../harness';
import { api, credentials, expectNoSecrets, run, SECRETS } from './api';

const nock = useNock();

const TUNED = 'ft:gpt-4.1-mini-2025-04-14:acme:support:AbC12345';
const CHECKPOINT = `${TUNED}:ckpt-step-88`;
const LOST = 'ft:gpt-4o-mini-2024-07-18:acme::Lost0001';
const job = (id: string, more: object) => ({
	id,
	object: 'fine_tuning.job',
	status: 'succeeded',
	model: 'gpt-4.1-mini-2025-04-14',
	created_at: 1_700_000_000,
	finished_at: 1_700_003_600,
	training_file: 'file-train',
	...more,
});
const list = (data: object[]) => ({ object: 'list', data, has_more: false });

function foreseeModels(times = 1) {
	const models = [
		{ id: 'gpt-4o', object: 'model', created: 1 },
		{ id: TUNED, object: 'model', created: 2 },
	];
	const jobs = [
		job('ftjob-1', { fine_tuned_model: TUNED }),
		job('ftjob-2', { fine_tuned_model: LOST, model: 'gpt-4o-mini-2024-07-18' }),
		job('ftjob-3', { fine_tuned_model: null, status: 'failed' }),
	];
	api().get('/models').times(times).reply(200, list(models));
	api().get('/fine_tuning/jobs').query(true).times(times).reply(200, list(jobs));
}

function foreseeCheckpoints() {
	const checkpoint = (model: string, step: number) => ({
		id: `ckpt-${step}`,
		fine_tuned_model_checkpoint: model,
		step_number: step,
		created_at: 1_700_000_900,
	});
	api()
		.get('/fine_tuning/jobs/ftjob-1/checkpoints')
		.query(true)
		.reply(200, list([checkpoint(CHECKPOINT, 88), checkpoint(TUNED, 99)]));
	api().get('/fine_tuning/jobs/ftjob-2/checkpoints').query(true).reply(200, list([]));
}

it('joins models, jobs and checkpoints, each with its end', async () => {
	foreseeModels();
	foreseeCheckpoints();
	const { outputs, run: kept } = await run('model', 'getInventory');
	const entries = outputs[0].map(({ json }) => json);
	expect(entries.map(({ id, kind, listed }) => [id, kind, listed]).sort()).toEqual(
		[
			[TUNED, 'model', true],
			[CHECKPOINT, 'checkpoint', false],
			[LOST, 'model', false],
		].sort(),
	);
	expect(entries.find(({ id }) => id === CHECKPOINT)).toMatchObject({
		base_model: 'gpt-4.1-mini-2025-04-14',
		suffix: 'support',
		checkpoint_step: 88,
		job_id: 'ftjob-1',
		training_file: 'file-train',
		shutdown_date: '2027-01-14',
		shutdown_source: expect.stringContaining('deprecations'),
		last_used_on: null,
	});
	expect(outputs[0][0].pairedItem).toEqual({ item: 0 });
	expectNoSecrets(kept);
});

it('tells of a checkpoint that the server lists from which job it is', async () => {
	const models = [TUNED, CHECKPOINT].map((id) => ({ id, object: 'model', created: 2 }));
	const checkpoints = [CHECKPOINT, TUNED].map((id, index) => ({
		id: `ckpt-${index}`,
		fine_tuned_model_checkpoint: id,
		step_number: 88 + index,
		created_at: 1_700_000_900,
	}));
	const jobs = [job('ftjob-1', { fine_tuned_model: TUNED })];
	api().get('/models').reply(200, list(models));
	api().get('/fine_tuning/jobs').query(true).reply(200, list(jobs));
	api().get('/fine_tuning/jobs/ftjob-1/checkpoints').query(true).reply(200, list(checkpoints));
	const { outputs } = await run('model', 'getInventory');
	const told = outputs[0].map(({ json }) => [
		json.id,
		json.kind,
		json.listed,
		json.job_id,
		json.training_file,
		json.created_at,
	]);
	const made = [true, 'ftjob-1', 'file-train'];
	expect(told.sort()).toEqual([
		[TUNED, 'model', ...made, '2023-11-14T23:13:20.000Z'],
		[CHECKPOINT, 'checkpoint', ...made, '2023-11-14T22:28:20.000Z'],
	]);
});

it('does not take a listed checkpoint for a model when checkpoints are not looked up', async () => {
	const models = [{ id: CHECKPOINT, object: 'model', created: 2 }];
	api().get('/models').reply(200, list(models));
	api().get('/fine_tuning/jobs').query(true).reply(200, list([]));
	const { outputs } = await run('model', 'getInventory', {
		inventoryOptions: { includeCheckpoints: false },
	});
	expect(outputs[0].map(({ json }) => json)).toMatchObject([
		{ id: CHECKPOINT, kind: 'checkpoint', checkpoint_step: 88, job_id: null },
	]);
});

it("takes each item's own thresholds, and warns at the nearest that is reached", async () => {
	foreseeModels(2);
	const { outputs } = await run(
		'model',
		'getInventory',
		{ inventoryOptions: { includeCheckpoints: false, warnDays: '={{ $json.days }}' } },
		{
			items: [
				{ json: { days: '100000, 90000' } },
				{ json: { days: '' } },
				{ json: { days: 'soon' } },
			],
			continueOnFail: true,
		},
	);
	const of = (item: number) =>
		outputs[0]
			.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item)
			.map(({ json }) => json);
	// Once the day has come it is 0.
	const ended = Date.now() >= Date.parse('2027-01-14');
	expect(of(0).map(({ warn_at }) => warn_at)).toEqual(ended ? [0, 0] : [90_000, 90_000]);
	expect(of(1).map(({ warn_at }) => warn_at)).toEqual(ended ? [0, 0] : [null, null]);
	expect(JSON.stringify(of(2))).toContain('Warn at (Days Left)');
});

it('looks up the last use with the admin key, over all pages', async () => {
	foreseeModels();
	const asAdmin = { reqheaders: { authorization: `Bearer ${SECRETS.adminApiKey}` } };
	const usage = (start: string, requests: number) => ({
		start_time: Date.parse(start) / 1000,
		results: [{ model: TUNED, num_model_requests: requests }],
	});
	const path = '/organization/usage/completions';
	const pages = [
		{ data: [usage('2026-11-01', 4), usage('2026-11-03', 0)], has_more: true, next_page: 'p2' },
		{ data: [usage('2026-11-02', 1)], has_more: false, next_page: null },
	];
	const asked: URLSearchParams[] = [];
	for (const page of pages) {
		nock('https://api.openai.com/v1', asAdmin)
			.get(path)
			.query((query) => asked.push(new URLSearchParams(query as never)) > 0)
			.reply(200, page);
	}
	const { outputs, error } = await run('model', 'getInventory', {
		inventoryOptions: { includeCheckpoints: false, lastUseDays: 60 },
	});
	expect(error).toBeUndefined();
	expect(outputs[0].map(({ json }) => [json.id, json.last_used_on])).toEqual(
		expect.arrayContaining([
			[TUNED, '2026-11-02'],
			[LOST, null],
		]),
	);
	expect(asked[1].get('page')).toBe('p2');
});

it('says that the last use needs an admin key', async () => {
	const { error } = await run(
		'model',
		'getInventory',
		{ inventoryOptions: { lastUseDays: 60 } },
		{
			credentials: { openAiFineTuningApi: { ...credentials.openAiFineTuningApi, adminApiKey: '' } },
		},
	);
	expect(error).toMatchObject({ message: "'Last Use (Days)' needs an admin key" });
});

it('says that there is nothing yet', async () => {
	api().get('/models').reply(200, list([]));
	api().get('/fine_tuning/jobs').query(true).reply(200, list([]));
	const { outputs, hints } = await run('model', 'getInventory');
	expect(outputs[0]).toEqual([]);
	expect(hints[0].message).toMatch(/no fine-tuned models yet/);
});
