import type { INodeProperties } from 'n8n-workflow';

import { bulkOptions } from '../../shared/chat/bulkOptions';
import { optionsCollection } from '../../shared/fields';

const options: INodeProperties[] = [
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
	...bulkOptions({
		things: 'tickets',
		concurrency:
			'How many tickets to ask about at the same time. Pairs keep the order of the tickets.',
		costLimit:
			'US dollars that a run may cost, by the price table. A ticket is sent only if its probable cost still fits; the rest goes to the output Left Out.',
		fail: 'The execution fails. Pairs that were made before are in the data of the error.',
		returnDone:
			'Pairs go on to the next node; tickets that were not asked go to the output Left Out',
	}),
];

export const optionFields = optionsCollection(options, {
	displayOptions: { show: { mode: ['model'] } },
});
