import type { INodeProperties } from 'n8n-workflow';

import { inputOptions } from '../../FineTunedChat/resources/chat/inputOptions';
import { modelOptions } from '../../FineTunedChat/resources/chat/modelOptions';

/** The same here as in Fine-Tuned Chat. */
const CHAT_OPTIONS = [
	'extraBody',
	'maxTokens',
	'maxTokensField',
	'prices',
	'reasoningEffort',
	'seed',
	'serviceTier',
	'systemMessageRole',
	'timeout',
];

const ownOptions: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
		default: 5,
		description:
			'How many tickets to ask about at the same time. Pairs keep the order of the tickets. Read once, from the first item.',
	},
	{
		displayName: 'Cost Limit',
		name: 'costLimit',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 1,
		description:
			'US dollars that a run may cost, by the price table. A ticket is sent only if its probable cost still fits; the rest goes to the output Left Out. Read once, from the first item.',
	},
	{
		displayName: 'Include Internal Notes',
		name: 'includeInternalNotes',
		type: 'boolean',
		default: false,
		description: 'Whether to send the internal notes that a ticket holds to the model as well',
	},
	{
		displayName: 'Max Characters of a Ticket',
		name: 'maxCharacters',
		type: 'number',
		typeOptions: { minValue: 500, numberPrecision: 0 },
		default: 40000,
		description: 'Longer tickets are cut in the middle, which the report counts',
	},
	{
		displayName: 'Max Pairs per Ticket',
		name: 'maxPairs',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: 5,
		description: 'How many pairs one ticket may give; further ones go to the output Left Out',
	},
	{
		displayName: 'On Interruption',
		name: 'onInterruption',
		type: 'options',
		options: [
			{
				name: 'Fail',
				value: 'fail',
				description:
					'The execution fails. Pairs that were made before are in the data of the error.',
			},
			{
				name: 'Return What Is Done',
				value: 'returnDone',
				description:
					'Pairs go on to the next node; tickets that were not asked go to the output Left Out',
			},
		],
		default: 'fail',
		description:
			'What to do when the server stops answering after part of the tickets. Read once, from the first item.',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description:
			'At most this many, spread evenly; without this option as many as the server lets through. Read once, from the first item.',
	},
	{
		displayName: 'Structured Output',
		name: 'structuredOutput',
		type: 'options',
		options: [
			{
				name: 'Auto',
				value: 'auto',
				description: 'Function call, and if the server refuses that, the next one that it takes',
			},
			{ name: 'Function Call', value: 'tool', description: 'A call with a strict schema' },
			{
				name: 'JSON Object',
				value: 'jsonObject',
				description: 'Any JSON; the schema stands in the instructions',
			},
			{ name: 'JSON Schema', value: 'jsonSchema', description: 'JSON by a strict schema' },
		],
		default: 'auto',
		description:
			'How the model is made to answer in the right form. The answer is checked in any case. Read once, from the first item.',
	},
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
		default: 0,
		description:
			'0 gives the most even results. Not sent without this option, as reasoning models refuse it.',
	},
];

export const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	displayOptions: { show: { mode: ['model'] } },
	default: {},
	options: [
		...ownOptions,
		...[...inputOptions, ...modelOptions].filter(({ name }) => CHAT_OPTIONS.includes(name)),
	].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
};
