import type { IDataObject } from 'n8n-workflow';

import { OpenAiFineTune } from '../../../nodes/OpenAiFineTune/OpenAiFineTune.node';
import { azure, AZURE_CLIENT } from '../../../sandbox/providers/azure';
import { portkey } from '../../../sandbox/providers/gateways';
import {
	type Face,
	LAB_KEY,
	type ProviderStandIn,
	startProvider,
} from '../../../sandbox/providers/lab';
import { nebius } from '../../../sandbox/providers/nebius';
import { runListSearch, runNode } from '../harness';

import { loadOptions } from './loadOptions';
import { byId } from './support';

const LLAMA = 'meta-llama/Meta-Llama-3.1-8B-Instruct';
let standIn: ProviderStandIn;
let credentials: Record<string, IDataObject>;

afterEach(async () => await standIn?.close());

async function begin(face: Face, fields: IDataObject): Promise<void> {
	standIn = await startProvider(face);
	const openAiFineTuningApi = { apiKey: LAB_KEY, baseUrl: `${standIn.url}/v1`, ...fields };
	credentials = { openAiFineTuningApi };
}

async function run(resource: string, operation: string, more: IDataObject = {}) {
	const parameters = { resource, operation, ...more };
	const { outputs, ...rest } = await runNode({
		node: new OpenAiFineTune(),
		parameters,
		credentials,
	});
	return { ...rest, json: outputs[0]?.map((item) => item.json) ?? [] };
}

const list = async (method: string, parameters: IDataObject = {}) => {
	const node = new OpenAiFineTune();
	const { results } = await runListSearch({ node, method, parameters, credentials });
	return results.map(({ value }) => value);
};

const offered = async (method: string, parameters: IDataObject = {}) =>
	await loadOptions({ node: new OpenAiFineTune(), method, parameters, credentials });

describe('Nebius', () => {
	beforeEach(async () => await begin(nebius, { provider: 'nebius' }));

	it('trains with its own hyperparameters and deploys a checkpoint', async () => {
		const { json } = await run('job', 'create', {
			baseModel: byId(LLAMA),
			trainingFile: byId('file-1'),
			hyperparameters: { epochs: '2' },
			providerHyperparameters: {
				values: [
					{ name: 'learning_rate', value: '0.0001' },
					{ name: 'lora', value: 'true' },
				],
			},
			options: { additionalHyperparameters: '{"lora_r": 32}' },
			waitUntilFinished: true,
		});
		expect(json).toEqual([expect.objectContaining({ status: 'succeeded', model: LLAMA })]);
		const [{ body }] = standIn.lab.seen('POST /v1/fine_tuning/jobs');
		expect(body).toEqual({
			model: LLAMA,
			training_file: 'file-1',
			hyperparameters: { n_epochs: 2, learning_rate: 0.0001, lora: true, lora_r: 32 },
		});

		const [checkpoint] = await list('searchDeployableModels');
		expect(checkpoint).toBe(`${String(json[0].id)}:ftckpt_30`);
		const made = await run('deployment', 'create', {
			deployedModel: byId(String(checkpoint)),
			deploymentName: 'support',
		});
		expect(made.json).toEqual([
			{
				id: expect.stringContaining('-LoRa:support-'),
				model: expect.stringContaining('-LoRa:support-'),
				source_model: checkpoint,
				status: 'ready',
				provider_status: 'active',
				error_message: null,
				created_at: expect.any(String),
			},
		]);
		const id = String(made.json[0].id);
		expect(await list('searchDeployments')).toEqual([id]);
		expect((await run('deployment', 'get', { deploymentId: byId(id) })).json[0].status).toBe(
			'ready',
		);
		expect((await run('deployment', 'getAll', { returnAll: true })).json).toHaveLength(1);
		expect((await run('deployment', 'delete', { deploymentId: byId(id) })).json).toEqual([
			{ deleted: true, id },
		]);
	});

	it('refuses what it has not, however it is asked', async () => {
		const { error } = await run('job', 'pause', { jobId: byId('ftjob-1') });
		expect(error).toMatchObject({
			message: 'Nebius Token Factory has no way to pause and resume jobs',
			description: 'Cancel the job, or let it run to its end.',
		});
		const tier = await run('job', 'create', {
			baseModel: byId(LLAMA),
			trainingFile: byId('file-1'),
			options: { trainingTier: 'standard' },
		});
		expect(tier.error?.message).toBe('Nebius Token Factory has no training tiers');
		const typed = await run('deployment', 'create', {
			deployedModel: byId('ftjob-1:c'),
			deploymentName: 'x',
			options: { deploymentType: 'Standard' },
		});
		expect(typed.error?.message).toBe(
			'Nebius Token Factory has no types or capacity of deployments',
		);
		expect(standIn.lab.requests).toEqual([]);
	});

	it('deploys nothing under a name or with a capacity that an expression did not give', async () => {
		const create = async (more: IDataObject) => {
			const deployed = { deployedModel: byId('ftjob-1:c'), deploymentName: 'x', ...more };
			return (await run('deployment', 'create', deployed)).error?.message;
		};
		expect(await create({ deploymentName: '={{ null }}' })).toBe("'Deployment Name' is empty");
		for (const capacity of ['many', 0, 1.5]) {
			expect(await create({ options: { capacity: `={{ ${JSON.stringify(capacity)} }}` } })).toBe(
				`'Capacity' cannot be '${capacity}'`,
			);
		}
		expect(standIn.lab.requests).toEqual([]);
	});

	it('shows in the editor what it has', async () => {
		const operations = await offered('getOperations', { resource: 'job' });
		expect(operations).toEqual(expect.arrayContaining(['create', 'getCheckpoints', 'wait']));
		for (const operation of ['pause', 'resume']) expect(operations).not.toContain(operation);
		expect(await offered('getResources')).toEqual(['deployment', 'file', 'job', 'model']);
		expect(await offered('getHyperparameters', { method: 'supervised' })).toEqual(
			expect.arrayContaining(['learning_rate', 'lora_r']),
		);
		expect(await list('searchBaseModels')).toContain(LLAMA);
	});
});

describe('Azure OpenAI', () => {
	const login = () => ({
		clientId: AZURE_CLIENT.id,
		clientSecret: AZURE_CLIENT.key,
		tenantId: 'tenant-1',
		subscriptionId: 's',
		resourceGroup: 'g',
		accountName: 'a',
		authorityUrl: standIn.url,
		managementUrl: standIn.url,
	});

	beforeEach(async () => {
		await begin(azure, { provider: 'azureOpenAi', authentication: 'apiKeyHeader' });
		credentials.openAiFineTuningApi.baseUrl = standIn.url;
	});

	const train = async () =>
		await run('job', 'create', {
			baseModel: byId('gpt-4.1-2025-04-14'),
			trainingFile: byId('file-1'),
			options: { trainingTier: 'developerTier' },
			waitUntilFinished: true,
		});
	const deploy = async (model: string) =>
		await run('deployment', 'create', {
			deployedModel: byId(model),
			deploymentName: 'support',
			options: { deploymentType: 'DeveloperTier', capacity: 50 },
		});

	it('trains in a tier, and deploys with a login of its own that is never shown', async () => {
		const trained = await train();
		const model = String(trained.json[0].fine_tuned_model);
		expect(await list('searchDeployableModels')).toEqual([model]);
		credentials.azureDeploymentOAuth2Api = login();
		const made = await deploy(model);
		expect(made.json).toEqual([
			expect.objectContaining({ id: 'support', status: 'ready', source_model: model }),
		]);
		expect(await list('searchDeployments', { resource: 'deployment', operation: 'get' })).toEqual([
			'support',
		]);
		expect(JSON.stringify(made.run)).not.toMatch(/arm-token|azure-client/);
	});

	it('says that the login is missing, wrong, or lacks a part', async () => {
		const model = String((await train()).json[0].fine_tuned_model);
		expect((await deploy(model)).error).toMatchObject({
			message: 'Azure OpenAI deploys models with a login of its own, and none is set',
		});
		credentials.azureDeploymentOAuth2Api = { ...login(), clientSecret: 'wrong-key-0123' };
		const wrong = await deploy(model);
		expect(wrong.error?.message).toBe('n8n could not log in at Azure');
		expect(wrong.error?.description).toContain('Tenant ID, Client ID and Client Secret');
		expect(JSON.stringify(wrong.run)).not.toContain('wrong-key-0123');
		credentials.azureDeploymentOAuth2Api = { ...login(), resourceGroup: ' ' };
		expect((await deploy(model)).error?.message).toBe(
			"'Resource Group' is empty in the credential 'Azure Deployment OAuth2 API'",
		);
		credentials.azureDeploymentOAuth2Api = { ...login(), resourceGroup: 2026 };
		expect((await deploy(model)).error?.message).toBe(
			"'Resource Group' of the credential 'Azure Deployment OAuth2 API' is a number, not text",
		);
		credentials.azureDeploymentOAuth2Api = { ...login(), managementUrl: 'http://evil.example' };
		expect((await deploy(model)).error?.message).toContain('is no https address');
	});

	it('names the deployment that was made when it does not become ready', async () => {
		const model = String((await train()).json[0].fine_tuned_model);
		credentials.azureDeploymentOAuth2Api = login();
		const { lab } = standIn;
		const add = lab.addDeployment.bind(lab);
		lab.addDeployment = (id, data) => add(id, data, ['Creating', 'Failed']);
		const { error } = await deploy(model);
		expect(error?.message).toContain('The deployment support failed');
		expect(error?.description).toContain('The deployment support was created before this');
	});

	it('says what Azure says of a model that it cannot deploy', async () => {
		credentials.azureDeploymentOAuth2Api = login();
		expect((await deploy('gpt-4.1')).error?.message).toBe("The model 'gpt-4.1' is not supported.");
	});
});

describe('Portkey', () => {
	beforeEach(async () => {
		await begin(portkey, { provider: 'portkey', portkeyProvider: '@fireworks' });
	});

	it('never sends what the gateway would take for cancelling', async () => {
		const { error } = await run('job', 'pause', { jobId: byId('ftjob-1') });
		expect(error).toMatchObject({
			message: 'Portkey has no way to pause and resume jobs',
			description: expect.stringContaining('The gateway would cancel the job.'),
		});
		expect(standIn.lab.requests).toEqual([]);
		const operations = await offered('getOperations', { resource: 'job' });
		for (const operation of ['pause', 'resume', 'getEvents', 'getCheckpoints']) {
			expect(operations).not.toContain(operation);
		}
	});

	it('has no deployments', async () => {
		const { error } = await run('deployment', 'getAll', { returnAll: true });
		expect(error?.message).toBe('Portkey has no deployments that can be managed from here');
		expect(await offered('getResources')).not.toContain('deployment');
	});
});

it('leaves out a resource of which only what n8n adds itself is left', async () => {
	await begin(nebius, { provider: 'nebius' });
	const node = new OpenAiFineTune();
	const lists = node.description.properties.filter(({ name }) => name === 'operation');
	for (const { options } of lists) options!.push({ name: 'Custom', value: '__CUSTOM_API_CALL__' });
	const resources = await loadOptions({ node, method: 'getResources', credentials });
	for (const { options } of lists) options!.pop();
	expect(resources).toEqual(['deployment', 'file', 'job', 'model']);
});

it('offers everything while no credential is chosen', async () => {
	credentials = {};
	const operations = await offered('getOperations', { resource: 'job' });
	expect(operations).toEqual(expect.arrayContaining(['getEvents', 'pause', 'resume', 'run']));
	const resources = ['checkpointPermission', 'deployment', 'file', 'grader', 'job', 'model'];
	expect(await offered('getResources')).toEqual(expect.arrayContaining(resources));
	expect(await offered('getHyperparameters')).toEqual([]);
});
