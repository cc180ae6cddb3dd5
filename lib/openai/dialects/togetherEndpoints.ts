import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { mergeFields } from '../mergeFields';
import { SettingError } from '../settingError';
import { toIso } from '../time';

import { type Fields, fieldsOf, rowsOf, text } from './answers';
import { encodedPath } from './paths';
import type { Deployment, Deployments, DeploymentStatus } from './types';
import { asError } from '../../attempt';

/** A tuned model answers through a dedicated endpoint. https://docs.together.ai/docs/fine-tuning/deployment */
export const togetherDeployments: Deployments = {
	of: 'the model of a finished job, e.g. my-account/Qwen3.5-9B-support-1a2b3c4d',
	async create(send, { name, model, baseModel, extraFields }) {
		const hardware =
			text(extraFields.hardware) ??
			(await hardwareFor(send, baseModel ?? (await baseOf(send, model))));
		const body = {
			display_name: name,
			model,
			hardware,
			autoscaling: { min_replicas: 1, max_replicas: 1 },
		};
		const { data } = await send({
			method: 'POST',
			path: '/endpoints',
			body: mergeFields(body, extraFields),
		});
		return deploymentOf(data);
	},
	async get(send, id) {
		const { data } = await send({ method: 'GET', path: endpointPath(id) });
		return deploymentOf(data);
	},
	async list(send) {
		const query = { type: 'dedicated', mine: true };
		const { data } = await send({ method: 'GET', path: '/endpoints', query });
		return rowsOf(data, 'data').map(deploymentOf);
	},
	async remove(send, id) {
		await send({ method: 'DELETE', path: endpointPath(id) });
	},
};

/** The base model of the job that made this one; the model itself where no job names it. */
async function baseOf(send: Transport, model: string): Promise<string> {
	const { data } = await send({ method: 'GET', path: '/fine_tuning/jobs' });
	const job = rowsOf(data, 'data').find(
		(one) => one.model_output_name === model || one.output_name === model,
	);
	return text(job?.model) ?? model;
}

/**
 * The cheapest hardware that is free and can hold the model.
 * https://docs.together.ai/reference/listhardware
 */
async function hardwareFor(send: Transport, model: string): Promise<string> {
	const { data } = await send({ method: 'GET', path: '/hardware', query: { model } }).catch(
		(cause: unknown) => notHosted(cause, model),
	);
	const free = rowsOf(data, 'data').filter((one) => {
		const status = text(fieldsOf(one.availability).status);
		return text(one.id) !== undefined && (status === undefined || status === 'available');
	});
	const [cheapest] = [...free].sort((a, b) => priceOf(a) - priceOf(b));
	if (cheapest) return String(cheapest.id);
	throw new SettingError(
		`Together AI has no hardware free for ${model}`,
		'Try again later, or name one under Additional Fields (JSON), e.g. {"hardware": "1x_nvidia_h100_80gb_sxm"}.',
		'Additional Fields (JSON)',
	);
}

/** "A 404 means the base can't host a fine-tune", its guide to deployment says. */
function notHosted(cause: unknown, model: string): never {
	if (!(cause instanceof ApiError) || cause.details.status !== 404) throw asError(cause);
	throw new SettingError(
		`Together AI cannot host models trained from ${model}`,
		'Train another base model, e.g. one without -Reference in its name, or download the model and serve it elsewhere.',
		'Model',
	);
}

function priceOf({ pricing }: Fields): number {
	const cents = fieldsOf(pricing).cents_per_minute;
	return typeof cents === 'number' ? cents : Infinity;
}

const STATUSES: Readonly<Record<string, DeploymentStatus>> = {
	ERROR: 'failed',
	FAILED: 'failed',
	PENDING: 'creating',
	STARTED: 'ready',
	STARTING: 'creating',
	STOPPED: 'failed',
	STOPPING: 'deleting',
};

/** https://docs.together.ai/reference/getendpoint */
function deploymentOf(data: unknown): Deployment {
	const raw = fieldsOf(data);
	const state = text(raw.state);
	return {
		id: text(raw.id) ?? '',
		// The endpoint's own name, which ends in letters that lead to it.
		model: text(raw.name) ?? '',
		source_model: text(raw.model) ?? null,
		status: state && Object.hasOwn(STATUSES, state) ? STATUSES[state] : 'creating',
		provider_status: state ?? null,
		error_message: state === 'STOPPED' ? 'The endpoint is stopped: start it at Together' : null,
		created_at: toIso(raw.created_at),
		raw: data,
	};
}

function endpointPath(id: string): string {
	return encodedPath('/endpoints', id, 'Deployment');
}
