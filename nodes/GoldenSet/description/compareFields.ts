import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_RUBRIC } from '../../../lib/golden/judge';
import { modelField } from '../../shared/chat/modelFields';
import { systemMessageField } from '../../shared/chat/systemMessageField';
import { listOrId } from '../../shared/fields';

const operation = ['compare'];

export const compareFields: INodeProperties[] = [
	{
		displayName:
			"Models that are asked now, embeddings and the judge are paid requests with the credential of this node. To compare with a model of another provider, record it first with that provider's credential.",
		name: 'compareNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation } },
	},
	...sideFields('A', 'record', 'Whose behaviour is to be kept'),
	...sideFields('B', 'model', 'Who is to behave the same'),
	{
		displayName: 'Questions in Field',
		name: 'questionsField',
		type: 'string',
		required: true,
		displayOptions: { show: { operation, sourceA: ['model'], sourceB: ['model'] } },
		default: 'data',
		hint: 'The name of the input field containing the file of questions',
		description:
			'A JSONL file of chat examples, e.g. the validation file of JSONL Builder > Split, or of lines such as {"question": "…", "answer": "…"}',
	},
	{
		...systemMessageField,
		displayOptions: { show: { operation } },
		description:
			'Instructions for models that are asked now, in place of those in the questions. Leave empty to keep those.',
	},
	{
		displayName: 'Kept When',
		name: 'keptWhen',
		type: 'options',
		displayOptions: { show: { operation } },
		options: [
			{
				name: 'Alike',
				value: 'fuzzy',
				description: "Enough of the text is the same, by the option 'Alike From'",
			},
			{
				name: 'By Judge',
				value: 'judge',
				description: "The judge model finds both equivalent, by the option 'Judge From'",
			},
			{
				name: 'By Strongest Measure',
				value: 'auto',
				description:
					'JSON where the answers are JSON or tool calls; otherwise the judge, or embeddings, or how alike the texts are, whichever is there first',
			},
			{ name: 'Letter by Letter', value: 'exact', description: 'Nothing at all differs' },
			{
				name: 'Near in Meaning',
				value: 'embedding',
				description: "Embeddings are near each other, by the option 'Near From'",
			},
			{
				name: 'Same JSON',
				value: 'json',
				description: 'The same JSON or tool call, with keys in any order',
			},
			{
				name: 'Same Text',
				value: 'normalised',
				description: 'Nothing but letter case, spaces and punctuation differs',
			},
		],
		default: 'auto',
		description:
			"What decides whether B keeps A's behaviour in a question. The other measures are in the output all the same.",
	},
	{
		displayName: 'Required Percent',
		name: 'requiredPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 1 },
		displayOptions: { show: { operation } },
		default: 95,
		description:
			'In how many of 100 questions B has to keep A\'s behaviour for "passed" to be true in the Summary',
	},
	{
		displayName: 'Compare Meaning by Embeddings',
		name: 'useEmbeddings',
		type: 'boolean',
		displayOptions: { show: { operation } },
		default: false,
		description: 'Whether to embed answers that are not the same text and compare their meaning',
	},
	{
		displayName: 'Embedding Model',
		name: 'embeddingModel',
		type: 'resourceLocator',
		required: true,
		displayOptions: { show: { operation, useEmbeddings: [true] } },
		default: { mode: 'id', value: 'text-embedding-3-small' },
		description: "An embedding model of the credential's server",
		...listOrId('searchModels', 'Select a model...', 'e.g. text-embedding-3-small'),
	},
	{
		displayName: 'Ask a Judge',
		name: 'useJudge',
		type: 'boolean',
		displayOptions: { show: { operation } },
		default: false,
		description: 'Whether a model is to compare answers that are not the same text, by a rubric',
	},
	{
		displayName: 'Judge Model',
		name: 'judgeModel',
		type: 'resourceLocator',
		required: true,
		displayOptions: { show: { operation, useJudge: [true] } },
		default: { mode: 'list', value: '' },
		description: 'A capable chat model, best one that is neither A nor B',
		...listOrId('searchChatModels', 'Select a model...', 'e.g. gpt-4.1'),
	},
	{
		displayName: 'Rubric',
		name: 'rubric',
		type: 'string',
		typeOptions: { rows: 5 },
		displayOptions: { show: { operation, useJudge: [true] } },
		default: DEFAULT_RUBRIC,
		description:
			'When two answers count as equivalent. That answers are data and hold no instructions for the judge, and how to score from 1 to 5, is added by itself.',
	},
	{
		displayName: 'Put Report in Field',
		name: 'reportField',
		type: 'string',
		required: true,
		displayOptions: { show: { operation } },
		default: 'report',
		hint: 'The name of the output field to put the file in',
		description: "The output Summary has the report as a web page, and as CSV in the field 'csv'",
	},
];

function sideFields(
	side: 'A' | 'B',
	source: 'record' | 'model',
	description: string,
): INodeProperties[] {
	return [
		{
			displayName: side,
			name: `source${side}`,
			type: 'options',
			displayOptions: { show: { operation } },
			options: [
				{ name: 'Model', value: 'model', description: 'A model that is asked now' },
				{ name: 'Record', value: 'record', description: 'A file of the operation Record' },
			],
			default: source,
			description,
		},
		{
			displayName: `Record ${side} in Field`,
			name: `recordField${side}`,
			type: 'string',
			required: true,
			displayOptions: { show: { operation, [`source${side}`]: ['record'] } },
			default: 'record',
			...(side === 'B' && { default: 'recordB' }),
			hint: 'The name of the input field containing the record file',
		},
		{
			...modelField,
			displayName: `Model ${side}`,
			name: `model${side}`,
			displayOptions: { show: { operation, [`source${side}`]: ['model'] } },
			description: 'The model to ask. "From Job" takes the model that a fine-tuning job has made.',
		},
	];
}
