import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { listOrId } from '../../shared/fields';

interface ModelField {
	show: NonNullable<IDisplayOptions['show']>;
	searchListMethod: string;
	/** Offered until another is picked. */
	standard: string;
	description: string;
	placeholder?: string;
}

/** The model of an operation, from the list of those that it can use or by ID. */
export function modelField(field: ModelField): INodeProperties {
	const { show, searchListMethod, standard, description, placeholder = standard } = field;
	return {
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: standard, cachedResultName: standard },
		displayOptions: { show },
		description,
		...listOrId(searchListMethod, 'Select a model...', `e.g. ${placeholder}`),
	};
}
