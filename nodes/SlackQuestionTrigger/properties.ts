import type { INodeProperties } from 'n8n-workflow';

import { BAD_REACTIONS, GOOD_REACTIONS } from '../../lib/slack/feedback';

export const COMMAND_REPLY = 'Thinking…';

const idList = (name: string, displayName: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: name.endsWith('Users') ? 'e.g. U012AB3CD, U045EF6GH' : 'e.g. C012AB3CD, C045EF6GH',
	description,
});

export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Publish this workflow first, since Slack checks the URL. Then make the app from a manifest with the production URL: 'Slack Answer' makes it with 'Create App Manifest'. Put the app's signing secret and bot token in the credential.",
		name: 'setUpNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		options: [
			{
				name: 'Direct Message',
				value: 'directMessage',
				description: 'A message to the app itself',
			},
			{
				name: 'Feedback Button',
				value: 'feedbackButton',
				description: 'A press of a button below an answer; comes out of the second output',
			},
			{
				name: 'Feedback Reaction',
				value: 'feedbackReaction',
				description: 'A reaction like thumbs up on an answer; comes out of the second output',
			},
			{
				name: 'Mention',
				value: 'mention',
				description: 'A message in a channel that names the app',
			},
			{
				name: 'Message Shortcut',
				value: 'messageShortcut',
				description: "The app's entry in the menu of a message",
			},
			{
				name: 'Slash Command',
				value: 'slashCommand',
				description: 'A command like /ask',
			},
			{
				name: 'Thread Reply',
				value: 'threadReply',
				description:
					'A reply without a mention in a thread that the app has begun, or was asked in during the last 30 days',
			},
		],
		default: [
			'directMessage',
			'feedbackButton',
			'feedbackReaction',
			'mention',
			'messageShortcut',
			'slashCommand',
			'threadReply',
		],
		description: 'What starts the workflow, as far as the Slack app is set up for it',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			idList(
				'allowedChannels',
				'Allowed Channels',
				'IDs of the only channels to listen in. Direct messages are not concerned.',
			),
			idList('allowedUsers', 'Allowed Users', 'IDs of the only people to listen to'),
			{
				displayName: 'Bad Reactions',
				name: 'badReactions',
				type: 'string',
				default: BAD_REACTIONS,
				description: 'Names of the reactions that mean a bad answer',
			},
			idList(
				'deniedChannels',
				'Denied Channels',
				'IDs of channels not to listen in. Direct messages are not concerned.',
			),
			idList('deniedUsers', 'Denied Users', 'IDs of people not to listen to'),
			{
				displayName: 'External People',
				name: 'includeExternalPeople',
				type: 'boolean',
				default: false,
				description:
					'Whether to take questions from people of other organizations in channels shared with them',
			},
			{
				displayName: 'Good Reactions',
				name: 'goodReactions',
				type: 'string',
				default: GOOD_REACTIONS,
				description: 'Names of the reactions that mean a good answer',
			},
			{
				displayName: 'Shortcut Callback ID',
				name: 'shortcutCallbackId',
				type: 'string',
				default: '',
				placeholder: 'e.g. answer_message',
				description: 'The only message shortcut to take; empty for every one',
			},
			{
				displayName: 'Slash Command Reply',
				name: 'commandReply',
				type: 'string',
				default: COMMAND_REPLY,
				description:
					'What the person who used the command reads at once, and nobody else; empty for nothing',
			},
		],
	},
];
