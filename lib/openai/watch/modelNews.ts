/** Models that are about to end. */
import type { Transport } from '../../http/types';
import type { Dialect } from '../dialects/types';
import { type InventoryEntry, readInventory } from '../inventory';
import { getJob } from '../jobs';

import { matchesJob, matchesModel } from './filter';
import type { WatchState } from './state';
import type { Happening, WatchFilter, WatchSettings } from './types';

/** Dates change once in months, and a look costs several requests. */
const PAUSE_MS = 6 * 60 * 60_000;

interface ModelContext {
	dialect: Dialect;
	provider: string;
	now: number;
}

/** Notes in `state` what it tells. */
export async function newsOfModels(
	transport: Transport,
	settings: WatchSettings,
	state: WatchState,
	context: ModelContext,
): Promise<Happening[]> {
	if (!settings.events.includes('modelRetiring')) return [];
	const isNew = !state.settings.events.includes('modelRetiring');
	const sameFilter = JSON.stringify(state.settings.filter) === JSON.stringify(settings.filter);
	const isDue = context.now - state.modelsReadAt >= PAUSE_MS;
	if (!isDue && !isNew && sameFilter) return [];
	const ending = await endingModels(transport, settings, context);
	state.modelsReadAt = context.now;
	const fresh = ending.filter(({ id }) => !state.warned.includes(id));
	state.warned = ending.map(({ id }) => id);
	return fresh.map((model) => ({ event: 'modelRetiring', model, occurredAt: context.now }));
}

/**
 * Models that still answer and end within the days of the settings, the next to end first. Checkpoints, which some
 * servers list as models, end with theirs.
 */
export async function endingModels(
	transport: Transport,
	{ filter, retiringWithinDays }: WatchSettings,
	{ dialect, provider, now }: ModelContext,
): Promise<InventoryEntry[]> {
	const inventory = await readInventory(transport, dialect, {
		provider,
		includeCheckpoints: false,
		warnDays: [retiringWithinDays],
		now,
	});
	const ending = inventory.filter(
		(model) =>
			model.checkpoint_step === null &&
			model.days_left !== null &&
			model.days_left > 0 &&
			model.days_left <= retiringWithinDays &&
			matchesModel(filter, model),
	);
	const checked: InventoryEntry[] = [];
	for (const model of ending) {
		if (await hasMetadata(transport, filter, model)) checked.push(model);
	}
	return checked;
}

async function hasMetadata(
	transport: Transport,
	{ metadata }: WatchFilter,
	{ job_id: jobId }: InventoryEntry,
): Promise<boolean> {
	if (Object.keys(metadata).length === 0) return true;
	if (jobId === null) return false;
	return matchesJob({ baseModel: '', suffix: '', metadata }, await getJob(transport, jobId));
}
