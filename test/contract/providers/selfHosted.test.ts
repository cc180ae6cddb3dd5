import { actOnJob } from '../../../lib/openai/jobs';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { LAB_KEY, type ProviderStandIn, startProvider } from '../../../sandbox/providers/lab';
import { llMariner, opea, unheardOf } from '../../../sandbox/providers/selfHosted';

import { chat, connect, create, upload, wait } from './support';

let standIn: ProviderStandIn;

afterEach(async () => await standIn.close());

describe('LLMariner', () => {
	const client = () =>
		connect({ provider: 'llMariner', baseUrl: `${standIn.url}/v1`, apiKey: LAB_KEY });

	beforeEach(async () => {
		standIn = await startProvider(llMariner);
	});

	it('trains with numbers under a flat method, and chats', async () => {
		const { file, reused } = await upload(client());
		expect([reused, (await upload(client())).reused]).toEqual([false, true]);
		const job = await create(client(), {
			model: 'google-gemma-2b-it',
			trainingFile: file.id,
			method: 'dpo',
			hyperparameters: { n_epochs: '2', batch_size: 'auto', beta: 0.1 },
			metadata: [{ name: 'resources.gpu', value: 1 }],
			suffix: 'support',
		});
		expect(standIn.lab.seen('POST /v1/fine_tuning/jobs')[0].body).toEqual({
			model: 'google-gemma-2b-it',
			training_file: file.id,
			method: { type: 'dpo', hyperparameters: { n_epochs: 2, beta: 0.1 } },
			metadata: { 'resources.gpu': '1' },
			suffix: 'support',
		});
		expect(job).toMatchObject({ created_at: expect.any(Number), finished_at: null });
		const { job: ended } = await wait(client(), job.id);
		expect(ended.finished_at).toEqual(expect.any(Number));
		expect(await chat(client(), ended.fine_tuned_model!)).toContain('VPN?');
	});

	it('lists and cancels jobs, and has no more', async () => {
		const { transport, dialect } = client();
		const job = await create(client(), { model: 'm', trainingFile: 'file-1' });
		expect((await actOnJob(transport, dialect, job.id, 'cancel')).status).toBe('cancelled');
		expect(await listJobs(transport, dialect)).toHaveLength(1);
		await expect(listEvents(transport, dialect, job.id)).rejects.toThrow('LLMariner has no way');
		await expect(listCheckpoints(transport, dialect, job.id)).rejects.toThrow('LLMariner has no');
		await expect(
			create(client(), { model: 'm', trainingFile: 'file-1', suffix: 'nineteen-characters' }),
		).rejects.toThrow('has 19 characters, and 18 are allowed');
	});
});

describe('OPEA', () => {
	const client = () =>
		connect({ provider: 'opea', baseUrl: `${standIn.url}/v1`, authentication: 'none' });
	const ALPACA = '{"instruction":"VPN?","input":"","output":"Restart it."}\n';
	const MODEL = 'meta-llama/Llama-2-7b-chat-hf';

	beforeEach(async () => {
		standIn = await startProvider(opea);
	});

	it('trains with a file that goes by its name, and finds checkpoints', async () => {
		const { file, report } = await upload(client(), ALPACA, 'support.json');
		expect([file.id, report?.examples]).toEqual(['support.json', 1]);
		const job = await create(client(), {
			model: MODEL,
			trainingFile: file.id,
			hyperparameters: { n_epochs: 2, learning_rate: 0.0001, batch_size: 4 },
		});
		expect(standIn.lab.seen('POST /v1/fine_tuning/jobs')[0].body).toEqual({
			model: MODEL,
			training_file: 'support.json',
			hyperparameters: { epochs: 2, learning_rate_multiplier: 0.0001, batch_size: 4 },
		});
		expect((await wait(client(), job.id)).status).toBe('succeeded');
		expect(standIn.lab.seen('POST /v1/fine_tuning/jobs/retrieve')[0].body).toEqual({
			fine_tuning_job_id: job.id,
		});
		const { transport, dialect } = client();
		const checkpoints = await listCheckpoints(transport, dialect, job.id);
		expect(checkpoints).toMatchObject([
			{ step_number: 500, fine_tuned_model_checkpoint: `output/${job.id}/checkpoint-500` },
			{ step_number: null, fine_tuned_model_checkpoint: `output/${job.id}` },
		]);
		expect((await actOnJob(transport, dialect, job.id, 'cancel')).status).toBe('cancelled');
		expect(await listJobs(transport, dialect)).toHaveLength(1);
	});

	it('trains on preferences as a task of its own', async () => {
		standIn.lab.files.set('p.jsonl', { id: 'p.jsonl' } as never);
		await create(client(), {
			model: MODEL,
			trainingFile: 'p.jsonl',
			method: 'dpo',
			hyperparameters: { beta: 0.2 },
		});
		expect(standIn.lab.seen('POST /v1/fine_tuning/jobs')[0].body).toEqual({
			model: MODEL,
			training_file: 'p.jsonl',
			General: { task: 'dpo' },
			Training: { dpo_beta: 0.2 },
		});
	});

	it('refuses chat lines, and what another service does', async () => {
		await expect(upload(client())).rejects.toMatchObject({
			message: 'The file support.jsonl was not uploaded: line 1 lacks fields that OPEA trains with',
			description: expect.stringContaining('instruction, output, or question, chosen, rejected'),
		});
		await expect(chat(client(), 'output/x')).rejects.toMatchObject({
			message: 'OPEA has no way to chat',
			description: expect.stringContaining('text generation service'),
		});
		const { transport, dialect } = client();
		await expect(listEvents(transport, dialect, 'x')).rejects.toThrow('OPEA has no way to list');
		expect(standIn.lab.requests).toEqual([]);
	});
});

describe('Other', () => {
	it('is as the table of the credential says', async () => {
		standIn = await startProvider(unheardOf);
		const client = connect({
			provider: 'other',
			baseUrl: `${standIn.url}/v1`,
			authentication: 'none',
			hyperparameterPlacement: 'topLevel',
			missing: ['pause', 'events', 'checkpoints', 'metadata', 'uploads'],
			statusWords: {
				values: [
					{ word: 'DONE', status: 'succeeded' },
					{ word: 'waiting', status: 'queued' },
				],
			},
			modelField: 'result.name',
			answerLimitField: 'max_tokens',
			extraBody: '{"region":"eu"}',
			extraHyperparameters: '{"lora_r":8}',
		});
		const { file } = await upload(client);
		const settings = { model: 'm', trainingFile: file.id, hyperparameters: { n_epochs: 2 } };
		const job = await create(client, settings);
		expect(standIn.lab.seen('POST /v1/fine_tuning/jobs')[0].body).toEqual({
			model: 'm',
			training_file: file.id,
			hyperparameters: { n_epochs: 2, lora_r: 8 },
			region: 'eu',
		});
		expect(job).toMatchObject({ status: 'queued', provider_status: 'WAITING' });
		const { job: ended, history } = await wait(client, job.id);
		expect(history.map(({ status }) => status)).toEqual(['running', 'succeeded']);
		expect(ended.fine_tuned_model).toBe(`tuned/${job.id}`);
		expect(await chat(client, ended.fine_tuned_model!, { max_completion_tokens: 3 })).toContain(
			'VPN?',
		);
		const { transport, dialect } = client;
		await expect(listEvents(transport, dialect, job.id)).rejects.toThrow('The provider of this');
		await expect(actOnJob(transport, dialect, job.id, 'pause')).rejects.toThrow('pause and resume');
	});
});
