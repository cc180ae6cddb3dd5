import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { actOnJob } from '../../../lib/openai/jobs';
import { readMetrics } from '../../../lib/openai/metrics/read';
import { waitUntilReady } from '../../../lib/openai/deployments';
import { LAB_KEY, type ProviderStandIn, startProvider } from '../../../sandbox/providers/lab';
import { together } from '../../../sandbox/providers/together';

import { chat, CHAT_FILE, type Client, connect, create, upload, wait } from './support';

const MODEL = 'Qwen/Qwen3.5-9B';
let standIn: ProviderStandIn;
let client: Client;

async function start(course?: string[]): Promise<void> {
	standIn = await startProvider(together, { course });
	client = connect({ provider: 'together', baseUrl: `${standIn.url}/v1`, apiKey: LAB_KEY });
}

beforeEach(async () => await start());
afterEach(async () => await standIn.close());

it('goes from a file over a job and an endpoint to a model that answers', async () => {
	const { file, report } = await upload(client);
	expect([file.status, file.bytes, report?.examples]).toEqual(['processed', CHAT_FILE.length, 12]);
	expect(standIn.lab.files.get(file.id)?.content.toString()).toBe(CHAT_FILE);

	const job = await create(client, {
		model: MODEL,
		trainingFile: file.id,
		hyperparameters: { n_epochs: 2, learning_rate: 0.0001, lora_r: 16, batch_size: 'auto' },
		suffix: 'support',
		seed: 7,
	});
	expect(standIn.lab.seen('POST /v1/fine-tunes')[0].body).toEqual({
		model: MODEL,
		training_file: file.id,
		n_epochs: 2,
		learning_rate: 0.0001,
		training_type: { type: 'Lora', lora_r: 16, lora_alpha: 32 },
		suffix: 'support',
		random_seed: 7,
	});
	expect(job).toMatchObject({ status: 'queued', provider_status: 'pending', model: MODEL });
	expect(job.fine_tuned_model).toBeNull();

	const { status, history, job: ended } = await wait(client, job.id);
	expect(history.map((step) => step.status)).toEqual(['queued', 'running', 'succeeded']);
	expect([status, ended.fine_tuned_model]).toEqual([
		'succeeded',
		`lab/Qwen3.5-9B-support-${job.id}`,
	]);
	expect(ended).toMatchObject({ trained_tokens: 4096, finished_at: expect.any(Number) });

	const { transport, dialect, surroundings } = client;
	const deployments = dialect.deployments!;
	const made = await deployments.create(transport, {
		name: 'support',
		model: ended.fine_tuned_model!,
		extraFields: { inactive_timeout: 60 },
	});
	expect(standIn.lab.seen('GET /v1/hardware')[0].query).toEqual({ model: MODEL });
	expect(standIn.lab.seen('POST /v1/endpoints')[0].body).toEqual({
		display_name: 'support',
		model: ended.fine_tuned_model,
		hardware: '1x_nvidia_h100_80gb_sxm',
		autoscaling: { min_replicas: 1, max_replicas: 1 },
		inactive_timeout: 60,
	});
	const ready = await waitUntilReady(deployments, transport, surroundings, made, 600_000);
	expect(ready).toMatchObject({ status: 'ready', provider_status: 'STARTED' });
	expect(await chat(client, ready.model, { max_completion_tokens: 50 })).toContain('VPN?');
	expect(standIn.lab.seen('POST /v1/chat/completions')[0].body).toMatchObject({ max_tokens: 50 });

	expect(await deployments.list(transport)).toEqual([expect.objectContaining({ id: made.id })]);
	await deployments.remove(transport, made.id);
	expect(await deployments.list(transport)).toEqual([]);
});

it('sends the bytes to the address it was given, without the key', async () => {
	const { file } = await upload(client);
	const [sent] = standIn.lab.seen(`PUT /signed/${file.id}`);
	expect(sent.headers.authorization).toBeUndefined();
	expect(sent.headers['content-type']).toBe('application/octet-stream');
	expect(standIn.lab.seen(`POST /v1/files/${file.id}/preprocess`)).toHaveLength(1);
});

it('trains on preferences, and uses the same file once', async () => {
	const line = JSON.stringify({
		input: { messages: [{ role: 'user', content: 'VPN?' }] },
		preferred_output: [{ role: 'assistant', content: 'Restart it.' }],
		non_preferred_output: [{ role: 'assistant', content: 'No.' }],
	});
	const first = await upload(client, `${line}\n`.repeat(10), 'pairs.jsonl');
	const second = await upload(client, `${line}\n`.repeat(10), 'pairs.jsonl');
	expect([first.reused, second.reused]).toEqual([false, true]);
	await create(client, {
		model: MODEL,
		trainingFile: first.file.id,
		validationFile: 'file-valid',
		method: 'dpo',
		hyperparameters: { beta: 0.2, simpo_gamma: 1, lora: 'false' },
	});
	expect(standIn.lab.seen('POST /v1/fine-tunes')[0].body).toEqual({
		model: MODEL,
		training_file: first.file.id,
		validation_file: 'file-valid',
		// Without evaluations nobody would read the validation file.
		n_evals: 1,
		training_type: { type: 'Full' },
		training_method: {
			method: 'dpo',
			dpo_beta: 0.2,
			simpo_gamma: 1,
			dpo_reference_free: true,
			dpo_normalize_logratios_by_length: true,
		},
	});
});

it('lists events, measurements and checkpoints', async () => {
	const job = await create(client, { model: MODEL, trainingFile: 'file-1' });
	const { job: ended } = await wait(client, job.id);
	const { transport, dialect } = client;
	const events = await listEvents(transport, dialect, job.id, { type: 'message' });
	expect(events.map(({ message, level }) => [message, level])).toEqual([
		['Job started', 'info'],
		['Fine tune request created', 'info'],
	]);
	expect(events[0]).toMatchObject({ created_at: expect.any(Number) });
	const metrics = await readMetrics(transport, dialect, ended);
	expect(metrics).toMatchObject({
		source: 'events',
		points: [
			{ step: 7, train_loss: 0.5, learning_rate: 0.0001 },
			{ step: 14, train_loss: 0.25 },
		],
	});
	const checkpoints = await listCheckpoints(transport, dialect, job.id);
	expect(checkpoints.map((one) => [one.step_number, one.fine_tuned_model_checkpoint])).toEqual([
		[14, job.id],
		[7, `${job.id}:7`],
	]);
});

it('goes on from a checkpoint', async () => {
	const extraFields = { from_checkpoint: 'ft-0001:7' };
	await create(client, { model: MODEL, trainingFile: 'file-1', extraFields });
	expect(standIn.lab.seen('POST /v1/fine-tunes')[0].body).toEqual({
		training_file: 'file-1',
		from_checkpoint: 'ft-0001:7',
	});
});

it('lists the newest job first and cancels', async () => {
	const older = await create(client, { model: MODEL, trainingFile: 'file-1' });
	standIn.lab.jobs.get(older.id)!.created_at -= 60;
	const newer = await create(client, { model: MODEL, trainingFile: 'file-1' });
	const { transport, dialect } = client;
	expect((await listJobs(transport, dialect)).map(({ id }) => id)).toEqual([newer.id, older.id]);
	const asked = await actOnJob(transport, dialect, older.id, 'cancel');
	expect(asked).toMatchObject({ status: 'running', provider_status: 'cancel_requested' });
	expect((await wait(client, older.id)).status).toBe('cancelled');
	const [cancelled] = await listJobs(transport, dialect, { statuses: ['cancelled'] });
	expect(cancelled).toMatchObject({ id: older.id, fine_tuned_model: null });
});

it.each(['error', 'user_error'])('says why a job ended with %s', async (word) => {
	await standIn.close();
	await start(['running', word]);
	const job = await create(client, { model: MODEL, trainingFile: 'file-1' });
	const { status, job: ended } = await wait(client, job.id);
	expect(status).toBe('failed');
	expect(ended.error).toEqual({
		code: word,
		message: 'Line 3: messages must alternate',
		param: null,
	});
});

it('says that a base model cannot be hosted before anything is billed', async () => {
	const reference = 'meta-llama/Llama-3.3-70B-Instruct-Reference';
	const job = await create(client, { model: reference, trainingFile: 'file-1' });
	const { job: ended } = await wait(client, job.id);
	const { transport, dialect } = client;
	const settings = { name: 'support', model: ended.fine_tuned_model!, extraFields: {} };
	await expect(dialect.deployments!.create(transport, settings)).rejects.toMatchObject({
		message: expect.stringContaining(`Together AI cannot host models trained from ${reference}`),
	});
	expect(standIn.lab.seen('POST /v1/endpoints')).toEqual([]);
});

it('says what it has not, and asks for nothing', async () => {
	const { transport, dialect } = client;
	await expect(actOnJob(transport, dialect, 'ft-1', 'pause')).rejects.toMatchObject({
		message: 'Together AI has no way to pause and resume jobs',
	});
	const create_ = async (more: object) =>
		await create(client, { model: MODEL, trainingFile: 'file-1', ...more });
	await expect(create_({ metadata: [{ name: 'team', value: 'hr' }] })).rejects.toMatchObject({
		message: 'Together AI has no metadata of jobs',
	});
	await expect(create_({ hyperparameters: { lora_alpha: 8 } })).rejects.toMatchObject({
		message: "Settings of LoRA were given without 'LoRA Rank'",
	});
	await expect(create_({ wandb: { project: 'p' } })).rejects.toMatchObject({
		message: 'Together AI asks for the key of Weights & Biases with each job',
	});
	expect(standIn.lab.requests).toEqual([]);
});
