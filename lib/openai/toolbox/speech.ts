/** Text to audio, https://developers.openai.com/api/reference/resources/audio/subresources/speech. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { SettingError } from '../settingError';

import { MAX_SPEECH_CHARS } from './mediaLimits';
import { withExplanation } from './refusals';

export type SpeechFormat = 'mp3' | 'opus' | 'aac' | 'flac' | 'wav' | 'pcm';

export const SPEECH_TYPES: Readonly<Record<SpeechFormat, string>> = {
	mp3: 'audio/mpeg',
	opus: 'audio/ogg',
	aac: 'audio/aac',
	flac: 'audio/flac',
	wav: 'audio/wav',
	pcm: 'audio/L16; rate=24000; channels=1',
};

/** Only what is set is sent. */
export interface SpeechSettings {
	model: string;
	/** A name; one that begins with `voice_` is the ID of a voice of the organization's own. */
	voice: string;
	format?: SpeechFormat;
	instructions?: string;
	/** 0.25 to 4. */
	speed?: number;
}

/**
 * Speaks a text of at most 4,096 characters; the sound comes as a stream.
 *
 * @throws SettingError for what cannot be spoken; ApiError as the server answers.
 */
export async function speak(
	transport: Transport,
	text: string,
	settings: SpeechSettings,
): Promise<AsyncIterable<Uint8Array>> {
	assertSpeakable(text, settings);
	return await withExplanation('audio', async () => {
		const { data, headers } = await transport<AsyncIterable<Uint8Array>>({
			method: 'POST',
			path: '/audio/speech',
			body: speechBody(text, settings),
			expect: 'stream',
		});
		return soundOf(data, headers['content-type'] ?? '');
	});
}

/**
 * Parts of a text that can be spoken one after the other: cut at ends of paragraphs, sentences or words where there
 * are any, and never within a character.
 *
 * @param limit - characters (UTF-16 units) of a part.
 */
export function speakableParts(text: string, limit = MAX_SPEECH_CHARS): string[] {
	const parts: string[] = [];
	let start = 0;
	while (start < text.length) {
		const end = start + limit < text.length ? cutBefore(text, start, start + limit) : text.length;
		const part = text.slice(start, end).trim();
		if (part !== '') parts.push(part);
		start = end;
	}
	return parts;
}

/**
 * The text from one of its parts on, as it stands there.
 *
 * @param parts as `speakableParts` cut the text
 * @param index from 0
 */
export function textFrom(text: string, parts: readonly string[], index: number): string {
	let end = 0;
	// Only white space lies between one part and the next.
	for (const part of parts.slice(0, index)) end = text.indexOf(part, end) + part.length;
	return text.slice(end).trim();
}

const CUTS = ['\n\n', '\n', '. ', '! ', '? ', '。', '; ', ', ', ' '];

function cutBefore(text: string, start: number, end: number): number {
	const window = text.slice(start, end);
	for (const cut of CUTS) {
		const found = window.lastIndexOf(cut);
		if (found > window.length / 4) return start + found + cut.length;
	}
	const high = text.charCodeAt(end - 1);
	return high >= 0xd800 && high <= 0xdbff && end - 1 > start ? end - 1 : end;
}

function speechBody(text: string, settings: SpeechSettings): object {
	const { model, voice, format, instructions, speed } = settings;
	return {
		model,
		input: text,
		voice: voice.startsWith('voice_') ? { id: voice } : voice,
		...(format && { response_format: format }),
		...(instructions && { instructions }),
		...(speed !== undefined && { speed }),
	};
}

function assertSpeakable(
	text: string,
	{ model, voice, instructions, speed }: SpeechSettings,
): void {
	if (model === '') {
		throw new SettingError(
			"'Model' is empty",
			'Pick a speech model from the list, or enter its ID. OpenAI shuts down all of its own on 2027-01-06; other servers of the same API go on.',
		);
	}
	if (voice.trim() === '') {
		throw new SettingError("'Voice' is empty", 'Pick a voice from the list, or enter its name.');
	}
	if (text.trim() === '') {
		throw new SettingError("'Text' is empty", 'Enter the text to speak.');
	}
	if (text.length > MAX_SPEECH_CHARS) {
		throw new SettingError(
			`'Text' has ${text.length} characters, and at most ${MAX_SPEECH_CHARS} are spoken at a time`,
			"Shorten it, or turn on 'Split Long Text': then each part becomes a file of its own. Nothing was sent.",
		);
	}
	if (instructions && instructions.length > MAX_SPEECH_CHARS) {
		throw new SettingError(
			`'Instructions' has ${instructions.length} characters, and at most ${MAX_SPEECH_CHARS} are taken`,
			'Shorten it. Nothing was sent.',
		);
	}
	if (speed !== undefined && !(speed >= 0.25 && speed <= 4)) {
		throw new SettingError(`'Speed' is ${speed}`, 'Enter a number from 0.25 to 4.');
	}
}

/** A success that is a web page or JSON comes from something that does not speak. */
async function* soundOf(
	source: AsyncIterable<Uint8Array>,
	type: string,
): AsyncGenerator<Uint8Array> {
	if (/\b(html|json)\b/i.test(type)) {
		await source[Symbol.asyncIterator]().return?.();
		throw new SettingError(
			`The server answered with ${/html/i.test(type) ? 'a web page' : 'JSON'} instead of sound`,
			"Check 'Base URL' in the credential, and that the model speaks.",
		);
	}
	let bytes = 0;
	for await (const chunk of unbroken(source)) {
		bytes += chunk.length;
		yield chunk;
	}
	if (bytes > 0) return;
	throw new SettingError(
		'The server answered without any sound',
		'Check that the model speaks the language of the text, and try another voice.',
	);
}

/** A connection that dies says no more than "aborted". */
async function* unbroken(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	try {
		yield* source;
	} catch (cause) {
		throw brokenOff(cause);
	}
}

function brokenOff(cause: unknown): ApiError {
	return new ApiError('The sound broke off', {
		networkCode: 'ECONNRESET',
		ambiguous: true,
		method: 'POST',
		path: '/audio/speech',
		cause,
		explanation: {
			message: 'The sound broke off before its end',
			description:
				'The connection to the server was lost. It was not asked again, because what it has made may be charged.',
			cause: 'temporarily-unavailable',
		},
	});
}
