import fc from 'fast-check';

import { serverEvents, type ServerEvent } from '../../../../lib/openai/chat/eventStream';

async function* chunks(...parts: Array<string | Uint8Array>): AsyncGenerator<Uint8Array> {
	for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function all(source: AsyncIterable<Uint8Array>): Promise<ServerEvent[]> {
	const events: ServerEvent[] = [];
	for await (const event of serverEvents(source)) events.push(event);
	return events;
}

const TEXT = [
	'\uFEFF: comment\r\n',
	'data: {"a":"Zürich 😀"}\r\n\r\n',
	'event: ping\ndata:one\ndata: two\n\n',
	'id: 5\rdata:  spaced\r\r',
	'data\n\n',
	'event: nothing\n\n',
	'data: [DONE]\n\n',
].join('');
const EVENTS = [
	{ data: '{"a":"Zürich 😀"}' },
	{ event: 'ping', data: 'one\ntwo' },
	{ data: ' spaced' },
	{ data: '' },
	{ data: '[DONE]' },
];

describe('serverEvents', () => {
	it('reads events by the rules of the standard', async () => {
		expect(await all(chunks(TEXT))).toEqual(EVENTS);
	});

	it('reads them wherever the bytes are cut', async () => {
		const bytes = Buffer.from(TEXT);
		for (let cut = 0; cut <= bytes.length; cut++) {
			expect(await all(chunks(bytes.subarray(0, cut), bytes.subarray(cut)))).toEqual(EVENTS);
		}
		expect(await all(chunks(...Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual(EVENTS);
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (places) => {
				const cuts = [0, ...places.sort((a, b) => a - b), bytes.length];
				const parts = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
				expect(await all(chunks(...parts))).toEqual(EVENTS);
			}),
		);
	});

	it('counts a last event without its empty line', async () => {
		expect(await all(chunks('data: a\n\ndata: b'))).toEqual([{ data: 'a' }, { data: 'b' }]);
		expect(await all(chunks())).toEqual([]);
	});

	it('bounds the length of a line', async () => {
		const part = 'x'.repeat(1024 * 1024);
		await expect(all(chunks('data: ', ...Array<string>(9).fill(part)))).rejects.toThrow(RangeError);
	});
});
