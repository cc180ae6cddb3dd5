import { actOnJob } from '../../../lib/openai/jobs';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { liteLlm, portkey } from '../../../sandbox/providers/gateways';
import { LAB_KEY, type ProviderStandIn, startProvider } from '../../../sandbox/providers/lab';

import { chat, type Client, connect, create, upload, wait } from './support';

const MODEL = 'gpt-4.1-mini-2025-04-14';
let standIn: ProviderStandIn;

afterEach(async () => await standIn.close());

describe('LiteLLM', () => {
	let client: Client;

	beforeEach(async () => {
		standIn = await startProvider(liteLlm);
		const baseUrl = `${standIn.url}/v1`;
		client = connect({
			provider: 'liteLlm',
			baseUrl,
			apiKey: LAB_KEY,
			customLlmProvider: 'openai',
		});
	});

	it('names the provider behind it with every request for files and jobs', async () => {
		const { file } = await upload(client);
		const job = await create(client, {
			model: MODEL,
			trainingFile: file.id,
			hyperparameters: { n_epochs: 2 },
		});
		expect(standIn.lab.seen('POST /v1/fine_tuning/jobs')[0].body).toEqual({
			custom_llm_provider: 'openai',
			model: MODEL,
			training_file: file.id,
			hyperparameters: { n_epochs: 2 },
		});
		expect(standIn.lab.files.get(file.id)?.fields).toMatchObject({ custom_llm_provider: 'openai' });
		const { job: ended, status } = await wait(client, job.id);
		expect(status).toBe('succeeded');
		expect(await chat(client, ended.fine_tuned_model!)).toContain('VPN?');
		const { transport, dialect } = client;
		expect(await listJobs(transport, dialect)).toHaveLength(1);
		const cancelled = await actOnJob(transport, dialect, job.id, 'cancel');
		expect(cancelled.status).toBe('cancelled');
		for (const { path, query } of standIn.lab.requests) {
			if (/files|jobs/.test(path) && !/cancel/.test(path)) {
				expect(query).toMatchObject({ custom_llm_provider: 'openai' });
			}
		}
	});

	it('offers nothing that the proxy would take for something else or lose', async () => {
		const { transport, dialect } = client;
		const job = 'ftjob-1';
		await expect(listEvents(transport, dialect, job)).rejects.toThrow('LiteLLM has no way to list');
		await expect(listCheckpoints(transport, dialect, job)).rejects.toThrow('LiteLLM has no way');
		await expect(actOnJob(transport, dialect, job, 'pause')).rejects.toThrow('pause and resume');
		await expect(
			create(client, { model: MODEL, trainingFile: 'file-1', method: 'dpo' }),
		).rejects.toThrow('LiteLLM does not train by the dpo method');
		expect(standIn.lab.requests).toEqual([]);
	});

	it('sends the fields of the credential too, and those of the node win', async () => {
		const fields = {
			provider: 'liteLlm',
			baseUrl: `${standIn.url}/v1`,
			apiKey: LAB_KEY,
			customLlmProvider: 'openai',
			extraBody: '{"api_base": "https://eu.example"}',
			extraQuery: '{"target_model_names": "gpt"}',
			extraHyperparameters: { n_epochs: 9, lora: true },
		};
		const settings = { model: MODEL, trainingFile: 'file-1', hyperparameters: { n_epochs: 2 } };
		await create(connect(fields), settings);
		expect(standIn.lab.seen('POST /v1/fine_tuning/jobs')[0]).toMatchObject({
			query: { target_model_names: 'gpt' },
			body: { api_base: 'https://eu.example', hyperparameters: { n_epochs: 2, lora: true } },
		});
		expect(() => connect({ ...fields, extraBody: '[1]' })).toThrow(
			"'Extra Body Fields (JSON)' of the credential is not a JSON object",
		);
	});
});

describe('Portkey', () => {
	const connectTo = (portkeyProvider: string) =>
		connect({
			provider: 'portkey',
			baseUrl: `${standIn.url}/v1`,
			apiKey: LAB_KEY,
			portkeyProvider,
			portkeyApiKey: 'pk-0123456789',
		});

	beforeEach(async () => {
		standIn = await startProvider(portkey);
	});

	it('trains and chats in front of a provider that it maps', async () => {
		const client = connectTo('@fireworks');
		const { file } = await upload(client);
		const job = await create(client, { model: MODEL, trainingFile: file.id });
		const { job: ended, status } = await wait(client, job.id);
		expect(status).toBe('succeeded');
		expect(await chat(client, ended.fine_tuned_model!)).toContain('VPN?');
		expect(standIn.lab.requests.at(-1)?.headers).toMatchObject({
			authorization: `Bearer ${LAB_KEY}`,
			'x-portkey-provider': '@fireworks',
			'x-portkey-api-key': 'pk-0123456789',
		});
		const cancelled = await actOnJob(client.transport, client.dialect, job.id, 'cancel');
		expect(cancelled.status).toBe('cancelled');
		expect(await listJobs(client.transport, client.dialect)).toHaveLength(1);
	});

	it.each(['openai', '@fireworks'])(
		'never sends what would cancel, in front of %s',
		async (name) => {
			const { transport, dialect } = connectTo(name);
			for (const action of ['pause', 'resume'] as const) {
				await expect(actOnJob(transport, dialect, 'ftjob-1', action)).rejects.toMatchObject({
					description: expect.stringContaining('The gateway would cancel the job.'),
				});
				const path = `/fine_tuning/jobs/ftjob-1/${action}`;
				await expect(transport({ method: 'POST', path })).rejects.toThrow('Portkey has no way');
			}
			expect(standIn.lab.requests).toEqual([]);
		},
	);

	it('has events and checkpoints only where paths are passed on', async () => {
		const { transport, dialect } = connectTo('@fireworks');
		await expect(listEvents(transport, dialect, 'ftjob-1')).rejects.toMatchObject({
			description: expect.stringContaining('would answer with the job itself'),
		});
		await expect(listCheckpoints(transport, dialect, 'ftjob-1')).rejects.toThrow('Portkey has no');
		expect(connectTo('openai').dialect.supports).toMatchObject({ events: true, checkpoints: true });
	});
});
