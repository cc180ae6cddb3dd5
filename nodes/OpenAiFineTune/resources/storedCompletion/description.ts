import type { INodeProperties } from 'n8n-workflow';

import { metadataFilter, offeredBy, returnAllFields, simplifyField } from '../../../shared/fields';

const resource = ['storedCompletion'];
const show = (...operation: string[]) => ({ resource, operation });

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	typeOptions: offeredBy('getOperations'),
	displayOptions: { show: { resource } },
	options: [
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete stored completion',
			description: 'Delete an answer that the provider keeps',
		},
		{
			name: 'Export to JSONL',
			value: 'export',
			action: 'Export stored completions to JSONL',
			description: 'Make a training file of answers that the provider keeps',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many stored completions',
			description: 'Retrieve a list of answers that the provider keeps',
		},
	],
	default: 'export',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: { show: show('export', 'getAll') },
	options: [
		{
			displayName: 'Created After',
			name: 'createdAfter',
			type: 'dateTime',
			default: '',
			description: 'Only answers of this time or later',
		},
		{
			displayName: 'Created Before',
			name: 'createdBefore',
			type: 'dateTime',
			default: '',
			description: 'Only answers before this time',
		},
		metadataFilter('Only answers that have all of these labels, e.g. rating: good'),
		{
			displayName: 'Model',
			name: 'model',
			type: 'string',
			default: '',
			placeholder: 'e.g. gpt-4.1-2025-04-14',
			description: 'Only answers of this model',
		},
	],
};

const exportOptions: INodeProperties = {
	displayName: 'Options',
	name: 'exportOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: show('export') },
	options: [
		{
			displayName: 'Finish Reasons',
			name: 'finishReasons',
			type: 'multiOptions',
			default: ['stop', 'tool_calls'],
			description: 'How an answer must have ended to become an example',
			options: [
				{ name: 'Content Filter', value: 'content_filter' },
				{ name: 'Length', value: 'length', description: 'Cut at the token limit' },
				{ name: 'Stop', value: 'stop', description: 'Whole answers' },
				{ name: 'Tool Calls', value: 'tool_calls' },
			],
		},
		{
			displayName: 'Include Tools',
			name: 'includeTools',
			type: 'boolean',
			default: true,
			description: 'Whether the tools that were offered to the model go into the example',
		},
		{
			displayName: 'Min Answer Length',
			name: 'minAnswerLength',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 20,
			description: 'Characters that an answer without tool calls must have',
		},
		{
			displayName: 'System Message',
			name: 'systemMessage',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description:
				'Stands in each example in place of the system message of the request; empty for none. Without this option the original one is kept.',
		},
	],
};

export const storedCompletionProperties: INodeProperties[] = [
	operationField,
	{
		displayName:
			'The provider keeps answers that were asked for with "store", e.g. by the option Store of Fine-Tuned Chat, for 30 days. They can hold personal data: run Redact of the JSONL Builder before you train with them.',
		name: 'storedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: show('export', 'getAll') },
	},
	{
		displayName: 'Completion ID',
		name: 'completionId',
		type: 'string',
		required: true,
		default: '',
		displayOptions: { show: show('delete') },
		placeholder: 'e.g. chatcmpl-AbC123',
		description: 'The stored answer to delete for good',
	},
	...returnAllFields(show('export', 'getAll')),
	filters,
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: 'completions.jsonl',
		displayOptions: { show: show('export') },
		description: 'Name of the file; training needs the ending .jsonl',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		required: true,
		default: 'data',
		displayOptions: { show: show('export') },
		hint: 'The name of the output binary field to put the file in',
		description: 'Binary field that gets the file',
	},
	exportOptions,
	simplifyField(show('getAll')),
];
