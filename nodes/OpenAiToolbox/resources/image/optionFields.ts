import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { optionsCollection } from '../../../shared/fields';

type Show = (...operation: string[]) => NonNullable<IDisplayOptions['show']>;

/** Settings of the images to come; those that are not added are left to the server. */
export function imageOptions(show: Show): INodeProperties[] {
	const collection = (operation: string, options: INodeProperties[]) =>
		optionsCollection(options, { displayOptions: { show: show(operation) } });
	return [
		collection('generate', [...common, outputFormat(true)]),
		collection('edit', [...common, outputFormat(false), inputFidelity, maskField]),
		collection('vary', [...common, outputFormat(false), inputFidelity]),
	];
}

const outputFormat = (svg: boolean): INodeProperties => ({
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	options: [
		{ name: 'GIF', value: 'gif', description: 'Animated; newest models only' },
		{ name: 'JPEG', value: 'jpeg' },
		{ name: 'PNG', value: 'png' },
		...(svg ? [{ name: 'SVG', value: 'svg', description: 'Newest models only' }] : []),
		{ name: 'WebP', value: 'webp' },
	],
	default: 'png',
});

const inputFidelity: INodeProperties = {
	displayName: 'Input Fidelity',
	name: 'inputFidelity',
	type: 'options',
	options: [
		{ name: 'High', value: 'high' },
		{ name: 'Low', value: 'low' },
	],
	default: 'high',
	description:
		'How closely style and faces of the input are kept. Only some models take it; gpt-image-2 does not.',
};

const maskField: INodeProperties = {
	displayName: 'Mask Field Name',
	name: 'maskBinaryPropertyName',
	type: 'string',
	default: 'mask',
	description:
		'Binary field with a PNG image of less than 4 MB and of the size of the first image. Only where it is transparent the image changes.',
};

const common: INodeProperties[] = [
	{
		displayName: 'Background',
		name: 'background',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'auto' },
			{ name: 'Opaque', value: 'opaque' },
			{ name: 'Transparent', value: 'transparent', description: 'For PNG and WebP' },
		],
		default: 'auto',
	},
	{
		displayName: 'Complexity',
		name: 'complexity',
		type: 'options',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Medium', value: 'medium' },
		],
		default: 'medium',
		description: 'How much the model plans the image before it draws. Newest models only.',
	},
	{
		displayName: 'Compression',
		name: 'outputCompression',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 100,
		description: 'Quality of JPEG and WebP images, in percent',
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: 'image',
		description: 'Without ending. A number and the right ending are added, e.g. image_1.png.',
	},
	{
		displayName: 'Frame Count',
		name: 'frameCount',
		type: 'number',
		typeOptions: { minValue: 2, maxValue: 16 },
		default: 9,
		description: 'Number of pictures of a GIF image',
	},
	{
		displayName: 'Frame Duration (Ms)',
		name: 'frameDurationMs',
		type: 'number',
		typeOptions: { minValue: 10 },
		default: 200,
		description: 'How long each picture of a GIF image is shown',
	},
	{
		displayName: 'Moderation',
		name: 'moderation',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'auto' },
			{ name: 'Low', value: 'low', description: 'A filter that is less strict' },
		],
		default: 'auto',
		description: 'How strictly the content is filtered',
	},
	{
		displayName: 'Number of Images',
		name: 'n',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10 },
		default: 1,
		description: 'How many images to make of the prompt. Each is charged.',
	},
	{
		displayName: 'Quality',
		name: 'quality',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'auto' },
			{ name: 'Extra High', value: 'xhigh', description: 'Newest models only' },
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Max', value: 'max', description: 'Newest models only' },
			{ name: 'Medium', value: 'medium' },
		],
		default: 'auto',
	},
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		options: [
			{ name: 'Base64', value: 'b64_json', description: 'The image itself' },
			{ name: 'URL', value: 'url', description: 'An address from which the image is fetched' },
		],
		default: 'b64_json',
		description:
			"How the server sends images. For servers other than OpenAI's, which always sends the image itself.",
	},
	{
		displayName: 'Safety Identifier',
		name: 'safetyIdentifier',
		type: 'string',
		default: '',
		description:
			'A name for the end user that is always the same and tells nothing about them, e.g. a hash',
	},
	{
		displayName: 'Size',
		name: 'size',
		type: 'string',
		default: '1024x1024',
		placeholder: 'e.g. 1536x1024',
		description:
			"Width and height in pixels, or 'auto'. All models take 1024x1024, 1536x1024 and 1024x1536; gpt-image-2 and later any multiples of 16 up to 3840x2160.",
	},
];
