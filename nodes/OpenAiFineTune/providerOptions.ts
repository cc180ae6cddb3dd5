/** What the editor offers for the provider of the chosen credential. */
import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ConnectionFields } from '../../lib/openai/connection';
import { dialectOf } from '../../lib/openai/dialects';
import { lackOf } from '../../lib/openai/dialects/speak';
import type { CallName, Dialect } from '../../lib/openai/dialects/types';
import { type FineTuningMethod, HYPERPARAMETER_RULES } from '../../lib/openai/hyperparameters';
import { CREDENTIAL } from '../shared/transport';

/** The call that each operation cannot do without; of several it needs one. */
const NEEDS: Readonly<Record<string, Readonly<Record<string, CallName | readonly CallName[]>>>> = {
	checkpointPermission: { add: 'permissions', delete: 'permissions', getAll: 'permissions' },
	file: {
		delete: 'files.delete',
		get: 'files.get',
		getAll: 'files.list',
		getContent: 'files.content',
		upload: 'files.create',
	},
	grader: { run: 'graders', validate: 'graders' },
	job: {
		cancel: 'jobs.cancel',
		create: 'jobs.create',
		get: 'jobs.get',
		getAll: 'jobs.list',
		getCheckpoints: 'jobs.checkpoints',
		getEvents: 'jobs.events',
		getMetrics: ['files.content', 'jobs.events', 'jobs.checkpoints'],
		pause: 'jobs.pause',
		resume: 'jobs.resume',
		run: 'files.create',
		wait: 'jobs.get',
	},
	model: {
		delete: 'models.delete',
		get: 'models.get',
		getAll: 'models.list',
		getInventory: 'models.list',
	},
	storedCompletion: {
		delete: 'storedCompletions',
		export: 'storedCompletions',
		getAll: 'storedCompletions',
	},
};

/** n8n puts its "Custom API Call" into each list of operations. */
const ADDED_BY_N8N = /^__/;

/** Whether the provider can do this operation at all. */
export function isOffered(dialect: Dialect, resource: string, operation: string): boolean {
	if (resource === 'deployment') return dialect.deployments !== undefined;
	const needs = NEEDS[resource]?.[operation];
	return needs === undefined || [needs].flat().some((call) => lackOf(dialect, call) === undefined);
}

/**
 * Functions for `loadOptionsMethod` that leave out what the provider lacks. n8n asks them again when another credential
 * is picked. Without a credential, or with one that cannot be read, everything is offered.
 */
export function offeredOptions(properties: INodeProperties[]) {
	const listed = (resource: string) => {
		const field = properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(resource),
		);
		return (field?.options ?? []) as INodePropertyOptions[];
	};
	return {
		async getOperations(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			const resource = String(this.getCurrentNodeParameter('resource') ?? 'job');
			const dialect = await chosenDialect(this);
			const all = listed(resource);
			if (!dialect) return all;
			return all.filter(({ value }) => isOffered(dialect, resource, String(value)));
		},
		async getResources(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			const field = properties.find(({ name }) => name === 'resource');
			const all = (field?.options ?? []) as INodePropertyOptions[];
			const dialect = await chosenDialect(this);
			if (!dialect) return all;
			return all.filter(({ value }) =>
				listed(String(value)).some(
					(operation) =>
						!ADDED_BY_N8N.test(String(operation.value)) &&
						isOffered(dialect, String(value), String(operation.value)),
				),
			);
		},
		getHyperparameters,
	};
}

/** Hyperparameters of the provider for the chosen method, those of OpenAI's that have a field of their own left out. */
async function getHyperparameters(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const dialect = await chosenDialect(this);
	const method = String(this.getCurrentNodeParameter('method') ?? 'supervised') as FineTuningMethod;
	const rules = dialect?.methods?.[method];
	if (!rules) return [];
	return Object.entries(rules)
		.filter(([name]) => !Object.hasOwn(HYPERPARAMETER_RULES[method] ?? {}, name))
		.map(([value, { label: name, description }]) => ({
			name,
			value,
			...(description && { description }),
		}))
		.sort((a, b) => a.name.localeCompare(b.name));
}

async function chosenDialect(ctx: ILoadOptionsFunctions): Promise<Dialect | undefined> {
	try {
		const fields = await ctx.getCredentials<ConnectionFields & Record<string, never>>(CREDENTIAL);
		return dialectOf(fields.provider ?? 'openAi', fields);
	} catch {
		return undefined;
	}
}
