import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { listOrId, optionsCollection } from '../../../shared/fields';

type Show = NonNullable<IDisplayOptions['show']>;

/** https://developers.openai.com/api/reference/resources/audio/subresources/speech/methods/create */
const VOICES = [
	'alloy',
	'ash',
	'ballad',
	'cedar',
	'coral',
	'echo',
	'fable',
	'marin',
	'nova',
	'onyx',
	'sage',
	'shimmer',
	'verse',
];
const voiceOptions = [
	...VOICES.map((value) => ({ name: value.charAt(0).toUpperCase() + value.slice(1), value })),
	{
		name: 'Other Voice',
		value: 'other',
		description: "A voice of the organization's own, or of another server",
	},
];

export function speakFields(show: Show): INodeProperties[] {
	return [
		{
			displayName: 'Model',
			name: 'model',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			displayOptions: { show },
			description:
				'The model that speaks. OpenAI shuts down all of its own on 2027-01-06 and names none that takes their place here; servers of the same API go on.',
			...listOrId('searchSpeechModels', 'Select a model...', 'e.g. gpt-4o-mini-tts'),
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			required: true,
			typeOptions: { rows: 4 },
			displayOptions: { show },
			default: '',
			placeholder: 'e.g. Your ticket has been solved.',
			description: 'What to say, in at most 4,096 characters',
		},
		{
			displayName: 'Voice',
			name: 'voice',
			type: 'options',
			displayOptions: { show },
			options: [...voiceOptions],
			default: 'alloy',
		},
		{
			displayName: 'Voice Name or ID',
			name: 'customVoice',
			type: 'string',
			required: true,
			displayOptions: { show: { ...show, voice: ['other'] } },
			default: '',
			placeholder: 'e.g. voice_1234',
			description: "A name that the server knows, or the ID of a voice of the organization's own",
		},
		{
			displayName: 'Put Output File in Field',
			name: 'outputField',
			type: 'string',
			required: true,
			displayOptions: { show },
			default: 'data',
			hint: 'The name of the output field to put the file in',
		},
		optionsCollection(speakOptions, { displayOptions: { show } }),
	];
}

const speakOptions: INodeProperties[] = [
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: 'speech',
		description: 'Without ending, which is added, e.g. speech.mp3',
	},
	{
		displayName: 'Instructions',
		name: 'instructions',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Speak slowly and kindly',
		description: 'How to speak, in at most 4,096 characters. Not with tts-1 and tts-1-hd.',
	},
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		options: [
			{ name: 'AAC', value: 'aac' },
			{ name: 'FLAC', value: 'flac' },
			{ name: 'MP3', value: 'mp3' },
			{ name: 'Opus', value: 'opus' },
			{ name: 'PCM', value: 'pcm', description: 'Samples alone: 24 kHz, 16 bit, mono' },
			{ name: 'WAV', value: 'wav' },
		],
		default: 'mp3',
		description: 'The type of the file',
	},
	{
		displayName: 'Speed',
		name: 'speed',
		type: 'number',
		typeOptions: { minValue: 0.25, maxValue: 4, numberPrecision: 2 },
		default: 1,
		description: 'How fast to speak; 1 is normal',
	},
	{
		displayName: 'Split Long Text',
		name: 'splitLongText',
		type: 'boolean',
		default: true,
		description:
			"Whether a text of more than 4,096 characters is spoken in parts, each an item of its own, cut at ends of sentences. If a part fails and the node's 'On Error' is Continue, the parts before it come out with 'complete' false, then the error with the text that is missing.",
	},
];
