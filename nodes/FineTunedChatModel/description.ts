import type { INodeProperties } from 'n8n-workflow';

import { inputOptions } from '../shared/chat/inputOptions';
import { fallbackFields, modelField } from '../shared/chat/modelFields';
import { modelOptions } from '../shared/chat/modelOptions';
import { optionsCollection } from '../shared/fields';

/** Options of a request that an AI node writes: what it sets itself, or cannot read in an answer, is not offered. */
const OPTIONS = new Set([
	'extraBody',
	'fallbackOn',
	'frequencyPenalty',
	'jobModel',
	'maxTokens',
	'maxTokensField',
	'metadata',
	'parallelToolCalls',
	'presencePenalty',
	'promptCacheKey',
	'reasoningEffort',
	'safetyIdentifier',
	'seed',
	'serviceTier',
	'stop',
	'store',
	'temperature',
	'timeout',
	'topP',
	'verbosity',
]);

const responseFormat: INodeProperties = {
	displayName: 'Response Format',
	name: 'responseFormat',
	type: 'options',
	default: 'text',
	options: [
		{ name: 'JSON Object', value: 'json_object', description: 'The messages must mention JSON' },
		{ name: 'Text', value: 'text' },
	],
	description: 'How the model has to write its answer',
};

export const modelProperties: INodeProperties[] = [
	{
		displayName:
			'Connect this model to an AI Agent or a chain. A fine-tuned model was trained with one system message: give the AI node the same one.',
		name: 'usageNotice',
		type: 'notice',
		default: '',
	},
	modelField,
	...fallbackFields,
	optionsCollection(
		[responseFormat, ...[...inputOptions, ...modelOptions].filter(({ name }) => OPTIONS.has(name))],
		{
			description:
				'Only the options added here are sent; for the rest the server uses its own values',
		},
	),
];
