import type { FineTuningJobCheckpoint } from 'openai/resources/fine-tuning/jobs/checkpoints';
import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs/jobs';

import type { Dialect, JobStatus } from './dialects/types';
import { toIso, toMs } from './time';
import { isTerminal } from './waitForJob';

/** A job in the ten fields that most workflows need; names are the API's. */
export interface SimpleJob {
	id: string;
	/** In OpenAI's vocabulary, whatever the server's own word is. */
	status: JobStatus;
	/** The base model. */
	model: string | null;
	/** The model to chat with; null until the job has succeeded. */
	fine_tuned_model: string | null;
	trained_tokens: number | null;
	files: {
		training_file: string | null;
		validation_file: string | null;
		result_files: string[];
	};
	/** Why the job failed, as one text. Not named `error`, since n8n takes an item with that for a failing node. */
	error_message: string | null;
	/** ISO 8601, as is `finished_at`. */
	created_at: string | null;
	finished_at: string | null;
	/** From creation to the end, or until now; one decimal. */
	minutes: number | null;
}

type JobDialect = Pick<Dialect, 'jobStatus' | 'tunedModel'>;

/** @param now - milliseconds since the epoch, for the age of a job that still runs. */
export function simplifyJob(job: FineTuningJob, dialect: JobDialect, now: number): SimpleJob {
	const status = dialect.jobStatus(String(job.status));
	const created = toMs(job.created_at);
	const finished = toMs(job.finished_at);
	const end = finished ?? (isTerminal(status) ? undefined : now);
	return {
		id: job.id,
		status,
		model: job.model ?? null,
		fine_tuned_model: dialect.tunedModel(fields(job)) ?? null,
		trained_tokens: job.trained_tokens ?? null,
		files: {
			training_file: job.training_file ?? null,
			validation_file: job.validation_file ?? null,
			result_files: Array.isArray(job.result_files) ? job.result_files : [],
		},
		error_message: jobError(job) ?? null,
		created_at: toIso(job.created_at),
		finished_at: toIso(job.finished_at),
		minutes:
			created === undefined || end === undefined ? null : Math.round((end - created) / 6_000) / 10,
	};
}

/**
 * The reason a job gives for its end. A running job may carry an error object with empty members, so members are
 * looked at, not presence.
 */
export function jobError(job: FineTuningJob): string | undefined {
	const error: { code?: string | null; message?: string | null } | null = job.error;
	if (!error || typeof error !== 'object') return undefined;
	const parts = [error.code, error.message].filter(
		(part) => typeof part === 'string' && part !== '',
	);
	return parts.length > 0 ? parts.join(': ') : undefined;
}

/** An event with its metrics (step, losses, …) beside its message. */
export function simplifyEvent(event: FineTuningJobEvent): Record<string, unknown> {
	const metrics = event.type === 'metrics' ? numbers(event.data, 5) : [];
	return Object.fromEntries([
		...metrics,
		['id', event.id],
		['created_at', toIso(event.created_at)],
		['level', event.level],
		['type', event.type ?? 'message'],
		['message', event.message],
	]);
}

/** A checkpoint with its metrics beside its model id. */
export function simplifyCheckpoint(checkpoint: FineTuningJobCheckpoint): Record<string, unknown> {
	const metrics: Partial<FineTuningJobCheckpoint.Metrics> = checkpoint.metrics ?? {};
	return {
		id: checkpoint.id,
		step_number: checkpoint.step_number,
		fine_tuned_model_checkpoint: checkpoint.fine_tuned_model_checkpoint,
		created_at: toIso(checkpoint.created_at),
		train_loss: metrics.train_loss ?? null,
		train_mean_token_accuracy: metrics.train_mean_token_accuracy ?? null,
		valid_loss: metrics.valid_loss ?? null,
		valid_mean_token_accuracy: metrics.valid_mean_token_accuracy ?? null,
		full_valid_loss: metrics.full_valid_loss ?? null,
		full_valid_mean_token_accuracy: metrics.full_valid_mean_token_accuracy ?? null,
	};
}

function numbers(data: unknown, most: number): Array<[string, number]> {
	if (typeof data !== 'object' || data === null) return [];
	return Object.entries(data)
		.filter((entry): entry is [string, number] => typeof entry[1] === 'number')
		.slice(0, most);
}

function fields(job: FineTuningJob): Record<string, unknown> {
	return job as unknown as Record<string, unknown>;
}
