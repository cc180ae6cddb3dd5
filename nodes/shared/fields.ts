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

/** Loads the options of a field for the provider of the credential; those in the description stand for all providers. */
export const offeredBy = (loadOptionsMethod: string): INodePropertyTypeOptions => ({
	loadOptionsMethod,
});
