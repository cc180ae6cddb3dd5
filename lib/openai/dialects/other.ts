import type { ConnectionFields } from '../connection';

import { extrasOf } from './extras';
import { openAiDialect } from './openai';
import { JOB_STATUSES, statusReader, textAt } from './parts';
import type { CallName, Dialect, JobStatus } from './types';

/** What can be ticked as missing in the credential. */
const MISSING: Readonly<Record<string, readonly CallName[]>> = {
	deleteModels: ['models.delete'],
	downloadFiles: ['files.content'],
	listFiles: ['files.list'],
	listModels: ['models.list'],
};

/** A server that is described by the credential; where nothing is set, it is as OpenAI. */
export function otherDialect(fields: ConnectionFields): Dialect {
	const missing = new Set(fields.missing ?? []);
	const own = extrasOf(fields);
	const model = fields.modelField?.trim();
	const words = wordsOf(fields);
	const placement = fields.hyperparameterPlacement;
	const changed = words.size > 0 || Boolean(model);
	const reader = statusReader(Object.fromEntries(words));
	return {
		...openAiDialect,
		id: 'other',
		name: 'The provider of this credential',
		rawJobs: changed ? undefined : true,
		supports: {
			pause: !missing.has('pause'),
			events: !missing.has('events'),
			checkpoints: !missing.has('checkpoints'),
			uploads: !missing.has('uploads'),
			checkpointPermissions: openAiDialect.supports.checkpointPermissions,
			graders: !missing.has('graders'),
			storedCompletions: openAiDialect.supports.storedCompletions,
		},
		lacks: Object.fromEntries(
			Object.entries(MISSING)
				.filter(([name]) => missing.has(name))
				.flatMap(([, calls]) => calls.map((call) => [call, UNTICK])),
		),
		hyperparameters: placement === 'topLevel' || placement === 'both' ? placement : 'method',
		job: { metadata: !missing.has('metadata') },
		jobStatus: changed ? reader : openAiDialect.jobStatus,
		tunedModel: (job) => (model ? textAt(job, model) : undefined) ?? openAiDialect.tunedModel(job),
		extras: { jobQuery: own.query, jobBody: own.body, hyperparameters: own.hyperparameters },
		chat: fields.answerLimitField === 'max_tokens' ? { maxTokens: 'max_tokens' } : {},
	};
}

const UNTICK = "If it has one, untick it under 'Not Available' of the credential.";

function wordsOf({ statusWords }: ConnectionFields): Map<string, JobStatus> {
	// An expression may give a number, which is a word as well.
	const rows = (statusWords?.values ?? []).map(({ word, status }) => ({
		word: String(word ?? '')
			.trim()
			.toLowerCase(),
		status,
	}));
	const known = rows.filter(({ word, status }) => word && status && JOB_STATUSES.includes(status));
	return new Map(known.map(({ word, status }) => [word, status as JobStatus]));
}
