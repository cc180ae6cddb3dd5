import type { INodeProperties } from 'n8n-workflow';

import { inputFileField, optionsCollection, simplifyField } from '../../../shared/fields';
import { modelField } from '../../shared/modelField';

const show = { resource: ['text'], operation: ['moderate'] };
const showFor = (...inputType: string[]) => ({ ...show, inputType });

const options: INodeProperties[] = [
	{
		displayName: 'Flag From Score',
		name: 'flagFromScore',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 4 },
		default: 0.5,
		description:
			'Flags an input also when a category has at least this score from 0 to 1, to be stricter than the model',
	},
	{
		displayName: 'Put Other Lines in Field',
		name: 'keptField',
		type: 'string',
		default: 'data',
		displayOptions: { show: { '/inputType': ['jsonl'] } },
		description:
			'Name of the output binary field for a file of the lines that are not flagged, ready to upload',
	},
	{
		displayName: 'Roles',
		name: 'roles',
		type: 'multiOptions',
		default: ['assistant'],
		displayOptions: { show: { '/inputType': ['jsonl'] } },
		options: [
			{ name: 'Assistant', value: 'assistant' },
			{ name: 'Developer', value: 'developer' },
			{ name: 'System', value: 'system' },
			{ name: 'Tool', value: 'tool' },
			{ name: 'User', value: 'user' },
		],
		description: 'Whose messages to check. Not added: all.',
	},
	{
		displayName: 'Text With Image',
		name: 'imageText',
		type: 'string',
		default: '',
		displayOptions: { show: { '/inputType': ['imageFile', 'imageUrl'] } },
		description: 'Words that are judged together with the image, e.g. its caption',
	},
];

export const moderateFields: INodeProperties[] = [
	modelField({
		show,
		searchListMethod: 'searchModerationModels',
		standard: 'omni-moderation-latest',
		description: 'The model that judges',
	}),
	{
		displayName: 'Input Type',
		name: 'inputType',
		type: 'options',
		default: 'text',
		options: [
			{ name: 'Image File', value: 'imageFile', description: 'Images in binary fields' },
			{ name: 'Image URL', value: 'imageUrl', description: 'Images that the server fetches' },
			{
				name: 'JSONL File',
				value: 'jsonl',
				description: 'Training data, line by line, before it is uploaded',
			},
			{ name: 'Text', value: 'text', description: 'One text, or a list of texts' },
		],
		displayOptions: { show },
		description: 'What to check',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		displayOptions: { show: showFor('text') },
		description:
			'The text to check. An expression may give a list of texts, which are checked together and numbered.',
	},
	inputFileField(showFor('jsonl'), 'Name of the binary field with the JSON Lines file'),
	{
		displayName: 'Image Binary Fields',
		name: 'imageBinaryFields',
		type: 'string',
		required: true,
		default: 'data',
		displayOptions: { show: showFor('imageFile') },
		placeholder: 'e.g. data, image_1',
		description:
			'Names of binary fields with images, separated by commas. PNG, JPEG, WEBP or GIF of at most 20 MiB each.',
	},
	{
		displayName: 'Image URLs',
		name: 'imageUrls',
		type: 'string',
		required: true,
		default: '',
		displayOptions: { show: showFor('imageUrl') },
		placeholder: 'e.g. https://example.com/chart.png',
		description: 'Addresses of images that the server can reach, separated by commas or spaces',
	},
	simplifyField(showFor('text', 'imageFile', 'imageUrl')),
	optionsCollection(options, { displayOptions: { show } }),
];
