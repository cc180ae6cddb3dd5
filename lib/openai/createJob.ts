import type { FineTuningJob, JobCreateParams } from 'openai/resources/fine-tuning/jobs/jobs';

import { ApiError } from '../http/errors';
import { isQuotaExhausted, wasNeverReached } from '../http/retry';
import type { Surroundings, Transport } from '../http/types';

import type { Dialect } from './dialects/types';
import { findRunJob, NotSearchableError } from './findRunJob';
import { MAX_METADATA_PAIRS } from './jobBody';

/** The metadata field by which a job is found again. Readable in OpenAI's dashboard too. */
export const RUN_ID_FIELD = 'n8n_run_id';

/** Pauses before each look for a job that a broken-off request may have started: 17 s in all. */
const SETTLE_MS = [2_000, 5_000, 10_000];
const MAX_BROKEN_OFF = 3;
const MAX_REFUSALS = 8;
const MAX_SEARCH_FAULTS = 5;
const FIRST_PAUSE_MS = 2_000;
const MAX_PAUSE_MS = 60_000;
const MAX_PATIENCE_MS = 10 * 60_000;
/** The time that OpenAI's SDK waits for a file, https://github.com/openai/openai-node (waitForProcessing). */
const MAX_FILE_WAIT_MS = 30 * 60_000;

/** A request broke off, and whether it started a job cannot be found out. */
export class JobStartUnknownError extends Error {
	override readonly name = 'JobStartUnknownError';
	/** What the user can do. */
	readonly description: string;

	constructor(
		/** What happened to the request. */
		readonly fault: ApiError,
		runId: string | undefined,
		/** Why the jobs list could not be read. */
		searchFault?: ApiError,
	) {
		super(
			'The connection broke off while the job was being started, so a job may or may not be running',
		);
		const filter = runId ? ` with ${RUN_ID_FIELD} = ${runId} in its metadata` : '';
		this.description = [
			`Look for a job${filter} at the provider or with Get Many before you start another one, since each is billed.`,
			`What the connection reported: ${fault.message}.`,
			...(searchFault ? [`The jobs list could not be read: ${searchFault.message}.`] : []),
		].join(' ');
	}
}

export interface CreateJobOptions {
	/** Same value = same job, however often this is called. Absent: nothing is looked up, and a broken-off request is not repeated. */
	runId?: string;
	/** Told why it pauses; for logs and progress. */
	onPause?: (reason: string, ms: number) => void;
}

export interface CreatedJob {
	job: FineTuningJob;
	/** The job was found in the jobs list instead of coming as an answer: an earlier request had started it. */
	reused: boolean;
	/** Requests to start a job that were sent. */
	attempts: number;
}

/**
 * Starts a job and makes sure that one run starts one job.
 *
 * The run's id goes into the job's metadata. Before every request the jobs list is searched for it, and after a
 * request whose outcome is unknown (connection lost, time-out, 5xx) the search is repeated for a while before
 * another request is sent. Refusals that pass (429 rate limit, 409, a file still being processed) are waited out;
 * all others are final.
 *
 * @throws ApiError as the server answered, JobStartUnknownError when it stays unknown whether a job was started.
 */
export async function createJobOnce(
	transport: Transport,
	surroundings: Surroundings,
	body: JobCreateParams,
	options: CreateJobOptions = {},
): Promise<CreatedJob> {
	const marked = markBody(body, options.runId);
	const search = new RunSearch(transport, surroundings, marked.runId, options);
	const refusals = new Refusals(surroundings, options);
	let brokenOff = 0;

	const present = await search.once();
	if (present) return { job: present, reused: true, attempts: 0 };

	for (let attempts = 1; ; attempts++) {
		try {
			const { data } = await transport<FineTuningJob>({
				method: 'POST',
				path: '/fine_tuning/jobs',
				body: marked.body,
				retry: 'never',
			});
			return { job: data, reused: false, attempts };
		} catch (cause) {
			const fault = asApiError(cause);
			let job: FineTuningJob | undefined;
			if (isOutcomeUnknown(fault)) {
				job = await search.settle(fault);
				const isLast = ++brokenOff >= MAX_BROKEN_OFF || fault.details.shouldRetry === false;
				if (!job && isLast) throw fault;
			} else {
				await refusals.waitOut(fault);
				job = brokenOff > 0 ? await search.settle(fault) : await search.once();
			}
			if (job) return { job, reused: true, attempts };
		}
	}
}

/**
 * The job that an earlier try of this run has started, if there is one.
 *
 * @throws ApiError when the jobs list cannot be read at the moment. Where there is no list, nothing is found.
 */
export async function findEarlierJob(
	transport: Transport,
	surroundings: Surroundings,
	runId: string,
): Promise<FineTuningJob | undefined> {
	return await new RunSearch(transport, surroundings, runId, {}).once();
}

/** Whether a job that was started can be found again by its metadata. */
export function isFindable({ job = {} }: Pick<Dialect, 'job'>): boolean {
	return job.findable ?? job.metadata ?? true;
}

/** Looks for the job of this run in the jobs list. */
class RunSearch {
	private possible: boolean;

	constructor(
		private readonly transport: Transport,
		private readonly surroundings: Surroundings,
		private readonly runId: string | undefined,
		private readonly options: CreateJobOptions,
	) {
		this.possible = runId !== undefined;
	}

	async once(): Promise<FineTuningJob | undefined> {
		if (!this.possible || this.runId === undefined) return undefined;
		try {
			return await findRunJob(this.transport, RUN_ID_FIELD, this.runId, this.surroundings.now());
		} catch (cause) {
			if (!(cause instanceof NotSearchableError)) throw asApiError(cause);
			this.possible = false;
			return undefined;
		}
	}

	/** Searches several times, because a server may finish a request whose connection is long gone. */
	async settle(fault: ApiError): Promise<FineTuningJob | undefined> {
		for (const ms of SETTLE_MS) {
			if (!this.possible) throw new JobStartUnknownError(fault, this.runId);
			this.options.onPause?.('Looking for the job in the jobs list', ms);
			await this.surroundings.sleep(ms);
			const job = await this.patiently(fault);
			if (job) return job;
		}
		// The list may have turned out to be missing in the very last look.
		if (!this.possible) throw new JobStartUnknownError(fault, this.runId);
		return undefined;
	}

	/** While the list cannot be read nothing is known, so nothing may be started. */
	private async patiently(fault: ApiError): Promise<FineTuningJob | undefined> {
		for (let faults = 0; ; faults++) {
			try {
				return await this.once();
			} catch (cause) {
				await this.waitOut(asApiError(cause), faults, fault);
			}
		}
	}

	private async waitOut(searchFault: ApiError, faults: number, fault: ApiError): Promise<void> {
		if (faults >= MAX_SEARCH_FAULTS) {
			throw new JobStartUnknownError(fault, this.runId, searchFault);
		}
		await this.surroundings.sleep(Math.min(pause(searchFault, faults), MAX_PAUSE_MS));
	}
}

/** Waits while the server's "no" is of the kind that passes, and gives up when it does not. */
class Refusals {
	private count = 0;
	private fileWaits = 0;
	private fileWaitStart: number | undefined;

	constructor(
		private readonly surroundings: Surroundings,
		private readonly options: CreateJobOptions,
	) {}

	async waitOut(fault: ApiError): Promise<void> {
		if (isFileInProcess(fault)) return await this.waitForFile(fault);
		if (!isPassing(fault) || ++this.count >= MAX_REFUSALS) throw fault;
		const ms = pause(fault, this.count - 1, this.surroundings.random);
		// A server that asks for more patience than this is better served by a later execution.
		if (ms > MAX_PATIENCE_MS) throw fault;
		this.options.onPause?.(fault.message, ms);
		await this.surroundings.sleep(ms);
	}

	private async waitForFile(fault: ApiError): Promise<void> {
		const { now, sleep } = this.surroundings;
		this.fileWaitStart ??= now();
		if (now() - this.fileWaitStart >= MAX_FILE_WAIT_MS) throw fault;
		const ms = Math.min(5_000 * 1.3 ** this.fileWaits++, 30_000);
		this.options.onPause?.('The file is still being processed', ms);
		await sleep(ms);
	}
}

function markBody(
	body: JobCreateParams,
	runId: string | undefined,
): { body: JobCreateParams; runId?: string } {
	const metadata = body.metadata ?? {};
	const present = metadata[RUN_ID_FIELD];
	// Whoever sets the field by hand decides what counts as the same run.
	if (present) return { body, runId: present };
	if (!runId || Object.keys(metadata).length >= MAX_METADATA_PAIRS) return { body };
	return { body: { ...body, metadata: { ...metadata, [RUN_ID_FIELD]: runId } }, runId };
}

function isOutcomeUnknown(fault: ApiError): boolean {
	const { ambiguous, status } = fault.details;
	if (ambiguous !== undefined) return ambiguous;
	if (status === undefined) return !wasNeverReached(fault);
	return status === 408 || status >= 500;
}

function isFileInProcess({ message, details }: ApiError): boolean {
	return (
		details.status === 400 &&
		/still being processed|not ready to be used/i.test(`${message} ${details.body ?? ''}`)
	);
}

function isPassing(fault: ApiError): boolean {
	const { status, shouldRetry } = fault.details;
	if (shouldRetry === false || isQuotaExhausted(fault)) return false;
	return status === undefined || status === 429 || status === 409;
}

function pause(fault: ApiError, count: number, random: () => number = () => 0): number {
	const backOff = Math.min(FIRST_PAUSE_MS * 2 ** count, MAX_PAUSE_MS) * (1 + 0.25 * random());
	return fault.details.retryAfterMs ?? backOff;
}

function asApiError(cause: unknown): ApiError {
	// Anything else (a cancelled execution, a defect) is not the server's word and passes through.
	if (cause instanceof ApiError) return cause;
	throw cause;
}
