/** What a watch remembers between two looks: plain data, bounded, safe to lose the last changes of. */
import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { isPlainObject } from '../chat/json';
import { toMs } from '../time';

import type { WatchSettings } from './types';

export interface WatchState {
	version: 1;
	/** The server and account that the rest is about. */
	source: string;
	/** By which settings it was made; what newly falls under other ones has not been seen. */
	settings: Pick<WatchSettings, 'events' | 'filter'>;
	/** Milliseconds since the epoch: jobs from then or before that are not in `jobs` are none of ours. */
	horizon: number;
	jobs: JobMark[];
	/** Ids of models that were told of. */
	warned: string[];
	/** When models were looked at last, in milliseconds since the epoch. */
	modelsReadAt: number;
}

export interface JobMark {
	id: string;
	/** Creation in milliseconds since the epoch; 0 where the server does not say. */
	created: number;
	/** The end was told, or was not to be told. */
	ended: boolean;
	/** Up to which step progress was told. */
	step: number;
	/** Checkpoints that were told of. */
	checkpoints: string[];
	/** Checkpoints may appear until then although the job has ended, in milliseconds since the epoch. */
	settlesAt: number;
}

/** More than a page of them would cost a second request each time. */
const ENDED_KEPT = 90;
/** A project has a few jobs at a time. */
const OPEN_KEPT = 1_000;

export function newState(source: string, settings: WatchSettings): WatchState {
	const { events, filter } = settings;
	return {
		version: 1,
		source,
		settings: { events, filter },
		horizon: 0,
		jobs: [],
		warned: [],
		modelsReadAt: 0,
	};
}

export function newMark(job: FineTuningJob): JobMark {
	const created = createdOf(job);
	return { id: job.id, created, ended: false, step: 0, checkpoints: [], settlesAt: 0 };
}

export function createdOf(job: FineTuningJob): number {
	return toMs(job.created_at) ?? 0;
}

/** The state that was kept, a copy to change; undefined for none, and for one of another server or version. */
export function stateFrom(kept: unknown, source: string): WatchState | undefined {
	if (!isPlainObject(kept) || kept.version !== 1 || kept.source !== source) return undefined;
	if (!Array.isArray(kept.jobs) || !isPlainObject(kept.settings)) return undefined;
	return JSON.parse(JSON.stringify(kept)) as WatchState;
}

/**
 * Forgets jobs that ended long ago. The horizon moves up to the newest one that is forgotten, so that it is never
 * taken for a new one.
 */
export function prune(state: WatchState, now: number): void {
	const isOpen = (mark: JobMark) => !mark.ended || mark.settlesAt > now;
	const newestFirst = [...state.jobs].sort((a, b) => b.created - a.created);
	// A job without a date would come back as a new one.
	const fixed = newestFirst.filter((mark) => isOpen(mark) || mark.created === 0);
	const ended = newestFirst.filter((mark) => !isOpen(mark) && mark.created > 0);
	const kept = new Set([...fixed.slice(0, OPEN_KEPT), ...ended.slice(0, ENDED_KEPT)]);
	const forgotten = newestFirst.filter((mark) => !kept.has(mark));
	state.jobs = newestFirst.filter((mark) => kept.has(mark));
	state.horizon = Math.max(state.horizon, ...forgotten.map(({ created }) => created));
}
