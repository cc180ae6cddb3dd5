import type { INodeProperties } from 'n8n-workflow';

import { inputOptions } from '../../shared/chat/inputOptions';
import { modelOptions } from '../../shared/chat/modelOptions';
import { optionsCollection } from '../../shared/fields';

import { responseVisibilityOption } from './place';

export const FAILURE_TEXT =
	'I could not answer this just now. Please try again in a moment, or ask a colleague.';
export const STATUS_TEXT = 'is thinking…';

/** Of those about how a model is asked, what makes sense for one answer in plain text. */
const ASKING = ['fallbackOn', 'jobModel', 'prices', 'systemMessageRole', 'timeout'];
const NOT_FOR_TEXT = [
	'logprobs',
	'numberOfChoices',
	'parallelToolCalls',
	'toolChoice',
	'toolChoiceFunction',
	'topLogprobs',
];

export const loadingMessagesOption: INodeProperties = {
	displayName: 'Loading Messages',
	name: 'loadingMessages',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Message' },
	default: [],
	description: 'Up to 10 texts that Slack shows in turn while the status stands',
};

const slackOptions: INodeProperties[] = [
	{
		displayName: 'Failure Text',
		name: 'failureText',
		type: 'string',
		typeOptions: { rows: 2 },
		default: FAILURE_TEXT,
		description:
			'What the person who asked reads when no model answers. The error itself stays in the execution. Empty posts nothing.',
	},
	loadingMessagesOption,
	responseVisibilityOption,
	{
		displayName: 'Status Text',
		name: 'statusText',
		type: 'string',
		default: STATUS_TEXT,
		description: "What stands behind the app's name while the model works. Empty shows no status.",
	},
];

export const answerOptions = optionsCollection([
	...slackOptions,
	...inputOptions.filter(({ name }) => ASKING.includes(name)),
	...modelOptions.filter(({ name }) => !NOT_FOR_TEXT.includes(name)),
]);

export const postOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Allow Mentions',
			name: 'allowMentions',
			type: 'boolean',
			default: true,
			description:
				'Whether mentions in the text, such as &lt;!here&gt; and &lt;@U0123456789&gt;, call people. Not for texts that a model has written.',
		},
		{
			displayName: 'Failure Notice',
			name: 'failureNotice',
			type: 'boolean',
			default: true,
			description:
				'Whether the text only says that there is no answer. Such a message is left out when the thread is read later.',
		},
		responseVisibilityOption,
	],
};
