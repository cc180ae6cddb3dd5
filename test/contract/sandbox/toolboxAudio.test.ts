import OpenAI, { toFile } from 'openai';

import { Specification } from '../specification';
import { useSandbox } from './setup';

const bench = useSandbox();
const TEXT = 'Your ticket has been solved. Grüße aus Köln!';

const speak = async (format: 'mp3' | 'wav', text = TEXT, more: object = {}) => {
	const response = await bench.client.audio.speech.create({
		model: 'gpt-4o-mini-tts',
		voice: 'alloy',
		input: text,
		...(format === 'mp3' ? {} : { response_format: format }),
		...more,
	});
	return Buffer.from(await response.arrayBuffer());
};

const transcribe = async (
	content: Buffer,
	more: Partial<OpenAI.Audio.TranscriptionCreateParamsNonStreaming> = {},
	name = 'a.wav',
) =>
	await bench.client.audio.transcriptions.create({
		model: 'gpt-transcribe',
		file: await toFile(content, name),
		...more,
	});

describe('audio/speech', () => {
	it('speaks mp3 by default, and wav', async () => {
		expect((await speak('mp3')).toString('latin1', 0, 3)).toBe('ID3');
		const wav = await speak('wav');
		expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
		expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
	});

	it('speaks raw samples, faster when asked to', async () => {
		const length = async (speed: number) => {
			const sound = await bench.client.audio.speech.create({
				model: 'tts-1',
				voice: 'coral',
				input: TEXT,
				response_format: 'pcm',
				speed,
			});
			return (await sound.arrayBuffer()).byteLength;
		};
		expect(await length(2)).toBe((await length(1)) / 2);
	});

	it.each([
		[{ input: 'x'.repeat(4097) }, { param: 'input' }],
		[{ voice: 'nobody' }, { param: 'voice' }],
		[{ voice: { id: 'voice_1' } }, { status: 404, code: 'voice_not_found' }],
		[{ response_format: 'opus' }, { code: 'sandbox_not_supported' }],
		[{ speed: 5 }, { param: 'speed' }],
		[{ model: 'gpt-transcribe' }, { param: 'model' }],
	])('refuses %j', async (more, refusal) => {
		await expect(speak('mp3', TEXT, more)).rejects.toMatchObject(refusal);
	});
});

describe('audio/transcriptions', () => {
	it.each(['mp3', 'wav'] as const)('gives back what it spoke as %s', async (format) => {
		const answer = await transcribe(await speak(format), {}, `a.${format}`);
		expect(answer.text).toBe(TEXT);
		expect(answer.languages).toEqual([]);
	});

	it('says of any other sound that it cannot listen', async () => {
		const other = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(20_000, 7)]);
		expect((await transcribe(other, {}, 'a.ogg')).text).toMatch(/^The sandbox cannot listen/);
	});

	// The specification wants JSON answers to fit exactly one of its schemas, and those with times fit two.
	const unjudged = () => bench.clientWith({ fetch }).audio.transcriptions;
	const misfits = (schema: string, answer: unknown) =>
		Specification.load()?.schemaMisfits(schema, answer) ?? [];

	it('answers in every format of whisper-1', async () => {
		const file = await toFile(await speak('wav'), 'a.wav');
		const whisper = async (format: OpenAI.AudioResponseFormat, more: object = {}) =>
			(await unjudged().create({
				model: 'whisper-1',
				file,
				response_format: format,
				...more,
			})) as unknown;
		expect(await whisper('text')).toBe(`${TEXT}\n`);
		expect(await whisper('srt')).toMatch(/^1\n00:00:00,000 --> 00:00:00,\d{3}\nYour ticket/);
		expect(await whisper('vtt')).toMatch(/^WEBVTT\n\n00:00:00\.000 --> /);
		const verbose = await whisper('verbose_json');
		expect(verbose).toMatchObject({
			text: TEXT,
			segments: [{ text: 'Your ticket has been solved.' }, { text: 'Grüße aus Köln!' }],
		});
		expect(misfits('CreateTranscriptionResponseVerboseJson', verbose)).toEqual([]);
		const words = await whisper('verbose_json', { timestamp_granularities: ['word'] });
		expect(words).toMatchObject({
			words: [{ word: 'Your', start: 0 }, ...Array<object>(7).fill({})],
		});
		expect(words).not.toHaveProperty('segments');
		expect(misfits('CreateTranscriptionResponseVerboseJson', words)).toEqual([]);
	});

	it('names the speaker it is told', async () => {
		const diarized: unknown = await unjudged().create({
			model: 'gpt-4o-transcribe-diarize',
			file: await toFile(await speak('wav'), 'a.wav'),
			response_format: 'diarized_json',
			known_speaker_names: ['agent'],
			known_speaker_references: ['data:audio/wav;base64,UklGRg=='],
		});
		expect(diarized).toMatchObject({ segments: [{ speaker: 'agent' }, { speaker: 'agent' }] });
		expect(misfits('CreateTranscriptionResponseDiarizedJson', diarized)).toEqual([]);
	});

	it('refuses formats and settings that the model has not', async () => {
		const file = await speak('wav');
		await expect(transcribe(file, { response_format: 'srt' })).rejects.toMatchObject({
			param: 'response_format',
		});
		await expect(transcribe(file, { model: 'whisper-1', keywords: ['a'] })).rejects.toMatchObject({
			param: 'keywords',
		});
	});

	it('refuses what is no sound, too short or too large', async () => {
		await expect(transcribe(Buffer.from('hello there'))).rejects.toMatchObject({ param: 'file' });
		await expect(transcribe((await speak('wav', 'x')).subarray(0, 60))).rejects.toMatchObject({
			code: 'audio_too_short',
		});
		const large = Buffer.alloc(25 * 2 ** 20 + 1);
		(await speak('wav')).copy(large);
		await expect(transcribe(large)).rejects.toMatchObject({ status: 413 });
	});
});

it('says that it does not translate', async () => {
	const file = await toFile(await speak('mp3', 'Guten Tag.'), 'a.mp3');
	const answer = await bench.client.audio.translations.create({ model: 'whisper-1', file });
	expect(answer.text).toBe('(The sandbox does not translate.) Guten Tag.');
	await expect(
		bench.client.audio.translations.create({ model: 'gpt-transcribe', file }),
	).rejects.toMatchObject({ param: 'model' });
});

it('lists its models of images and sounds with their shutdown dates', async () => {
	const { data } = await bench.client.models.list();
	const dates = new Map(
		data.map((model) => [model.id, (model as { shutdown_date?: string | null }).shutdown_date]),
	);
	expect(dates.get('gpt-image-2.6-flare')).toBeNull();
	expect(dates.get('gpt-image-1.5')).toBe('2026-12-01');
	expect(dates.get('gpt-transcribe')).toBeNull();
	expect(dates.get('whisper-1')).toBe('2027-02-26');
	expect(dates.get('gpt-4o-mini-tts')).toBe('2027-01-06');
	expect(dates.has('dall-e-3')).toBe(false);
});
