import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { ApiError } from '../http/errors';
import { mayRetry } from '../http/retry';
import type { Surroundings, Transport } from '../http/types';

import type { Dialect, JobStatus } from './dialects/types';
import { jobPath } from './jobs';

const GROWTH = 1.5;
/** One refused look is no reason to abandon a job that runs for hours. */
const MAX_FAULTS_IN_A_ROW = 5;

export interface WaitOptions {
	/** Gives up after this many milliseconds; 0 looks once. */
	timeoutMs: number;
	/** When the wait began, in milliseconds since the epoch, if that was before this call. */
	startedAt?: number;
	/** Pause after the first look; later pauses grow by half. */
	firstIntervalMs: number;
	maxIntervalMs: number;
	/** Told about each new status. */
	onStatus?: (status: JobStatus, job: FineTuningJob) => void;
}

export interface WaitResult {
	job: FineTuningJob;
	status: JobStatus;
	/** Whether the job has ended, in whatever way. */
	finished: boolean;
	waitedMs: number;
	/** Times the job was looked at. */
	polls: number;
	/** Each status seen, with when it was first seen (ms since the epoch). */
	history: Array<{ status: JobStatus; at: number }>;
}

/** Succeeded, failed and cancelled are final; every other word, known or not, may still change. */
export function isTerminal(status: JobStatus): boolean {
	return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}

/**
 * Looks at a job with growing pauses until it has ended or the time is up.
 * Passing faults (429, 5xx, network) are sat out, five in a row at most.
 *
 * @throws ApiError when the job cannot be read; whatever `sleep` rejects with when the execution is cancelled.
 */
export async function waitForJob(
	transport: Transport,
	surroundings: Surroundings,
	dialect: Pick<Dialect, 'jobStatus'>,
	jobId: string,
	options: WaitOptions,
): Promise<WaitResult> {
	const { now, sleep } = surroundings;
	const start = options.startedAt ?? now();
	const history: WaitResult['history'] = [];
	let known: Seen | undefined;
	let interval = options.firstIntervalMs;
	let faults = 0;
	for (let polls = 1; ; polls++) {
		const look = await lookAt(transport, jobId, dialect);
		const left = start + options.timeoutMs - now();
		if (look instanceof ApiError) {
			faults++;
			if (faults > MAX_FAULTS_IN_A_ROW || (left <= 0 && !known)) throw look;
		} else {
			faults = 0;
			known = look;
			if (history.at(-1)?.status !== look.status) {
				history.push({ status: look.status, at: now() });
				options.onStatus?.(look.status, look.job);
			}
		}
		if (known && (isTerminal(known.status) || left <= 0)) {
			const finished = isTerminal(known.status);
			return { ...known, finished, waitedMs: now() - start, polls, history };
		}
		// The last look falls on the limit itself, never after it.
		const asked = look instanceof ApiError ? (look.details.retryAfterMs ?? 0) : 0;
		await sleep(Math.min(Math.max(interval, asked), left));
		interval = Math.min(interval * GROWTH, options.maxIntervalMs);
	}
}

interface Seen {
	job: FineTuningJob;
	status: JobStatus;
}

/** A passing fault is given back, all others are thrown. */
async function lookAt(
	transport: Transport,
	jobId: string,
	dialect: Pick<Dialect, 'jobStatus'>,
): Promise<Seen | ApiError> {
	try {
		const { data: job } = await transport<FineTuningJob>({
			method: 'GET',
			path: jobPath(jobId),
		});
		return { job, status: dialect.jobStatus(String(job.status)) };
	} catch (cause) {
		return passing(cause);
	}
}

function passing(cause: unknown): ApiError {
	if (cause instanceof ApiError && mayRetry(cause, 'safe')) return cause;
	throw cause;
}
