import type { Transport } from '../../http/types';
import { jobPath } from '../jobs';

import { encodedPath } from './paths';
import {
	BATCH_SIZE,
	EPOCHS,
	LEARNING_RATE,
	modelAt,
	PLAIN_SUPPORT,
	statusReader,
	textAt,
} from './parts';
import { toIso } from '../time';
import type { Deployment, Deployments, DeploymentStatus, Dialect } from './types';

/** A job makes checkpoints, and a checkpoint becomes a model that answers. https://docs.tokenfactory.nebius.com/post-training */
const deployments: Deployments = {
	of: 'a checkpoint, as job ID:checkpoint ID, e.g. ftjob-abc:ftckpt_def',
	source: 'checkpoints',
	async create(send, { name, model, baseModel, extraFields }) {
		const base = baseModel ?? (await baseModelOf(send, model));
		const { data } = await send({
			method: 'POST',
			path: '/v0/models',
			fromOrigin: true,
			body: { name, base_model: base, source: model, ...extraFields },
		});
		return deploymentOf(data);
	},
	async get(send, id) {
		const { data } = await send({ method: 'GET', path: modelPath(id), fromOrigin: true });
		return deploymentOf(data);
	},
	async list(send) {
		const { data } = await send<unknown>({ method: 'GET', path: '/v0/models', fromOrigin: true });
		const models = Array.isArray(data) ? data : (data as { data?: unknown } | null)?.data;
		const made = (model: unknown) =>
			(textAt(model, 'source') ?? textAt(model, 'job_id')) !== undefined;
		return (Array.isArray(models) ? models : []).filter(made).map(deploymentOf);
	},
	async remove(send, id) {
		await send({ method: 'DELETE', path: modelPath(id), fromOrigin: true });
	},
};

/** https://docs.tokenfactory.nebius.com/api-reference/fine-tuning/create-a-fine-tuning-job */
export const nebiusDialect: Dialect = {
	id: 'nebius',
	name: 'Nebius Token Factory',
	supports: PLAIN_SUPPORT,
	hyperparameters: 'topLevel',
	methods: {
		supervised: {
			batch_size: BATCH_SIZE,
			context_length: { label: 'Context Length', kind: 'integer', min: 1 },
			learning_rate: LEARNING_RATE,
			lora: { label: 'LoRA', kind: 'flag', description: 'Train an adapter instead of all weights' },
			lora_alpha: { label: 'LoRA Alpha', kind: 'integer', min: 1 },
			lora_dropout: { label: 'LoRA Dropout', kind: 'share' },
			lora_r: { label: 'LoRA Rank', kind: 'integer', min: 1 },
			max_grad_norm: { label: 'Max Gradient Norm', kind: 'number', above: 0 },
			n_epochs: EPOCHS,
			packing: { label: 'Packing', kind: 'flag', description: 'Put short examples together' },
			warmup_ratio: { label: 'Warm-Up Ratio', kind: 'share' },
			weight_decay: { label: 'Weight Decay', kind: 'share' },
		},
	},
	job: { metadata: false },
	files: { maxBytes: 5 * 1024 ** 3, formats: ['chat', 'completion'] },
	jobStatus: statusReader(),
	tunedModel: modelAt(),
	chat: { maxTokens: 'max_tokens', checkpoints: false },
	trainableModels: ['meta-llama/Llama-3.3-70B-Instruct', 'meta-llama/Meta-Llama-3.1-8B-Instruct'],
	deployments,
};

/** Of the job whose checkpoint it is. */
async function baseModelOf(send: Transport, source: string): Promise<string | undefined> {
	const job = /^(ftjob[^:]{1,200}):/.exec(source)?.[1];
	if (job === undefined) return undefined;
	const { data } = await send({ method: 'GET', path: jobPath(job) });
	return textAt(data, 'model');
}

const STATUSES: Readonly<Record<string, DeploymentStatus>> = {
	active: 'ready',
	deleted: 'deleting',
	error: 'failed',
	validating: 'creating',
};

/** https://docs.tokenfactory.nebius.com/api-reference/models/create-a-custom-model */
function deploymentOf(raw: unknown): Deployment {
	const name = textAt(raw, 'name') ?? '';
	const status = textAt(raw, 'status');
	return {
		id: name,
		model: name,
		source_model: textAt(raw, 'source') ?? textAt(raw, 'checkpoint_id') ?? null,
		status: status && Object.hasOwn(STATUSES, status) ? STATUSES[status] : 'creating',
		provider_status: status ?? null,
		error_message: textAt(raw, 'status_reason') ?? null,
		created_at: toIso((raw as { created_at?: unknown } | null)?.created_at),
		raw,
	};
}

function modelPath(id: string): string {
	return encodedPath('/v0/models', id, 'Deployment');
}
