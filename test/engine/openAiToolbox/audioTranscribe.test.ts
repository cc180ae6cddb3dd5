import { BinaryDataService } from 'n8n-core';

import { readBinary, useNock } from '../harness';
import { expectNoSecrets } from '../openAiFineTune/api';
import { file, MODEL, textOf, useAudioServer } from './audio.support';
import { byId, partsOf, png, run, start, wav } from './media.support';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(60_000);

useNock();
const { server, vendor, answerText } = useAudioServer();

describe('Transcribe', () => {
	it.each(['memory', 'filesystem'] as const)('sends recordings kept in %s', async (binaryMode) => {
		server.answer = (_hit, index) => [
			200,
			index === 0
				? { text: 'Hello', languages: [{ code: 'de' }], usage: { type: 'duration', seconds: 1 } }
				: { text: 'Bonjour', logprobs: [{ token: 'B' }] },
		];
		const fields = ['languages', 'keywords', 'prompt', 'temperature', 'logprobs'];
		const result = await run(
			'audio',
			'transcribe',
			{
				model: byId('={{ $json.model }}'),
				binaryPropertyName: '={{ $json.field }}',
				options: Object.fromEntries(fields.map((name) => [name, `={{ $json.${name} }}`])),
			},
			{
				credentials: server.credentials,
				binaryMode,
				items: [
					{
						json: {
							model: MODEL,
							field: 'data',
							languages: 'de, fr',
							keywords: 'Brother,\ntoner',
							prompt: 'A call',
							temperature: 0,
						},
						files: file(wav()),
					},
					{
						json: { model: 'gpt-4o-transcribe', field: 'voice', languages: 'fr', logprobs: true },
						files: { voice: { content: wav(), fileName: 'voice' } },
					},
				],
			},
		);
		expect(result.error).toBeUndefined();
		expect(server.routes()).toEqual(Array(2).fill('POST /v1/audio/transcriptions'));
		const [first, second] = await Promise.all(server.hits.map(partsOf));
		expect(first).toEqual([
			['file', ['call.wav', 'audio/wav', wav().length]],
			['model', MODEL],
			['languages[]', 'de'],
			['languages[]', 'fr'],
			['keywords[]', 'Brother'],
			['keywords[]', 'toner'],
			['prompt', 'A call'],
			['temperature', '0'],
		]);
		expect(second).toEqual([
			['file', ['voice.wav', 'audio/wav', wav().length]],
			['model', 'gpt-4o-transcribe'],
			['language', 'fr'],
			['include[]', 'logprobs'],
		]);
		expect(result.outputs[0]).toEqual([
			{
				json: {
					text: 'Hello',
					model: MODEL,
					languages: ['de'],
					usage: { type: 'duration', seconds: 1 },
				},
				pairedItem: { item: 0 },
			},
			{
				json: { text: 'Bonjour', model: 'gpt-4o-transcribe', logprobs: [{ token: 'B' }] },
				pairedItem: { item: 1 },
			},
		]);
		expectNoSecrets(result.run);
	});

	it('sends times, chunks and known speakers, and simplifies what comes', async () => {
		const segments = [
			{
				id: 'seg_1',
				type: 'transcript.text.segment',
				speaker: 'agent',
				start: 0,
				end: 1,
				text: ' Hi',
			},
		];
		server.answer = () => [200, { task: 'transcribe', duration: 1, text: 'Hi', segments }];
		const options = {
			chunkingStrategy: 'server_vad',
			vadThreshold: 0.4,
			vadSilenceDurationMs: 300,
			knownSpeakers: { speaker: [{ name: 'agent', binaryPropertyName: 'sample' }] },
		};
		const setup = {
			credentials: server.credentials,
			items: [{ files: { ...file(wav()), sample: { content: wav(0.1), fileName: 's.wav' } } }],
		};
		const model = byId('gpt-4o-transcribe-diarize');
		const parameters = { model, responseFormat: 'diarized_json', options };
		const simple = await run('audio', 'transcribe', parameters, setup);
		expect(simple.error).toBeUndefined();
		expect((await partsOf(server.hits[0])).slice(2)).toEqual([
			['response_format', 'diarized_json'],
			['chunking_strategy[type]', 'server_vad'],
			['chunking_strategy[silence_duration_ms]', '300'],
			['chunking_strategy[threshold]', '0.4'],
			['known_speaker_names[]', 'agent'],
			['known_speaker_references[]', `data:audio/wav;base64,${wav(0.1).toString('base64')}`],
		]);
		expect(simple.outputs[0][0].json).toEqual({
			text: 'Hi',
			model: 'gpt-4o-transcribe-diarize',
			duration: 1,
			segments: [{ speaker: 'agent', start: 0, end: 1, text: 'Hi' }],
		});
		const raw = await run('audio', 'transcribe', { ...parameters, simplify: false }, setup);
		expect(raw.outputs[0][0].json).toMatchObject({ task: 'transcribe', segments });
	});

	it.each([
		['srt', '1\n00:00:00,000 --> 00:00:01,000\nHi\n', 'call.srt', 'application/x-subrip'],
		['vtt', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n', 'call.vtt', 'text/vtt'],
		['text', 'Hi\n', 'call.txt', 'text/plain'],
	])('gives %s as text, and as a file on request', async (format, text, fileName, mimeType) => {
		answerText(['text/plain', text]);
		const result = await run(
			'audio',
			'transcribe',
			{ model: byId('whisper-1'), responseFormat: format, outputFile: true, outputField: 'subs' },
			{ credentials: server.credentials, items: [{ files: file(wav()) }] },
		);
		expect(result.error).toBeUndefined();
		const [{ json, binary }] = result.outputs[0];
		const kept = format === 'text' ? 'Hi' : text;
		expect(json).toEqual({ text: kept, model: 'whisper-1' });
		expect(binary?.subs).toMatchObject({ fileName, mimeType });
		expect((await readBinary(binary!.subs)).toString()).toBe(kept);
	});

	it.each([
		['an image', file(png(), 'call.mp3'), {}, /call\.mp3 .* is a PNG image, and an audio file/],
		['a web page', file(Buffer.from('<!doctype html><p>Sign in')), {}, /is a web page/],
		['nothing', file(Buffer.alloc(0)), {}, /call\.wav in the field 'data' is empty/],
		['a header alone', file(wav(0)), {}, /holds no sound/],
		[
			'an AMR file',
			file(Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(100)])),
			{},
			/is an AMR file, which OpenAI does not transcribe .*Convert it/,
		],
		[
			'26 MB',
			file(wav((26 * 2 ** 20) / 16_000)),
			{},
			/has 26 MB, and OpenAI takes at most 25 MB .*Split the recording/,
		],
		[
			'times without verbose JSON',
			file(wav()),
			{ options: { timestampGranularities: ['word'] } },
			/'Timestamp Granularities' needs/,
		],
		[
			'two languages for an older model',
			file(wav()),
			{ model: byId('whisper-1'), options: { languages: 'de,fr' } },
			/takes one language, and 'Languages' names 2/,
		],
		[
			'voice detection without its strategy',
			file(wav()),
			{ options: { vadThreshold: 0.2 } },
			/for the chunking strategy 'Server VAD'/,
		],
		[
			'a speaker without a sample',
			file(wav()),
			{ options: { knownSpeakers: { speaker: [{ name: 'agent' }] } } },
			/Known speaker 1 has no name or no sample/,
		],
		['a speech model', file(wav()), { model: byId('tts-1') }, /'tts-1' cannot do this/],
	])('sends nothing for %s', async (_what, files, more, text) => {
		const result = await run(
			'audio',
			'transcribe',
			{ model: byId(MODEL), ...(more as object) },
			{ credentials: vendor(), items: [{ files }], continueOnFail: true },
		);
		expect(textOf(result.outputs[0][0])).toMatch(text);
		expect(server.hits).toEqual([]);
	});

	it('names the field that is missing', async () => {
		const { error } = await run(
			'audio',
			'transcribe',
			{ binaryPropertyName: 'voice' },
			{ credentials: server.credentials, items: [{ files: file(wav()) }] },
		);
		expect(error?.message).toContain("'voice'");
	});

	it('streams 24 MB from disk, never whole in memory', async () => {
		const whole = jest.spyOn(BinaryDataService.prototype, 'getAsBuffer');
		server.answer = () => [200, { text: 'Long' }];
		const recording = wav((24 * 2 ** 20) / 16_000);
		const { error } = await run(
			'audio',
			'transcribe',
			{},
			{ credentials: vendor(), binaryMode: 'filesystem', items: [{ files: file(recording) }] },
		);
		expect(error).toBeUndefined();
		expect(whole).not.toHaveBeenCalled();
		whole.mockRestore();
		const [{ headers, body }] = server.hits;
		expect(Number(headers['content-length'])).toBe(body.length);
		expect(body.includes(recording.subarray(-4096))).toBe(true);
	});

	it('stops when the execution is canceled', async () => {
		server.takeOver = () => started.cancel();
		const started = start(
			'audio',
			'transcribe',
			{},
			{ credentials: server.credentials, items: [{ files: file(wav()) }], continueOnFail: true },
		);
		expect((await started.result).run.status).toBe('canceled');
	});
});
