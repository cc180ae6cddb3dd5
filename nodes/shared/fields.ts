/** Fields with the wording that n8n gives them everywhere. */
import type { IDisplayOptions, INodeProperties, INodePropertyTypeOptions } from 'n8n-workflow';

type Show = NonNullable<IDisplayOptions['show']>;

export function returnAllFields(show: Show): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			displayOptions: { show },
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			displayOptions: { show: { ...show, returnAll: [false] } },
			default: 50,
			description: 'Max number of results to return',
		},
	];
}

export function simplifyField(show: Show): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		displayOptions: { show },
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	};
}

/** The collection 'Options', alphabetical whichever files its options come from. */
export function optionsCollection(
	options: INodeProperties[],
	more: Pick<INodeProperties, 'description' | 'displayOptions'> = {},
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		...more,
		options: [...options].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
	};
}

export function inputFileField(show: Show, description: string): INodeProperties {
	return {
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		displayOptions: { show },
		default: 'data',
		hint: 'The name of the input field containing the file to be processed',
		description,
	};
}

/** Modes of a resource locator: picked from what a search of `methods.listSearch` finds, or given by its ID. */
export function listOrId(
	searchListMethod: string,
	placeholder: string,
	idPlaceholder: string,
): Required<Pick<INodeProperties, 'modes'>> {
	return {
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: idPlaceholder },
		],
	};
}

/** A filter on jobs. */
export const baseModelFilter: INodeProperties = {
	displayName: 'Base Model',
	name: 'baseModel',
	type: 'string',
	default: '',
	placeholder: 'e.g. gpt-4.1-mini',
	description: 'Only jobs whose base model begins with this text',
};

/** A filter on what has labels; its value is `{values: [{name, value}]}`. */
export function metadataFilter(description: string): INodeProperties {
	return {
		displayName: 'Metadata',
		name: 'metadata',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Metadata',
		description,
		options: [
			{
				displayName: 'Metadata',
				name: 'values',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	};
}

/** Loads the options of a field for the provider of the credential; those in the description stand for all providers. */
export const offeredBy = (loadOptionsMethod: string): INodePropertyTypeOptions => ({
	loadOptionsMethod,
});
