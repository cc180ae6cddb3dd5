import type { INodeProperties } from 'n8n-workflow';

import {
	fileNameOption,
	inputTypeFields,
	longestLineOption,
	optionsField,
	outputFieldField,
} from '../../fields';

const operation = ['deduplicate'];

/** Where question and answer are in records that are no training examples. */
export const recordFieldOptions: INodeProperties[] = [
	{
		displayName: 'Answer Field',
		name: 'answerField',
		type: 'string',
		default: 'answer',
		description:
			'Field with the answer. Training examples and tickets need none: their messages say who answers.',
	},
	{
		displayName: 'Question Field',
		name: 'questionField',
		type: 'string',
		default: 'question',
		description: 'Field with the question. Training examples need none.',
	},
];

export const deduplicateProperties: INodeProperties[] = [
	...inputTypeFields(operation),
	{
		displayName: 'Compare',
		name: 'compare',
		type: 'options',
		displayOptions: { show: { operation } },
		options: [
			{ name: 'Answer', value: 'answer', description: 'Different questions with the same answer' },
			{
				name: 'Question',
				value: 'question',
				description: 'The same question, whatever was answered',
			},
			{ name: 'Question and Answer', value: 'both', description: 'Both taken as one text' },
		],
		default: 'both',
		description: 'What has to be alike. System messages are never compared.',
	},
	{
		displayName: 'Similarity',
		name: 'threshold',
		type: 'number',
		typeOptions: { minValue: 0.5, maxValue: 1, numberPrecision: 2 },
		displayOptions: { show: { operation } },
		default: 0.7,
		description:
			'From which similarity on two examples are duplicates: 1 for exact copies (but for capitals, spaces and punctuation), 0.9 for a changed number or name, 0.7 for some changed words',
	},
	{
		displayName: 'Keep',
		name: 'keep',
		type: 'options',
		displayOptions: { show: { operation } },
		options: [
			{ name: 'Best Rated', value: 'bestRated', description: 'The highest value of a field' },
			{ name: 'First', value: 'first', description: 'The first one of the input' },
			{ name: 'Longest Answer', value: 'longest' },
			{ name: 'Newest', value: 'newest', description: 'The latest date of a field' },
		],
		default: 'first',
		description: 'Which of the duplicates stays',
	},
	{
		displayName: 'Date Field',
		name: 'dateField',
		type: 'string',
		required: true,
		displayOptions: { show: { operation, keep: ['newest'] } },
		default: 'createdAt',
		placeholder: 'e.g. metadata.resolvedAt',
		description: 'Field with a date in ISO 8601 or a number',
	},
	{
		displayName: 'Rating Field',
		name: 'ratingField',
		type: 'string',
		required: true,
		displayOptions: { show: { operation, keep: ['bestRated'] } },
		default: 'rating',
		placeholder: 'e.g. metadata.score',
		description: 'Field with a number, true or false, or good or bad',
	},
	outputFieldField({ operation, inputType: ['binary'] }),
	optionsField(operation, [
		...recordFieldOptions,
		fileNameOption(''),
		longestLineOption,
		{
			displayName: 'Max Clusters',
			name: 'maxClusters',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 10000 },
			default: 100,
			description:
				'How many groups of duplicates to list in the report, largest first; all of them are counted',
		},
	]),
];
