import type { INodeProperties } from 'n8n-workflow';

import { inputOptions } from './inputOptions';
import { modelOptions } from './modelOptions';

/** What a node says of the many things that it asks about: the descriptions of its options. */
interface BulkWords {
	/** What is asked about, e.g. "tickets". */
	things: string;
	concurrency: string;
	costLimit: string;
	/** Where what was done is, when an interruption fails the execution. */
	fail: string;
	/** Where it is when it goes on. */
	returnDone: string;
}

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

/** Options of nodes that ask a model about many things in one run; `readBulkSettings` reads those of the run. */
export function bulkOptions(words: BulkWords): INodeProperties[] {
	return [
		...runOptions(words),
		{
			displayName: 'Temperature',
			name: 'temperature',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
			default: 0,
			description:
				'0 gives the most even answers. Not sent without this option, as reasoning models refuse it.',
		},
		...[...inputOptions, ...modelOptions].filter(({ name }) => CHAT_OPTIONS.includes(name)),
	];
}

function runOptions(words: BulkWords): INodeProperties[] {
	return [
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
			default: 5,
			description: readOnce(words.concurrency),
		},
		{
			displayName: 'Cost Limit',
			name: 'costLimit',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 4 },
			default: 1,
			description: readOnce(words.costLimit),
		},
		{
			displayName: 'On Interruption',
			name: 'onInterruption',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail', description: words.fail },
				{ name: 'Return What Is Done', value: 'returnDone', description: words.returnDone },
			],
			default: 'fail',
			description: readOnce(
				`What to do when the server stops answering after part of the ${words.things}.`,
			),
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description: readOnce(
				'At most this many, spread evenly; without this option as many as the server lets through.',
			),
		},
	];
}

function readOnce(description: string): string {
	return `${description} Read once, from the first item.`;
}
