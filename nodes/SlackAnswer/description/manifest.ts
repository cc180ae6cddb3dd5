import type { INodeProperties } from 'n8n-workflow';

export const manifestFields: INodeProperties[] = [
	{
		displayName: 'App Name',
		name: 'appName',
		type: 'string',
		required: true,
		default: 'Answers',
		placeholder: 'e.g. Help Desk',
		description: 'What the app is called in Slack, up to 35 characters',
	},
	{
		displayName: 'Webhook URL',
		name: 'webhookUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description:
			'Production URL of the Slack Question Trigger. Its workflow has to be published before Slack takes the manifest.',
	},
	{
		displayName: 'Features',
		name: 'features',
		type: 'multiOptions',
		default: ['mentions'],
		options: [
			{
				name: 'Feedback by Reaction',
				value: 'reactions',
				description: 'Reactions such as thumbs up count as feedback, like the buttons do',
			},
			{
				name: 'Mentions',
				value: 'mentions',
				description: 'People ask in a channel by mentioning the app',
			},
			{
				name: 'Message Shortcut',
				value: 'messageShortcut',
				description: 'People have a message answered from its menu',
			},
			{
				name: 'Slash Command',
				value: 'slashCommand',
				description: 'People ask by a command such as /ask',
			},
			{
				name: 'Thread Replies',
				value: 'threadReplies',
				description: 'In threads the app takes part in, people go on without mentioning it',
			},
		],
		description:
			'What the app does beside answering direct messages. Each asks for its scopes only.',
	},
	{
		displayName: 'Slash Command',
		name: 'slashCommand',
		type: 'string',
		default: '/ask',
		displayOptions: { show: { features: ['slashCommand'] } },
		description: 'The command with its slash',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: 'Answers questions with a model that was trained on past ones.',
				description: 'What the app does, up to 140 characters',
			},
			{
				displayName: 'Suggested Questions',
				name: 'suggestedPrompts',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Question' },
				default: [],
				description: 'Up to 4 questions that people are offered when they open the app',
			},
		],
	},
];
