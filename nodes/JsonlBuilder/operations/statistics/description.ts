import type { INodeProperties } from 'n8n-workflow';

import { fileNameOption, inputTypeFields, longestLineOption, optionsField } from '../../fields';
import { recordFieldOptions } from '../deduplicate/description';

const operation = ['statistics'];

export const statisticsProperties: INodeProperties[] = [
	...inputTypeFields(operation),
	{
		displayName: 'Put Out',
		name: 'outputAs',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { operation } },
		options: [
			{ name: 'One Item', value: 'summary', description: 'All figures of the dataset in one item' },
			{
				name: 'One Item per Figure',
				value: 'rows',
				description: 'Metric, name and value, e.g. for a spreadsheet',
			},
		],
		default: 'summary',
	},
	{
		displayName: 'HTML Report',
		name: 'htmlReport',
		type: 'boolean',
		displayOptions: { show: { operation } },
		default: true,
		description:
			'Whether to also make an HTML file with charts and tables, which needs nothing but a browser, in the second output',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		required: true,
		displayOptions: { show: { operation, htmlReport: [true] } },
		default: 'data',
		hint: 'The name of the output field to put the report in',
	},
	optionsField(operation, [
		...recordFieldOptions,
		{
			displayName: 'Count Fields',
			name: 'countFields',
			type: 'string',
			default: 'category, tags, source',
			description: 'Fields whose values are counted, with commas in between',
		},
		{
			displayName: 'Count Tokens',
			name: 'countTokens',
			type: 'boolean',
			default: true,
			description:
				'Whether to count tokens, at about 50 MB a second; lengths are in characters otherwise',
		},
		{
			displayName: 'Detect Languages',
			name: 'detectLanguages',
			type: 'boolean',
			default: true,
			description: 'Whether to tell the language of each example from its text',
		},
		{
			displayName: 'Duplicates From Similarity',
			name: 'threshold',
			type: 'number',
			typeOptions: { minValue: 0.5, maxValue: 1, numberPrecision: 2 },
			default: 0.7,
			description: 'From which similarity on two examples count as duplicates',
		},
		{
			displayName: 'Estimate Duplicates',
			name: 'duplicates',
			type: 'boolean',
			default: true,
			description: 'Whether to estimate how many examples are duplicates',
		},
		fileNameOption(''),
		{
			displayName: 'Longest and Shortest',
			name: 'extremes',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 10,
			description: 'How many of the longest and shortest examples to list',
		},
		longestLineOption,
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. IT support, third quarter',
			description: 'Heading of the report; without it the name of the file',
		},
	]),
];
