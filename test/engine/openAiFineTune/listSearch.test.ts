import type { IDataObject } from 'n8n-workflow';

import { OpenAiFineTune } from '../../../nodes/OpenAiFineTune/OpenAiFineTune.node';
import { runListSearch, useNock } from '../harness';
import { api, credentials, expectNoSecrets, SECRETS } from './api';

const nock = useNock();

const TUNED = 'ft:gpt-4.1-mini-2025-04-14:acme:support:AbC12345';
const search = async (
	method: string,
	filter?: string,
	paginationToken?: string,
	parameters: IDataObject = {},
) =>
	await runListSearch({
		node: new OpenAiFineTune(),
		method,
		filter,
		paginationToken,
		parameters,
		credentials,
	});

const file = (id: string, filename = 'train.jsonl') => ({
	id,
	filename,
	bytes: 1_234_567,
	created_at: 1_790_000_000,
});

describe('searchFiles', () => {
	it('lists files to train with, page by page', async () => {
		const query = { purpose: 'fine-tune', order: 'desc', limit: 100 };
		api()
			.get('/files')
			.query(query)
			.reply(200, { data: [file('file-1')], has_more: true, last_id: 'file-1' });
		api()
			.get('/files')
			.query({ ...query, after: 'file-1' })
			.reply(200, { data: [file('file-2')], has_more: false });
		const first = await search('searchFiles', undefined, undefined, { resource: 'job' });
		expect(first).toEqual({
			results: [{ name: 'train.jsonl (1.2 MB, 2026-09-21)', value: 'file-1' }],
			paginationToken: 'file-1',
		});
		const second = await search('searchFiles', undefined, first.paginationToken as string);
		expect(second.results).toHaveLength(1);
		expect(second.paginationToken).toBeUndefined();
	});

	it('lists all files in the operations on files', async () => {
		api()
			.get('/files')
			.query({ order: 'desc', limit: 100 })
			.reply(200, { data: [], has_more: false });
		expect(await search('searchFiles', '', '', { resource: 'file' })).toMatchObject({
			results: [],
		});
	});

	it('searches further pages until something fits, but not for ever', async () => {
		const page = (name: string, n: number) => ({
			data: [file(`file-${n}`, name)],
			has_more: true,
			last_id: `file-${n}`,
		});
		api().get('/files').query(true).reply(200, page('a.jsonl', 1));
		api().get('/files').query(true).reply(200, page('Support-Tickets.jsonl', 2));
		const found = await search('searchFiles', 'tickets support');
		expect(found.results.map(({ value }) => value)).toEqual(['file-2']);
		expect(found.paginationToken).toBe('file-2');

		for (let n = 1; n <= 5; n++) api().get('/files').query(true).reply(200, page('a.jsonl', n));
		const none = await search('searchFiles', 'nothing');
		expect(none).toMatchObject({ results: [], paginationToken: 'file-5' });
	});

	it('does not go in circles', async () => {
		api()
			.get('/files')
			.query(true)
			.twice()
			.reply(200, { data: [file('file-1')], has_more: true, last_id: 'file-1' });
		expect((await search('searchFiles', 'nothing')).paginationToken).toBeUndefined();
	});
});

it('lists jobs with state and date', async () => {
	api()
		.get('/fine_tuning/jobs')
		.query({ limit: 100 })
		.reply(200, {
			data: [
				{
					id: 'ftjob-1',
					model: 'gpt-4.1',
					fine_tuned_model: null,
					status: 'queued',
					created_at: 1_790_000_000,
				},
				{ id: 'ftjob-2', model: 'gpt-4.1', fine_tuned_model: TUNED, status: 'succeeded' },
			],
			has_more: false,
		});
	expect((await search('searchJobs')).results).toEqual([
		{ name: 'gpt-4.1 (queued, 2026-09-21)', value: 'ftjob-1' },
		{ name: `${TUNED} (succeeded, no date)`, value: 'ftjob-2' },
	]);
});

describe('models', () => {
	const models = [
		{ id: 'gpt-4.1-mini-2025-04-14', created: 1 },
		{ id: 'gpt-9', created: 2, shutdown_date: '2020-01-01' },
		{ id: 'text-embedding-3-small', created: 3 },
		{ id: 'ft:gpt-9:acme:my-image:Old12345', created: 4 },
		{ id: TUNED, created: 5 },
	];
	beforeEach(() => {
		api().get('/models').reply(200, { data: models });
	});
	const values = async (method: string, filter?: string) =>
		(await search(method, filter)).results.map(({ value }) => value);

	it('offers for training what can be trained, with its end, then own models', async () => {
		const { results } = await search('searchBaseModels');
		expect(results.map(({ value }) => value)).toEqual([
			'gpt-4.1-mini-2025-04-14',
			TUNED,
			'ft:gpt-9:acme:my-image:Old12345',
		]);
		expect(results[0].name).toMatch(
			/^gpt-4\.1-mini-2025-04-14 \((until 2027-01-14, \d+ days|shut down on 2027-01-14)\)$/,
		);
	});

	it('offers for deletion own models only', async () => {
		expect(await values('searchTunedModels')).toEqual([TUNED, 'ft:gpt-9:acme:my-image:Old12345']);
	});

	it('offers all models, own ones first', async () => {
		expect(await values('searchModels', 'ft:')).toHaveLength(2);
		api().get('/models').reply(200, { data: models });
		const { results } = await search('searchModels');
		expect(results).toHaveLength(5);
		expect(results[3]).toEqual({ name: 'gpt-9 (shut down on 2020-01-01)', value: 'gpt-9' });
	});

	it('offers for chat what chats, then checkpoints', async () => {
		const first = await search('searchChatModels');
		expect(first.results.map(({ value }) => value)).toEqual([
			TUNED,
			'ft:gpt-9:acme:my-image:Old12345',
			'gpt-4.1-mini-2025-04-14',
			'gpt-9',
		]);
		for (const id of ['ftjob-1', 'ftjob-3']) {
			api()
				.get(`/fine_tuning/jobs/${id}/checkpoints`)
				.reply(200, {
					data: [{ fine_tuned_model_checkpoint: `${id}:ckpt-step-9`, step_number: 9 }],
				});
		}
		const jobs = [
			{ id: 'ftjob-1', status: 'succeeded' },
			{ id: 'ftjob-2', status: 'failed' },
			{ id: 'ftjob-3', status: 'succeeded' },
		];
		api()
			.get('/fine_tuning/jobs')
			.query({ limit: 10 })
			.reply(200, { data: jobs, has_more: true, last_id: 'ftjob-3' });
		const second = await search('searchChatModels', '', first.paginationToken as string);
		expect(second.results).toEqual([
			{ name: 'ftjob-1:ckpt-step-9 (step 9)', value: 'ftjob-1:ckpt-step-9' },
			{ name: 'ftjob-3:ckpt-step-9 (step 9)', value: 'ftjob-3:ckpt-step-9' },
		]);
		api()
			.get('/fine_tuning/jobs')
			.query({ limit: 10, after: 'ftjob-3' })
			.reply(200, { data: [], has_more: false });
		const third = await search('searchChatModels', '', second.paginationToken as string);
		expect(third).toMatchObject({ results: [], paginationToken: undefined });
	});
});

it.each(['azureOpenAi', 'localAi', 'nebius', 'together'])(
	'offers no checkpoints for chat at %s, where they have to be deployed first',
	async (provider) => {
		const tuned = 'acme/Qwen3.5-9B-support-1a2b3c4d';
		nock('https://models.example.com/v1')
			.get('/models')
			.reply(200, { data: [{ id: 'Qwen/Qwen3.5-9B' }, { id: tuned }] });
		const fields = { ...credentials.openAiFineTuningApi, provider };
		const found = await runListSearch({
			node: new OpenAiFineTune(),
			method: 'searchChatModels',
			credentials: {
				openAiFineTuningApi: { ...fields, baseUrl: 'https://models.example.com/v1' },
			},
		});
		expect(found).toEqual({
			results: [
				{ name: tuned, value: tuned },
				{ name: 'Qwen/Qwen3.5-9B', value: 'Qwen/Qwen3.5-9B' },
			],
			paginationToken: undefined,
		});
	},
);

it('lists checkpoints by the id under which they answer', async () => {
	api()
		.get('/fine_tuning/jobs')
		.query({ limit: 10 })
		.reply(200, { data: [{ id: 'ftjob-1', status: 'succeeded' }], has_more: false });
	api()
		.get('/fine_tuning/jobs/ftjob-1/checkpoints')
		.reply(200, {
			data: [{ fine_tuned_model_checkpoint: `${TUNED}:ckpt-step-9`, step_number: 9 }],
		});
	expect(await search('searchCheckpoints')).toEqual({
		results: [{ name: `${TUNED}:ckpt-step-9 (step 9)`, value: `${TUNED}:ckpt-step-9` }],
		paginationToken: undefined,
	});
});

it('lists the permissions of the picked checkpoint with the admin key', async () => {
	const checkpoint = `${TUNED}:ckpt-step-9`;
	nock('https://api.openai.com/v1', {
		reqheaders: { authorization: `Bearer ${SECRETS.adminApiKey}` },
	})
		.get(`/fine_tuning/checkpoints/${encodeURIComponent(checkpoint)}/permissions`)
		.query({ limit: 100 })
		.reply(200, { data: [{ id: 'cp_1', project_id: 'proj_1', created_at: 1_790_000_000 }] });
	const node = { resource: 'checkpointPermission', operation: 'delete' };
	const picked = { ...node, checkpoint: { __rl: true, mode: 'id', value: checkpoint } };
	expect(await search('searchCheckpointPermissions', '', '', picked)).toMatchObject({
		results: [{ name: 'proj_1 (2026-09-21)', value: 'cp_1' }],
	});
	const none = { ...node, checkpoint: { __rl: true, mode: 'list', value: '' } };
	expect(await search('searchCheckpointPermissions', '', '', none)).toEqual({ results: [] });
});

it('says why a list cannot be loaded, without the key', async () => {
	api()
		.get('/models')
		.reply(401, { error: { message: `Incorrect API key provided: ${SECRETS.apiKey}` } });
	const refused = await search('searchModels').catch((error: unknown) => error);
	expect(refused).toMatchObject({
		message: 'The server did not accept the API key: Incorrect API key provided: ***',
		httpCode: '401',
	});
	expectNoSecrets(refused);
});
