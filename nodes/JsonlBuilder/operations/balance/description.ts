import type { INodeProperties } from 'n8n-workflow';

import {
	fileNameOption,
	inputTypeFields,
	longestLineOption,
	optionsField,
	outputFieldField,
} from '../../fields';

const operation = ['balance'];

const classNumbers = (
	displayName: string,
	name: string,
	target: string,
	value: INodeProperties,
): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	displayOptions: { show: { operation, target: [target] } },
	default: {},
	placeholder: 'Add Class',
	options: [
		{
			displayName: 'Class',
			name: 'values',
			values: [
				{
					displayName: 'Class',
					name: 'class',
					type: 'string',
					default: '',
					placeholder: 'e.g. Billing',
					description: "The field's value; none stands for examples without one",
				},
				value,
			],
		},
	],
});

export const balanceProperties: INodeProperties[] = [
	...inputTypeFields(operation),
	{
		displayName: 'Class Field',
		name: 'classField',
		type: 'string',
		required: true,
		displayOptions: { show: { operation } },
		default: 'category',
		placeholder: 'e.g. metadata.tags',
		description:
			'Field of the items, or of the examples in the file, with the class: a category, tags or a source. Of several tags the rarest one counts. Dots and brackets reach into an example.',
	},
	{
		displayName: 'Target',
		name: 'target',
		type: 'options',
		displayOptions: { show: { operation } },
		options: [
			{ name: 'Cap', value: 'cap', description: 'No class larger than a number of examples' },
			{ name: 'Equal Sizes', value: 'equal', description: 'All classes as large as the smallest' },
			{
				name: 'Shares',
				value: 'share',
				description: 'Classes in given proportions; classes that are not named are left out',
			},
			{
				name: 'Weights',
				value: 'weight',
				description: 'Classes times a number; classes that are not named stay as they are',
			},
		],
		default: 'cap',
		description: 'How large the classes are to be',
	},
	{
		displayName: 'Max Examples per Class',
		name: 'cap',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { operation, target: ['cap'] } },
		default: 1000,
	},
	classNumbers('Shares', 'shares', 'share', {
		displayName: 'Share',
		name: 'value',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 1,
		description: 'In relation to the other shares: percentages, or 2 and 1 for twice as many',
	}),
	classNumbers('Weights', 'weights', 'weight', {
		displayName: 'Weight',
		name: 'value',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 1,
		description: '0.5 keeps half of the class, 2 has every example twice if copies are allowed',
	}),
	{
		displayName: 'Max Copies of an Example',
		name: 'maxCopies',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		displayOptions: { show: { operation, target: ['equal', 'share', 'weight'] } },
		default: 1,
		description:
			'How often an example of a small class may be in the result; 1 for no repetition. Repeated examples are learnt by heart sooner.',
	},
	outputFieldField({ operation, inputType: ['binary'] }),
	optionsField(operation, [
		fileNameOption(''),
		longestLineOption,
		{
			displayName: 'Remove Class Field',
			name: 'dropClassField',
			type: 'boolean',
			default: true,
			description:
				'Whether to leave the class field out of the file, because OpenAI refuses keys it does not know. Items keep theirs.',
		},
		{
			displayName: 'Seed',
			name: 'seed',
			type: 'number',
			default: 42,
			description: 'The same seed chooses the same of the same examples',
		},
	]),
];
