import type { INodeProperties } from 'n8n-workflow';

import { modelField } from '../../shared/chat/modelFields';
import { systemMessageField } from '../../shared/chat/systemMessageField';

const operation = ['record'];

export const recordFields: INodeProperties[] = [
	{
		displayName:
			"Each question is one paid request. The option 'Cost Limit' sets what a run may cost, 'Earlier Record in Field' takes over what was answered before.",
		name: 'recordNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation } },
	},
	{
		...modelField,
		displayOptions: { show: { operation } },
		description:
			'The model whose answers are recorded. "From Job" takes the model that a fine-tuning job has made.',
	},
	{
		displayName: 'Input',
		name: 'inputType',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { operation } },
		options: [
			{
				name: 'File',
				value: 'binary',
				description:
					'A JSONL file in a binary field of each item, e.g. the validation file of JSONL Builder > Split',
			},
			{ name: 'Items', value: 'items', description: 'One question an item' },
		],
		default: 'binary',
		description: 'Where the questions come from',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		displayOptions: { show: { operation, inputType: ['binary'] } },
		default: 'data',
		hint: 'The name of the input field containing the file of questions',
		description:
			'Of a chat example, everything up to the last user message is asked and the answer behind it is the expected one. Lines such as {"question": "…", "answer": "…"} do as well.',
	},
	{
		displayName: 'Question',
		name: 'question',
		type: 'string',
		typeOptions: { rows: 2 },
		required: true,
		displayOptions: { show: { operation, inputType: ['items'] } },
		default: '={{ $json.question }}',
		description: 'What to ask: a text, or by expression a list of messages that ends with the user',
	},
	{
		displayName: 'Expected Answer',
		name: 'expectedAnswer',
		type: 'string',
		typeOptions: { rows: 2 },
		displayOptions: { show: { operation, inputType: ['items'] } },
		default: '={{ $json.answer }}',
		description:
			'The answer that is right, if one is known; may be empty. The model never sees it.',
	},
	{
		...systemMessageField,
		displayOptions: { show: { operation } },
		description: 'Instructions in place of those in the questions. Leave empty to keep those.',
	},
	{
		displayName: 'Put Record File in Field',
		name: 'outputField',
		type: 'string',
		required: true,
		displayOptions: { show: { operation } },
		default: 'record',
		hint: 'The name of the output field to put the file in',
		description: 'The output Summary has the file: JSONL, one line a question',
	},
];
