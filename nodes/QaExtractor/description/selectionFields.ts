import type { INodeProperties } from 'n8n-workflow';

/** Which pairs go to the first output. */
export const selectionFields: INodeProperties[] = [
	{
		displayName: 'Include Unresolved',
		name: 'includeUnresolved',
		type: 'boolean',
		default: false,
		description:
			'Whether to take in tickets and problems without a solution, marked by "solved": false. Otherwise they go to the output Left Out.',
	},
	{
		displayName: 'Minimum Confidence',
		name: 'minConfidence',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		displayOptions: { show: { mode: ['model'] } },
		default: 0,
		description:
			"Pairs of which the model is less sure, from 0 to 1, go to the output Left Out. It is the model's own guess.",
	},
];
