/** Audio to text, https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions. */
import type { FormPart, Transport } from '../../http/types';
import { filePart, type LocalFile } from '../files';
import { SettingError } from '../settingError';

import { MAX_SPEAKERS } from './mediaLimits';
import { withExplanation } from './refusals';

export type TranscriptFormat = 'json' | 'text' | 'srt' | 'verbose_json' | 'vtt' | 'diarized_json';

export interface KnownSpeaker {
	/** As it shall stand in the transcript. */
	name: string;
	/** 2 to 10 seconds of the voice, as a data URL. */
	sample: string;
}

export interface VoiceDetection {
	type: 'server_vad';
	prefix_padding_ms?: number;
	silence_duration_ms?: number;
	/** 0 to 1. */
	threshold?: number;
}

/** Only what is set is sent. */
export interface TranscriptionSettings {
	model: string;
	format: TranscriptFormat;
	/** ISO 639-1 codes of what may be spoken; several only with `gpt-transcribe`. */
	languages?: string[];
	/** Words to look out for; `gpt-transcribe` only. */
	keywords?: string[];
	prompt?: string;
	/** 0 to 1. */
	temperature?: number;
	timestamps?: Array<'word' | 'segment'>;
	logprobs?: boolean;
	chunking?: 'auto' | VoiceDetection;
	speakers?: KnownSpeaker[];
}

export interface TranscriptionSegment {
	start?: number;
	end?: number;
	text?: string;
	speaker?: string;
	[more: string]: unknown;
}

/** What all formats come to; `raw` is the answer as it came, an object or a text. */
export interface Transcript {
	text: string;
	raw: unknown;
	/** Codes, as `gpt-transcribe` gives them, or the one word of older models. */
	languages?: string[];
	/** Seconds. */
	duration?: number;
	segments?: TranscriptionSegment[];
	words?: unknown[];
	logprobs?: unknown[];
	usage?: unknown;
}

/**
 * Sends a file and answers what is said in it. It costs money, so it is sent again only where the server certainly did
 * not act.
 *
 * @throws SettingError for settings that do not go together; ApiError as the server answers.
 */
export async function transcribe(
	transport: Transport,
	file: LocalFile,
	settings: TranscriptionSettings,
): Promise<Transcript> {
	assertSettings(settings);
	const form = [filePart('file', file), ...transcriptionParts(settings)];
	return await sendAudio(transport, '/audio/transcriptions', form, settings.format);
}

/** A form with a file, answered as JSON or as plain text. */
export async function sendAudio(
	transport: Transport,
	path: string,
	form: FormPart[],
	format: TranscriptFormat,
): Promise<Transcript> {
	return await withExplanation('audio', async () => {
		if (format === 'json' || format === 'verbose_json' || format === 'diarized_json') {
			const { data } = await transport({ method: 'POST', path, form });
			return readTranscript(data);
		}
		const { data } = await transport<Uint8Array>({ method: 'POST', path, form, expect: 'buffer' });
		const text = Buffer.from(data).toString('utf8');
		return plainTranscript(text, format);
	});
}

/** Names and order as the official SDK sends them. */
function transcriptionParts(settings: TranscriptionSettings): FormPart[] {
	const { model, format, prompt, temperature, chunking, speakers = [] } = settings;
	const one = (name: string, value: string | number | undefined): FormPart[] =>
		value === undefined || value === '' ? [] : [{ name, value: String(value) }];
	const many = (name: string, values: readonly string[] = []): FormPart[] =>
		values.map((value) => ({ name: `${name}[]`, value }));
	return [
		...one('model', model),
		...languageParts(settings),
		...many('keywords', settings.keywords),
		...one('prompt', prompt),
		...one('response_format', format === 'json' ? undefined : format),
		...one('temperature', temperature),
		...many('timestamp_granularities', settings.timestamps),
		...many('include', settings.logprobs ? ['logprobs'] : []),
		...(chunking === 'auto' ? one('chunking_strategy', 'auto') : []),
		...(typeof chunking === 'object'
			? Object.entries(chunking).flatMap(([name, value]) =>
					one(`chunking_strategy[${name}]`, value as string | number | undefined),
				)
			: []),
		...many(
			'known_speaker_names',
			speakers.map(({ name }) => name),
		),
		...many(
			'known_speaker_references',
			speakers.map(({ sample }) => sample),
		),
	];
}

function languageParts({ model, languages = [] }: TranscriptionSettings): FormPart[] {
	if (takesSeveralLanguages(model)) {
		return languages.map((value) => ({ name: 'languages[]', value }));
	}
	return languages.slice(0, 1).map((value) => ({ name: 'language', value }));
}

export function takesSeveralLanguages(model: string): boolean {
	return /(^|\/)gpt-transcribe/.test(model);
}

function assertSettings(settings: TranscriptionSettings): void {
	const { model, format, languages = [], speakers = [], timestamps = [], temperature } = settings;
	if (model === '') {
		throw new SettingError("'Model' is empty", 'Pick a model that transcribes from the list.');
	}
	if (languages.length > 1 && !takesSeveralLanguages(model)) {
		throw new SettingError(
			`The model '${model}' takes one language, and 'Languages' names ${languages.length}`,
			"Name the language that is mostly spoken, leave the option out so that the model finds it, or use 'gpt-transcribe'.",
		);
	}
	if (timestamps.length > 0 && format !== 'verbose_json') {
		throw new SettingError(
			"'Timestamp Granularities' needs the response format 'Verbose JSON'",
			"Set 'Response Format' to Verbose JSON, or remove the option.",
		);
	}
	if (settings.logprobs && format !== 'json') {
		throw new SettingError(
			"'Include Log Probabilities' needs the response format 'JSON'",
			"Set 'Response Format' to JSON, or turn the option off.",
		);
	}
	if (speakers.length > MAX_SPEAKERS) {
		throw new SettingError(
			`There are ${speakers.length} known speakers, and at most ${MAX_SPEAKERS} are taken`,
			'Keep the ones that speak most.',
		);
	}
	if (temperature !== undefined && !(temperature >= 0 && temperature <= 1)) {
		throw new SettingError(`'Temperature' is ${temperature}`, 'Enter a number from 0 to 1.');
	}
}

/** Reads an answer of any server of the API's shape; what it does not have is absent. */
function readTranscript(raw: unknown): Transcript {
	const answer = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
	const { text, language, languages, duration, segments, words, logprobs, usage } = answer;
	if (typeof text !== 'string') {
		throw new SettingError(
			'The server answered without a transcript',
			"Check that the model transcribes, and 'Base URL' in the credential.",
		);
	}
	const codes = Array.isArray(languages) ? languages.map(codeOf).filter(Boolean) : undefined;
	const named = typeof language === 'string' && language ? [language] : undefined;
	return {
		text,
		raw,
		...((codes ?? named) && { languages: codes ?? named }),
		...(typeof duration === 'number' && { duration }),
		...(Array.isArray(segments) && { segments: segments as TranscriptionSegment[] }),
		...(Array.isArray(words) && { words }),
		...(Array.isArray(logprobs) && { logprobs }),
		...(usage !== undefined && usage !== null && { usage }),
	};
}

function codeOf(language: unknown): string {
	const code = (language as { code?: unknown } | null)?.code ?? language;
	return typeof code === 'string' ? code : '';
}

/** Some servers wrap plain text in JSON all the same. */
function plainTranscript(answer: string, format: TranscriptFormat): Transcript {
	const start = answer.trimStart();
	if (/^<(!doctype|html)/i.test(start)) {
		throw new SettingError(
			'The server answered with a web page instead of a transcript',
			"Check 'Base URL' in the credential: it must be the address of the API, usually ending in /v1.",
		);
	}
	const text = format === 'text' ? answer.trim() : answer;
	if (!start.startsWith('{"')) return { text, raw: answer };
	try {
		const wrapped = (JSON.parse(start) as { text?: unknown }).text;
		return { text: typeof wrapped === 'string' ? wrapped : text, raw: answer };
	} catch {
		return { text, raw: answer };
	}
}
