import type { INodeProperties } from 'n8n-workflow';

import { completeFields } from './completeFields';
import { editFields } from './editFields';
import { moderateFields } from './moderateFields';

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['text'] } },
	options: [
		{
			name: 'Complete',
			value: 'complete',
			action: 'Complete text',
			description: 'Let a model write on from a prompt',
		},
		{
			name: 'Edit',
			value: 'edit',
			action: 'Edit text',
			description: 'Change a text as an instruction says, and get the edited text only',
		},
		{
			name: 'Moderate',
			value: 'moderate',
			action: 'Moderate text',
			description:
				'Check texts, images or training data for violations of a content policy. Free of charge at OpenAI.',
		},
	],
	default: 'complete',
};

export const description: INodeProperties[] = [
	operationField,
	...completeFields,
	...editFields,
	...moderateFields,
];
