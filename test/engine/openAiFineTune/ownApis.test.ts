/** Providers whose paths and words are their own: the node works as with OpenAI, against stand-ins of theirs. */
import type { IDataObject } from 'n8n-workflow';

import { OpenAiFineTune } from '../../../nodes/OpenAiFineTune/OpenAiFineTune.node';
import { FineTunedChat } from '../../../nodes/FineTunedChat/FineTunedChat.node';
import { fireworks } from '../../../sandbox/providers/fireworks';
import {
	type Face,
	LAB_KEY,
	type ProviderStandIn,
	startProvider,
} from '../../../sandbox/providers/lab';
import { localAi } from '../../../sandbox/providers/localAi';
import { together } from '../../../sandbox/providers/together';
import { runListSearch, runNode, testCredential } from '../harness';

import { loadOptions } from './loadOptions';
import { byId } from './support';

const EXAMPLE =
	'{"messages":[{"role":"user","content":"VPN?"},{"role":"assistant","content":"Restart it."}]}\n';
const FILES = {
	data: { content: EXAMPLE.repeat(12), fileName: 'support.jsonl', mimeType: 'application/jsonl' },
};
let standIn: ProviderStandIn;
let credentials: Record<string, IDataObject>;

afterEach(async () => await standIn.close());

async function begin(face: Face, base: string, fields: IDataObject, course?: string[]) {
	standIn = await startProvider(face, { course });
	const common = { apiKey: LAB_KEY, baseUrl: `${standIn.url}${base}` };
	credentials = { openAiFineTuningApi: { ...common, ...fields } };
}

/** A face whose first answer to a POST of this path never arrives, although it did what was asked. */
function breaking(face: Face, path: string): Face {
	let broken = 0;
	return (lab) => {
		lab.app.addHook('onSend', async ({ method, url, raw }) => {
			const fits = method === 'POST' && url.split('?')[0] === path;
			if (fits && broken++ === 0) raw.socket.resetAndDestroy();
		});
		face(lab);
	};
}

async function run(
	resource: string,
	operation: string,
	more: IDataObject = {},
	setup: object = {},
) {
	const parameters = { resource, operation, ...more };
	const node = new OpenAiFineTune();
	const { outputs, ...rest } = await runNode({ node, parameters, credentials, ...setup });
	return { ...rest, json: outputs[0]?.map((item) => item.json) ?? [] };
}

const train = async (model: string, more: IDataObject = {}, setup: object = {}) =>
	await run(
		'job',
		'run',
		{ baseModel: byId(model), ...more },
		{ items: [{ files: FILES }], ...setup },
	);

const list = async (method: string) => {
	const node = new OpenAiFineTune();
	const { results } = await runListSearch({ node, method, parameters: {}, credentials });
	return results.map(({ value }) => String(value));
};

const offered = async (method: string, parameters: IDataObject = {}) =>
	await loadOptions({ node: new OpenAiFineTune(), method, parameters, credentials });

async function ask(model: string): Promise<unknown> {
	const parameters = { model: byId(model), userMessage: 'VPN?' };
	const { outputs } = await runNode({ node: new FineTunedChat(), parameters, credentials });
	return outputs[0][0].json;
}

describe('Together AI', () => {
	const MODEL = 'Qwen/Qwen3.5-9B';

	beforeEach(async () => await begin(together, '/v1', { provider: 'together' }));

	it('goes from a file to a model, an endpoint and an answer', async () => {
		const { json } = await train(MODEL, {
			hyperparameters: { epochs: '2' },
			providerHyperparameters: { values: [{ name: 'lora_r', value: '16' }] },
			options: { suffix: 'support' },
		});
		expect(json).toEqual([
			expect.objectContaining({
				status: 'succeeded',
				model: MODEL,
				fine_tuned_model: expect.stringMatching(/^lab\/Qwen3\.5-9B-support-ft-/),
				trained_tokens: 4096,
				examples: 12,
			}),
		]);
		expect(standIn.lab.seen('POST /v1/fine-tunes')[0].body).toMatchObject({
			n_epochs: 2,
			training_type: { type: 'Lora', lora_r: 16, lora_alpha: 32 },
		});
		const [model] = await list('searchDeployableModels');
		expect(model).toBe(json[0].fine_tuned_model);
		const made = await run('deployment', 'create', {
			deployedModel: byId(model),
			deploymentName: 'support',
		});
		expect(made.json).toEqual([expect.objectContaining({ status: 'ready', source_model: model })]);
		expect(JSON.stringify(await ask(String(made.json[0].model)))).toContain('VPN?');
	});

	it('starts no second job when the connection breaks after the first was made', async () => {
		await standIn.close();
		await begin(breaking(together, '/v1/fine-tunes'), '/v1', { provider: 'together' });
		const { error, json } = await train(MODEL);
		expect(json).toEqual([]);
		expect(error?.message).toContain('a job may or may not be running');
		expect(error?.description).toContain('Look for a job');
		expect(standIn.lab.seen('POST /v1/fine-tunes')).toHaveLength(1);
		expect(standIn.lab.jobs.size).toBe(1);
	});

	it('shows events and checkpoints, and in the editor what there is', async () => {
		const [{ id }] = (await train(MODEL)).json;
		const events = await run('job', 'getEvents', { jobId: byId(String(id)), returnAll: true });
		expect(events.json.map(({ message }) => message)).toContain('Step 14: training loss=0.25');
		const checkpoints = await run('job', 'getCheckpoints', {
			jobId: byId(String(id)),
			returnAll: true,
		});
		expect(checkpoints.json).toHaveLength(2);
		expect(await list('searchBaseModels')).toContain(MODEL);
		expect(await offered('getResources')).toEqual(['deployment', 'file', 'job', 'model']);
		const operations = await offered('getOperations', { resource: 'job' });
		expect(operations).toEqual(expect.arrayContaining(['create', 'getEvents', 'getCheckpoints']));
		expect(operations).not.toContain('pause');
		expect(await offered('getHyperparameters', { method: 'dpo' })).toEqual(
			expect.arrayContaining(['lora_r', 'simpo_gamma']),
		);
	});

	it('refuses what it has not, however it is asked', async () => {
		const paused = await run('job', 'pause', { jobId: byId('ft-1') });
		expect(paused.error?.message).toBe('Together AI has no way to pause and resume jobs');
		const metadata = { values: [{ name: 'team', value: 'hr' }] };
		const marked = await train(MODEL, { options: { metadata } });
		expect(marked.error?.message).toBe('Together AI has no metadata of jobs');
		const gone = await run('model', 'delete', { modelId: byId('m') });
		expect(gone.error?.message).toBe('Together AI has no way to delete models');
		expect(standIn.lab.requests).toEqual([]);
	});
});

describe('Fireworks AI', () => {
	const MODEL = 'accounts/fireworks/models/qwen3-8b';
	const JOBS = 'POST /v1/accounts/lab/supervisedFineTuningJobs';
	const fields = { provider: 'fireworks', accountId: 'lab' };

	beforeEach(async () => await begin(fireworks, '/inference/v1', fields));

	it('goes from a file to a model, a deployment and an answer', async () => {
		const { json } = await train(MODEL, {
			hyperparameters: { epochs: '2' },
			options: { suffix: 'support' },
		});
		expect(json).toEqual([
			expect.objectContaining({
				status: 'succeeded',
				model: MODEL,
				fine_tuned_model: expect.stringMatching(/^accounts\/lab\/models\/support-[0-9a-f]{8}$/),
			}),
		]);
		const [model] = await list('searchDeployableModels');
		expect(model).toBe(json[0].fine_tuned_model);
		const made = await run('deployment', 'create', {
			deployedModel: byId(model),
			deploymentName: 'Support answers',
		});
		expect(made.json).toEqual([
			expect.objectContaining({ id: 'support-answers', status: 'ready', model }),
		]);
		expect(JSON.stringify(await ask(model))).toContain('VPN?');
		const id = byId(String((await list('searchDeployments'))[0]));
		const deleted = await run('deployment', 'delete', { deploymentId: id });
		expect(deleted.json).toEqual([{ deleted: true, id: 'support-answers' }]);
	});

	it('finds the job again when the connection breaks after it was made', async () => {
		await standIn.close();
		await begin(breaking(fireworks, JOBS.slice(5)), '/inference/v1', fields);
		const { error, json } = await train(MODEL, {}, { executionId: '9' });
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ status: 'succeeded' })]);
		const again = await train(MODEL, {}, { executionId: '9' });
		expect(again.json[0].id).toBe(json[0].id);
		expect(standIn.lab.seen(JOBS)).toHaveLength(1);
		expect(standIn.lab.jobs.size).toBe(1);
	});

	it('refuses what it has not, and a credential without an account', async () => {
		const events = await run('job', 'getEvents', { jobId: byId('x'), returnAll: true });
		expect(events.error?.message).toBe('Fireworks AI has no way to list the events of a job');
		expect(await offered('getOperations', { resource: 'job' })).not.toContain('getEvents');
		credentials.openAiFineTuningApi.accountId = '';
		const { error } = await train(MODEL);
		expect(error?.message).toBe("The credential has no 'Account ID'");
		expect(standIn.lab.requests).toEqual([]);
	});
});

describe('LocalAI', () => {
	it('goes from a file to a job, an export and an answer', async () => {
		await begin(localAi, '/v1', { provider: 'localAi', authentication: 'none', apiKey: '' });
		const { json } = await train('Qwen/Qwen2.5-1.5B-Instruct');
		expect(json).toEqual([
			expect.objectContaining({ status: 'succeeded', fine_tuned_model: null }),
		]);
		const [checkpoint] = await list('searchDeployableModels');
		expect(checkpoint).toBe(`${String(json[0].id)}:checkpoint-60`);
		const made = await run('deployment', 'create', {
			deployedModel: byId(checkpoint),
			deploymentName: 'support',
		});
		expect(made.json).toEqual([expect.objectContaining({ status: 'ready', model: 'support' })]);
		expect(JSON.stringify(await ask('support'))).toContain('VPN?');
		expect(await offered('getResources')).toEqual(['deployment', 'file', 'job', 'model']);
		expect(await offered('getOperations', { resource: 'file' })).toEqual(['upload']);
	});
});

it.each([
	['together', together, '/v1', {}],
	['fireworks', fireworks, '/inference/v1', { accountId: 'lab' }],
] as const)('tests a credential of %s', async (provider, face, base, more) => {
	await begin(face, base, { provider, ...more });
	const test = async (apiKey: string) =>
		await testCredential({
			node: new OpenAiFineTune(),
			method: 'openAiFineTuningApiTest',
			credential: 'openAiFineTuningApi',
			data: { ...credentials.openAiFineTuningApi, apiKey },
		});
	expect(await test(LAB_KEY)).toMatchObject({ status: 'OK' });
	expect(await test('wrong')).toMatchObject({ status: 'Error' });
});
