import type { INodeProperties } from 'n8n-workflow';

import {
	inputFileField,
	listOrId,
	offeredBy,
	returnAllFields,
	simplifyField,
} from '../../../shared/fields';

import { uploadOptions } from './uploadOptions';

const resource = ['file'];
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
			action: 'Delete file',
			description: 'Delete a file for good',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get file',
			description: 'Retrieve what is known of a file, without its content',
		},
		{
			name: 'Get Content',
			value: 'getContent',
			action: 'Get content of file',
			description: 'Download a file, or read its lines as items',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many files',
			description: 'Retrieve a list of files',
		},
		{
			name: 'Upload',
			value: 'upload',
			action: 'Upload file',
			description: 'Check a file and send it to the provider',
		},
	],
	default: 'upload',
};

const fileField: INodeProperties = {
	displayName: 'File',
	name: 'fileId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	displayOptions: { show: show('delete', 'get', 'getContent') },
	description: 'The file at the provider',
	...listOrId('searchFiles', 'Select a file...', 'e.g. file-abc123'),
};

const uploadFields: INodeProperties[] = [
	inputFileField(show('upload'), 'Binary field with the file to upload'),
	{
		displayName: 'Purpose',
		name: 'purpose',
		type: 'options',
		displayOptions: { show: show('upload') },
		options: [
			{ name: 'Batch', value: 'batch', description: 'Requests for the Batch API' },
			{ name: 'Evals', value: 'evals', description: 'Data to evaluate models with' },
			{ name: 'Fine-Tune', value: 'fine-tune', description: 'Examples to train a model with' },
			{ name: 'User Data', value: 'user_data', description: 'Any file, as an input of a model' },
			{ name: 'Vision', value: 'vision', description: 'Images, as an input of a model' },
		],
		default: 'fine-tune',
		description: 'What the file is for. Jobs take files with the purpose Fine-Tune only.',
	},
	{
		displayName: 'Check Before Upload',
		name: 'checkBeforeUpload',
		type: 'boolean',
		displayOptions: { show: { ...show('upload'), purpose: ['fine-tune'] } },
		default: true,
		description:
			'Whether to check every line against the rules of the provider first, and to upload nothing if one is broken',
	},
	{
		displayName: 'Wait Until Processed',
		name: 'waitUntilProcessed',
		type: 'boolean',
		displayOptions: { show: show('upload') },
		default: true,
		description: 'Whether to wait until the provider has processed the file',
	},
];

const contentFields: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'outputAs',
		type: 'options',
		displayOptions: { show: show('getContent') },
		options: [
			{ name: 'File', value: 'binary', description: 'The content as a binary file' },
			{
				name: 'Items',
				value: 'items',
				description: 'An item for each line of a JSONL file, or each row of a CSV file',
			},
		],
		default: 'binary',
		description: 'What to make of the content. Result files of jobs that come encoded are decoded.',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		required: true,
		displayOptions: { show: { ...show('getContent'), outputAs: ['binary'] } },
		default: 'data',
		hint: 'The name of the output field to put the file in',
	},
];

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: { show: show('getAll') },
	options: [
		{
			displayName: 'Purpose',
			name: 'purpose',
			type: 'options',
			options: [
				{ name: 'Assistants', value: 'assistants' },
				{ name: 'Assistants Output', value: 'assistants_output' },
				{ name: 'Batch', value: 'batch' },
				{ name: 'Batch Output', value: 'batch_output' },
				{ name: 'Evals', value: 'evals' },
				{ name: 'Fine-Tune', value: 'fine-tune' },
				{ name: 'Fine-Tune Results', value: 'fine-tune-results' },
				{ name: 'User Data', value: 'user_data' },
				{ name: 'Vision', value: 'vision' },
			],
			default: 'fine-tune',
			description: 'Only files with this purpose',
		},
	],
};

export const fileProperties: INodeProperties[] = [
	operationField,
	fileField,
	...uploadFields,
	...contentFields,
	...returnAllFields(show('getAll')),
	...returnAllFields({ ...show('getContent'), outputAs: ['items'] }),
	filters,
	simplifyField(show('get', 'getAll', 'upload')),
	uploadOptions(show('upload')),
];
