import type { ServerResponse } from 'node:http';

import { readBinary, useNock } from '../harness';
import { expectNoSecrets } from '../openAiFineTune/api';
import { textOf, useAudioServer } from './audio.support';
import { byId, run, start } from './media.support';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(60_000);

useNock();
const { server, vendor, answerText } = useAudioServer();

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

	describe('when a later part of a long text fails', () => {
		const sentence = `${'word '.repeat(199)}end. `;
		const long = sentence.repeat(10).trim();
		const speakLong = async (more: object = {}) =>
			await run(
				'audio',
				'speak',
				{ model: byId('tts-1'), text: '={{ $json.text }}', options: { splitLongText: true } },
				{ credentials: server.credentials, items: [{ json: { text: long } }], ...more },
			);
		/** Answers parts with sound, but for one of them. */
		const failAt = (part: number, fail: (response: ServerResponse) => void) => {
			const heard: string[] = [];
			server.takeOver = (request, response) => {
				const chunks: Buffer[] = [];
				request.on('data', (chunk: Buffer) => chunks.push(chunk));
				request.on('end', () => {
					heard.push((JSON.parse(Buffer.concat(chunks).toString()) as { input: string }).input);
					if (heard.length === part) return fail(response);
					response.writeHead(200, { 'content-type': 'audio/mpeg' });
					response.end(SOUND);
				});
			};
			return heard;
		};
		const refuse =
			(status: number, headers: object = {}) =>
			(response: ServerResponse) => {
				response.writeHead(status, { 'content-type': 'application/json', ...headers });
				response.end('{"error":{"message":"No voice today","code":"no_voice"}}');
			};

		it('hands out the parts that are paid, and what is missing, where the node goes on', async () => {
			const heard = failAt(3, refuse(500, { 'x-request-id': 'req_7' }));
			const items = [{ json: { text: long } }, { json: { text: 'Short' } }];
			const { outputs, error, run: kept } = await speakLong({ continueOnFail: true, items });
			expect(error).toBeUndefined();
			const [first, second, failed, next] = outputs[0];
			expect([first, second].map(({ json }) => [json.part, json.parts, json.complete])).toEqual([
				[1, 3, false],
				[2, 3, false],
			]);
			expect(first.json.text).toBe(heard[0]);
			expect((await readBinary(second.binary!.data)).equals(SOUND)).toBe(true);
			expect(Object.keys(failed.json)).toEqual(['error']);
			expect(failed.json.error).toMatchObject({
				message: expect.stringMatching(/^Part 3 of 3 could not be spoken: .*No voice today/),
				description: expect.stringMatching(/^Parts 1 and 2 were made before.*Request ID: req_7$/),
				status: 500,
				code: 'no_voice',
				part: 3,
				parts: 3,
				complete: false,
				missing_text: heard[2],
			});
			expect(`${heard[0]} ${heard[1]} ${heard[2]}`).toBe(long);
			expect([first, second, failed].map(({ pairedItem }) => pairedItem)).toEqual(
				Array(3).fill({ item: 0 }),
			);
			expect(next).toMatchObject({ json: { characters: 5 }, pairedItem: { item: 1 } });
			expect(next.json).not.toHaveProperty('complete');
			expectNoSecrets(kept);
		});

		it('keeps them as well when the sound breaks off', async () => {
			failAt(2, (response) => {
				response.writeHead(200, { 'content-type': 'audio/mpeg' });
				response.write('ID3', () => response.socket?.resetAndDestroy());
			});
			const { outputs } = await speakLong({ continueOnFail: true });
			const [first, failed, ...none] = outputs[0];
			expect(first.json).toMatchObject({ part: 1, complete: false });
			expect(textOf(failed)).toMatch(
				/^Part 2 of 3 could not be spoken: The sound broke off before its end.? Part 1 was made before/,
			);
			expect(none).toEqual([]);
		});

		it('says which part it was where the node stops', async () => {
			failAt(2, refuse(400));
			const { outputs, error } = await speakLong();
			expect(outputs).toEqual([]);
			expect(error?.message).toMatch(/^Part 2 of 3 could not be spoken: .*No voice today/);
			expect(error?.description).toMatch(/^Part 1 was made and paid for before. To keep them,/);
			expect(error?.httpCode).toBe('400');
		});

		it('tries a part again where the server asks for it, and pays for none twice', async () => {
			const heard = failAt(2, refuse(429, { 'retry-after': '0' }));
			const { outputs, error } = await speakLong();
			expect(error).toBeUndefined();
			expect(heard).toHaveLength(4);
			expect(heard[1]).toBe(heard[2]);
			expect(outputs[0].map(({ json }) => [json.part, json.complete])).toEqual([
				[1, true],
				[2, true],
				[3, true],
			]);
		});

		it('makes no fuss about parts when the first one fails', async () => {
			failAt(1, refuse(400));
			const { outputs } = await speakLong({ continueOnFail: true });
			expect(outputs[0]).toHaveLength(1);
			expect(textOf(outputs[0][0])).toContain('No voice today');
			expect(textOf(outputs[0][0])).not.toContain('Part 1');
		});

		it('stops with the execution all the same', async () => {
			failAt(2, () => started.cancel());
			const started = start(
				'audio',
				'speak',
				{ model: byId('tts-1'), text: long, options: { splitLongText: true } },
				{ credentials: server.credentials, continueOnFail: true },
			);
			expect((await started.result).run.status).toBe('canceled');
		});
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
