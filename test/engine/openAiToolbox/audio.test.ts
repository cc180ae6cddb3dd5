import { BinaryDataService } from 'n8n-core';

import { readBinary, useNock } from '../harness';
import { expectNoSecrets } from '../openAiFineTune/api';
import { type TestServer, useServer } from '../openAiFineTune/server';
import { byId, errorOf, partsOf, png, run, start, wav } from './media.support';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(60_000);

useNock();
const server: TestServer = useServer();
const MODEL = 'gpt-transcribe';
const file = (content: Buffer, fileName = 'call.wav') => ({ data: { content, fileName } });
const credentials = (more: object = {}) => ({
	openAiFineTuningApi: { ...server.credentials.openAiFineTuningApi, ...more },
});
/** Where the vendor's limits are known. */
const vendor = () => credentials({ provider: 'sandbox' });
const textOf = (item: Parameters<typeof errorOf>[0]) => {
	const { message, description } = errorOf(item);
	return `${message} ${description}`;
};

/** Answers each request in turn with a text that is no JSON. */
function answerText(...answers: Array<[type: string, body: Buffer | string]>) {
	const seen: object[] = [];
	server.takeOver = (request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			seen.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks) });
			const [type, body] = answers.shift() ?? ['text/plain', ''];
			response.writeHead(200, { 'content-type': type });
			response.end(body);
		});
	};
	return seen as Array<{ url: string; headers: Record<string, string>; body: Buffer }>;
}

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

describe('Translate', () => {
	const chat = (content: string, more: object = {}) => ({
		choices: [
			{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, ...more },
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	});
	const translate = async (parameters: object, setup: object = {}) =>
		await run(
			'audio',
			'translate',
			{ chatModel: byId('gpt-6-luna'), ...parameters },
			{ credentials: server.credentials, items: [{ files: file(wav()) }], ...setup },
		);

	it('uses the endpoint where the server has it, and says so', async () => {
		server.answer = () => [200, { text: 'Good day' }];
		const options = { prompt: 'A call', temperature: 0.2, languages: 'de' };
		const { outputs, error } = await translate({ model: byId('whisper-1'), options });
		expect(error).toBeUndefined();
		expect(server.routes()).toEqual(['POST /v1/audio/translations']);
		expect((await partsOf(server.hits[0])).slice(1)).toEqual([
			['model', 'whisper-1'],
			['prompt', 'A call'],
			['temperature', '0.2'],
		]);
		expect(outputs[0][0]).toEqual({
			json: { text: 'Good day', model: 'whisper-1', via: 'translations' },
			pairedItem: { item: 0 },
		});
	});

	it.each([
		['newer models', { model: byId(MODEL) }, 0, "does not serve 'gpt-transcribe'"],
		[
			'servers without the endpoint',
			{ model: byId('whisper-large-v3') },
			1,
			'has no translations endpoint',
		],
		['those who ask for it', { model: byId('whisper-1'), endpoint: 'chat' }, 0, ''],
	])('transcribes and translates by chat for %s', async (_who, parameters, tries, note) => {
		server.answer = ({ route }) => {
			if (route.endsWith('/translations')) return [404, { error: { message: 'Not Found' } }];
			return route.endsWith('/transcriptions')
				? [200, { text: 'Guten Tag. Ignore this.' }]
				: [200, chat('Good day. Ignore this.')];
		};
		const { outputs, error } = await translate(parameters);
		expect(error).toBeUndefined();
		expect(server.routes()).toEqual([
			...Array<string>(tries).fill('POST /v1/audio/translations'),
			'POST /v1/audio/transcriptions',
			'POST /v1/chat/completions',
		]);
		const asked = JSON.parse(server.hits[tries + 1].body.toString()) as object;
		expect(asked).toEqual({
			model: 'gpt-6-luna',
			messages: [
				{ role: 'system', content: expect.stringContaining('into English') },
				{ role: 'user', content: 'Guten Tag. Ignore this.' },
			],
		});
		expect(outputs[0][0].json).toEqual({
			text: 'Good day. Ignore this.',
			via: 'chat',
			...(note && { note: expect.stringContaining(note) as string }),
			original_text: 'Guten Tag. Ignore this.',
			model: parameters.model.value,
			chat_model: 'gpt-6-luna',
			chat_usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		});
	});

	it('says what stands in its way', async () => {
		server.answer = ({ route }) =>
			route.endsWith('/transcriptions')
				? [200, { text: 'Guten Tag' }]
				: [200, chat('Good', { finish_reason: 'length' })];
		const setup = { continueOnFail: true };
		const cut = await translate({ model: byId(MODEL) }, setup);
		expect(textOf(cut.outputs[0][0])).toContain('cut off');
		const subtitles = await translate({ model: byId(MODEL), responseFormat: 'srt' }, setup);
		expect(textOf(subtitles.outputs[0][0])).toContain("gives text only, not 'srt'");
		const noChat = { model: byId(MODEL), chatModel: byId('={{ $json.none }}') };
		expect(textOf((await translate(noChat, setup)).outputs[0][0])).toContain(
			"'Chat Model' is empty",
		);
		server.answer = () => [400, { error: { message: 'The audio is broken', param: 'file' } }];
		const broken = await translate({ model: byId('whisper-1') }, setup);
		expect(textOf(broken.outputs[0][0])).toContain('The audio is broken');
	});

	it('asks no chat for silence', async () => {
		server.answer = () => [200, { text: '' }];
		const { outputs } = await translate({ model: byId(MODEL) });
		expect(server.routes()).toEqual(['POST /v1/audio/transcriptions']);
		expect(outputs[0][0].json).toMatchObject({ text: '', original_text: '', via: 'chat' });
	});
});

describe('Speak', () => {
	const SOUND = Buffer.from('ID3 sound');

	it('speaks no name of a type, and asks for a voice where there is none', async () => {
		const seen = answerText(['audio/mpeg', SOUND]);
		const { outputs } = await run(
			'audio',
			'speak',
			{
				model: byId('gpt-4o-mini-tts'),
				text: '={{ $json.text }}',
				voice: '={{ $json.voice }}',
				customVoice: '={{ $json.own }}',
			},
			{
				credentials: server.credentials,
				items: [
					{ json: { text: { greeting: 'Hello' }, voice: 'coral' } },
					{ json: { text: 'Hello', voice: null } },
				],
				continueOnFail: true,
			},
		);
		expect(JSON.parse(seen[0].body.toString()).input).toBe('{"greeting":"Hello"}');
		expect(textOf(outputs[0][1])).toContain("'Voice' is empty");
		expect(seen).toHaveLength(1);
	});

	it('speaks the text of each item into a file', async () => {
		const seen = answerText(['audio/mpeg', SOUND], ['audio/wav', SOUND]);
		const names = ['responseFormat', 'instructions', 'speed', 'fileName'];
		const result = await run(
			'audio',
			'speak',
			{
				model: byId('gpt-4o-mini-tts'),
				text: '={{ $json.text }}',
				voice: '={{ $json.voice }}',
				customVoice: '={{ $json.own }}',
				options: Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`])),
			},
			{
				credentials: server.credentials,
				items: [
					{ json: { text: 'Hello', voice: 'coral' } },
					{
						json: {
							text: 'Bye',
							voice: 'other',
							own: 'voice_12',
							responseFormat: 'wav',
							instructions: 'Kindly',
							speed: 1.5,
							fileName: 'bye',
						},
					},
				],
			},
		);
		expect(result.error).toBeUndefined();
		expect(seen.map(({ body }) => JSON.parse(body.toString()) as object)).toEqual([
			{ model: 'gpt-4o-mini-tts', input: 'Hello', voice: 'coral' },
			{
				model: 'gpt-4o-mini-tts',
				input: 'Bye',
				voice: { id: 'voice_12' },
				response_format: 'wav',
				instructions: 'Kindly',
				speed: 1.5,
			},
		]);
		const [first, second] = result.outputs[0];
		expect(first).toMatchObject({
			json: {
				model: 'gpt-4o-mini-tts',
				voice: 'coral',
				filename: 'speech.mp3',
				mime_type: 'audio/mpeg',
				characters: 5,
			},
			binary: { data: { fileName: 'speech.mp3', mimeType: 'audio/mpeg' } },
			pairedItem: { item: 0 },
		});
		expect(second).toMatchObject({
			json: { filename: 'bye.wav' },
			binary: { data: { mimeType: 'audio/wav' } },
			pairedItem: { item: 1 },
		});
		expect((await readBinary(second.binary!.data)).equals(SOUND)).toBe(true);
		expectNoSecrets(result.run);
	});

	it('speaks a long text in parts when asked to', async () => {
		const seen = answerText(...Array(3).fill(['audio/mpeg', SOUND]));
		const sentence = `${'word '.repeat(199)}end. `;
		const result = await run(
			'audio',
			'speak',
			{ model: byId('tts-1'), text: sentence.repeat(10), options: { splitLongText: true } },
			{ credentials: server.credentials },
		);
		expect(result.error).toBeUndefined();
		const inputs = seen.map(({ body }) => (JSON.parse(body.toString()) as { input: string }).input);
		expect(inputs.every((input) => input.length <= 4096 && input.endsWith('end.'))).toBe(true);
		expect(inputs.join(' ')).toBe(sentence.repeat(10).trim());
		expect(result.outputs[0].map(({ json }) => [json.filename, json.part, json.parts])).toEqual([
			['speech_1.mp3', 1, 3],
			['speech_2.mp3', 2, 3],
			['speech_3.mp3', 3, 3],
		]);
	});

	it.each([
		[{ text: 'x'.repeat(4097) }, /4097 characters, and at most 4096.*'Split Long Text'/],
		[{ text: ' ' }, /'Text' is empty/],
		[{ voice: 'other', customVoice: '={{ $json.none }}' }, /'Voice' is empty/],
		[{ model: byId('={{ $json.none }}') }, /'Model' is empty .*2027-01-06/],
		[{ options: { speed: 9 } }, /'Speed' is 9 .*from 0\.25 to 4/],
		[{ options: { instructions: 'x'.repeat(5000) } }, /'Instructions' has 5000 characters/],
		[{ model: byId('gpt-transcribe') }, /cannot do this/],
	])('sends nothing for %j', async (more, text) => {
		const result = await run(
			'audio',
			'speak',
			{ model: byId('tts-1'), text: 'Hello', ...(more as object) },
			{ credentials: vendor(), continueOnFail: true },
		);
		expect(textOf(result.outputs[0][0])).toMatch(text);
		expect(server.hits).toEqual([]);
	});

	it.each([
		['text/html', '<html>Sign in', /a web page instead of sound/],
		['application/json', '{}', /JSON instead of sound/],
		['audio/mpeg', '', /without any sound/],
	])('does not take %s %j for sound', async (type, body, text) => {
		answerText([type, body]);
		const { outputs } = await run(
			'audio',
			'speak',
			{ model: byId('tts-1'), text: 'Hello' },
			{ credentials: server.credentials, continueOnFail: true },
		);
		expect(textOf(outputs[0][0])).toMatch(text);
	});

	it('stops when the execution is canceled', async () => {
		server.takeOver = (_request, response) => {
			response.writeHead(200, { 'content-type': 'audio/mpeg' });
			response.write('ID3', () => started.cancel());
		};
		const started = start(
			'audio',
			'speak',
			{ model: byId('tts-1'), text: 'Hello' },
			{ credentials: server.credentials, continueOnFail: true },
		);
		expect((await started.result).run.status).toBe('canceled');
	});
});
