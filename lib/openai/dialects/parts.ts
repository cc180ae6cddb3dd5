/** What most dialects are made of. */
import type { HyperparameterRule } from '../hyperparameters';

import type { Dialect, JobStatus } from './types';

/** OpenAI's own words. */
export const JOB_STATUSES: readonly string[] = [
	'validating_files',
	'queued',
	'running',
	'paused',
	'succeeded',
	'failed',
	'cancelled',
] satisfies JobStatus[];

/** Words of other servers, in lower case. */
const COMMON: Readonly<Record<string, JobStatus>> = {
	canceled: 'cancelled',
	cancelling: 'running',
	complete: 'succeeded',
	completed: 'succeeded',
	created: 'queued',
	error: 'failed',
	pending: 'queued',
	stopped: 'cancelled',
	success: 'succeeded',
	user_error: 'failed',
	validating: 'validating_files',
};

/** A reader of states: the server's own words first, then common ones; what is not known still goes on. */
export function statusReader(own: Readonly<Record<string, JobStatus>> = {}): Dialect['jobStatus'] {
	return (raw) => {
		if (Object.hasOwn(own, raw)) return own[raw];
		const word = raw.trim().toLowerCase();
		if (Object.hasOwn(own, word)) return own[word];
		if (JOB_STATUSES.includes(word)) return word as JobStatus;
		return Object.hasOwn(COMMON, word) ? COMMON[word] : 'running';
	};
}

/** A reader of the tuned model's name: the first of these fields of the job that holds a text. */
export function modelAt(...paths: string[]): Dialect['tunedModel'] {
	return (job) =>
		['fine_tuned_model', ...paths]
			.map((path) => textAt(job, path))
			.find((model) => model !== undefined && model !== '');
}

/** The text at a path such as `result.model`. */
export function textAt(value: unknown, path: string): string | undefined {
	let found: unknown = value;
	for (const name of path.split('.').slice(0, 10)) {
		if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name))
			return undefined;
		found = (found as Record<string, unknown>)[name];
	}
	return typeof found === 'string' ? found : undefined;
}

/** What servers have that copied no more than files, jobs and chat. */
export const PLAIN_SUPPORT: Dialect['supports'] = {
	pause: false,
	events: true,
	checkpoints: true,
	uploads: false,
	checkpointPermissions: false,
	graders: false,
	storedCompletions: false,
};

export const EPOCHS = { label: 'Epochs', kind: 'integer', min: 1, max: 50 } as const;
export const BATCH_SIZE = { label: 'Batch Size', kind: 'integer', min: 1 } as const;
export const LEARNING_RATE = {
	label: 'Learning Rate',
	kind: 'number',
	above: 0,
	max: 1,
	description: 'Step size of the training itself, e.g. 0.00001. Not a multiplier.',
} as const satisfies HyperparameterRule;
