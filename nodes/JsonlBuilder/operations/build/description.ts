import type { INodeProperties } from 'n8n-workflow';

import {
	baseModelField,
	fileNameOption,
	optionsField,
	outputFieldField,
	reportOptions,
} from '../../fields';

const operation = ['build'];
/** Formats whose examples are made of messages, with instructions and tools. */
const WITH_MESSAGES = ['dpo', 'messages', 'questionAnswer', 'rft', 'turns'];

const field = (
	displayName: string,
	name: string,
	inputFormat: string[],
	defaultName: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	required: true,
	displayOptions: { show: { operation, inputFormat } },
	default: defaultName,
	placeholder: `e.g. ${defaultName}`,
	description,
});

const option = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${placeholder}`,
	description,
});

export const buildProperties: INodeProperties[] = [
	{
		displayName:
			'All input items go into one file. Enter names of fields rather than expressions: an expression here is evaluated once, for the first item.',
		name: 'buildNotice',
		type: 'notice',
		displayOptions: { show: { operation } },
		default: '',
	},
	{
		displayName: 'Input Format',
		name: 'inputFormat',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { operation } },
		options: [
			{
				name: 'JSON Example',
				value: 'json',
				description: 'The example is there already, or an expression makes it',
			},
			{
				name: 'Messages',
				value: 'messages',
				description: 'A field holds a list of messages with role and content',
			},
			{
				name: 'Preference Pair (DPO)',
				value: 'dpo',
				description: 'A question with a better and a worse answer',
			},
			{
				name: 'Prompt and Completion (Legacy)',
				value: 'promptCompletion',
				description: 'For base models of other servers; OpenAI trains chat models only',
			},
			{
				name: 'Question and Answer',
				value: 'questionAnswer',
				description: 'One field holds the question, another one the answer',
			},
			{
				name: 'Reinforcement Item (RFT)',
				value: 'rft',
				description: 'A question, and fields that a grader compares the answer with',
			},
			{
				name: 'Turns',
				value: 'turns',
				description: 'Each item is one message; a field says which conversation it belongs to',
			},
		],
		default: 'questionAnswer',
		description: 'How the input items hold the examples',
	},
	field(
		'Question Field',
		'questionField',
		['questionAnswer', 'dpo', 'rft'],
		'question',
		'Name of the field with what the user says. For pairs and reinforcement items it may hold a list of messages.',
	),
	field(
		'Answer Field',
		'answerField',
		['questionAnswer'],
		'answer',
		'Name of the field with what the model is to say',
	),
	field(
		'Messages Field',
		'messagesField',
		['messages'],
		'messages',
		'Name of the field with the list of messages, as a list or as JSON text',
	),
	field(
		'Prompt Field',
		'promptField',
		['promptCompletion'],
		'prompt',
		'Name of the field with the prompt',
	),
	field(
		'Completion Field',
		'completionField',
		['promptCompletion'],
		'completion',
		'Name of the field with the completion',
	),
	field(
		'Preferred Answer Field',
		'preferredField',
		['dpo'],
		'preferred',
		'Name of the field with the better answer, as text or as a list of messages',
	),
	field(
		'Non-Preferred Answer Field',
		'nonPreferredField',
		['dpo'],
		'non_preferred',
		'Name of the field with the worse answer, as text or as a list of messages',
	),
	field(
		'Reference Fields',
		'referenceFields',
		['rft'],
		'reference_answer',
		'Names of the fields that graders read as item.name, separated by commas',
	),
	field(
		'Role Field',
		'roleField',
		['turns'],
		'role',
		'Name of the field that says who speaks: user or assistant',
	),
	field(
		'Content Field',
		'contentField',
		['turns'],
		'content',
		'Name of the field with what is said',
	),
	field(
		'Conversation Field',
		'conversationField',
		['turns'],
		'ticket_id',
		'Name of the field whose value all messages of one conversation share',
	),
	{
		displayName: 'Example',
		name: 'example',
		type: 'json',
		typeOptions: { rows: 5 },
		displayOptions: { show: { operation, inputFormat: ['json'] } },
		default: '={{ $json }}',
		description:
			'The example as JSON, evaluated for each item. Leave it as it is if the items are examples already: that is much faster than any other expression.',
	},
	{
		displayName: 'System Message',
		name: 'systemMessage',
		type: 'string',
		typeOptions: { rows: 3 },
		displayOptions: { show: { operation, inputFormat: WITH_MESSAGES } },
		default: '',
		placeholder: 'e.g. You answer questions about our surveys in one sentence.',
		description:
			'Instructions at the start of every example that has none of its own. Ask the tuned model with the same ones.',
	},
	baseModelField(operation),
	{
		displayName: 'Invalid Examples',
		name: 'invalidExamples',
		type: 'options',
		displayOptions: { show: { operation } },
		options: [
			{
				name: 'Leave Out and Report',
				value: 'leaveOut',
				description: 'Counted in the report, with the first ones listed',
			},
			{
				name: 'Send to Left Out Output',
				value: 'secondOutput',
				description: 'Reported as well, and passed on with the reason',
			},
			{ name: 'Stop', value: 'stop', description: 'Stop at the first one with an error' },
		],
		default: 'secondOutput',
		description: 'What to do with an item that makes no example, or one that OpenAI would refuse',
	},
	outputFieldField({ operation }),
	optionsField(operation, [
		option(
			'Append to File in Field',
			'appendField',
			'data',
			'Binary field of the first item with a JSONL file. The new examples come after those in it.',
		),
		fileNameOption('dataset.jsonl'),
		option(
			'Group by Field',
			'groupField',
			'ticket_id',
			'Questions with answers, or lists of messages, that share the value of this field become one conversation of several turns',
		),
		{
			displayName: 'Image Detail',
			name: 'imageDetail',
			type: 'options',
			options: [
				{ name: 'Auto', value: 'auto' },
				{ name: 'High', value: 'high' },
				{ name: 'Low', value: 'low' },
			],
			default: 'auto',
			description: 'How closely the model looks at images; low takes far fewer tokens',
		},
		option(
			'Images Field',
			'imagesField',
			'screenshots',
			'Field with an image address or data URL, or a list of them, shown with the question',
		),
		{
			displayName: 'Instructions Role',
			name: 'systemRole',
			type: 'options',
			options: [
				{ name: 'Developer', value: 'developer', description: 'For reasoning models' },
				{ name: 'System', value: 'system' },
			],
			default: 'system',
			description: 'The role that the system message gets',
		},
		option(
			'Order by Field',
			'orderField',
			'created_at',
			'Sorts the turns of a conversation. Without this option they keep the order of the items.',
		),
		{
			displayName: 'Parallel Tool Calls',
			name: 'parallelToolCalls',
			type: 'boolean',
			default: true,
			description:
				'Whether the model may call several tools at once. Without this option it is not set.',
		},
		option(
			'System Message Field',
			'systemField',
			'instructions',
			"Field with an example's own system message. Where it is empty, the one above holds.",
		),
		{
			displayName: 'Tools',
			name: 'tools',
			type: 'json',
			typeOptions: { rows: 5 },
			default: '[]',
			description: 'Tool definitions for all examples, as a JSON list in the format of OpenAI',
		},
		option(
			'Tools Field',
			'toolsField',
			'tools',
			"Field with an example's own tool definitions. Where it is empty, those above hold.",
		),
		option(
			'Weight Field',
			'weightField',
			'weight',
			'Field with 1 to train on the answer or 0 to only show it. Where it is empty, the answer is trained on.',
		),
		...reportOptions,
	]),
];
