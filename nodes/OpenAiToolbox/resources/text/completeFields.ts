import type { INodeProperties } from 'n8n-workflow';

import { optionsCollection, simplifyField } from '../../../shared/fields';
import { modelField } from '../../shared/modelField';

import { samplingOptions } from './samplingOptions';

const show = { resource: ['text'], operation: ['complete'] };

const options: INodeProperties[] = [
	...samplingOptions,
	{
		displayName: 'Best Of',
		name: 'bestOf',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
		default: 1,
		description:
			'How many completions the server writes to return the best. Each one costs output tokens. Not in chat.',
	},
	{
		displayName: 'Echo',
		name: 'echo',
		type: 'boolean',
		default: false,
		description: 'Whether to put the prompt before the completion',
	},
	{
		displayName: 'Endpoint',
		name: 'endpoint',
		type: 'options',
		default: 'auto',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'Completions where the server has it for this model, else chat',
			},
			{ name: 'Chat', value: 'chat', description: 'The prompt as one user message' },
			{ name: 'Completions', value: 'completions', description: 'The legacy endpoint only' },
		],
		description: 'Where the prompt is sent to; "via" in the output says which one has answered',
	},
	{
		displayName: 'Extra Body Fields',
		name: 'extraBody',
		type: 'json',
		default: '{}',
		description: 'Further fields of the request, e.g. {"repetition_penalty": 1.1} for vLLM',
	},
	{
		displayName: 'Log Probabilities',
		name: 'logprobs',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
		default: 1,
		description:
			'How many of the likeliest tokens to return at each place; the completions endpoint takes at most 5',
	},
	{
		displayName: 'Logit Bias',
		name: 'logitBias',
		type: 'json',
		default: '{}',
		description: 'Token IDs with a bias from -100 (never) to 100 (always), e.g. {"50256": -100}',
	},
	{
		displayName: 'Number of Choices',
		name: 'numberOfChoices',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 128, numberPrecision: 0 },
		default: 1,
		description:
			'How many completions to return. Each one costs output tokens. All of them come out as "choices".',
	},
	{
		displayName: 'Stop Sequences',
		name: 'stop',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Stop Sequence' },
		default: [],
		description:
			'Up to 4 texts before which the completion ends. Write \\n for a line end and \\t for a tab.',
	},
	{
		displayName: 'Suffix',
		name: 'suffix',
		type: 'string',
		default: '',
		description: 'Text that comes after the completion, for models that fill a gap. Not in chat.',
	},
	{
		displayName: 'User',
		name: 'user',
		type: 'string',
		default: '',
		description:
			'A stable value that stands for the end user, e.g. a hash of the user name, so that misuse can be traced',
	},
];

export const completeFields: INodeProperties[] = [
	{
		displayName:
			'OpenAI has no model left for the completions endpoint: there the prompt is sent as one user message in chat. Servers such as vLLM and llama.cpp still have the endpoint. "via" in the output says which one has answered.',
		name: 'completionsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show },
	},
	modelField({
		show,
		searchListMethod: 'searchTextModels',
		standard: 'gpt-6-luna',
		description: 'The model that writes on',
	}),
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Write a one-line summary of this ticket: …',
		displayOptions: { show },
		description: 'The text to write on from',
	},
	simplifyField(show),
	optionsCollection(options, { displayOptions: { show } }),
];
