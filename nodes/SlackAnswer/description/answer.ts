import type { INodeProperties } from 'n8n-workflow';

import { fallbackFields, modelField } from '../../shared/chat/modelFields';
import { systemMessageField } from '../../shared/chat/systemMessageField';

import { footerFields } from './footer';
import { answerOptions } from './options';
import { beforeField, channelField, responseUrlField, threadField } from './place';

export const answerFields: INodeProperties[] = [
	{
		displayName: 'Question',
		name: 'question',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '={{ $json.text }}',
		placeholder: 'e.g. What was the main complaint in the 2025 Onboarding Experience Survey?',
		description: 'What to ask. The default is the text of a question from Slack.',
	},
	modelField,
	systemMessageField,
	channelField,
	threadField,
	responseUrlField,
	{
		displayName: 'Memory',
		name: 'memorySource',
		type: 'options',
		default: 'auto',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'A connected memory if there is one, otherwise the thread in Slack',
			},
			{
				name: 'Connected Memory',
				value: 'memory',
				description:
					'A memory node below this one, with the session key of the question as its key',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Each question stands for itself',
			},
			{
				name: 'Slack Thread',
				value: 'thread',
				description: 'What has been written in the thread before',
			},
		],
		description: 'Where earlier questions and answers of the conversation come from',
	},
	{
		displayName: 'Max Thread Messages',
		name: 'threadLimit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: 20,
		displayOptions: { show: { memorySource: ['auto', 'thread'] } },
		description: 'How many of the newest messages of the thread the model gets to read',
	},
	{
		...beforeField,
		displayOptions: { show: { memorySource: ['auto', 'thread'] } },
	},
	{
		displayName: 'Stream to Slack',
		name: 'streamToSlack',
		type: 'boolean',
		default: true,
		description:
			'Whether to show the answer in the thread while it is written. Where Slack or the server cannot, it is posted once it is complete.',
	},
	{
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		default: '={{ $json.userId }}',
		placeholder: 'e.g. U0123456789',
		displayOptions: { show: { streamToSlack: [true] } },
		description:
			'For whom the answer is streamed. Outside direct messages Slack streams only with user and team.',
	},
	{
		displayName: 'Team ID',
		name: 'teamId',
		type: 'string',
		default: '={{ $json.teamId }}',
		placeholder: 'e.g. T0123456789',
		displayOptions: { show: { streamToSlack: [true] } },
		description: 'The workspace of that user',
	},
	...footerFields,
	...fallbackFields,
	answerOptions,
];
