import type { INodeProperties } from 'n8n-workflow';

import { inputFileField, simplifyField } from '../../../shared/fields';
import { modelField } from '../../shared/modelField';

import { imageOptions } from './optionFields';

const resource = ['image'];
const show = (...operation: string[]) => ({ resource, operation });
const ALL = ['edit', 'generate', 'vary'];

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource } },
	options: [
		{
			name: 'Edit',
			value: 'edit',
			action: 'Edit image',
			description: 'Change one or more images as a prompt says',
		},
		{
			name: 'Generate',
			value: 'generate',
			action: 'Generate image',
			description: 'Make images from a prompt',
		},
		{
			name: 'Vary',
			value: 'vary',
			action: 'Vary image',
			description: 'Make variations of an image',
		},
	],
	default: 'generate',
};

const imageModel = modelField({
	show: show(...ALL),
	searchListMethod: 'searchImageModels',
	standard: 'gpt-image-2.6-flare',
	description: 'The model that makes the image',
	placeholder: 'gpt-image-2.6-sunburst',
});

const inputFields: INodeProperties[] = [
	{
		displayName: 'Images',
		name: 'imageSource',
		type: 'options',
		displayOptions: { show: show('edit') },
		options: [
			{
				name: 'All Images of the Item',
				value: 'all',
				description: 'Every binary field with an image, at most 16; not the mask',
			},
			{
				name: 'Fields by Name',
				value: 'fields',
				description: 'The binary fields that are named below, in that order',
			},
		],
		default: 'fields',
		description: 'Which images to send',
	},
	{
		displayName: 'Input Data Field Names',
		name: 'binaryPropertyNames',
		type: 'string',
		required: true,
		displayOptions: { show: { ...show('edit'), imageSource: ['fields'] } },
		default: 'data',
		placeholder: 'e.g. data, logo',
		hint: 'The names of the input fields containing the images, separated by commas',
		description:
			'PNG, JPEG or WebP images of less than 50 MB, at most 16. A mask belongs to the first.',
	},
	inputFileField(
		show('vary'),
		'Binary field with the image to vary: PNG, JPEG or WebP, less than 50 MB',
	),
	{
		displayName:
			'OpenAI has retired its endpoint for variations. The image is edited with the prompt below instead, which may say how far a variation may go.',
		name: 'varyNotice',
		type: 'notice',
		displayOptions: { show: show('vary') },
		default: '',
	},
];

const promptField = (operation: string[], preset: string, example: string): INodeProperties => ({
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	required: true,
	typeOptions: { rows: 4 },
	displayOptions: { show: show(...operation) },
	default: preset,
	placeholder: example,
	description: 'What the image shall show, in at most 32,000 characters',
});

const outputField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'outputField',
	type: 'string',
	required: true,
	displayOptions: { show: show(...ALL) },
	default: 'data',
	hint: 'The name of the output field to put the file in',
	description: 'Each image becomes an item of its own',
};

export const description: INodeProperties[] = [
	operationField,
	imageModel,
	...inputFields,
	promptField(['generate'], '', 'e.g. A paper boat on a calm lake, as a flat icon'),
	promptField(['edit'], '', 'e.g. Make the background white'),
	promptField(['vary'], 'Create a variation of this image.', 'e.g. Create a variation in blue'),
	outputField,
	simplifyField(show(...ALL)),
	...imageOptions(show),
];
