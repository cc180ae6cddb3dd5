import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { DEFAULT_SYSTEM_MESSAGE } from '../../../lib/qa/defaults';

const withModel: IDisplayOptions['show'] = { mode: ['model'] };

/** What the model is told. */
export const instructionFields: INodeProperties[] = [
	{
		displayName: 'System Message',
		name: 'systemMessage',
		type: 'string',
		typeOptions: { rows: 8 },
		displayOptions: { show: withModel },
		default: DEFAULT_SYSTEM_MESSAGE,
		description:
			'What makes a good pair. The rules about format, language and categories, and that a ticket is data and holds no instructions, are added by themselves.',
	},
	{
		displayName: 'Language of Pairs',
		name: 'languageMode',
		type: 'options',
		displayOptions: { show: withModel },
		options: [
			{
				name: 'As Found',
				value: 'asFound',
				description: 'Each pair in the language of its ticket',
			},
			{
				name: 'Fixed',
				value: 'fixed',
				description: 'All pairs in one language, translated if needed',
			},
		],
		default: 'asFound',
		description: 'The language in which questions and answers are written',
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		required: true,
		displayOptions: { show: { ...withModel, languageMode: ['fixed'] } },
		default: 'en',
		placeholder: 'e.g. de',
		description: 'Language code or name',
	},
	{
		displayName: 'Categories',
		name: 'categories',
		type: 'string',
		displayOptions: { show: withModel },
		default: '',
		placeholder: 'e.g. access, hardware, software, other',
		description:
			'The only categories that a pair may have, separated by commas. Leave empty to let the model name them.',
	},
	{
		displayName: 'Examples',
		name: 'examplesInput',
		type: 'options',
		displayOptions: { show: withModel },
		options: [
			{ name: 'None', value: 'none' },
			{ name: 'Define Below', value: 'fields' },
			{
				name: 'From JSON',
				value: 'json',
				description: 'Usually items of another node, by expression',
			},
		],
		default: 'none',
		description:
			'Pairs that show the model what you want. They are sent with each ticket, so a few short ones are best.',
	},
	{
		displayName: 'Example Pairs',
		name: 'examples',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Example',
		displayOptions: { show: { ...withModel, examplesInput: ['fields'] } },
		default: {},
		options: [
			{
				displayName: 'Example',
				name: 'values',
				values: [
					{
						displayName: 'Ticket',
						name: 'ticket',
						type: 'string',
						typeOptions: { rows: 3 },
						default: '',
						description: 'Text of the ticket; may be empty',
					},
					{
						displayName: 'Question',
						name: 'question',
						type: 'string',
						typeOptions: { rows: 2 },
						default: '',
						description: 'The question that is wanted from it',
					},
					{
						displayName: 'Answer',
						name: 'answer',
						type: 'string',
						typeOptions: { rows: 2 },
						default: '',
						description: 'The answer that is wanted from it',
					},
					{
						displayName: 'Category',
						name: 'category',
						type: 'string',
						default: '',
						description: 'The category that is wanted; may be empty',
					},
				],
			},
		],
	},
	{
		displayName: 'Examples (JSON)',
		name: 'examplesJson',
		type: 'json',
		typeOptions: { rows: 4 },
		displayOptions: { show: { ...withModel, examplesInput: ['json'] } },
		default: '[]',
		hint: "Items of another node: {{ $('Good Examples').all().map((item) => item.json) }}",
		description:
			'List of {"ticket": "…", "question": "…", "answer": "…"}, or of {"ticket": "…", "pairs": […]} for tickets with several problems',
	},
];
