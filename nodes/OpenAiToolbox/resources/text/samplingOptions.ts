import type { INodeProperties } from 'n8n-workflow';

/** Options of completing and of editing; only those that were added are sent. */
export const samplingOptions: INodeProperties[] = [
	{
		displayName: 'Frequency Penalty',
		name: 'frequencyPenalty',
		type: 'number',
		typeOptions: { minValue: -2, maxValue: 2, numberPrecision: 2 },
		default: 0,
		description: 'Above 0 the model repeats itself less, below 0 more',
	},
	{
		displayName: 'Max Tokens',
		name: 'maxTokens',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1024,
		description:
			'Most tokens of the answer, with those a reasoning model thinks with. Not added: as many as the model has, and 256 at the completions endpoint.',
	},
	{
		displayName: 'Presence Penalty',
		name: 'presencePenalty',
		type: 'number',
		typeOptions: { minValue: -2, maxValue: 2, numberPrecision: 2 },
		default: 0,
		description: 'Above 0 the model moves on to new topics more, below 0 less',
	},
	{
		displayName: 'Reasoning Effort',
		name: 'reasoningEffort',
		type: 'options',
		default: 'low',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Max', value: 'max' },
			{ name: 'Medium', value: 'medium' },
			{ name: 'Minimal', value: 'minimal' },
			{ name: 'None', value: 'none' },
			{ name: 'Very High', value: 'xhigh' },
		],
		description:
			'How much a reasoning model thinks before it answers; other models refuse it. In chat only.',
	},
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		default: 0,
		description: 'The same seed and settings give mostly the same answer, where the server has it',
	},
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
		default: 1,
		description:
			'From 0 (always the likeliest words) to 2 (very free). Reasoning models refuse it.',
	},
	{
		displayName: 'Top P',
		name: 'topP',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 1,
		description: 'Choose only among the likeliest words that together have this probability',
	},
];

/** A collection in alphabetical order, as everywhere in n8n. */
export function optionsField(
	operation: string,
	options: INodeProperties[],
	resource = 'text',
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { resource: [resource], operation: [operation] } },
		options: [...options].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
	};
}
