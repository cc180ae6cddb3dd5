import { useNock } from '../harness';
import { api, credentials, expectNoSecrets, locator, run } from './api';

const nock = useNock();

const TUNED = 'ft:gpt-4.1-mini-2025-04-14:acme:support:AbC12345';
const MODELS = [
	{ id: 'gpt-4.1-nano-2025-04-14', object: 'model', created: 100, owned_by: 'system' },
	{ id: 'gpt-9', object: 'model', created: 200, owned_by: 'system', shutdown_date: null },
	{ id: TUNED, object: 'model', created: 300, owned_by: 'acme' },
	{
		id: 'ft:gpt-4o-mini-2024-07-18:acme::XyZ98765',
		object: 'model',
		created: 400,
		owned_by: 'acme',
		shutdown_date: '2030-01-31',
	},
];
const list = (models: object[]) => ({ object: 'list', data: models });

describe('Get Many', () => {
	const ids = (outputs: Awaited<ReturnType<typeof run>>['outputs']) =>
		outputs[0].map(({ json, pairedItem }) => [
			json.created_at,
			(pairedItem as { item: number }).item,
		]);
	const at = (seconds: number) => new Date(seconds * 1000).toISOString();

	it('gives fine-tuned models, newest first, with base model and dates', async () => {
		api().get('/models').reply(200, list(MODELS));
		const { outputs, run: kept } = await run('model', 'getAll');
		expect(outputs[0].map(({ json }) => json)).toEqual([
			{
				id: 'ft:gpt-4o-mini-2024-07-18:acme::XyZ98765',
				fine_tuned: true,
				base_model: 'gpt-4o-mini-2024-07-18',
				suffix: null,
				checkpoint_step: null,
				owned_by: 'acme',
				created_at: at(400),
				shutdown_date: '2030-01-31',
				days_left: expect.any(Number),
				shutdown_source: 'api',
			},
			{
				id: TUNED,
				fine_tuned: true,
				base_model: 'gpt-4.1-mini-2025-04-14',
				suffix: 'support',
				checkpoint_step: null,
				owned_by: 'acme',
				created_at: at(300),
				shutdown_date: '2027-01-14',
				days_left: expect.any(Number),
				shutdown_source: expect.stringContaining('https://platform.openai.com/docs/deprecations'),
			},
		]);
		expectNoSecrets(kept);
	});

	it("takes each item's own filters and limit", async () => {
		api().get('/models').times(3).reply(200, list(MODELS));
		const { outputs } = await run(
			'model',
			'getAll',
			{
				fineTunedOnly: '={{ $json.tuned }}',
				limit: '={{ $json.limit }}',
				filters: { retiringWithinDays: '={{ $json.days }}' },
			},
			{
				items: [
					{ json: { tuned: false, limit: 50, days: 0 } },
					{ json: { tuned: false, limit: 2, days: 100_000 } },
					{ json: { tuned: true, limit: 50, days: 100_000 } },
				],
			},
		);
		expect(ids(outputs)).toEqual([
			[at(100), 0],
			[at(400), 1],
			[at(300), 1],
			[at(400), 2],
			[at(300), 2],
		]);
	});

	it('gives all that the server sent when not simplified', async () => {
		api().get('/models').reply(200, list(MODELS));
		const { outputs } = await run('model', 'getAll', { returnAll: true, simplify: false });
		expect(outputs[0][1].json).toMatchObject({
			...MODELS[2],
			base_model: 'gpt-4.1-mini-2025-04-14',
		});
	});

	it('knows the other dates of Azure, and none of an unknown server', async () => {
		const azure = {
			provider: 'azureOpenAi',
			baseUrl: 'https://r.openai.azure.com',
			apiKey: 'azure-key-1',
		};
		nock('https://r.openai.azure.com/openai/v1', { reqheaders: { 'api-key': 'azure-key-1' } })
			.get('/models')
			.reply(200, list([{ id: 'gpt-4.1-2025-04-14.ft-0123456789abcdef' }]));
		const first = await run(
			'model',
			'getAll',
			{},
			{
				credentials: { openAiFineTuningApi: { ...azure, authentication: 'apiKeyHeader' } },
			},
		);
		expect(first.outputs[0][0].json).toMatchObject({
			base_model: 'gpt-4.1-2025-04-14',
			shutdown_date: '2027-04-14',
		});

		nock('http://localhost:9/v1')
			.get('/models')
			.reply(200, list([{ id: TUNED }]));
		const second = await run(
			'model',
			'getAll',
			{},
			{
				credentials: {
					openAiFineTuningApi: {
						provider: 'other',
						baseUrl: 'localhost:9',
						authentication: 'none',
					},
				},
			},
		);
		expect(second.outputs[0][0].json).toMatchObject({ shutdown_date: null, shutdown_source: null });
	});
});

describe('Get', () => {
	const path = `/models/${encodeURIComponent(TUNED)}`;

	it('looks up the model of each item, and goes on after one that is gone', async () => {
		api().get(path).reply(200, MODELS[2]);
		api()
			.get('/models/gone')
			.reply(404, {
				error: { message: "The model 'gone' does not exist", code: 'model_not_found' },
			});
		const { outputs } = await run(
			'model',
			'get',
			{ modelId: locator('={{ $json.id }}') },
			{ items: [{ json: { id: TUNED } }, { json: { id: 'gone' } }], continueOnFail: true },
		);
		expect(outputs[0]).toEqual([
			{ json: expect.objectContaining({ id: TUNED, suffix: 'support' }), pairedItem: { item: 0 } },
			{
				json: {
					error: expect.objectContaining({
						message: "The model 'gone' does not exist",
						description: expect.stringContaining('shut down'),
						code: 'model_not_found',
					}),
				},
				pairedItem: { item: 1 },
			},
		]);
	});

	it('adds to the raw model when not simplified', async () => {
		api().get(path).reply(200, MODELS[2]);
		const { outputs } = await run('model', 'get', {
			modelId: locator(TUNED, 'list'),
			simplify: false,
		});
		expect(outputs[0][0].json).toMatchObject({ ...MODELS[2], shutdown_date: '2027-01-14' });
	});
});

describe('Delete', () => {
	it('deletes the model of each item, and says who may', async () => {
		api()
			.delete(`/models/${encodeURIComponent(TUNED)}`)
			.reply(200, { id: TUNED, object: 'model', deleted: true });
		api()
			.delete('/models/gpt-9')
			.reply(403, { error: { message: 'You have insufficient permissions' } });
		const { outputs } = await run(
			'model',
			'delete',
			{ modelId: locator('={{ $json.id }}') },
			{
				items: [{ json: { id: TUNED } }, { json: { id: 'gpt-9' } }],
				continueOnFail: true,
				credentials,
			},
		);
		expect(outputs[0]).toEqual([
			{ json: { deleted: true, id: TUNED }, pairedItem: { item: 0 } },
			{
				json: {
					error: expect.objectContaining({
						status: 403,
						message: expect.stringContaining('may not'),
					}),
				},
				pairedItem: { item: 1 },
			},
		]);
	});
});
