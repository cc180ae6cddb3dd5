import { waitUntilReady } from '../../../lib/openai/deployments';
import { deleteFile, listFiles } from '../../../lib/openai/files';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { actOnJob, getJob } from '../../../lib/openai/jobs';
import { deleteModel, getModel } from '../../../lib/openai/models';
import { createJobOnce } from '../../../lib/openai/createJob';
import { buildJobBody } from '../../../lib/openai/jobBody';
import { ApiError } from '../../../lib/http/errors';
import type { ApiRequest, Transport } from '../../../lib/http/types';
import { uploadDataset } from '../../../lib/openai/dialects/fireworksDatasets';
import { speak } from '../../../lib/openai/dialects/speak';
import { fireworks } from '../../../sandbox/providers/fireworks';
import { LAB_KEY, type ProviderStandIn, startProvider } from '../../../sandbox/providers/lab';

import { chat, CHAT_FILE, type Client, connect, create, upload, wait } from './support';

const MODEL = 'accounts/fireworks/models/qwen3-8b';
const JOBS = '/v1/accounts/lab/supervisedFineTuningJobs';
let standIn: ProviderStandIn;
let client: Client;

async function start(course?: string[]): Promise<void> {
	standIn = await startProvider(fireworks, { course });
	client = connect({
		provider: 'fireworks',
		baseUrl: `${standIn.url}/inference/v1`,
		apiKey: LAB_KEY,
		accountId: 'lab',
	});
}

beforeEach(async () => await start());
afterEach(async () => await standIn.close());

it('goes from a dataset over a job and a deployment to a model that answers', async () => {
	const { file } = await upload(client);
	expect(file).toMatchObject({ status: 'processed', bytes: CHAT_FILE.length });
	expect(file.id).toMatch(/^support-[0-9a-f]{12}$/);
	expect(standIn.lab.seen('POST /v1/accounts/lab/datasets')[0].body).toEqual({
		datasetId: file.id,
		dataset: { userUploaded: {}, exampleCount: '12' },
	});
	expect(standIn.lab.files.get(file.id)?.content.toString()).toBe(CHAT_FILE);

	const job = await create(client, {
		model: 'qwen3-8b',
		trainingFile: file.id,
		hyperparameters: { n_epochs: 2, learning_rate: 0.0001, lora_r: 16, early_stop: 'true' },
		suffix: 'Support Answers',
	});
	expect(standIn.lab.seen(`POST ${JOBS}`)[0].body).toEqual({
		dataset: `accounts/lab/datasets/${file.id}`,
		baseModel: MODEL,
		outputModel: expect.stringMatching(/^accounts\/lab\/models\/support-answers-[0-9a-f]{8}$/),
		epochs: 2,
		learningRate: 0.0001,
		loraRank: 16,
		earlyStop: true,
	});
	expect(job).toMatchObject({ status: 'queued', model: MODEL, training_file: file.id });

	const { history, job: ended } = await wait(client, job.id);
	expect(history.map(({ status }) => status)).toEqual(['validating_files', 'running', 'succeeded']);
	expect(ended).toMatchObject({
		provider_status: 'JOB_STATE_COMPLETED',
		finished_at: expect.any(Number),
	});

	const { transport, dialect, surroundings } = client;
	const deployments = dialect.deployments!;
	const model = ended.fine_tuned_model!;
	const settings = { name: 'Support answers', model, extraFields: { minReplicaCount: 1 } };
	const made = await deployments.create(transport, settings);
	expect(made).toMatchObject({ id: 'support-answers', status: 'creating' });
	expect(standIn.lab.seen('POST /v1/accounts/lab/deployments')[0]).toMatchObject({
		query: { deploymentId: 'support-answers' },
		body: { baseModel: model, displayName: 'Support answers', minReplicaCount: 1 },
	});
	const ready = await waitUntilReady(deployments, transport, surroundings, made, 600_000);
	expect(await chat(client, ready.model, { max_completion_tokens: 50 })).toContain('VPN?');
	expect(standIn.lab.seen('POST /inference/v1/chat/completions')[0].body).toMatchObject({
		max_tokens: 50,
	});
	expect(await deployments.list(transport)).toEqual([expect.objectContaining({ id: made.id })]);
	await deployments.remove(transport, made.id);
	expect(await deployments.list(transport)).toEqual([]);
});

it('trains on preferences in jobs of their own', async () => {
	const line = JSON.stringify({
		input: { messages: [{ role: 'user', content: 'VPN?' }] },
		preferred_output: [{ role: 'assistant', content: 'Restart it.' }],
		non_preferred_output: [{ role: 'assistant', content: 'No.' }],
	});
	const { file } = await upload(client, `${line}\n`.repeat(3), 'pairs.jsonl');
	const job = await create(client, {
		model: 'accounts/lab/models/support-1',
		trainingFile: file.id,
		method: 'dpo',
		hyperparameters: { n_epochs: 1, beta: 0.2 },
	});
	expect(standIn.lab.seen('POST /v1/accounts/lab/dpoJobs')[0].body).toEqual({
		dataset: `accounts/lab/datasets/${file.id}`,
		trainingConfig: { warmStartFrom: 'accounts/lab/models/support-1', epochs: 1 },
		lossConfig: { method: 'DPO', dpo: { beta: 0.2 } },
	});
	const { job: ended } = await wait(client, job.id);
	expect(ended.fine_tuned_model).toBe(`accounts/lab/models/${job.id.split('/').at(-1)}`);
});

it('sends a large file to the address it was given, without the key', async () => {
	const bytes = Buffer.from(CHAT_FILE);
	const content = async function* () {
		yield bytes;
	};
	const file = { name: 'file', fileName: 'big.jsonl', mimeType: '', bytes: bytes.length, content };
	const request: ApiRequest = { method: 'POST', path: '/files', form: [file] };
	// As if 150 MB were reached with a hundred bytes.
	const handler = uploadDataset(() => 'lab', 100);
	const { data } = await handler({ name: 'files.create', id: '', request }, client.send);
	const { id, status } = data as { id: string; status: string };
	expect(status).toBe('processed');
	const [sent] = standIn.lab.seen(`PUT /signed/${id}`);
	expect(sent.headers.authorization).toBeUndefined();
	expect(standIn.lab.files.get(id)?.content.toString()).toBe(CHAT_FILE);
});

it('keeps one dataset for one content', async () => {
	const first = await upload(client);
	const second = await upload(client);
	expect(second.file.id).toBe(first.file.id);
	expect(standIn.lab.seen(`POST /v1/accounts/lab/datasets/${first.file.id}:upload`)).toHaveLength(
		1,
	);
	expect(await listFiles(client.transport)).toHaveLength(1);
	await deleteFile(client.transport, first.file.id);
	expect(await listFiles(client.transport)).toEqual([]);
});

it('starts one job for one run, whatever happens to the answer', async () => {
	const { file } = await upload(client);
	const { dialect, send, surroundings } = client;
	let resets = 0;
	const unlucky: Transport = async <T>(request: ApiRequest) => {
		const answer = await send<T>(request);
		if (request.method === 'POST' && request.path === JOBS && resets++ === 0) {
			throw new ApiError('The connection was reset', {
				networkCode: 'ECONNRESET',
				ambiguous: true,
			});
		}
		return answer;
	};
	const body = buildJobBody({ model: MODEL, trainingFile: file.id, method: 'supervised' }, dialect);
	const transport = speak(dialect, unlucky);
	const first = await createJobOnce(transport, surroundings, body, { runId: 'run-1' });
	const again = await createJobOnce(transport, surroundings, body, { runId: 'run-1' });
	expect([first.reused, again.reused]).toEqual([true, true]);
	expect(again.job.id).toBe(first.job.id);
	expect(standIn.lab.seen(`POST ${JOBS}`)).toHaveLength(1);
	expect(standIn.lab.jobs.size).toBe(1);
});

it('lists both kinds of jobs over pages, looks one up by its bare id, and cancels', async () => {
	const { file } = await upload(client);
	const { transport, dialect, surroundings } = client;
	const make = async (method: 'supervised' | 'dpo', runId: string) => {
		const body = buildJobBody({ model: MODEL, trainingFile: file.id, method }, dialect);
		return (await createJobOnce(transport, surroundings, body, { runId })).job;
	};
	for (let index = 0; index < 120; index++) await make('supervised', `run-${index}`);
	const preference = await make('dpo', 'run-dpo');
	const jobs = await listJobs(transport, dialect);
	expect(new Set(jobs.map(({ id }) => id)).size).toBe(121);
	expect(await listJobs(transport, dialect, {}, 5)).toHaveLength(5);

	const bare = preference.id.split('/').at(-1)!;
	expect((await getJob(transport, bare)).id).toBe(preference.id);
	const asked = await actOnJob(transport, dialect, bare, 'cancel');
	expect(asked).toMatchObject({ status: 'cancelled', method: { type: 'dpo' } });
});

it('says why a job failed, and shows and deletes its own models', async () => {
	const { file } = await upload(client);
	const job = await create(client, { model: MODEL, trainingFile: file.id });
	const { job: ended } = await wait(client, job.id);
	const { transport } = client;
	expect(await getModel(transport, ended.fine_tuned_model!)).toMatchObject({ owned_by: 'lab' });
	expect(await deleteModel(transport, ended.fine_tuned_model!)).toMatchObject({ deleted: true });
	await expect(getModel(transport, ended.fine_tuned_model!)).rejects.toThrow('not found');

	await standIn.close();
	await start(['JOB_STATE_RUNNING', 'JOB_STATE_FAILED']);
	const again = await create(client, {
		model: MODEL,
		trainingFile: (await upload(client)).file.id,
	});
	const { status, job: failed } = await wait(client, again.id);
	expect(status).toBe('failed');
	expect(failed.error).toMatchObject({ message: 'Line 3: messages must alternate' });
});

it('says what it has not, and asks for nothing', async () => {
	const { transport, dialect } = client;
	await expect(listEvents(transport, dialect, 'x')).rejects.toThrow(
		'Fireworks AI has no way to list',
	);
	await expect(listCheckpoints(transport, dialect, 'x')).rejects.toThrow('Fireworks AI has no way');
	await expect(actOnJob(transport, dialect, 'x', 'pause')).rejects.toThrow('pause and resume jobs');
	const create_ = async (more: object) =>
		await create(client, { model: MODEL, trainingFile: 'data-1', ...more });
	await expect(create_({ seed: 1 })).rejects.toThrow('Fireworks AI has no seed of jobs');
	const homeless = connect({
		provider: 'fireworks',
		baseUrl: `${standIn.url}/inference/v1`,
		apiKey: LAB_KEY,
	});
	await expect(upload(homeless)).rejects.toMatchObject({
		message: "The credential has no 'Account ID'",
		description: expect.stringContaining('Account Settings at Fireworks'),
	});
	expect(standIn.lab.requests).toEqual([]);
	standIn.lab.models.add('accounts/fireworks/models/qwen3-8b');
	expect(await chat(homeless, 'accounts/fireworks/models/qwen3-8b')).toContain('VPN?');
});

it('takes no validation file for preferences', async () => {
	const settings = { model: MODEL, trainingFile: 'a', validationFile: 'b', method: 'dpo' as const };
	await expect(create(client, settings)).rejects.toMatchObject({
		message: 'Fireworks AI takes no validation file for the dpo method',
	});
	expect(standIn.lab.jobs.size).toBe(0);
});
