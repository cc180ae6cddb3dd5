/** The Models API, https://platform.openai.com/docs/api-reference/models. */
import { ApiError } from '../http/errors';
import type { Transport } from '../http/types';

import { isTunedModelId, parseTunedModelId } from './modelId';
import { retirementOf } from './retirement';
import { SettingError } from './settingError';
import { toIso } from './time';

export interface Model {
	id: string;
	object?: string;
	/** Seconds since the epoch. */
	created?: number;
	owned_by?: string;
	/** `YYYY-MM-DD`, on models that will be shut down. */
	shutdown_date?: string | null;
	/** Azure tells what a model can do, https://learn.microsoft.com/rest/api/azureopenai/models/list. */
	capabilities?: { fine_tune?: boolean; chat_completion?: boolean };
}

/** A model with what its id and the retirement schedule tell about it. */
export interface DescribedModel {
	id: string;
	fine_tuned: boolean;
	/** Null where the id of a fine-tuned model does not hold it. */
	base_model: string | null;
	suffix: string | null;
	checkpoint_step: number | null;
	owned_by: string | null;
	created_at: string | null;
	shutdown_date: string | null;
	days_left: number | null;
	/** `api` when the server says so, else the page from which our schedule has the date. */
	shutdown_source: string | null;
}

export interface ModelFilter {
	/** Fine-tuned ones only. */
	tuned?: boolean;
	/** Only those with at most this many days left; those that are over count too. */
	retiringWithinDays?: number;
}

/** All models of the account; this list has no pages. Together sends it bare. */
export async function listModels(transport: Transport): Promise<Model[]> {
	const { data } = await transport<{ data?: Model[] } | Model[]>({
		method: 'GET',
		path: '/models',
	});
	const models = Array.isArray(data) ? data : data.data;
	if (!Array.isArray(models)) {
		throw new ApiError('The list of models came in an unknown shape', {
			code: 'invalid_list',
			path: '/models',
		});
	}
	return models.filter((model) => typeof model?.id === 'string');
}

export async function getModel(transport: Transport, modelId: string): Promise<Model> {
	const { data } = await transport<Model>({ method: 'GET', path: modelPath(modelId) });
	return data;
}

/** Deletes a fine-tuned model for good; needs the Owner role. */
export async function deleteModel(
	transport: Transport,
	modelId: string,
): Promise<{ id: string; deleted: boolean }> {
	const { data } = await transport<{ id?: string; deleted?: boolean }>({
		method: 'DELETE',
		path: modelPath(modelId),
	});
	return { id: data.id ?? modelId, deleted: data.deleted ?? true };
}

/** @param now - milliseconds since the epoch. */
export function describeModel(model: Model, provider: string, now: number): DescribedModel {
	const tuned = parseTunedModelId(model.id);
	const retirement = retirementOf(model, provider, now);
	return {
		id: model.id,
		fine_tuned: tuned !== undefined,
		base_model: tuned ? (tuned.base ?? null) : model.id,
		suffix: tuned?.suffix ?? null,
		checkpoint_step: tuned?.step ?? null,
		owned_by: model.owned_by ?? null,
		created_at: toIso(model.created),
		shutdown_date: retirement?.shutdownDate ?? null,
		days_left: retirement?.daysLeft ?? null,
		shutdown_source: retirement ? (retirement.reference ?? retirement.source) : null,
	};
}

/** Newest first. */
export function filterModels(
	models: Model[],
	{ tuned, retiringWithinDays }: ModelFilter,
	provider: string,
	now: number,
): Model[] {
	return models
		.filter((model) => {
			if (tuned && !isTunedModelId(model.id)) return false;
			if (retiringWithinDays === undefined) return true;
			const daysLeft = retirementOf(model, provider, now)?.daysLeft;
			return daysLeft !== undefined && daysLeft <= retiringWithinDays;
		})
		.sort((a, b) => (b.created ?? 0) - (a.created ?? 0));
}

function modelPath(modelId: string): string {
	const id = modelId.trim();
	if (id === '' || id === '.' || id === '..') {
		throw new SettingError(
			"'Model' is empty",
			'Pick a model from the list, or enter its ID, e.g. ft:gpt-4.1-mini-2025-04-14:my-org:support:abc123.',
			'Model',
		);
	}
	return `/models/${encodeURIComponent(id)}`;
}
