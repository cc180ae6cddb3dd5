import type { INodeProperties } from 'n8n-workflow';

import { modelOptions } from '../../../shared/chat/modelOptions';

/** The same as in every chat. */
const COMMON = ['presencePenalty', 'seed', 'temperature', 'topP'];

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
	...modelOptions.filter(({ name }) => COMMON.includes(name)),
];
