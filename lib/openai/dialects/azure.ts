import type { ApiRequest, Transport } from '../../http/types';
import { mergeFields } from '../mergeFields';

import { openAiDialect } from './openai';
import { modelAt, statusReader, textAt } from './parts';
import { encodedPath } from './paths';
import type { CallHandler, Deployment, Deployments, DeploymentStatus, Dialect } from './types';

/** The version of the reference that documents the training tiers. */
const TIER_VERSION = '2025-04-01-preview';
/** https://learn.microsoft.com/rest/api/aiservices/accountmanagement/deployments */
const ARM_VERSION = '2024-10-21';

/**
 * A tuned model answers after it was deployed, which Azure's resource manager does, with a login of its own.
 * https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy
 */
const deployments: Deployments = {
	of: 'a fine-tuned model, e.g. gpt-4.1-2025-04-14.ft-0ab3f80e4f2242929258fff45b56a9ce',
	credential: 'azureDeploymentOAuth2Api',
	hasTypes: true,
	async create(send, { name, model, type = 'Standard', capacity = 1, extraFields }) {
		const body = {
			sku: { name: type, capacity },
			properties: { model: { format: 'OpenAI', name: model, version: '1' } },
		};
		return deploymentOf(
			await arm(send, { method: 'PUT', path: path(name), body: mergeFields(body, extraFields) }),
		);
	},
	async get(send, id) {
		return deploymentOf(await arm(send, { method: 'GET', path: path(id) }));
	},
	async list(send) {
		const found: Deployment[] = [];
		const first = (await arm(send, { method: 'GET', path: '/deployments' })) as Page | undefined;
		for (let page = first, pages = 0; page && pages < MAX_PAGES; pages++) {
			for (const raw of Array.isArray(page.value) ? page.value : []) found.push(deploymentOf(raw));
			const skip = page.nextLink && skipTokenOf(page.nextLink);
			page = skip
				? ((await arm(send, {
						method: 'GET',
						path: '/deployments',
						query: { $skipToken: skip },
					})) as Page)
				: undefined;
		}
		return found;
	},
	async remove(send, id) {
		await arm(send, { method: 'DELETE', path: path(id) });
	},
};

const MAX_PAGES = 50;

interface Page {
	value?: unknown;
	nextLink?: string;
}

/**
 * Azure OpenAI and Foundry under `/openai/v1`. The training tier is documented under a dated version only, so a job
 * with one is created there; it is the same job afterwards.
 * https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning
 */
const createWithTier: CallHandler = async ({ request }, send) => {
	const body = request.body as { trainingType?: unknown } | undefined;
	if (body?.trainingType === undefined) return await send(request);
	return await send({
		...request,
		path: '/openai/fine_tuning/jobs',
		fromOrigin: true,
		query: { ...request.query, 'api-version': TIER_VERSION },
	});
};

export const azureDialect: Dialect = {
	...openAiDialect,
	id: 'azureOpenAi',
	name: 'Azure OpenAI',
	supports: { ...openAiDialect.supports, checkpointPermissions: false, graders: false },
	rawJobs: undefined,
	job: {
		suffix: {
			max: 40,
			pattern: /[A-Za-z0-9_-]/,
			allowed: 'letters, digits, hyphens and underscores',
		},
		tiers: ['standard', 'globalStandard', 'developerTier'],
	},
	jobStatus: statusReader(),
	tunedModel: modelAt(),
	chat: { checkpoints: false },
	calls: { 'jobs.create': createWithTier },
	deployments,
};

async function arm(send: Transport, request: ApiRequest): Promise<unknown> {
	const query = { 'api-version': ARM_VERSION, ...request.query };
	// A deployment is named by its creator, so putting it twice does what putting it once does.
	const { data } = await send<unknown>({ ...request, query, retry: 'safe' });
	return data;
}

function path(name: string): string {
	return encodedPath('/deployments', name, 'Deployment');
}

const STATES: Readonly<Record<string, DeploymentStatus>> = {
	succeeded: 'ready',
	failed: 'failed',
	canceled: 'failed',
	disabled: 'failed',
	deleting: 'deleting',
};

function deploymentOf(raw: unknown): Deployment {
	const name = textAt(raw, 'name') ?? '';
	const state = textAt(raw, 'properties.provisioningState');
	const known = (state ?? '').toLowerCase();
	return {
		id: name,
		model: name,
		source_model: textAt(raw, 'properties.model.name') ?? null,
		status: Object.hasOwn(STATES, known) ? STATES[known] : 'creating',
		provider_status: state ?? null,
		error_message: textAt(raw, 'properties.error.message') ?? null,
		created_at: textAt(raw, 'systemData.createdAt') ?? null,
		raw,
	};
}

/** The link leads to Azure itself; only its cursor is taken, so that the login goes nowhere else. */
function skipTokenOf(link: string): string | undefined {
	if (!URL.canParse(link)) return undefined;
	const { searchParams } = new URL(link);
	return searchParams.get('$skipToken') ?? searchParams.get('$skiptoken') ?? undefined;
}
