import { JOB_STATUSES } from './parts';
import type { Dialect, JobStatus } from './types';

/** https://platform.openai.com/docs/api-reference/fine-tuning */
export const openAiDialect: Dialect = {
	id: 'openAi',
	name: 'OpenAI',
	supports: {
		pause: true,
		events: true,
		checkpoints: true,
		uploads: true,
		checkpointPermissions: true,
		graders: true,
		storedCompletions: true,
	},
	hyperparameters: 'method',
	jobStatus: (raw) => (JOB_STATUSES.includes(raw) ? (raw as JobStatus) : 'running'),
	tunedModel: ({ fine_tuned_model: model }) =>
		typeof model === 'string' && model !== '' ? model : undefined,
	rawJobs: true,
};
