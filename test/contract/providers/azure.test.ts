import { waitUntilReady } from '../../../lib/openai/deployments';
import { actOnJob } from '../../../lib/openai/jobs';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';
import { azure, AZURE_CLIENT } from '../../../sandbox/providers/azure';
import { LAB_KEY, type ProviderStandIn, startProvider } from '../../../sandbox/providers/lab';

import { chat, type Client, connect, create, upload, wait } from './support';

const MODEL = 'gpt-4.1-2025-04-14';
const ACCOUNT =
	'/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a';
let standIn: ProviderStandIn;
let client: Client;

beforeEach(async () => {
	standIn = await startProvider(azure);
	const baseUrl = standIn.url;
	client = connect({
		provider: 'azureOpenAi',
		baseUrl,
		authentication: 'apiKeyHeader',
		apiKey: LAB_KEY,
	});
});
afterEach(async () => await standIn.close());

/** The login that n8n keeps for the credential of the resource manager. */
async function management() {
	const response = await fetch(`${standIn.url}/tenant-1/oauth2/v2.0/token`, {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: AZURE_CLIENT.id,
			client_secret: AZURE_CLIENT.key,
		}),
	});
	const { access_token: apiKey } = (await response.json()) as { access_token: string };
	return connect({ provider: 'other', baseUrl: `${standIn.url}${ACCOUNT}`, apiKey }).send;
}

it('goes from a file over a job and a deployment to a model that answers', async () => {
	const { file } = await upload(client);
	expect(file.status).toBe('processed');
	const job = await create(client, {
		model: MODEL,
		trainingFile: file.id,
		suffix: 'support-1',
		hyperparameters: { n_epochs: 2 },
	});
	expect(standIn.lab.seen('POST /openai/v1/fine_tuning/jobs')[0].body).toMatchObject({
		method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 2 } } },
		metadata: { n8n_run_id: 'run-1' },
	});
	const { job: ended, history } = await wait(client, job.id);
	expect(history.map(({ status }) => status)).toEqual(['running', 'succeeded']);
	expect(ended.fine_tuned_model).toMatch(/^gpt-4\.1-2025-04-14\.ft-[0-9a-f]{32}-support-1$/);

	const { transport, dialect, surroundings } = client;
	expect(await listEvents(transport, dialect, job.id)).toHaveLength(2);
	expect(await listCheckpoints(transport, dialect, job.id)).toHaveLength(3);

	const send = await management();
	const deployments = dialect.deployments!;
	const settings = { model: ended.fine_tuned_model!, name: 'support', type: 'GlobalStandard' };
	const made = await deployments.create(send, { ...settings, capacity: 50, extraFields: {} });
	expect(standIn.lab.seen(`PUT ${ACCOUNT}/deployments/support`)[0]).toMatchObject({
		query: { 'api-version': '2024-10-21' },
		body: {
			sku: { name: 'GlobalStandard', capacity: 50 },
			properties: { model: { format: 'OpenAI', name: ended.fine_tuned_model, version: '1' } },
		},
	});
	const ready = await waitUntilReady(deployments, send, surroundings, made, 60_000);
	expect(ready).toMatchObject({ id: 'support', model: 'support', status: 'ready' });
	expect(await chat(client, ready.model)).toContain('VPN?');
	await expect(chat(client, ended.fine_tuned_model!)).rejects.toThrow('does not exist');
	expect(await deployments.list(send)).toHaveLength(1);
	await deployments.remove(send, 'support');
	expect(await deployments.list(send)).toEqual([]);
});

it('creates a job of a training tier where tiers are documented', async () => {
	const extraFields = { trainingType: 'developerTier' };
	const job = await create(client, { model: MODEL, trainingFile: 'file-1', extraFields });
	const [seen] = standIn.lab.seen('POST /openai/fine_tuning/jobs');
	expect(seen).toMatchObject({
		query: { 'api-version': '2025-04-01-preview' },
		body: { trainingType: 'developerTier' },
	});
	expect((await wait(client, job.id)).status).toBe('succeeded');
});

it('pauses, resumes, cancels and lists, and starts a job once for a run', async () => {
	const { transport, dialect } = client;
	const settings = { model: MODEL, trainingFile: 'file-1' };
	const job = await create(client, settings);
	expect((await create(client, settings)).id).toBe(job.id);
	const act = async (action: 'pause' | 'resume' | 'cancel') =>
		(await actOnJob(transport, dialect, job.id, action)).status;
	expect([await act('pause'), await act('resume'), await act('cancel')]).toEqual([
		'paused',
		'running',
		'cancelled',
	]);
	expect(await listJobs(transport, dialect, { statuses: ['cancelled'] })).toHaveLength(1);
});

it.each([
	['s'.repeat(41), /has 41 characters, and 40 are allowed/],
	['support.desk', /cannot be 'support\.desk'/],
])('refuses the suffix %s before anything is sent', async (suffix, expected) => {
	await expect(create(client, { model: MODEL, trainingFile: 'file-1', suffix })).rejects.toThrow(
		expected,
	);
	expect(standIn.lab.requests).toEqual([]);
});
