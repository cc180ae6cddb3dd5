/** How far a training has come, for people who wait for it. */
import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs/jobs';

import type { Page } from '../http/pages';
import type { Transport } from '../http/types';

import type { Dialect } from './dialects/types';
import { jobPath } from './jobs';
import { pointOf, type MetricPoint } from './metrics/points';
import { toIso, toMs } from './time';
import { isTerminal } from './waitForJob';

export interface JobProgress {
	/** The newest step that was measured; null before the first one, and where the server tells nothing. */
	step: number | null;
	total_steps: number | null;
	/** 0 to 100, whole numbers. */
	percent: number | null;
	train_loss: number | null;
	valid_loss: number | null;
	/** ISO 8601; the server's own guess, else from the pace of the newest steps. Null once the job has ended. */
	estimated_finish: string | null;
	/** Until then, one decimal. */
	minutes_left: number | null;
}

/** One request reaches back so far, which is enough for a pace. */
const NEWEST_EVENTS = 50;
/** "Step 12/90: training loss=0.53" */
const STEP_OF = /^Step (\d{1,9})\/(\d{1,9})\b/;

/**
 * The progress of a job, with one request for its newest events where the server has them.
 *
 * @param now - milliseconds since the epoch
 * @throws ApiError when the events cannot be read
 */
export async function readProgress(
	transport: Transport,
	dialect: Pick<Dialect, 'supports' | 'jobStatus'>,
	job: FineTuningJob,
	now: number,
): Promise<JobProgress> {
	if (!dialect.supports.events) return progressOf(job, [], dialect, now);
	const { data: page } = await transport<Page<FineTuningJobEvent>>({
		method: 'GET',
		path: `${jobPath(job.id)}/events`,
		query: { limit: NEWEST_EVENTS },
	});
	return progressOf(job, Array.isArray(page.data) ? page.data : [], dialect, now);
}

/** The same from events that were read before, in any order. */
export function progressOf(
	job: FineTuningJob,
	events: readonly FineTuningJobEvent[],
	dialect: Pick<Dialect, 'jobStatus'>,
	now: number,
): JobProgress {
	const status = dialect.jobStatus(String(job.status));
	const marks = events.flatMap(markOf).sort((a, b) => a.point.step - b.point.step);
	const last = marks.at(-1);
	const step = last?.point.step ?? null;
	const total = newest(marks, ({ total: steps }) => steps);
	const finish = isTerminal(status) ? undefined : finishOf(job, marks, total, now);
	return {
		step,
		total_steps: total,
		percent: percentOf(status === 'succeeded', step, total),
		train_loss: last?.point.train_loss ?? null,
		valid_loss: newest(marks, ({ point }) => point.valid_loss ?? point.full_valid_loss),
		estimated_finish: finish === undefined ? null : toIso(finish / 1000),
		minutes_left:
			finish === undefined ? null : Math.max(0, Math.round((finish - now) / 6_000) / 10),
	};
}

/** The step an event tells of; undefined for one that tells of none. */
export function stepOf(event: FineTuningJobEvent): number | undefined {
	return markOf(event)[0]?.point.step;
}

interface Mark {
	point: MetricPoint;
	total?: number;
	/** Milliseconds since the epoch. */
	at?: number;
}

function markOf(event: FineTuningJobEvent): Mark[] {
	if (event.type !== 'metrics') return [];
	const data = (event.data ?? {}) as Record<string, unknown>;
	const spoken = STEP_OF.exec(String(event.message ?? '').slice(0, 100));
	const point = pointOf(data) ?? (spoken ? { step: Number(spoken[1]) } : undefined);
	if (!point) return [];
	const total = typeof data.total_steps === 'number' ? data.total_steps : Number(spoken?.[2]);
	return [{ point, total: total >= point.step ? total : undefined, at: toMs(event.created_at) }];
}

function newest(marks: readonly Mark[], pick: (mark: Mark) => number | undefined): number | null {
	for (let index = marks.length - 1; index >= 0; index--) {
		const value = pick(marks[index]);
		if (value !== undefined) return value;
	}
	return null;
}

function percentOf(succeeded: boolean, step: number | null, total: number | null): number | null {
	if (succeeded && (step === null || total === null || step >= total)) return 100;
	// What comes after the last step takes its time too.
	return step === null || !total ? null : Math.min(99, Math.floor((step / total) * 100));
}

/** Milliseconds since the epoch. */
function finishOf(
	job: FineTuningJob,
	marks: readonly Mark[],
	total: number | null,
	now: number,
): number | undefined {
	const own = toMs(job.estimated_finish);
	if (own !== undefined) return own;
	const [first, last] = [marks[0], marks.at(-1)];
	if (!first?.at || !last?.at || total === null) return undefined;
	const steps = last.point.step - first.point.step;
	if (steps <= 0 || last.at <= first.at) return undefined;
	const msPerStep = (last.at - first.at) / steps;
	return Math.max(now, last.at + (total - last.point.step) * msPerStep);
}
