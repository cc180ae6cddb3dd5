import type { INodeProperties } from 'n8n-workflow';

import { listOrId } from '../fields';

const listOrChatModelId = listOrId(
	'searchChatModels',
	'Select a model...',
	'e.g. ft:gpt-4.1-mini-2025-04-14:acme::AbC123xY',
);

export const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		'The model to ask. The list begins with your fine-tuned models. "From Job" takes the model that a fine-tuning job has made.',
	modes: [
		...listOrChatModelId.modes,
		{
			displayName: 'From Job',
			name: 'job',
			type: 'string',
			placeholder: 'e.g. ftjob-abc123',
			hint: 'A job ID, or an item of the OpenAI Fine-Tune node: {{ $json }}',
		},
	],
};

export const fallbackFields: INodeProperties[] = [
	{
		displayName: 'Fallback Models',
		name: 'fallbackModels',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Fallback Model',
		default: {},
		description:
			'Models to ask in this order when the one above is missing, has been shut down, or does not answer. The output says which model answered and why the others did not. Option "Fall Back When" narrows the reasons.',
		options: [
			{
				displayName: 'Fallback Model',
				name: 'models',
				values: [
					{
						displayName: 'Model',
						name: 'model',
						type: 'resourceLocator',
						default: { mode: 'list', value: '' },
						description: 'The model to ask next',
						...listOrChatModelId,
					},
				],
			},
		],
	},
];
