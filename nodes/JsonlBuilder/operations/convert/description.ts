import type { INodeProperties } from 'n8n-workflow';

import { returnAllFields } from '../../../shared/fields';
import {
	fileNameOption,
	inputFields,
	longestLineOption,
	maxLeftOutOption,
	optionsField,
	outputFieldField,
} from '../../fields';

const operation = ['convert'];
const FILE_FORMATS = ['alpaca', 'chat', 'csv', 'dpo', 'promptCompletion', 'sharegpt', 'trl'];

const column = (displayName: string, name: string, what: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: 'e.g. Subject',
	description: `Column of a table that holds ${what}. Without this option the usual names are looked for.`,
});

export const convertProperties: INodeProperties[] = [
	...inputFields(operation),
	{
		displayName: 'From',
		name: 'from',
		type: 'options',
		displayOptions: { show: { operation } },
		options: [
			{
				name: 'Alpaca',
				value: 'alpaca',
				description: 'Instruction, input, output, system, history',
			},
			{
				name: 'CSV',
				value: 'csv',
				description: 'A table with a header; columns for question and answer',
			},
			{ name: 'Detect', value: 'auto', description: "Each record's keys say what it is" },
			{ name: 'OpenAI', value: 'openai', description: 'Chat examples or preference pairs' },
			{ name: 'Prompt and Completion', value: 'promptCompletion' },
			{
				name: 'ShareGPT',
				value: 'sharegpt',
				description: 'Conversations with from and value, also with tools',
			},
			{ name: 'TRL Preference', value: 'trl', description: 'Prompt, chosen, rejected' },
		],
		default: 'auto',
		description:
			'What the input is. JSONL, JSON arrays and gzip are understood for all JSON formats.',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'options',
		displayOptions: { show: { operation } },
		options: [
			{ name: 'Alpaca', value: 'alpaca', description: 'Text only, with history' },
			{
				name: 'CSV',
				value: 'csv',
				description: 'One question and its answer (or the two answers of a pair) a row',
			},
			{
				name: 'Items',
				value: 'items',
				description: 'One n8n item an example, in the format of OpenAI',
			},
			{
				name: 'OpenAI Chat',
				value: 'chat',
				description: 'JSONL for supervised training; of preference pairs the better answer',
			},
			{
				name: 'OpenAI Preference Pairs (DPO)',
				value: 'dpo',
				description: 'JSONL for preference training',
			},
			{
				name: 'Prompt and Completion',
				value: 'promptCompletion',
				description: 'JSONL for base models of other servers',
			},
			{ name: 'ShareGPT', value: 'sharegpt', description: 'As LLaMA-Factory and Axolotl read it' },
			{ name: 'TRL', value: 'trl', description: 'Messages, or prompt, chosen and rejected' },
		],
		default: 'chat',
	},
	{ ...outputFieldField({ operation, to: FILE_FORMATS }) },
	...returnAllFields({ operation, to: ['items'] }),
	optionsField(operation, [
		column('Answer Column', 'answerColumn', 'the answer'),
		{
			displayName: 'Delimiter',
			name: 'delimiter',
			type: 'options',
			options: [
				{ name: 'Comma', value: ',' },
				{ name: 'Detect', value: '' },
				{ name: 'Pipe', value: '|' },
				{ name: 'Semicolon', value: ';' },
				{ name: 'Tab', value: '\t' },
			],
			default: '',
			description:
				'What separates the fields of a table. Tables are written with a comma unless another one is chosen.',
		},
		fileNameOption(''),
		longestLineOption,
		maxLeftOutOption,
		column('Preferred Column', 'preferredColumn', 'the better answer of a preference pair'),
		column('Question Column', 'questionColumn', 'the question'),
		column('Rejected Column', 'rejectedColumn', 'the worse answer of a preference pair'),
		column('System Column', 'systemColumn', 'the system message'),
		{
			displayName: 'Write JSON Array',
			name: 'asArray',
			type: 'boolean',
			default: true,
			description: 'Whether to write one JSON array, as LLaMA-Factory wants it, instead of JSONL',
		},
	]),
];
