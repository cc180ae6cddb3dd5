/** What has happened to one job since it was looked at last. */
import type { FineTuningJobCheckpoint } from 'openai/resources/fine-tuning/jobs/checkpoints';
import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs/jobs';

import { ApiError } from '../../http/errors';
import { pages } from '../../http/pages';
import type { Transport } from '../../http/types';
import type { Dialect, JobStatus } from '../dialects/types';
import { listCheckpoints } from '../jobLists';
import { jobPath } from '../jobs';
import { progressOf, stepOf } from '../progress';
import { toMs } from '../time';
import { isTerminal } from '../waitForJob';
import type { JobEndEvent } from '../webhooks/event';

import { matchesJob } from './filter';
import type { JobMark, WatchState } from './state';
import type { Happening, WatchEvent, WatchSettings } from './types';

export interface JobNews {
	job: FineTuningJob;
	mark: JobMark;
	settings: WatchSettings;
	/** The settings of the last look: what they did not cover is taken note of, not told. */
	before: WatchState['settings'];
	/** The first look of all, which tells nothing about jobs. */
	isFirst: boolean;
	dialect: Dialect;
	now: number;
}

/** The last checkpoint may be listed only after the job has ended. */
const SETTLING_MS = 15 * 60_000;
/** Pages of events read at most: thousands of steps. */
const MOST_PAGES = 50;

const END_EVENTS: Partial<Record<JobStatus, JobEndEvent>> = {
	succeeded: 'jobSucceeded',
	failed: 'jobFailed',
	cancelled: 'jobCancelled',
};

/** @returns the happenings, and the mark as it is once they are told; `mark` itself is left alone */
export async function newsOfJob(
	transport: Transport,
	news: JobNews,
): Promise<{ happenings: Happening[]; mark: JobMark }> {
	const { job, settings, isFirst, dialect, now } = news;
	const mark = { ...news.mark, checkpoints: [...news.mark.checkpoints] };
	const status = dialect.jobStatus(String(job.status));
	const hasEnded = isTerminal(status);
	const asks = (event: WatchEvent) => covers(settings, job, event);
	const happenings: Happening[] = [];
	const isMoving = !mark.ended || mark.settlesAt > now;
	// What had ended before the first look is over and done with.
	if (isMoving && !(isFirst && hasEnded)) {
		if (asks('progress') && !mark.ended) {
			happenings.push(...(await progressNews(transport, news, mark)));
		}
		if (asks('checkpointCreated')) {
			happenings.push(...(await checkpointNews(transport, news, mark)));
		}
	}
	if (hasEnded && !mark.ended) {
		mark.ended = true;
		mark.settlesAt = asks('checkpointCreated') && !isFirst ? now + SETTLING_MS : 0;
		const event = END_EVENTS[status];
		if (event && asks(event)) {
			happenings.push({ event, job, occurredAt: toMs(job.finished_at) ?? now });
		}
	}
	const told = happenings.filter(({ event }) => !isFirst && covers(news.before, job, event));
	return { happenings: told, mark };
}

function covers(
	{ events, filter }: Pick<WatchSettings, 'events' | 'filter'>,
	job: FineTuningJob,
	event: WatchEvent,
): boolean {
	return events.includes(event) && matchesJob(filter, job);
}

async function progressNews(
	transport: Transport,
	{ job, settings, dialect, now }: JobNews,
	mark: JobMark,
): Promise<Happening[]> {
	if (!dialect.supports.events) return [];
	const events = await metricsSince(transport, job.id, mark.step);
	const every = Math.max(1, Math.floor(settings.everySteps));
	const happenings: Happening[] = [];
	for (const [index, metrics] of events.entries()) {
		const step = stepOf(metrics) ?? 0;
		const reached = Math.floor(step / every) > Math.floor(mark.step / every);
		mark.step = step;
		if (!reached) continue;
		const occurredAt = toMs(metrics.created_at) ?? now;
		const progress = progressOf(job, events.slice(0, index + 1), dialect, occurredAt);
		happenings.push({ event: 'progress', job, occurredAt, metrics, progress });
	}
	return happenings;
}

/** Measurements after `step`, by step. */
async function metricsSince(
	transport: Transport,
	jobId: string,
	step: number,
): Promise<FineTuningJobEvent[]> {
	const found = new Map<number, FineTuningJobEvent>();
	let previous = Infinity;
	let newestFirst = true;
	let read = 0;
	const path = `${jobPath(jobId)}/events`;
	for await (const page of pagesOrNone<FineTuningJobEvent>(transport, path)) {
		for (const event of page) {
			const at = stepOf(event);
			if (at === undefined) continue;
			newestFirst &&= at <= previous;
			previous = at;
			if (at > step && !found.has(at)) found.set(at, event);
		}
		if (++read >= MOST_PAGES || (newestFirst && previous <= step)) break;
	}
	return [...found].sort(([a], [b]) => a - b).map(([, event]) => event);
}

/** A job whose events are gone has none. */
async function* pagesOrNone<T extends { id?: string }>(
	transport: Transport,
	path: string,
): AsyncGenerator<T[]> {
	const iterator = pages<T>(transport, { path });
	for (;;) {
		const next = await iterator.next().catch(noneIfMissing);
		if (!next || next.done) return;
		yield next.value;
	}
}

async function checkpointNews(
	transport: Transport,
	{ job, dialect, now }: JobNews,
	mark: JobMark,
): Promise<Happening[]> {
	if (!dialect.supports.checkpoints) return [];
	const listed = await listCheckpoints(transport, dialect, job.id).catch(noneIfMissing);
	const fresh = (listed ?? []).filter(({ id }) => !mark.checkpoints.includes(id));
	mark.checkpoints.push(...fresh.map(({ id }) => id));
	return fresh.map((checkpoint: FineTuningJobCheckpoint) => ({
		event: 'checkpointCreated' as const,
		job,
		occurredAt: toMs(checkpoint.created_at) ?? now,
		checkpoint,
	}));
}

async function noneIfMissing(cause: unknown): Promise<undefined> {
	const missing = cause instanceof ApiError && cause.details.status === 404;
	return await (missing ? undefined : Promise.reject(cause as Error));
}
