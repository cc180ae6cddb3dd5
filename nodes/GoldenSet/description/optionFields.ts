import type { INodeProperties } from 'n8n-workflow';

import { bulkOptions } from '../../shared/chat/bulkOptions';
import { optionsCollection } from '../../shared/fields';

/** How questions are asked. */
const askOptions: INodeProperties[] = [
	{
		displayName: 'Ask at Most',
		name: 'maxNewAnswers',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 50,
		description:
			"How many questions to ask in this run; those taken over from an earlier record do not count. With 'Earlier Record in Field' a large set can be recorded in several runs. Read once, from the first item.",
	},
	{
		displayName: 'Earlier Record in Field',
		name: 'earlierRecordField',
		type: 'string',
		default: '',
		placeholder: 'e.g. record',
		description:
			'The name of an input field with a record file. An answer in it is taken over where the same request would be sent: same model, messages and settings. With questions from items the file is read from the first item.',
	},
	{
		displayName: 'Max Questions',
		name: 'maxQuestions',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 100,
		description: "At most this many questions of a file, chosen by the option 'Order Seed'",
	},
	{
		displayName: 'Order Seed',
		name: 'orderSeed',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		default: 42,
		description:
			'Questions are asked in an order that looks random and is the same for the same seed, so that a run that was cut short has asked a fair sample',
	},
	...bulkOptions({
		things: 'questions',
		concurrency:
			'How many questions to ask at the same time. Latency is that of the server under this load.',
		costLimit:
			'US dollars that a run may cost, by the price table; embeddings are not in it. A question is sent only if its probable cost still fits, the rest is not asked and the Summary says so.',
		fail: 'The execution fails. The lines recorded before are in the data of the error.',
		returnDone: 'What was answered goes on to the next node; the Summary says "complete": false',
	}),
];

/** What counts as the same, and what the report is called. */
const compareOptions: INodeProperties[] = [
	{
		displayName: 'Alike From',
		name: 'fuzzyThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.9,
		description: 'Share of the text, from 0 to 1, that has to be the same for answers to be alike',
	},
	{
		displayName: 'Judge Both Orders',
		name: 'judgeBothOrders',
		type: 'boolean',
		default: true,
		description:
			'Whether the judge sees each pair twice with the answers in swapped order, because models prefer the one that stands first. Costs twice as much.',
	},
	{
		displayName: 'Judge From',
		name: 'judgeThreshold',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5, numberPrecision: 1 },
		default: 4,
		description: "Equivalence, from 1 to 5, from which the judge's word counts as kept",
	},
	{
		displayName: 'Near From',
		name: 'embeddingThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.85,
		description:
			'Cosine of two embeddings, from 0 to 1, from which answers are near in meaning. What is near depends on the embedding model.',
	},
	{
		displayName: 'Report Title',
		name: 'title',
		type: 'string',
		default: 'Golden set',
		description: 'What stands at the top of the report, and in its file name',
	},
];

export const optionFields: INodeProperties[] = [
	optionsOf('record', askOptions),
	optionsOf('compare', [...askOptions, ...compareOptions]),
];

function optionsOf(operation: string, options: INodeProperties[]): INodeProperties {
	return optionsCollection(options, { displayOptions: { show: { operation: [operation] } } });
}
