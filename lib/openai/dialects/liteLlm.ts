import type { ConnectionFields } from '../connection';
import { HYPERPARAMETER_RULES } from '../hyperparameters';

import { extrasOf } from './extras';
import { openAiDialect } from './openai';
import { modelAt, PLAIN_SUPPORT, statusReader } from './parts';
import type { Dialect } from './types';

const NOT_ROUTED = 'LiteLLM takes this address for the ID of a job. Use Get to see how the job is.';

/**
 * The proxy passes on create, list, get and cancel, and of a new job only the fields it knows: `method`, metadata and
 * integrations get lost, so that DPO would be trained as supervised without a word.
 * https://docs.litellm.ai/docs/fine_tuning and
 * https://github.com/BerriAI/litellm/blob/main/litellm/proxy/fine_tuning_endpoints/endpoints.py
 */
export function liteLlmDialect(fields: ConnectionFields): Dialect {
	const provider = fields.customLlmProvider?.trim();
	const upstream = provider ? { custom_llm_provider: provider } : {};
	const own = extrasOf(fields);
	return {
		...openAiDialect,
		id: 'liteLlm',
		name: 'LiteLLM',
		rawJobs: undefined,
		supports: { ...PLAIN_SUPPORT, events: false, checkpoints: false },
		lacks: { 'jobs.events': NOT_ROUTED, 'jobs.checkpoints': NOT_ROUTED },
		hyperparameters: 'topLevel',
		methods: { supervised: HYPERPARAMETER_RULES.supervised },
		job: { metadata: false, wandb: false },
		jobStatus: statusReader(),
		tunedModel: modelAt(),
		extras: {
			jobQuery: { ...upstream, ...own.query },
			jobBody: { ...upstream, ...own.body },
			hyperparameters: own.hyperparameters,
			fileQuery: { ...upstream, ...own.query },
			fileForm: provider ? [{ name: 'custom_llm_provider', value: provider }] : [],
		},
	};
}
