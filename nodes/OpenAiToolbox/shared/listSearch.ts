/** What the "From List" fields offer: models that the operation can use, with the day they are shut down. */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { isTunedModelId } from '../../../lib/openai/modelId';
import { listModels, type Model } from '../../../lib/openai/models';
import { fits, type ModelKind } from '../../../lib/openai/toolbox/modelKinds';
import { successorOf, toolRetirementOf } from '../../../lib/openai/toolbox/successors';
import { toNodeError } from '../../shared/errors';
import { type Connection, createTransport } from '../../shared/transport';

type ListSearch = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

export const searchTextModels = searchModels('completion');
export const searchModerationModels = searchModels('moderation');
export const searchEmbeddingModels = searchModels('embedding');
export const searchImageModels = searchModels('image');
export const searchTranscriptionModels = searchModels('transcription');
export const searchSpeechModels = searchModels('speech');

function searchModels(kind: Exclude<ModelKind, 'other'>): ListSearch {
	return async function (filter) {
		try {
			const connection = await createTransport(this);
			const models = await listModels(connection.transport);
			const usable = models.filter(({ id }) => fits(id, kind));
			// Names of other servers need not tell what a model does: better too many than none.
			const offered = usable.length > 0 ? usable : models;
			const items = tunedFirst(offered).map((model) => item(connection, model));
			return { results: items.filter((one) => matches(one, filter)) };
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}

function item({ provider, surroundings }: Connection, model: Model): INodeListSearchItems {
	const retirement = toolRetirementOf(model, provider, surroundings.now());
	if (!retirement) return { name: model.id, value: model.id };
	const { shutdownDate, daysLeft } = retirement;
	const when =
		daysLeft <= 0 ? `shut down on ${shutdownDate}` : `until ${shutdownDate}, ${daysLeft} days`;
	const successor = provider === 'openAi' ? successorOf(model.id) : undefined;
	const then = successor ? `, then ${successor}` : '';
	return { name: `${model.id} (${when}${then})`, value: model.id };
}

function tunedFirst(models: Model[]): Model[] {
	const byName = [...models].sort((a, b) => a.id.localeCompare(b.id));
	return [
		...byName.filter(({ id }) => isTunedModelId(id)),
		...byName.filter(({ id }) => !isTunedModelId(id)),
	];
}

function matches({ name }: INodeListSearchItems, filter = ''): boolean {
	const text = name.toLowerCase();
	return filter
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}
