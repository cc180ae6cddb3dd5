import { mergeFields } from '../mergeFields';

import { BATCH_SIZE, EPOCHS, modelAt, PLAIN_SUPPORT, statusReader } from './parts';
import type { Dialect } from './types';

const NO_DETAILS = 'Use Get to see the status of the job, or the logs of its pod in the cluster.';

const SUPERVISED = {
	batch_size: BATCH_SIZE,
	learning_rate_multiplier: { label: 'Learning Rate Multiplier', kind: 'number', above: 0 },
	n_epochs: EPOCHS,
} as const;

/**
 * Self-hosted on Kubernetes. Its messages have fields of fixed types: numbers only, and the hyperparameters of a method
 * directly under it. Metadata is read for `resources.gpu` and not kept.
 * https://github.com/llmariner/job-manager/blob/main/api/v1/fine_tuning_service.proto
 */
export const llMarinerDialect: Dialect = {
	id: 'llMariner',
	name: 'LLMariner',
	supports: { ...PLAIN_SUPPORT, events: false, checkpoints: false },
	lacks: { 'jobs.events': NO_DETAILS, 'jobs.checkpoints': NO_DETAILS },
	hyperparameters: 'topLevel',
	methods: {
		supervised: SUPERVISED,
		dpo: { ...SUPERVISED, beta: { label: 'Beta', kind: 'number', above: 0, max: 2 } },
	},
	job: {
		suffix: { max: 18 },
		findable: false,
		finish: flatMethod,
	},
	jobStatus: statusReader(),
	tunedModel: modelAt(),
	chat: { maxTokens: 'max_tokens' },
};

/** `method.dpo.hyperparameters` -> `method.hyperparameters`. */
function flatMethod({
	method,
	hyperparameters,
	...body
}: Record<string, unknown>): Record<string, unknown> {
	if (typeof method !== 'object' || method === null) return { ...body, hyperparameters };
	const { type, dpo, ...rest } = method as Record<string, unknown>;
	const own = (dpo as { hyperparameters?: object } | undefined)?.hyperparameters ?? {};
	const all = mergeFields(own, (hyperparameters as Record<string, unknown> | undefined) ?? {});
	return { ...body, method: { ...rest, type, hyperparameters: all } };
}
