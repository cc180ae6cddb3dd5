import { ApiError } from '../../../lib/http/errors';
import type { ApiRequest, Transport } from '../../../lib/http/types';
import { createJobOnce } from '../../../lib/openai/createJob';
import { waitUntilReady } from '../../../lib/openai/deployments';
import { speak } from '../../../lib/openai/dialects/speak';
import { buildJobBody } from '../../../lib/openai/jobBody';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { actOnJob } from '../../../lib/openai/jobs';
import { readMetrics } from '../../../lib/openai/metrics/read';
import { localAi } from '../../../sandbox/providers/localAi';
import { type ProviderStandIn, startProvider } from '../../../sandbox/providers/lab';

import { chat, type Client, connect, create, upload, wait } from './support';

const MODEL = 'TinyLlama/TinyLlama-1.1B-Chat-v1.0';
const JOBS = '/api/fine-tuning/jobs';
let standIn: ProviderStandIn;
let client: Client;

async function start(course?: string[]): Promise<void> {
	standIn = await startProvider(localAi, { course });
	client = connect({ provider: 'localAi', baseUrl: `${standIn.url}/v1`, authentication: 'none' });
}

beforeEach(async () => await start());
afterEach(async () => await standIn.close());

it('goes from a file over a job and an export to a model that answers', async () => {
	const { file, report } = await upload(client);
	expect([file.id, report?.examples]).toEqual([
		'/data/fine-tune/datasets/00000001-support.jsonl',
		12,
	]);
	const job = await create(client, {
		model: MODEL,
		trainingFile: file.id,
		hyperparameters: { n_epochs: 2, learning_rate: 0.0002, lora_r: 8, context_length: 512 },
		metadata: [{ name: 'team', value: 'hr' }],
		seed: 7,
	});
	expect(standIn.lab.seen(`POST ${JOBS}`)[0].body).toEqual({
		model: MODEL,
		backend: 'trl',
		training_method: 'sft',
		training_type: 'lora',
		dataset_source: file.id,
		num_epochs: 2,
		learning_rate: 0.0002,
		adapter_rank: 8,
		seed: 7,
		extra_options: {
			max_seq_length: '512',
			'metadata.team': 'hr',
			'metadata.n8n_run_id': 'run-1',
		},
	});
	expect(job).toMatchObject({
		status: 'queued',
		training_file: file.id,
		metadata: { team: 'hr', n8n_run_id: 'run-1' },
		created_at: expect.any(Number),
	});

	const { status, history, job: ended } = await wait(client, job.id);
	expect(history.map((step) => step.status)).toEqual(['running', 'succeeded']);
	expect([status, ended.fine_tuned_model]).toEqual(['succeeded', null]);

	const { transport, dialect, surroundings } = client;
	const [last] = await listCheckpoints(transport, dialect, job.id);
	expect(last).toMatchObject({ id: 'checkpoint-60', step_number: 60 });
	const deployments = dialect.deployments!;
	const model = `${job.id}:${last.id}`;
	const made = await deployments.create(transport, { name: 'support', model, extraFields: {} });
	expect(standIn.lab.seen(`POST ${JOBS}/${job.id}/export`)[0].body).toEqual({
		name: 'support',
		checkpoint_path: `/data/fine-tune/${job.id}/checkpoint-60`,
		export_format: 'gguf',
		quantization_method: 'q4_k_m',
		model: MODEL,
	});
	const ready = await waitUntilReady(deployments, transport, surroundings, made, 600_000);
	expect(ready).toMatchObject({ status: 'ready', model: 'support', provider_status: 'completed' });
	expect(await chat(client, ready.model, { max_completion_tokens: 50 })).toContain('VPN?');
	const [exported] = await listJobs(transport, dialect);
	expect(exported.fine_tuned_model).toBe('support');

	expect(await deployments.list(transport)).toEqual([expect.objectContaining({ id: job.id })]);
	await deployments.remove(transport, job.id);
	expect(await deployments.list(transport)).toEqual([]);
});

it('exports the whole job where no checkpoint is named, and says why an export failed', async () => {
	const job = await create(client, { model: MODEL, trainingFile: '/data/a.jsonl' });
	await wait(client, job.id);
	const { transport, dialect, surroundings } = client;
	const deployments = dialect.deployments!;
	const settings = { name: 'whole', model: job.id, extraFields: { export_format: 'lora' } };
	await deployments.create(transport, settings);
	expect(standIn.lab.seen(`POST ${JOBS}/${job.id}/export`)[0].body).toMatchObject({
		checkpoint_path: `/data/fine-tune/${job.id}`,
		export_format: 'lora',
	});
	const bad = { ...settings, name: 'broken', extraFields: { checkpoint_path: '/elsewhere' } };
	const made = await deployments.create(transport, bad);
	await expect(waitUntilReady(deployments, transport, surroundings, made, 600_000)).rejects.toThrow(
		'Checkpoint not found: /elsewhere',
	);
});

it('trains on preferences', async () => {
	const line = '{"prompt":"VPN?","chosen":"Restart it.","rejected":"No."}\n';
	const { file } = await upload(client, line, 'pairs.jsonl');
	await create(client, {
		model: MODEL,
		trainingFile: file.id,
		method: 'dpo',
		hyperparameters: { beta: 0.2, loss_type: 'ipo', lora: 'false' },
	});
	expect(standIn.lab.seen(`POST ${JOBS}`)[0].body).toMatchObject({
		training_method: 'dpo',
		training_type: 'full',
		extra_options: { beta: '0.2', loss_type: 'ipo' },
	});
});

it('starts one job for one run, whatever happens to the answer', async () => {
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
	const settings = { model: MODEL, trainingFile: '/data/a.jsonl', method: 'supervised' as const };
	const body = buildJobBody(settings, dialect);
	const transport = speak(dialect, unlucky);
	const { job, reused } = await createJobOnce(transport, surroundings, body, { runId: 'run-1' });
	expect([reused, standIn.lab.jobs.size, job.status]).toEqual([true, 1, 'queued']);
});

it('listens to the progress, without which the state would stay as it was', async () => {
	const job = await create(client, { model: MODEL, trainingFile: '/data/a.jsonl' });
	await client.transport({ method: 'GET', path: `/fine_tuning/jobs/${job.id}` });
	expect(standIn.lab.seen(`GET ${JOBS}/${job.id}/progress`)).toHaveLength(1);
	await wait(client, job.id);
	const heard = standIn.lab.seen(`GET ${JOBS}/${job.id}/progress`).length;
	await client.transport({ method: 'GET', path: `/fine_tuning/jobs/${job.id}` });
	expect(standIn.lab.seen(`GET ${JOBS}/${job.id}/progress`)).toHaveLength(heard);
});

it('cancels, and measures at checkpoints', async () => {
	const { transport, dialect } = client;
	const first = await create(client, { model: MODEL, trainingFile: '/data/a.jsonl' });
	expect((await actOnJob(transport, dialect, first.id, 'cancel')).status).toBe('cancelled');
	standIn.lab.jobs.clear();
	const second = await create(client, { model: MODEL, trainingFile: '/data/a.jsonl' });
	const { job } = await wait(client, second.id);
	expect(await readMetrics(transport, dialect, job)).toMatchObject({
		source: 'checkpoints',
		points: [
			{ step: 30, train_loss: 0.5 },
			{ step: 60, train_loss: 0.25 },
		],
	});
});

it('says why a job failed, and takes a restart of the server for a failure', async () => {
	await standIn.close();
	await start(['training', 'failed']);
	const job = await create(client, { model: MODEL, trainingFile: '/data/a.jsonl' });
	expect(await wait(client, job.id)).toMatchObject({
		status: 'failed',
		job: { error: { message: 'CUDA out of memory' } },
	});
	const stopped = standIn.lab.jobs.get(job.id)!;
	stopped.states = ['stopped'];
	stopped.data.message = 'Server restarted while job was running';
	expect(await wait(client, job.id)).toMatchObject({
		status: 'failed',
		job: { error: { message: 'Server restarted while job was running' } },
	});
});

it('says what it has not, and asks for nothing', async () => {
	const { transport, dialect } = client;
	await expect(listEvents(transport, dialect, 'x')).rejects.toThrow('LocalAI has no way to list');
	await expect(upload(client, '{"text2":"x"}\n')).rejects.toThrow('lacks fields that LocalAI');
	const create_ = async (more: object) =>
		await create(client, { model: MODEL, trainingFile: '/data/a', ...more });
	await expect(create_({ suffix: 'support' })).rejects.toMatchObject({
		message: 'LocalAI names a model when it is exported',
		description: expect.stringContaining("'Deployment Name'"),
	});
	await expect(create_({ validationFile: '/data/b' })).rejects.toThrow('no validation files');
	expect(standIn.lab.requests).toEqual([]);
	await expect(dialect.deployments!.get(transport, 'nobody')).rejects.toThrow('job not found');
});
