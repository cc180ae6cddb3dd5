import { actOnJob } from '../../../lib/openai/jobs';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { waitUntilReady } from '../../../lib/openai/deployments';
import { LAB_KEY, type ProviderStandIn, startProvider } from '../../../sandbox/providers/lab';
import { nebius } from '../../../sandbox/providers/nebius';

import { chat, type Client, connect, create, upload, wait } from './support';

const MODEL = 'meta-llama/Meta-Llama-3.1-8B-Instruct';
let standIn: ProviderStandIn;
let client: Client;

beforeEach(async () => {
	standIn = await startProvider(nebius);
	client = connect({ provider: 'nebius', baseUrl: `${standIn.url}/v1`, apiKey: LAB_KEY });
});
afterEach(async () => await standIn.close());

it('goes from a file over a job and a checkpoint to a model that answers', async () => {
	const { file } = await upload(client);
	const job = await create(client, {
		model: MODEL,
		trainingFile: file.id,
		hyperparameters: { n_epochs: 2, learning_rate: 0.0001, lora: 'true', lora_r: 16 },
		suffix: 'support',
	});
	expect(standIn.lab.seen('POST /v1/fine_tuning/jobs')[0].body).toEqual({
		model: MODEL,
		training_file: file.id,
		hyperparameters: { n_epochs: 2, learning_rate: 0.0001, lora: true, lora_r: 16 },
		suffix: 'support',
	});
	const { status, history } = await wait(client, job.id);
	expect(status).toBe('succeeded');
	expect(history.map((step) => step.status)).toEqual(['queued', 'running', 'succeeded']);

	const { transport, dialect, surroundings } = client;
	const events = await listEvents(transport, dialect, job.id);
	expect(events.map(({ message }) => message)).toEqual(['Files validated', 'Job is created']);
	const [newest, ...older] = await listCheckpoints(transport, dialect, job.id);
	expect([newest.step_number, older.length]).toEqual([30, 2]);

	const deployments = dialect.deployments!;
	const made = await deployments.create(transport, {
		name: 'support',
		model: `${job.id}:${newest.id}`,
		extraFields: {},
	});
	expect(made).toMatchObject({ status: 'creating', provider_status: 'validating' });
	expect(standIn.lab.seen('POST /v0/models')[0].body).toEqual({
		name: 'support',
		base_model: MODEL,
		source: `${job.id}:${newest.id}`,
	});
	const ready = await waitUntilReady(deployments, transport, surroundings, made, 60_000);
	expect(ready).toMatchObject({ status: 'ready', model: made.id });
	expect(await chat(client, ready.model, { max_completion_tokens: 50 })).toContain('VPN?');
	const asked = standIn.lab.seen('POST /v1/chat/completions')[0].body;
	expect(asked).toMatchObject({ max_tokens: 50 });
	expect(asked).not.toHaveProperty('max_completion_tokens');

	expect(await deployments.list(transport)).toEqual([expect.objectContaining({ id: made.id })]);
	await deployments.remove(transport, made.id);
	expect(await deployments.list(transport)).toEqual([]);
});

it('lists and cancels jobs, and uploads the same file once', async () => {
	const first = await upload(client);
	const second = await upload(client);
	expect([first.reused, second.reused]).toEqual([false, true]);
	const job = await create(client, { model: MODEL, trainingFile: first.file.id });
	const { transport, dialect } = client;
	await actOnJob(transport, dialect, job.id, 'cancel');
	const [listed] = await listJobs(transport, dialect, { statuses: ['cancelled'] });
	expect(listed).toMatchObject({ id: job.id, status: 'cancelled', fine_tuned_model: null });
});

it('says what it has not, and asks for nothing', async () => {
	const { transport, dialect } = client;
	await expect(actOnJob(transport, dialect, 'ftjob-1', 'pause')).rejects.toMatchObject({
		message: 'Nebius Token Factory has no way to pause and resume jobs',
	});
	const create_ = async (more: object) =>
		await create(client, { model: MODEL, trainingFile: 'file-1', ...more });
	await expect(create_({ hyperparameters: { learning_rate_multiplier: 2 } })).rejects.toMatchObject(
		{
			message:
				"'learning_rate_multiplier' is not a hyperparameter of the supervised method at Nebius Token Factory",
		},
	);
	await expect(create_({ method: 'dpo' })).rejects.toMatchObject({
		message: 'Nebius Token Factory does not train by the dpo method',
	});
	await expect(create_({ metadata: [{ name: 'team', value: 'hr' }] })).rejects.toMatchObject({
		message: 'Nebius Token Factory has no metadata of jobs',
	});
	expect(standIn.lab.requests).toEqual([]);
});
