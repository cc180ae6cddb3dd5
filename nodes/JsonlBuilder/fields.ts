/** Fields that several operations of the node have. */
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { DEFAULT_PRICES } from '../../lib/cost';
import { optionsCollection } from '../shared/fields';

type Show = NonNullable<IDisplayOptions['show']>;

/** Where the file to be read is: a binary field, or text. */
export function inputFields(operation: string[]): INodeProperties[] {
	return [
		{
			displayName: 'Input',
			name: 'inputType',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { operation } },
			options: [
				{ name: 'File', value: 'binary', description: 'A binary field of each input item' },
				{ name: 'Text', value: 'text', description: 'Text in a parameter, usually by expression' },
			],
			default: 'binary',
			description: 'Where the data to read comes from',
		},
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			displayOptions: { show: { operation, inputType: ['binary'] } },
			default: 'data',
			hint: 'The name of the input field containing the file to be processed',
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 5 },
			required: true,
			displayOptions: { show: { operation, inputType: ['text'] } },
			default: '',
			placeholder: 'e.g. {"messages": [{"role": "user", "content": "Hi"}, …]}',
		},
	];
}

export function outputFieldField(show: Show): INodeProperties {
	return {
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		required: true,
		displayOptions: { show },
		default: 'data',
		hint: 'The name of the output field to put the file in',
	};
}

export function baseModelField(operation: string[]): INodeProperties {
	return {
		displayName: 'Base Model',
		name: 'baseModel',
		type: 'string',
		displayOptions: { show: { operation } },
		default: 'gpt-4.1-mini-2025-04-14',
		description:
			'The model to be trained, for the token limit of an example and the estimated cost',
	};
}

export function optionsField(operation: string[], options: INodeProperties[]): INodeProperties {
	return optionsCollection(options, { displayOptions: { show: { operation } } });
}

export function fileNameOption(defaultName: string): INodeProperties {
	return {
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: defaultName,
		description: 'The name of the output file',
	};
}

export const longestLineOption: INodeProperties = {
	displayName: 'Longest Line (MB)',
	name: 'longestLineMb',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 500 },
	default: 32,
	description:
		'Longest line that is read; longer ones are passed over with a finding. Examples with several large images need more.',
};

export const maxLeftOutOption: INodeProperties = {
	displayName: 'Max Left-Out Items',
	name: 'maxLeftOut',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 1000,
	description: 'How many left-out pieces to list in the second output; all of them are counted',
};

export const maxFindingsOption: INodeProperties = {
	displayName: 'Max Findings',
	name: 'maxFindings',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 10000 },
	default: 100,
	description: 'How many findings to list; all of them are counted',
};

/** Settings of the report about a dataset: what it is compared with, and what is counted. */
export const reportOptions: INodeProperties[] = [
	{
		displayName: 'Count Tokens',
		name: 'countTokens',
		type: 'options',
		options: [
			{ name: 'All Examples', value: 'all', description: 'Exact, at about 50 MB a second' },
			{
				name: 'Random Sample',
				value: 'sample',
				description: 'An estimate from 1,000 examples with its 95 % interval, for very large files',
			},
			{ name: 'None', value: 'none', description: 'No tokens and no cost' },
		],
		default: 'all',
	},
	{
		displayName: 'Epochs',
		name: 'epochs',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 3,
		description:
			'How often the job will go through the examples, for the cost. Without this option it is estimated as the provider does.',
	},
	maxFindingsOption,
	{
		displayName: 'Max Tokens per Example',
		name: 'tokenLimit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 65536,
		description: 'Limit in place of the one that the base model has',
	},
	{
		displayName: 'Minimum Examples',
		name: 'minExamples',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'Fewer examples make the dataset invalid. OpenAI takes 10 or more.',
	},
	{
		displayName: 'Prices',
		name: 'prices',
		type: 'json',
		typeOptions: { rows: 8 },
		default: JSON.stringify(
			DEFAULT_PRICES.rows.filter(({ training }) => training !== undefined),
			null,
			2,
		),
		description:
			'Prices in US dollars for 1,000,000 tokens, a row a model. The ones that are filled in were published in 2025 and not checked since: compare them with the page of the provider.',
	},
];

/** Items, or a file of lines. */
export function inputTypeFields(operations: string[]): INodeProperties[] {
	return [
		{
			displayName: 'Input',
			name: 'inputType',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { operation: operations } },
			options: [
				{
					name: 'File',
					value: 'binary',
					description: 'A JSONL file in a binary field of each item',
				},
				{ name: 'Items', value: 'items', description: 'The fields of the items, e.g. tickets' },
			],
			default: 'items',
			description: 'Where the data comes from',
		},
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			displayOptions: { show: { operation: operations, inputType: ['binary'] } },
			default: 'data',
			hint: 'The name of the input field containing the file to be processed',
		},
	];
}
