import type { ConnectionFields } from '../connection';

import { extrasOf } from './extras';
import { openAiDialect } from './openai';
import { modelAt, PLAIN_SUPPORT, statusReader } from './parts';
import type { Dialect } from './types';

const ONE_ROUTE =
	'The gateway knows one route for each job and would answer with the job itself. Use Get to see how the job is.';

/**
 * The gateway's router takes every POST to a job for cancelling it and every GET for retrieving it, so pause and
 * resume are never sent: they would cancel. Only in front of OpenAI itself does it pass paths on as they are.
 * https://github.com/Portkey-AI/gateway/blob/main/src/handlers/finetuneHandler.ts
 */
export function portkeyDialect(fields: ConnectionFields): Dialect {
	const own = extrasOf(fields);
	const passesOn = fields.portkeyProvider?.trim().toLowerCase() === 'openai';
	return {
		...openAiDialect,
		id: 'portkey',
		name: 'Portkey',
		rawJobs: undefined,
		supports: { ...PLAIN_SUPPORT, events: passesOn, checkpoints: passesOn },
		lacks: {
			'jobs.pause': 'The gateway would cancel the job. Cancel it, or let it run to its end.',
			'jobs.resume': 'The gateway would cancel the job. Resume it at the provider itself.',
			...(passesOn ? {} : { 'jobs.events': ONE_ROUTE, 'jobs.checkpoints': ONE_ROUTE }),
		},
		hyperparameters: 'both',
		// The gateway in its own version fails to list jobs, so a lost answer is reported instead of searched for.
		job: { metadata: passesOn, findable: false, wandb: passesOn },
		jobStatus: statusReader(),
		tunedModel: modelAt(),
		extras: { jobQuery: own.query, jobBody: own.body, hyperparameters: own.hyperparameters },
	};
}
