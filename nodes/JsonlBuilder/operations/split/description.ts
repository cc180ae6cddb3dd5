import type { INodeProperties } from 'n8n-workflow';

import { inputFields, longestLineOption, optionsField, outputFieldField } from '../../fields';

const operation = ['split'];

export const splitProperties: INodeProperties[] = [
	...inputFields(operation),
	{
		displayName: 'Validation Size',
		name: 'validationSize',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { operation } },
		options: [
			{ name: 'Number of Examples', value: 'count' },
			{ name: 'Percentage', value: 'percentage' },
		],
		default: 'percentage',
		description: 'How to say how much goes to validation; the rest is for training',
	},
	{
		displayName: 'Percentage',
		name: 'percentage',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 2 },
		displayOptions: { show: { operation, validationSize: ['percentage'] } },
		default: 10,
		description: 'Examples for validation, in percent of all',
	},
	{
		displayName: 'Number of Examples',
		name: 'count',
		type: 'number',
		typeOptions: { minValue: 0 },
		displayOptions: { show: { operation, validationSize: ['count'] } },
		default: 50,
		description: 'Examples for validation',
	},
	outputFieldField({ operation }),
	optionsField(operation, [
		{
			displayName: 'Balance by Field',
			name: 'stratifyBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. category',
			description:
				'Field of the examples whose values both sides get in the same proportion. Dots and brackets reach into the example, e.g. messages[0].content.',
		},
		{
			displayName: 'Keep Together From Similarity',
			name: 'threshold',
			type: 'number',
			typeOptions: { minValue: 0.5, maxValue: 1, numberPrecision: 2 },
			default: 0.7,
			description:
				'Examples that are this similar or more are never on both sides; 1 looks for copies only. Instructions are not compared.',
		},
		longestLineOption,
		{
			displayName: 'Remove Balance Field',
			name: 'dropStratifyField',
			type: 'boolean',
			default: true,
			description:
				'Whether to leave the balance field out of the files, because OpenAI refuses keys it does not know',
		},
		{
			displayName: 'Seed',
			name: 'seed',
			type: 'number',
			default: 42,
			description: 'The same seed gives the same split of the same examples',
		},
		{
			displayName: 'Training File Name',
			name: 'trainingFileName',
			type: 'string',
			default: 'training.jsonl',
		},
		{
			displayName: 'Validation File Name',
			name: 'validationFileName',
			type: 'string',
			default: 'validation.jsonl',
		},
	]),
];
