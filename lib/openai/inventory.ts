/** All that was tuned, and until when it answers. */
import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import type { Transport } from '../http/types';
import { inParallel } from '../inParallel';

import type { Dialect } from './dialects/types';
import { listCheckpoints, listJobs } from './jobLists';
import { parseTunedModelId } from './modelId';
import { listModels, type Model } from './models';
import { retirementOf } from './retirement';
import { toIso } from './time';

export interface InventoryEntry {
	/** The id to ask. */
	id: string;
	kind: 'model' | 'checkpoint';
	base_model: string | null;
	suffix: string | null;
	checkpoint_step: number | null;
	job_id: string | null;
	/** What it was trained with, to train a successor elsewhere. */
	training_file: string | null;
	/** ISO 8601. */
	created_at: string | null;
	/** Whether the server's list of models has it; some servers list checkpoints as well. */
	listed: boolean;
	/** `YYYY-MM-DD`, the first day without the model. */
	shutdown_date: string | null;
	days_left: number | null;
	/** `api` when the server says so, else the page from which our schedule has the date. */
	shutdown_source: string | null;
	/** The nearest of the given thresholds that the days left have reached; 0 once it is over. */
	warn_at: number | null;
	/** `YYYY-MM-DD` of the last day with a request, as far back as usage was read; null when unknown or not used. */
	last_used_on: string | null;
}

export interface InventoryOptions {
	provider: string;
	includeCheckpoints: boolean;
	/** Days before the end at which to warn, in any order. */
	warnDays: readonly number[];
	/** Model id -> `YYYY-MM-DD`, from `readLastUse`. */
	lastUse?: ReadonlyMap<string, string>;
	/** Milliseconds since the epoch. */
	now: number;
}

/** Jobs whose checkpoints are looked up at the same time. */
const PARALLEL = 4;

/**
 * Tuned models and their checkpoints, those that end first at the top. Models that the server lists are joined with
 * the jobs that made them; a server that does not list its tuned models still has them in its jobs.
 */
export async function readInventory(
	transport: Transport,
	dialect: Pick<Dialect, 'jobStatus' | 'supports' | 'tunedModel'>,
	options: InventoryOptions,
): Promise<InventoryEntry[]> {
	const models = await listModels(transport);
	const jobs = await listJobs(transport, dialect, { statuses: ['succeeded'] });
	const listed = new Map(models.map((model) => [model.id, model]));
	const found = new Map<string, Found>();
	for (const model of models) {
		const parsed = parseTunedModelId(model.id);
		const kind = parsed?.step === undefined ? 'model' : 'checkpoint';
		if (parsed) found.set(model.id, { id: model.id, kind, model });
	}
	for (const job of jobs) {
		const id = dialect.tunedModel(job as unknown as Record<string, unknown>);
		if (!id) continue;
		found.set(id, { id, kind: 'model', job, model: listed.get(id) });
	}
	if (options.includeCheckpoints && dialect.supports.checkpoints) {
		for (const one of await checkpointsOf(transport, dialect, jobs)) {
			const known = found.get(one.id);
			// The last checkpoint of a job may be its model; a listed one does not tell its job.
			if (!known?.job) found.set(one.id, { ...one, model: known?.model });
		}
	}
	return [...found.values()].map((one) => describe(one, options)).sort(byEnd);
}

interface Found {
	id: string;
	kind: InventoryEntry['kind'];
	model?: Model;
	job?: FineTuningJob;
	step?: number;
	/** Seconds since the epoch. */
	created?: number;
}

async function checkpointsOf(
	transport: Transport,
	dialect: Pick<Dialect, 'supports'>,
	jobs: readonly FineTuningJob[],
): Promise<Found[]> {
	const lists = await inParallel(jobs, PARALLEL, async (job) => {
		const checkpoints = await listCheckpoints(transport, dialect, job.id);
		return checkpoints.map((one) => ({
			id: one.fine_tuned_model_checkpoint,
			kind: 'checkpoint' as const,
			job,
			step: one.step_number,
			created: one.created_at,
		}));
	});
	return lists.flat().filter(({ id }) => typeof id === 'string' && id !== '');
}

function describe(
	{ id, kind, model, job, step, created }: Found,
	{ provider, warnDays, lastUse, now }: InventoryOptions,
): InventoryEntry {
	const parsed = parseTunedModelId(id);
	const base = parsed?.base ?? job?.model ?? null;
	// A tuned model lives as long as its base, which may be all that is known of another server's id.
	const ofBase = base === null ? undefined : retirementOf({ id: base }, provider, now);
	const retirement = retirementOf(model ?? { id }, provider, now) ?? ofBase;
	return {
		id,
		kind,
		base_model: base,
		suffix: parsed?.suffix ?? null,
		checkpoint_step: parsed?.step ?? step ?? null,
		job_id: job?.id ?? null,
		training_file: job?.training_file ?? null,
		created_at: toIso(created ?? job?.finished_at ?? model?.created),
		listed: model !== undefined,
		shutdown_date: retirement?.shutdownDate ?? null,
		days_left: retirement?.daysLeft ?? null,
		shutdown_source: retirement ? (retirement.reference ?? retirement.source) : null,
		warn_at: retirement ? reached(retirement.daysLeft, warnDays) : null,
		last_used_on: lastUse?.get(id) ?? null,
	};
}

function reached(daysLeft: number, warnDays: readonly number[]): number | null {
	if (daysLeft <= 0) return 0;
	const due = warnDays.filter((days) => daysLeft <= days);
	return due.length > 0 ? Math.min(...due) : null;
}

/** Models without a known end last; of those that end together the newest first. */
function byEnd(a: InventoryEntry, b: InventoryEntry): number {
	const end = (a.days_left ?? Infinity) - (b.days_left ?? Infinity);
	return end || (b.created_at ?? '').localeCompare(a.created_at ?? '');
}
