import { actOnJob } from '../../../lib/openai/jobs';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { LAB_KEY, type ProviderStandIn, startProvider } from '../../../sandbox/providers/lab';
import { telnyx } from '../../../sandbox/providers/telnyx';

import { chat, type Client, connect, create, upload, wait } from './support';

const MODEL = 'meta-llama/Meta-Llama-3.1-8B-Instruct';
let standIn: ProviderStandIn;
let client: Client;

beforeEach(async () => {
	standIn = await startProvider(telnyx);
	client = connect({ provider: 'telnyx', baseUrl: `${standIn.url}/v2/ai`, apiKey: LAB_KEY });
});
afterEach(async () => await standIn.close());

it('trains with a file in a bucket, and chats with the ID of the job', async () => {
	const trainingFile = 'my-bucket/support.jsonl';
	const hyperparameters = { n_epochs: '4' };
	const job = await create(client, { model: MODEL, trainingFile, hyperparameters });
	expect(standIn.lab.seen('POST /v2/ai/fine_tuning/jobs')[0].body).toEqual({
		model: MODEL,
		training_file: trainingFile,
		hyperparameters: { n_epochs: 4 },
	});
	const { job: ended, history } = await wait(client, job.id);
	expect(history.map(({ status }) => status)).toEqual(['running', 'succeeded']);
	expect(ended.fine_tuned_model).toBe(job.id);
	expect(await chat(client, job.id, { max_completion_tokens: 9 })).toContain('VPN?');
	const asked = standIn.lab.seen('POST /v2/ai/chat/completions')[0].body;
	expect(asked).toMatchObject({ max_tokens: 9 });
});

it('says "stopped" for a job that was cancelled', async () => {
	const job = await create(client, { model: MODEL, trainingFile: 'my-bucket' });
	const { transport, dialect } = client;
	expect(await actOnJob(transport, dialect, job.id, 'cancel')).toMatchObject({
		status: 'cancelled',
		provider_status: 'stopped',
		fine_tuned_model: null,
	});
	expect(await listJobs(transport, dialect, { statuses: ['cancelled'] })).toHaveLength(1);
});

it('takes no uploads, events or checkpoints, and says where files belong', async () => {
	const { transport, dialect } = client;
	await expect(upload(client)).rejects.toMatchObject({
		message: 'Telnyx has no way to upload files',
		description: expect.stringContaining('Telnyx Cloud Storage'),
	});
	await expect(listEvents(transport, dialect, 'x')).rejects.toThrow('Telnyx has no way to list');
	await expect(listCheckpoints(transport, dialect, 'x')).rejects.toThrow('Telnyx has no way');
	const create_ = async (more: object) =>
		await create(client, { model: MODEL, trainingFile: 'b/o', ...more });
	await expect(create_({ hyperparameters: { n_epochs: 11 } })).rejects.toThrow(
		"'Epochs' cannot be",
	);
	await expect(create_({ validationFile: 'b/v' })).rejects.toThrow(
		'Telnyx has no validation files',
	);
	await expect(create_({ seed: 1 })).rejects.toThrow('Telnyx has no seed of jobs');
	expect(standIn.lab.requests).toEqual([]);
});
