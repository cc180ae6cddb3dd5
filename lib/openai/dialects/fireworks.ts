import type { ConnectionFields } from '../connection';

import { type Fields, onceSucceeded } from './answers';
import { fireworksFileCalls } from './fireworksDatasets';
import { fireworksDeployments } from './fireworksDeployments';
import { fireworksJobCalls } from './fireworksJobs';
import { fireworksModelCalls } from './fireworksModels';
import { accountOf } from './fireworksNames';
import { BATCH_SIZE, EPOCHS, LEARNING_RATE, modelAt, PLAIN_SUPPORT, statusReader } from './parts';
import type { Dialect } from './types';

const SHARED = {
	batch_size: {
		...BATCH_SIZE,
		label: 'Batch Size (Tokens)',
		description: 'Tokens in one batch, at most',
	},
	batch_size_samples: { label: 'Batch Size (Examples)', kind: 'integer', min: 1 },
	context_length: { label: 'Context Length', kind: 'integer', min: 1 },
	gradient_accumulation_steps: {
		label: 'Gradient Accumulation Steps',
		kind: 'integer',
		min: 1,
	},
	learning_rate: LEARNING_RATE,
	lora_r: { label: 'LoRA Rank', kind: 'integer', min: 0 },
	n_epochs: EPOCHS,
	warmup_steps: { label: 'Warm-Up Steps', kind: 'integer', min: 0 },
	weight_decay: { label: 'Weight Decay', kind: 'share' },
} as const;

const NO_EVENTS =
	'Use Get without Simplify: jobProgress tells how far the job is, and status what went wrong.';

const METHODS: Dialect['methods'] = {
	supervised: {
		...SHARED,
		early_stop: {
			label: 'Early Stop',
			kind: 'flag',
			description: 'End when the loss of the validation file stops falling',
		},
		eval_auto_carveout: {
			label: 'Validation Carve-Out',
			kind: 'flag',
			description: 'Keep a part of the training file for validation',
		},
	},
	dpo: { ...SHARED, beta: { label: 'Beta', kind: 'number', above: 0, max: 0.5 } },
};

const LACKS: Dialect['lacks'] = {
	'files.content': 'Keep the file where it was made.',
	'jobs.checkpoints': 'Use Get to see its model.',
	'jobs.events': NO_EVENTS,
	'jobs.resume':
		'Resume the job at Fireworks, e.g. with firectl supervised-fine-tuning-job resume.',
};

const jobStatus = statusReader({
	JOB_STATE_CANCELLED: 'cancelled',
	JOB_STATE_CANCELLING: 'running',
	JOB_STATE_COMPLETED: 'succeeded',
	JOB_STATE_CREATING: 'queued',
	JOB_STATE_DELETING: 'cancelled',
	JOB_STATE_DELETING_CLEANING_UP: 'cancelled',
	JOB_STATE_EARLY_STOPPED: 'succeeded',
	JOB_STATE_EXPIRED: 'failed',
	JOB_STATE_FAILED: 'failed',
	JOB_STATE_PAUSED: 'paused',
	JOB_STATE_PENDING: 'queued',
	JOB_STATE_RE_QUEUEING: 'queued',
	JOB_STATE_VALIDATING: 'validating_files',
});

const namedModel = modelAt('outputModel', 'trainingConfig.outputModel');

/**
 * Chat is at the base URL; datasets, jobs, models and deployments are at paths of an account beside it.
 * https://docs.fireworks.ai/api-reference/introduction, https://docs.fireworks.ai/fine-tuning/fine-tuning-via-api
 */
export function fireworksDialect(fields: ConnectionFields): Dialect {
	// Asked for where it is needed: chat works without.
	const account = () => accountOf(fields);
	return {
		id: 'fireworks',
		name: 'Fireworks AI',
		supports: { ...PLAIN_SUPPORT, events: false, checkpoints: false },
		lacks: LACKS,
		hyperparameters: 'topLevel',
		methods: METHODS,
		job: {
			metadata: false,
			findable: true,
			seed: false,
			suffix: { max: 50, pattern: /[A-Za-z0-9_ -]/, allowed: 'letters, digits and hyphens' },
		},
		files: { formats: ['chat', 'dpo'], minExamples: 3 },
		jobStatus,
		tunedModel: onceSucceeded(jobStatus, (job) => namedModel(job) ?? modelOfJob(job)),
		chat: { maxTokens: 'max_tokens' },
		calls: {
			...fireworksJobCalls(account),
			...fireworksFileCalls(account),
			...fireworksModelCalls(account),
		},
		trainableModels: TRAINABLE.map((model) => `accounts/fireworks/models/${model}`),
		deployments: fireworksDeployments(account),
	};
}

/** https://docs.fireworks.ai/fine-tuning/managed-finetuning-intro#supported-base-models */
const TRAINABLE = [
	'gemma-4-26b-a4b-it',
	'gemma-4-31b-it',
	'glm-5p1',
	'kimi-k2p5',
	'kimi-k2p6',
	'llama-v3p3-70b-instruct',
	'minimax-m2p5',
	'nemotron-nano-3-30b-a3b',
	'qwen3-235b-a22b-instruct-2507',
	'qwen3-30b-a3b',
	'qwen3-30b-a3b-instruct-2507',
	'qwen3-32b',
	'qwen3-4b',
	'qwen3-8b',
	'qwen3-vl-8b-instruct',
	'qwen3p5-27b',
	'qwen3p5-35b-a3b',
	'qwen3p5-397b-a17b',
	'qwen3p5-9b',
	'qwen3p6-27b',
];

/** "If not specified, the job ID will be used." */
function modelOfJob({ id }: Fields): string | undefined {
	const [, account, job] =
		/^accounts\/([\w-]{1,100})\/(?:supervisedFineTuningJobs|dpoJobs)\/([\w-]{1,100})$/.exec(
			String(id),
		) ?? [];
	return account && `accounts/${account}/models/${job}`;
}
