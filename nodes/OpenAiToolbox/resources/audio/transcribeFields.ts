import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { optionsCollection } from '../../../shared/fields';

type Show = NonNullable<IDisplayOptions['show']>;

const languages: INodeProperties = {
	displayName: 'Languages',
	name: 'languages',
	type: 'string',
	default: '',
	placeholder: 'e.g. de, fr',
	description:
		'What may be spoken, as ISO 639-1 codes separated by commas. Several with gpt-transcribe, one with other models.',
};

const prompt: INodeProperties = {
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. A call about a printer of the make Brother',
	description: 'What the recording is about, or the text that came before it, in its language',
};

const temperature: INodeProperties = {
	displayName: 'Temperature',
	name: 'temperature',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: 0,
	description: 'How freely the model may guess; 0 keeps closest to the sound',
};

const voiceDetection: INodeProperties[] = [
	{
		displayName: 'Voice Detection: Prefix Padding (Ms)',
		name: 'vadPrefixPaddingMs',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 300,
		description: "Sound kept before speech begins; for the chunking strategy 'Server VAD'",
	},
	{
		displayName: 'Voice Detection: Silence Duration (Ms)',
		name: 'vadSilenceDurationMs',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 200,
		description: "Silence that ends a piece of speech; for the chunking strategy 'Server VAD'",
	},
	{
		displayName: 'Voice Detection: Threshold',
		name: 'vadThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.5,
		description: "How loud speech must be, from 0 to 1; for the chunking strategy 'Server VAD'",
	},
];

const knownSpeakers: INodeProperties = {
	displayName: 'Known Speakers',
	name: 'knownSpeakers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Speaker',
	default: {},
	description: 'Up to 4 voices to be named in a diarized transcript',
	options: [
		{
			displayName: 'Speaker',
			name: 'speaker',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. agent',
				},
				{
					displayName: 'Sample Field Name',
					name: 'binaryPropertyName',
					type: 'string',
					default: '',
					placeholder: 'e.g. agentVoice',
					description: 'Binary field with 2 to 10 seconds of the voice',
				},
			],
		},
	],
};

export function transcribeOptions(show: Show): INodeProperties {
	return optionsCollection(
		[
			{
				displayName: 'Chunking Strategy',
				name: 'chunkingStrategy',
				type: 'options',
				options: [
					{ name: 'Automatic', value: 'auto' },
					{ name: 'Server VAD', value: 'server_vad', description: 'Voice detection as set below' },
				],
				default: 'auto',
				description:
					'How the recording is cut. Needed by gpt-4o-transcribe-diarize for more than 30 seconds.',
			},
			{
				displayName: 'Include Log Probabilities',
				name: 'logprobs',
				type: 'boolean',
				default: true,
				description:
					'Whether to return how sure the model is of each token. Only gpt-4o-transcribe and gpt-4o-mini-transcribe tell.',
			},
			{
				displayName: 'Keywords',
				name: 'keywords',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				placeholder: 'e.g. Brother HL-L2350, toner',
				description:
					'Names and terms to look out for, separated by commas or line breaks; for gpt-transcribe',
			},
			knownSpeakers,
			languages,
			prompt,
			temperature,
			{
				displayName: 'Timestamp Granularities',
				name: 'timestampGranularities',
				type: 'multiOptions',
				options: [
					{ name: 'Segment', value: 'segment' },
					{ name: 'Word', value: 'word' },
				],
				default: ['segment'],
				description: "What gets times; needs the response format 'Verbose JSON'",
			},
			...voiceDetection,
		],
		{ displayOptions: { show } },
	);
}

export function translateOptions(show: Show): INodeProperties {
	return optionsCollection(
		[
			{
				...languages,
				description:
					'What may be spoken, as ISO 639-1 codes separated by commas; not used by the translations endpoint',
			},
			{
				...prompt,
				description:
					'What the recording is about: in English for the translations endpoint, else in the language of the recording',
			},
			temperature,
		],
		{ displayOptions: { show } },
	);
}
