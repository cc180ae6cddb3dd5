import type { INodeProperties } from 'n8n-workflow';

import { systemMessageField } from '../../../shared/chat/systemMessageField';

/** What is said to the model: the message, instructions, and what was said before. */
export const conversationFields: INodeProperties[] = [
	{
		displayName: 'User Message',
		name: 'userMessage',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '={{ $json.chatInput }}',
		placeholder: 'e.g. What was the main complaint in the 2025 Onboarding Experience Survey?',
		description:
			'What to ask. The default takes the message of a chat trigger. May be empty when the history ends with a user message.',
	},
	systemMessageField,
	{
		displayName: 'History',
		name: 'historySource',
		type: 'options',
		default: 'none',
		options: [
			{
				name: 'None',
				value: 'none',
				description: 'Only what a connected memory remembers',
			},
			{
				name: 'From Field',
				value: 'field',
				description: 'A list of messages, or of question and answer pairs',
			},
			{
				name: 'From Items',
				value: 'items',
				description: 'Each input item is a message of the conversation',
			},
		],
		description: 'Where earlier messages of the conversation come from, beside a connected memory',
	},
	{
		displayName: 'Messages',
		name: 'history',
		type: 'json',
		default: '={{ $json.messages }}',
		displayOptions: { show: { historySource: ['field'] } },
		description:
			'List of messages {"role": "user", "content": "…"} or of pairs {"question": "…", "answer": "…"}, oldest first',
	},
	{
		displayName: 'Role Field',
		name: 'roleField',
		type: 'string',
		default: 'role',
		displayOptions: { show: { historySource: ['items'] } },
		description:
			'Name of the field that says who spoke: user, assistant, system or tool. Items without it are read as question and answer pairs.',
	},
	{
		displayName: 'Content Field',
		name: 'contentField',
		type: 'string',
		default: 'content',
		displayOptions: { show: { historySource: ['items'] } },
		description: 'Name of the field that holds what was said',
	},
	{
		displayName: 'Conversation Field',
		name: 'conversationField',
		type: 'string',
		default: '',
		placeholder: 'e.g. threadId',
		displayOptions: { show: { historySource: ['items'] } },
		description:
			'Name of a field whose value tells conversations apart: each gets an answer of its own. Leave empty when all items are one conversation. Other parameters are read from the last item of a conversation.',
	},
];
