import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import type { InventoryEntry } from '../inventory';
import { parseTunedModelId } from '../modelId';

import type { WatchFilter } from './types';

export function matchesJob(
	{ baseModel, suffix, metadata }: WatchFilter,
	job: FineTuningJob,
): boolean {
	return (
		baseOf(String(job.model ?? '')).startsWith(baseModel) &&
		(suffix === '' || suffixOf(job) === suffix) &&
		Object.entries(metadata).every(([name, value]) => job.metadata?.[name] === value)
	);
}

/** The same for a model, whose metadata are those of its job. */
export function matchesModel(filter: WatchFilter, model: InventoryEntry): boolean {
	const { baseModel, suffix } = filter;
	return (
		baseOf(model.base_model ?? '').startsWith(baseModel) &&
		(suffix === '' || model.suffix === suffix)
	);
}

/** A model that is trained further is of the base model it began with. */
function baseOf(model: string): string {
	return parseTunedModelId(model)?.base ?? model;
}

/** OpenAI answers with `user_provided_suffix`; elsewhere the id of the finished model may tell. */
function suffixOf(job: FineTuningJob): string | undefined {
	const { user_provided_suffix: own, suffix } = job as {
		user_provided_suffix?: unknown;
		suffix?: unknown;
	};
	if (typeof own === 'string') return own;
	if (typeof suffix === 'string') return suffix;
	return parseTunedModelId(job.fine_tuned_model ?? '')?.suffix;
}
