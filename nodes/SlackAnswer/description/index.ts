import type { INodeProperties } from 'n8n-workflow';

import { returnAllFields } from '../../shared/fields';

import { answerFields } from './answer';
import { footerFields } from './footer';
import { manifestFields } from './manifest';
import { loadingMessagesOption, postOptions, STATUS_TEXT } from './options';
import { beforeField, channelField, responseUrlField, threadField } from './place';

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Answer Question',
			value: 'answer',
			action: 'Answer a question in slack',
			description: 'Ask a fine-tuned model, with fallback to others, and post its answer',
		},
		{
			name: 'Create App Manifest',
			value: 'createManifest',
			action: 'Create a slack app manifest',
			description: 'Make the manifest from which Slack creates the app',
		},
		{
			name: 'Get Thread',
			value: 'getThread',
			action: 'Get a slack thread as messages',
			description: 'Read a thread as messages for a model',
		},
		{
			name: 'Post Answer',
			value: 'post',
			action: 'Post an answer to slack',
			description: 'Post a text that earlier nodes have made',
		},
		{
			name: 'Set Status',
			value: 'setStatus',
			action: 'Set the status in a slack thread',
			description: 'Show in a thread what the app is doing',
		},
	],
	default: 'answer',
};

const postFields: INodeProperties[] = [
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '={{ $json.output }}',
		placeholder: 'e.g. Noise levels',
		description:
			'What to post, in Markdown and of any length. The default is the output of Fine-Tuned Chat and of AI Agent.',
	},
	channelField,
	threadField,
	responseUrlField,
	...footerFields,
	{
		displayName: 'Question',
		name: 'question',
		type: 'string',
		default: '',
		placeholder: "e.g. {{ $('Slack Question Trigger').item.json.text }}",
		displayOptions: { show: { feedbackButtons: [true] } },
		description: 'What was asked: it is kept with the answer, for feedback on it',
	},
	{
		displayName: 'Answered By',
		name: 'answeredBy',
		type: 'string',
		default: '={{ $json.model }}',
		placeholder: 'e.g. ft:gpt-4.1-mini-2025-04-14:acme::AbC123xY',
		displayOptions: { show: { feedbackButtons: [true] } },
		description: 'The model that has answered: it is kept with the answer, for feedback on it',
	},
	postOptions,
];

const statusFields: INodeProperties[] = [
	channelField,
	threadField,
	{
		displayName: 'Status',
		name: 'status',
		type: 'string',
		default: STATUS_TEXT,
		description:
			"What stands behind the app's name. Slack takes it away with the next reply, or after two minutes; an empty one takes it away at once.",
	},
	loadingMessagesOption,
];

const threadFields: INodeProperties[] = [
	channelField,
	threadField,
	beforeField,
	...returnAllFields({ operation: ['getThread'] }),
];

export const slackAnswerProperties: INodeProperties[] = [
	operationField,
	...shownFor('answer', answerFields),
	...shownFor('post', postFields),
	...shownFor('setStatus', statusFields),
	...shownFor('getThread', threadFields),
	...shownFor('createManifest', manifestFields),
];

/** Shows fields for one operation only, beside what they ask for themselves. */
function shownFor(operation: string, fields: INodeProperties[]): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { operation: [operation], ...field.displayOptions?.show },
		},
	}));
}
