/** One look at the jobs and models of an account: what has happened since the look before. */
import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { ApiError } from '../../http/errors';
import { pages } from '../../http/pages';
import type { Transport } from '../../http/types';
import { inParallel } from '../../inParallel';
import type { Dialect } from '../dialects/types';
import { getJob } from '../jobs';

import { type JobNews, newsOfJob } from './jobNews';
import { newsOfModels } from './modelNews';
import { createdOf, newMark, newState, prune, stateFrom, type WatchState } from './state';
import type { Happening, WatchSettings } from './types';

export interface Look {
	/** In the order in which they happened. */
	happenings: Happening[];
	/** For the next look; keep it if and only if the happenings are told. */
	state: WatchState;
	/** Jobs that could not be read; the next look tells what happened to them. */
	failures: ApiError[];
}

export interface LookContext {
	dialect: Dialect;
	/** Of the credential. */
	provider: string;
	/** The server and account, as text: another one is looked at from the beginning. */
	source: string;
	/** Milliseconds since the epoch. */
	now: number;
}

/** Of an account that is looked at for the first time; what is older has ended or was given up. */
const FIRST_PAGES = 10;
/** 100 jobs each, since the last look. */
const MOST_PAGES = 100;
const PARALLEL = 4;

/**
 * Compares jobs and models with what the last look has left. The first look only takes note of the jobs that are
 * there; a model that ends soon is told of at once. Nothing is told twice and nothing is left out as long as the state
 * of each look that told something is kept, whatever looks were between: all that counts is the difference.
 *
 * @param kept - the state of an earlier look, as it was stored
 * @throws ApiError when jobs or models cannot be listed, or no job at all can be read
 */
export async function look(
	transport: Transport,
	settings: WatchSettings,
	kept: unknown,
	context: LookContext,
): Promise<Look> {
	const known = stateFrom(kept, context.source);
	const state = known ?? newState(context.source, settings);
	const isFirst = known === undefined;
	const listed = await listSince(transport, isFirst ? -1 : state.horizon);
	const jobs = [...listed, ...(await unlisted(transport, listed, state, context))];
	const { happenings, failures } = await readJobs(transport, jobs, state, {
		...{ settings, isFirst, before: state.settings, ...context },
	});
	const { events, filter } = settings;
	happenings.push(...(await newsOfModels(transport, settings, state, context)));
	// A job that the first look could not read would be a new one for the second.
	const hasNothing = happenings.length === 0 || isFirst;
	if (failures.length > 0 && hasNothing) throw new ApiError(...copyOf(failures[0]));
	state.settings = { events, filter };
	prune(state, context.now);
	return { happenings: happenings.sort(byTime), state, failures };
}

/** Jobs created after the horizon, and maybe some before. The order is checked, since not every server keeps it. */
async function listSince(transport: Transport, horizon: number): Promise<FineTuningJob[]> {
	const found = new Map<string, FineTuningJob>();
	let oldest = Infinity;
	let inOrder = true;
	let read = 0;
	for await (const page of pages<FineTuningJob>(transport, { path: '/fine_tuning/jobs' })) {
		for (const job of page) {
			const created = createdOf(job);
			inOrder &&= created > 0 && created <= oldest;
			oldest = created;
			found.set(job.id, job);
		}
		const enough = horizon < 0 ? FIRST_PAGES : MOST_PAGES;
		if (++read >= enough || (inOrder && oldest <= horizon)) break;
	}
	return [...found.values()];
}

/** Jobs that had not ended when they were seen last and are not among the listed ones. */
async function unlisted(
	transport: Transport,
	listed: readonly FineTuningJob[],
	state: WatchState,
	{ now }: LookContext,
): Promise<FineTuningJob[]> {
	const ids = new Set(listed.map(({ id }) => id));
	const missing = state.jobs.filter(
		(mark) => !ids.has(mark.id) && (!mark.ended || mark.settlesAt > now),
	);
	const found = await inParallel(missing, PARALLEL, async ({ id }) => {
		const job = await getJob(transport, id).catch(onlyMissing);
		// Deleted: nothing can happen to it any more.
		if (!job) state.jobs = state.jobs.filter((mark) => mark.id !== id);
		return job;
	});
	return found.filter((job) => job !== undefined);
}

async function readJobs(
	transport: Transport,
	jobs: readonly FineTuningJob[],
	state: WatchState,
	context: Omit<JobNews, 'job' | 'mark'>,
): Promise<{ happenings: Happening[]; failures: ApiError[] }> {
	const marks = new Map(state.jobs.map((mark) => [mark.id, mark]));
	const failures: ApiError[] = [];
	const lists = await inParallel(jobs, PARALLEL, async (job) => {
		const mark = marks.get(job.id);
		const created = createdOf(job);
		if (!mark && !context.isFirst && created > 0 && created <= state.horizon) return [];
		const news = await newsOfJob(transport, {
			...{ ...context, job, mark: mark ?? newMark(job) },
		}).catch(asFailure);
		if (news instanceof ApiError) {
			failures.push(news);
			return [];
		}
		marks.set(job.id, news.mark);
		return news.happenings;
	});
	state.jobs = [...marks.values()];
	return { happenings: lists.flat(), failures };
}

async function onlyMissing(cause: unknown): Promise<undefined> {
	const missing = cause instanceof ApiError && cause.details.status === 404;
	return await (missing ? undefined : Promise.reject(cause as Error));
}

async function asFailure(cause: unknown): Promise<ApiError> {
	return await (cause instanceof ApiError ? cause : Promise.reject(cause as Error));
}

function copyOf({ message, details }: ApiError): ConstructorParameters<typeof ApiError> {
	return [message, details];
}

/** What belongs to one job comes before its end. */
const RANK = { progress: 0, checkpointCreated: 1 } as const;

function byTime(a: Happening, b: Happening): number {
	return a.occurredAt - b.occurredAt || rankOf(a) - rankOf(b);
}

function rankOf({ event }: Happening): number {
	return event === 'progress' || event === 'checkpointCreated' ? RANK[event] : 2;
}
