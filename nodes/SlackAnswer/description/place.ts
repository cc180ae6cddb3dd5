import type { INodeProperties } from 'n8n-workflow';

/** Where a question was asked. All of it comes with the question, so the defaults take it from there. */
export const channelField: INodeProperties = {
	displayName: 'Channel',
	name: 'channelId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '={{ $json.channelId }}' },
	description:
		"The channel or direct message. The default is that of a question. To choose one yourself, copy its link, or the ID at the bottom of 'View channel details' in Slack.",
	modes: [
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. C0123456789',
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://acme.slack.com/archives/C0123456789',
			extractValue: {
				type: 'regex',
				regex: '^https:\\/\\/[a-zA-Z0-9.-]+\\/(?:archives|client\\/[A-Z0-9]+)\\/([A-Z0-9]+)',
			},
		},
	],
};

export const threadField: INodeProperties = {
	displayName: 'Thread',
	name: 'threadTs',
	type: 'string',
	default: '={{ $json.replyThreadTs }}',
	placeholder: 'e.g. 1724405603.290990',
	description:
		"Timestamp of the thread's first message, as text: a number would lose its last digits. The default is that of a question.",
};

export const beforeField: INodeProperties = {
	displayName: 'Before Message',
	name: 'beforeTs',
	type: 'string',
	default: '={{ $json.ts }}',
	placeholder: 'e.g. 1724405603.290990',
	description:
		'Timestamp of the question, as text. It and what was written after it are left out. Leave empty to read the thread to its end.',
};

export const responseUrlField: INodeProperties = {
	displayName: 'Response URL',
	name: 'responseUrl',
	type: 'string',
	default: '={{ $json.responseUrl }}',
	placeholder: 'e.g. https://hooks.slack.com/commands/…',
	description:
		'Where slash commands and shortcuts are answered when there is no thread. Only addresses of Slack are used.',
};

export const responseVisibilityOption: INodeProperties = {
	displayName: 'Response Visibility',
	name: 'responseVisibility',
	type: 'options',
	default: 'ephemeral',
	options: [
		{ name: 'Everyone in the Channel', value: 'in_channel' },
		{ name: 'Only Who Asked', value: 'ephemeral' },
	],
	description: 'Who sees an answer that goes to the response URL of a slash command',
};
