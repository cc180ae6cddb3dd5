import type { INodeProperties } from 'n8n-workflow';

import { optionsCollection, simplifyField } from '../../../shared/fields';
import { modelField } from '../../shared/modelField';

const show = { resource: ['embedding'], operation: ['create'] };

const options: INodeProperties[] = [
	{
		displayName: 'Dimensions',
		name: 'dimensions',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 512,
		description:
			'Length of the vectors, for models that can shorten them. A vector store wants the same for all.',
	},
	{
		displayName: 'Include Text',
		name: 'includeText',
		type: 'boolean',
		default: true,
		description: 'Whether to return each text beside its vector',
	},
	{
		displayName: 'Max Inputs per Request',
		name: 'maxInputs',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 2048, numberPrecision: 0 },
		default: 2048,
		description: 'How many texts to send at once. OpenAI takes 2,048, other servers often fewer.',
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

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['embedding'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create embedding',
				description: 'Turn texts into vectors, which are near each other where meanings are',
			},
		],
		default: 'create',
	},
	modelField({
		show,
		searchListMethod: 'searchEmbeddingModels',
		standard: 'text-embedding-3-small',
		description: 'The embedding model. Vectors of different models cannot be compared.',
	}),
	{
		displayName: 'Input',
		name: 'input',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		displayOptions: { show },
		description:
			'The text to embed. An expression may give a list of texts; each comes out as an item of its own. Texts of several items share requests.',
	},
	{
		displayName: 'Output As',
		name: 'outputAs',
		type: 'options',
		default: 'array',
		options: [
			{ name: 'Array', value: 'array', description: 'List of numbers' },
			{ name: 'Base64', value: 'base64', description: '32-bit floats, little-endian, as text' },
			{
				name: 'Binary File',
				value: 'binary',
				description: '32-bit floats, little-endian, as a file',
			},
		],
		displayOptions: { show },
		description: 'How each vector is returned. Base64 and files take a quarter of the room.',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		required: true,
		default: 'data',
		displayOptions: { show: { ...show, outputAs: ['binary'] } },
		hint: 'The name of the output binary field to put the file in',
	},
	simplifyField({ ...show, outputAs: ['array', 'base64'] }),
	optionsCollection(options, { displayOptions: { show } }),
];
