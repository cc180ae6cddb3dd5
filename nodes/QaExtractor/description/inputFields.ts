import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

const show: IDisplayOptions['show'] = { inputFormat: ['fields'] };

/** What an item is, and where in it things are. */
export const inputFields: INodeProperties[] = [
	{
		displayName: 'Input Format',
		name: 'inputFormat',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Fields',
				value: 'fields',
				description: 'Any item; you name the fields that hold question, answer or messages',
			},
			{
				name: 'Ticket',
				value: 'ticket',
				description: 'Items of a ticket node or of the Ticket Normalizer',
			},
		],
		default: 'ticket',
		description: 'What the input items are',
	},
	{
		displayName: 'Question Field',
		name: 'questionField',
		type: 'string',
		displayOptions: { show },
		default: 'question',
		placeholder: 'e.g. fields.description',
		description: 'The field that holds what was asked; a name, or a path with dots',
	},
	{
		displayName: 'Answer Field',
		name: 'answerField',
		type: 'string',
		displayOptions: { show },
		default: 'answer',
		placeholder: 'e.g. fields.resolution',
		description: 'The field that holds the answer; leave empty where the messages hold it',
	},
	{
		displayName: 'Title Field',
		name: 'titleField',
		type: 'string',
		displayOptions: { show },
		default: 'title',
		placeholder: 'e.g. fields.summary',
		description: 'The field that holds the subject; may be empty',
	},
	{
		displayName: 'Messages Field',
		name: 'messagesField',
		type: 'string',
		displayOptions: { show },
		default: 'messages',
		placeholder: 'e.g. comments',
		description:
			'The field with the list of messages: texts, or objects with a role (requester, agent, user, assistant) and a text; may be empty',
	},
	{
		displayName: 'ID Field',
		name: 'idField',
		type: 'string',
		displayOptions: { show },
		default: 'id',
		placeholder: 'e.g. key',
		description: 'The field that becomes the source ID of the pairs; may be empty',
	},
];
