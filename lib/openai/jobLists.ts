import type { FineTuningJobCheckpoint } from 'openai/resources/fine-tuning/jobs/checkpoints';
import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs/jobs';

import { pages, type ListRequest } from '../http/pages';
import type { Transport } from '../http/types';

import type { Dialect, JobStatus } from './dialects/types';
import { type DialectLimits, jobPath, unsupported } from './jobs';
import { toMs } from './time';

export interface JobFilter {
	/** Jobs that have all of these metadata fields. */
	metadata?: Readonly<Record<string, string>>;
	/** Jobs in one of these states, in OpenAI's vocabulary. */
	statuses?: readonly JobStatus[];
	/** Jobs whose base model begins with this text. */
	baseModel?: string;
	/** Milliseconds since the epoch. */
	createdAfter?: number;
}

/**
 * Lists jobs, newest first as the server has them, up to `limit` that pass the filter. Only metadata can be
 * filtered by the server; everything is checked here, since compatible servers ignore that too.
 */
export async function listJobs(
	transport: Transport,
	dialect: Pick<Dialect, 'jobStatus'>,
	filter: JobFilter = {},
	limit = Infinity,
): Promise<FineTuningJob[]> {
	const metadata = Object.entries(filter.metadata ?? {});
	const query = Object.fromEntries(
		metadata.map(([name, value]) => [`metadata[${name}]`, value] as const),
	);
	const matches = (job: FineTuningJob) =>
		metadata.every(([name, value]) => job.metadata?.[name] === value) &&
		(!filter.statuses?.length || filter.statuses.includes(dialect.jobStatus(String(job.status)))) &&
		(!filter.baseModel || String(job.model ?? '').startsWith(filter.baseModel)) &&
		(filter.createdAfter === undefined || (toMs(job.created_at) ?? 0) >= filter.createdAfter);
	return await collect(transport, { path: '/fine_tuning/jobs', query }, matches, limit);
}

export interface EventFilter {
	levels?: ReadonlyArray<FineTuningJobEvent['level']>;
	type?: FineTuningJobEvent['type'];
}

/** Messages and metrics of a job, newest first. */
export async function listEvents(
	transport: Transport,
	dialect: DialectLimits,
	jobId: string,
	filter: EventFilter = {},
	limit = Infinity,
): Promise<FineTuningJobEvent[]> {
	if (!dialect.supports.events) {
		const instead = dialect.lacks?.['jobs.events'] ?? 'Use Get to see its status.';
		throw unsupported('list the events of a job', instead, dialect.name);
	}
	const matches = (event: FineTuningJobEvent) =>
		(!filter.levels?.length || filter.levels.includes(event.level)) &&
		(!filter.type || (event.type ?? 'message') === filter.type);
	return await collect(transport, { path: `${jobPath(jobId)}/events` }, matches, limit);
}

/** Models saved during training, the last ones of a job that has finished. */
export async function listCheckpoints(
	transport: Transport,
	dialect: DialectLimits,
	jobId: string,
	limit = Infinity,
): Promise<FineTuningJobCheckpoint[]> {
	if (!dialect.supports.checkpoints) {
		const instead = dialect.lacks?.['jobs.checkpoints'] ?? 'Use Get to see its model.';
		throw unsupported('list the checkpoints of a job', instead, dialect.name);
	}
	return await collect(transport, { path: `${jobPath(jobId)}/checkpoints` }, () => true, limit);
}

async function collect<T extends { id?: string }>(
	transport: Transport,
	request: ListRequest,
	matches: (item: T) => boolean,
	limit: number,
): Promise<T[]> {
	const found: T[] = [];
	// A page holds no more than is wanted, as far as that can be known before the filter.
	const pageSize = Math.min(100, limit);
	for await (const page of pages<T>(transport, { ...request, pageSize })) {
		for (const item of page) {
			if (matches(item)) found.push(item);
			if (found.length >= limit) return found;
		}
	}
	return found;
}
