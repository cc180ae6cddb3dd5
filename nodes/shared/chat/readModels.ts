import type { IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import {
	type JobModelChoice,
	modelOfJob,
	newestCheckpoint,
	noCheckpoints,
} from '../../../lib/openai/chat/jobModel';
import { SettingError } from '../../../lib/openai/settingError';
import type { Connection } from '../transport';

/** How many times a look-up may lead to another: from a job's ID to the job to its checkpoints. */
const MAX_LOOKUPS = 2;

/** The models to ask, in order: the wanted one, then the fallbacks. */
export async function readModels(
	ctx: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
	connection: Connection,
	jobModel: JobModelChoice | undefined,
): Promise<string[]> {
	const wanted = ctx.getNodeParameter('model', itemIndex) as INodeParameterResourceLocator;
	const { models = [] } = ctx.getNodeParameter('fallbackModels', itemIndex, {}) as {
		models?: Array<{ model: INodeParameterResourceLocator }>;
	};
	const first = await modelOfLocator(wanted, 'Model', connection, jobModel);
	return [first, ...models.map(({ model }) => modelId(model, 'Fallback Models'))];
}

/** The model that a locator with the modes list, id and job names. */
export async function modelOfLocator(
	locator: INodeParameterResourceLocator,
	setting: string,
	connection: Connection,
	jobModel: JobModelChoice = 'final',
): Promise<string> {
	return locator.mode === 'job'
		? await modelFromJob(locator.value, jobModel, connection)
		: modelId(locator, setting);
}

async function modelFromJob(
	source: unknown,
	choice: JobModelChoice,
	{ transport, dialect }: Connection,
): Promise<string> {
	let found = modelOfJob(source, choice, dialect);
	for (let lookups = 0; !('model' in found) && lookups < MAX_LOOKUPS; lookups++) {
		const { jobId, needs } = found;
		const path = `/fine_tuning/jobs/${encodeURIComponent(jobId)}`;
		if (needs === 'job') {
			const { data } = await transport({ method: 'GET', path });
			found = modelOfJob(data, choice, dialect);
		} else {
			if (dialect.chat?.checkpoints === false) throw notDeployed(jobId, dialect.name);
			const checkpoints = await transport<{ data?: unknown }>({
				method: 'GET',
				path: `${path}/checkpoints`,
				query: { limit: 100 },
			});
			const model = newestCheckpoint(checkpoints.data.data);
			if (!model) throw noCheckpoints(jobId);
			found = { model };
		}
	}
	if (!('model' in found)) throw noCheckpoints(found.jobId);
	return found.model;
}

function notDeployed(jobId: string, provider: string): SettingError {
	return new SettingError(
		`At ${provider} a checkpoint of the job '${jobId.slice(0, 80)}' answers only once it is deployed`,
		"Deploy it with the resource 'Deployment' of the OpenAI Fine-Tune node and give the deployment's model with the mode 'By ID', or set the option 'Model of Job' to 'Final Model'.",
		'Model of Job',
	);
}

function modelId(locator: INodeParameterResourceLocator | string, setting: string): string {
	const value = typeof locator === 'string' ? locator : locator.value;
	if (typeof value === 'string' && value.trim() !== '') return value.trim();
	throw new SettingError(
		`'${setting}' is empty`,
		"Choose a model from the list, or give its ID. 'From Job' takes the model that a fine-tuning job has made.",
		setting,
	);
}
