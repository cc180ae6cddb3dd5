import type { INodeProperties } from 'n8n-workflow';

import { fallbackFields, modelField } from '../../../shared/chat/modelFields';

import { answerFields } from './answerFields';
import { conversationFields } from './conversationFields';
import { optionFields } from './optionFields';

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['chat'] } },
	options: [
		{
			name: 'Message a Model',
			value: 'message',
			action: 'Message a model',
			description: 'Send a message, with earlier ones if wanted, and get the answer',
		},
	],
	default: 'message',
};

export const chatProperties: INodeProperties[] = [
	operationField,
	...forMessage([modelField, ...conversationFields, ...answerFields, ...fallbackFields]),
	...forMessage([optionFields]),
];

/** Shows fields for this operation only, beside what they ask for themselves. */
function forMessage(fields: INodeProperties[]): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: ['chat'], operation: ['message'], ...field.displayOptions?.show },
		},
	}));
}
