import { newestFirst, onceSucceeded, onePage, rowsOf } from './answers';
import { BATCH_SIZE, EPOCHS, LEARNING_RATE, modelAt, PLAIN_SUPPORT, statusReader } from './parts';
import { encodedPath } from './paths';
import { togetherBody } from './togetherBody';
import { togetherDeployments } from './togetherEndpoints';
import { togetherEvents } from './togetherEvents';
import { togetherFile, uploadToTogether } from './togetherFiles';
import { togetherCheckpoints, togetherJob } from './togetherJob';
import type { Call, CallHandler, Dialect } from './types';

const SHARED = {
	batch_size: BATCH_SIZE,
	learning_rate: LEARNING_RATE,
	lora: {
		label: 'LoRA',
		kind: 'flag',
		description: 'Train an adapter, as Together does by default; false trains all weights',
	},
	lora_alpha: { label: 'LoRA Alpha', kind: 'integer', min: 1 },
	lora_dropout: { label: 'LoRA Dropout', kind: 'share' },
	lora_r: { label: 'LoRA Rank', kind: 'integer', min: 1 },
	max_grad_norm: { label: 'Max Gradient Norm', kind: 'number', above: 0 },
	n_checkpoints: { label: 'Checkpoints', kind: 'integer', min: 1 },
	n_epochs: EPOCHS,
	n_evals: { label: 'Evaluations', kind: 'integer', min: 0 },
	warmup_ratio: { label: 'Warm-Up Ratio', kind: 'share' },
	weight_decay: { label: 'Weight Decay', kind: 'share' },
} as const;

const jobStatus = statusReader({
	cancel_requested: 'running',
	compressing: 'running',
	uploading: 'running',
});

/**
 * Jobs have paths and words of Together's own, and files go to an address that it hands out.
 * https://docs.together.ai/reference/post-fine-tunes, https://github.com/togethercomputer/openapi
 */
export const togetherDialect: Dialect = {
	id: 'together',
	name: 'Together AI',
	supports: PLAIN_SUPPORT,
	lacks: {
		'models.delete': 'Delete it under Models at Together.',
		'models.get': 'Use Get Many to see the models.',
	},
	hyperparameters: 'topLevel',
	methods: {
		supervised: SHARED,
		dpo: {
			...SHARED,
			beta: { label: 'Beta', kind: 'number', above: 0 },
			rpo_alpha: { label: 'RPO Alpha', kind: 'number', above: 0 },
			simpo_gamma: { label: 'SimPO Gamma', kind: 'number', above: 0 },
		},
	},
	job: { metadata: false, suffix: { max: 64 }, finish: togetherBody },
	// Larger files go in parts, which Together's own clients do above 5 GB.
	files: { maxBytes: 5 * 1024 ** 3, formats: ['chat', 'dpo', 'completion'], minExamples: 1 },
	jobStatus,
	tunedModel: onceSucceeded(jobStatus, modelAt('model_output_name', 'output_name')),
	chat: { maxTokens: 'max_tokens', checkpoints: false },
	calls: {
		'files.create': uploadToTogether,
		'files.get': async ({ request }, send) => {
			const answer = await send(request);
			return { ...answer, data: togetherFile(answer.data) };
		},
		'files.list': async ({ request }, send) => {
			const answer = await send({ ...request, query: undefined });
			return onePage(
				answer,
				newestFirst(rowsOf(answer.data, 'data'), 'created_at').map(togetherFile),
			);
		},
		'jobs.cancel': oneJob('/cancel'),
		'jobs.checkpoints': async (call, send) => {
			const answer = await send({
				...call.request,
				path: `${path(call)}/checkpoints`,
				query: undefined,
			});
			return onePage(answer, togetherCheckpoints(call.id, rowsOf(answer.data, 'data')));
		},
		'jobs.create': async ({ request }, send) => {
			const answer = await send({ ...request, path: '/fine-tunes' });
			return { ...answer, data: togetherJob(answer.data) };
		},
		'jobs.events': async (call, send) => await togetherEvents(path(call), call.request, send),
		'jobs.get': oneJob(''),
		'jobs.list': async ({ request }, send) => {
			const answer = await send({ ...request, path: '/fine-tunes', query: undefined });
			return onePage(
				answer,
				newestFirst(rowsOf(answer.data, 'data'), 'created_at').map(togetherJob),
			);
		},
	},
	// Of https://docs.together.ai/docs/fine-tuning/supported-models, those for text.
	trainableModels: [
		'Qwen/Qwen3.5-0.8B',
		'Qwen/Qwen3.5-2B',
		'Qwen/Qwen3.5-4B',
		'Qwen/Qwen3.5-9B',
		'Qwen/Qwen3.5-27B',
		'Qwen/Qwen3.5-35B-A3B',
		'Qwen/Qwen3.5-35B-A3B-Base',
		'Qwen/Qwen3.5-122B-A10B',
		'Qwen/Qwen3.5-397B-A17B',
		'Qwen/Qwen3.6-27B',
		'Qwen/Qwen3.6-35B-A3B',
		'deepseek-ai/DeepSeek-V3.1',
		'deepseek-ai/DeepSeek-V4-Flash',
		'google/gemma-4-26B-A4B-it',
		'google/gemma-4-31B-it',
		'meta-llama/Llama-3.3-70B-Instruct-Reference',
		'meta-llama/Llama-4-Maverick-17B-128E-Instruct',
		'meta-llama/Llama-4-Scout-17B-16E-Instruct',
		'meta-llama/Meta-Llama-3.1-8B-Instruct-Reference',
		'mistralai/Mixtral-8x7B-Instruct-v0.1',
		'moonshotai/Kimi-K2.6',
		'moonshotai/Kimi-K2.7-Code',
		'nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-BF16',
		'nvidia/Nemotron-3-Nano-Omni-30B-A3B-Reasoning-BF16',
		'openai/gpt-oss-120b',
		'openai/gpt-oss-20b',
		'zai-org/GLM-5.1',
	],
	deployments: togetherDeployments,
};

function oneJob(verb: string): CallHandler {
	return async (call, send) => {
		const answer = await send({ ...call.request, path: `${path(call)}${verb}` });
		return { ...answer, data: togetherJob(answer.data) };
	};
}

function path({ id }: Call): string {
	return encodedPath('/fine-tunes', id, 'Job');
}
