import type { INodeProperties } from 'n8n-workflow';

import { inputFileField, listOrId, simplifyField } from '../../../shared/fields';
import { modelField } from '../../shared/modelField';

import { speakFields } from './speakFields';
import { transcribeOptions, translateOptions } from './transcribeFields';

const resource = ['audio'];
const show = (...operation: string[]) => ({ resource, operation });

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource } },
	options: [
		{
			name: 'Speak',
			value: 'speak',
			action: 'Speak text as audio',
			description: 'Make sound from text',
		},
		{
			name: 'Transcribe',
			value: 'transcribe',
			action: 'Transcribe audio',
			description: 'Write down what is said in a recording',
		},
		{
			name: 'Translate',
			value: 'translate',
			action: 'Translate audio to english text',
			description: 'Write down in English what is said in another language',
		},
	],
	default: 'transcribe',
};

const transcriptionModel = modelField({
	show: show('transcribe', 'translate'),
	searchListMethod: 'searchTranscriptionModels',
	standard: 'gpt-transcribe',
	description: 'The model that listens',
});

const translateFields: INodeProperties[] = [
	{
		displayName: 'Endpoint',
		name: 'endpoint',
		type: 'options',
		displayOptions: { show: show('translate') },
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'Translations where server and model have it, else transcription and chat',
			},
			{
				name: 'Transcription and Chat',
				value: 'chat',
				description: 'Transcribe, then let a chat model translate the transcript',
			},
			{
				name: 'Translations',
				value: 'translations',
				description: "OpenAI's knows 'whisper-1' only and ends on 2027-02-26",
			},
		],
		default: 'auto',
		description:
			'How the translation is made; "via" in the output says which endpoint made it, "note" why',
	},
	{
		displayName: 'Chat Model',
		name: 'chatModel',
		type: 'resourceLocator',
		default: { mode: 'list', value: 'gpt-6-luna', cachedResultName: 'gpt-6-luna' },
		displayOptions: { show: { ...show('translate'), endpoint: ['auto', 'chat'] } },
		description: 'The model that translates the transcript',
		...listOrId('searchTextModels', 'Select a model...', 'e.g. gpt-6-luna'),
	},
];

const JSON_FORMAT = {
	name: 'JSON',
	value: 'json',
	description: 'The text, with what else the model tells',
};
const SRT = { name: 'SRT', value: 'srt', description: 'Subtitles; not with gpt-transcribe' };
const TEXT = { name: 'Text', value: 'text' };
const VERBOSE = {
	name: 'Verbose JSON',
	value: 'verbose_json',
	description: 'The text with times of its segments or words; not with gpt-transcribe',
};
const VTT = { name: 'VTT', value: 'vtt', description: 'Subtitles; not with gpt-transcribe' };

const TRANSCRIPTION_FORMATS = [
	{
		name: 'Diarized JSON',
		value: 'diarized_json',
		description: 'The text with its speakers; gpt-4o-transcribe-diarize only',
	},
	JSON_FORMAT,
	SRT,
	TEXT,
	VERBOSE,
	VTT,
];
const TRANSLATION_FORMATS = [
	JSON_FORMAT,
	{ ...SRT, description: 'Subtitles; translations endpoint only' },
	TEXT,
	{ ...VERBOSE, description: 'The text with times; translations endpoint only' },
	{ ...VTT, description: 'Subtitles; translations endpoint only' },
];

const responseFormats: INodeProperties[] = [
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		displayOptions: { show: show('transcribe') },
		options: [...TRANSCRIPTION_FORMATS],
		default: 'json',
		description: 'What the server answers. Which formats there are depends on the model.',
	},
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		displayOptions: { show: show('translate') },
		options: [...TRANSLATION_FORMATS],
		default: 'json',
		description: 'What the server answers',
	},
	{
		displayName: 'Put Transcript in File',
		name: 'outputFile',
		type: 'boolean',
		displayOptions: {
			show: { ...show('transcribe', 'translate'), responseFormat: ['srt', 'text', 'vtt'] },
		},
		default: false,
		description: 'Whether to also put the text in a binary file, e.g. subtitles for a player',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		required: true,
		displayOptions: {
			show: {
				...show('transcribe', 'translate'),
				responseFormat: ['srt', 'text', 'vtt'],
				outputFile: [true],
			},
		},
		default: 'data',
		hint: 'The name of the output field to put the file in',
	},
];

export const description: INodeProperties[] = [
	operationField,
	inputFileField(
		show('transcribe', 'translate'),
		'Binary field with the recording: MP3, MP4, M4A, FLAC, OGG, WAV or WebM, at OpenAI at most 25 MB',
	),
	transcriptionModel,
	...translateFields,
	...responseFormats,
	...speakFields(show('speak')),
	simplifyField(show('transcribe', 'translate')),
	transcribeOptions(show('transcribe')),
	translateOptions(show('translate')),
];
