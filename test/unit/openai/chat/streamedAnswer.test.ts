import { Readable } from 'node:stream';

import fc from 'fast-check';

import { ApiError } from '../../../../lib/http/errors';
import { readAnswer } from '../../../../lib/openai/chat/answer';
import { readStreamedAnswer } from '../../../../lib/openai/chat/streamedAnswer';

const SSE = 'text/event-stream; charset=utf-8';

async function* bytes(...parts: string[]): AsyncGenerator<Uint8Array> {
	for (const part of parts) yield Buffer.from(part);
}

const event = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`;
const delta = (part: object, finish_reason: string | null = null, index = 0) =>
	event({
		id: 'chatcmpl-1',
		object: 'chat.completion.chunk',
		created: 1,
		model: 'ft:m',
		choices: [{ index, delta: part, finish_reason }],
	});

async function collect(source: AsyncIterable<Uint8Array>, contentType: string | undefined = SSE) {
	const heard: string[] = [];
	const completion = await readStreamedAnswer(source, {
		contentType,
		onText: (text) => void heard.push(text),
	});
	return { heard, completion };
}

describe('readStreamedAnswer', () => {
	it('gives the text as it comes and the whole at the end', async () => {
		const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
		const { heard, completion } = await collect(
			bytes(
				delta({ role: 'assistant', content: '' }),
				delta({ content: 'Noise ' }),
				delta({ content: 'levels' }),
				delta({}, 'stop'),
				event({ id: 'chatcmpl-1', model: 'ft:m', choices: [], usage }),
				'data: [DONE]\n\n',
			),
		);
		expect(heard).toEqual(['Noise ', 'levels']);
		expect(completion).toEqual({
			id: 'chatcmpl-1',
			object: 'chat.completion',
			created: 1,
			model: 'ft:m',
			choices: [
				{
					index: 0,
					message: { role: 'assistant', content: 'Noise levels', refusal: null },
					logprobs: null,
					finish_reason: 'stop',
				},
			],
			usage,
		});
	});

	it('puts tool calls together from their pieces', async () => {
		const call = (index: number, part: object, id?: string) =>
			delta({ tool_calls: [{ index, ...(id ? { id, type: 'function' } : {}), function: part }] });
		const { completion } = await collect(
			bytes(
				call(0, { name: 'get', arguments: '' }, 'c0'),
				call(0, { arguments: '{"city":' }),
				call(1, { name: 'put', arguments: '{}' }, 'c1'),
				call(0, { arguments: '"Oslo"}' }),
				delta({}, 'tool_calls'),
				'data: [DONE]\n\n',
			),
		);
		expect(readAnswer(completion, { json: false }).choices[0].tool_calls).toEqual([
			{ id: 'c0', name: 'get', arguments: { city: 'Oslo' } },
			{ id: 'c1', name: 'put', arguments: {} },
		]);
	});

	it('keeps several choices apart and only says the first aloud', async () => {
		const { heard, completion } = await collect(
			bytes(
				delta({ content: 'B' }, null, 1),
				delta({ content: 'A' }),
				delta({ content: 'a' }, 'stop'),
				delta({}, 'length', 1),
			),
		);
		expect(heard).toEqual(['A', 'a']);
		expect(completion).toMatchObject({
			choices: [
				{ index: 0, message: { content: 'Aa' }, finish_reason: 'stop' },
				{ index: 1, message: { content: 'B' }, finish_reason: 'length' },
			],
		});
	});

	it('says refusals aloud', async () => {
		const { heard, completion } = await collect(
			bytes(delta({ refusal: 'I cannot.' }), delta({}, 'stop')),
		);
		expect(heard).toEqual(['I cannot.']);
		expect(completion).toMatchObject({ choices: [{ message: { refusal: 'I cannot.' } }] });
	});

	it('takes a whole JSON body from servers that do not stream', async () => {
		const body = { model: 'm', choices: [{ index: 0, message: { content: 'Hi' } }] };
		const text = JSON.stringify(body);
		const { heard, completion } = await collect(
			bytes(text.slice(0, 10), text.slice(10)),
			'application/json; charset=utf-8',
		);
		expect(heard).toEqual(['Hi']);
		expect(completion).toEqual(body);
	});

	it('raises errors that come inside the stream, with their status', async () => {
		const limited = event({ error: { message: 'Slow down', code: 429, type: 'rate_limit' } });
		await expect(collect(bytes(delta({ content: 'a' }), limited))).rejects.toMatchObject({
			message: 'Slow down',
			details: { status: 429, code: '429', type: 'rate_limit' },
		});
		await expect(collect(bytes(event({ error: {} })))).rejects.toMatchObject({
			details: { status: 500 },
		});
	});

	it.each([
		['nothing at all', []],
		['half an answer', [delta({ content: 'a' })]],
		['something else', ['data: <html>\n\n']],
	])('does not take %s for an answer', async (_what, parts) => {
		await expect(collect(bytes(...parts))).rejects.toThrow('The streamed answer could not be read');
	});

	it('turns a broken connection into an ApiError', async () => {
		async function* broken() {
			yield Buffer.from(delta({ content: 'a' }));
			throw new Error('aborted');
		}
		const failure = await collect(broken()).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(ApiError);
		expect(failure).toMatchObject({ details: { networkCode: 'ECONNRESET', ambiguous: true } });
	});

	it('does not swallow what the listener throws', async () => {
		const stop = new Error('stop');
		await expect(
			readStreamedAnswer(bytes(delta({ content: 'a' })), {
				contentType: SSE,
				onText: () => {
					throw stop;
				},
			}),
		).rejects.toBe(stop);
	});

	it('closes the stream when the listener throws', async () => {
		const stop = new Error('stop');
		const body = Readable.from(
			[delta({ content: 'a' }), delta({ content: 'b' })].map((text) => Buffer.from(text)),
		);
		const reading = readStreamedAnswer(body, {
			contentType: SSE,
			onText: async () => await Promise.reject(stop),
		});
		await expect(reading).rejects.toBe(stop);
		expect(body.destroyed).toBe(true);
	});

	it('passes on what the listener throws, also when the body cannot be closed', async () => {
		const stop = new Error('stop');
		const stuck: AsyncIterable<Uint8Array> = {
			[Symbol.asyncIterator]: () => ({
				next: async () => ({ value: Buffer.from(delta({ content: 'a' })) }),
				return: async () => await Promise.reject(new Error('cannot be closed')),
			}),
		};
		const reading = readStreamedAnswer(stuck, {
			contentType: SSE,
			onText: () => {
				throw stop;
			},
		});
		await expect(reading).rejects.toBe(stop);
	});

	it('bounds indexes and survives nonsense', async () => {
		const wild = event({ choices: [{ index: 1e9, delta: { content: 'x' } }] });
		const calls = delta({ tool_calls: [{ index: -1 }, { index: 1e9, id: 'x' }] });
		const { completion } = await collect(bytes(wild, calls, delta({}, 'stop')));
		expect(completion).toMatchObject({ choices: [{ index: 0 }] });
		await fc.assert(
			fc.asyncProperty(fc.array(fc.jsonValue()), async (values) => {
				try {
					await collect(bytes(...values.map(event), 'data: [DONE]\n\n'));
				} catch (error) {
					expect(error).toBeInstanceOf(ApiError);
				}
			}),
		);
	});
});
