import fc from 'fast-check';
import { LineSplitter } from '../../../lib/dataset/lines';
import { invalidUtf8Offset } from '../../../lib/dataset/utf8';
import { chunked, utf8 } from './support/samples';

interface Seen {
	line: number;
	text?: string;
	code?: string;
}

function split(bytes: Uint8Array, cuts: number[] = [], maxLineBytes?: number) {
	const seen: Seen[] = [];
	const splitter = new LineSplitter(
		{
			onLine: (text, line) => seen.push({ line, text }),
			onBadLine: ({ code }, line, text) => seen.push({ line, text, code }),
		},
		maxLineBytes,
	);
	for (const chunk of chunked(bytes, cuts)) splitter.push(chunk);
	splitter.end();
	return { seen, splitter };
}

const texts = (bytes: Uint8Array, cuts?: number[]) =>
	split(bytes, cuts).seen.map(({ text }) => text);

describe('LineSplitter', () => {
	test('cuts at line feeds and nowhere else', () => {
		expect(texts(utf8('a\nb\r\nc\u2028d\u0085e\u2029f\rg\n'))).toEqual([
			'a',
			'b\r',
			'c\u2028d\u0085e\u2029f\rg',
		]);
	});

	test('gives the last line also without a line feed, and says that it had none', () => {
		const open = split(utf8('a\nb'));
		expect(open.seen).toEqual([
			{ line: 1, text: 'a' },
			{ line: 2, text: 'b' },
		]);
		expect(open.splitter.endedWithLineFeed).toBe(false);
		expect(open.splitter.lines).toBe(2);
		const closed = split(utf8('a\nb\n')).splitter;
		expect([closed.lines, closed.endedWithLineFeed]).toEqual([2, true]);
	});

	test('counts blank lines', () => {
		expect(split(utf8('\n\na\n')).seen).toEqual([
			{ line: 1, text: '' },
			{ line: 2, text: '' },
			{ line: 3, text: 'a' },
		]);
		expect(split(utf8('')).splitter.lines).toBe(0);
	});

	test('passes over a line that is too long and carries on with the next', () => {
		const bytes = utf8(`short\n${'x'.repeat(101)}\nnext\n${'y'.repeat(100)}\n${'z'.repeat(101)}`);
		for (const cuts of [[], [3, 60, 110], [106, 107, 108]]) {
			expect(split(bytes, cuts, 100).seen).toEqual([
				{ line: 1, text: 'short' },
				{ line: 2, code: 'line_too_long', text: undefined },
				{ line: 3, text: 'next' },
				{ line: 4, text: 'y'.repeat(100) },
				{ line: 5, code: 'line_too_long', text: undefined },
			]);
		}
	});

	test('keeps nothing of a line of 100 MB', () => {
		const seen: Seen[] = [];
		const splitter = new LineSplitter({
			onLine: (text, line) => seen.push({ line, text }),
			onBadLine: ({ code, message }, line) => seen.push({ line, code, text: message }),
		});
		const chunk = Buffer.alloc(1024 * 1024, 'x');
		const before = process.memoryUsage().arrayBuffers;
		for (let megabyte = 0; megabyte < 100; megabyte++) splitter.push(chunk);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(80 * 1024 * 1024);
		splitter.push(utf8('\nafter\n'));
		splitter.end();
		expect(seen[0]).toMatchObject({ line: 1, code: 'line_too_long' });
		expect(seen[0].text).toContain('Line 1 is 100 MiB long; lines over 32 MiB are not read');
		expect(seen[1]).toEqual({ line: 2, text: 'after' });
	});

	test('finds bytes that are not UTF-8, with their place', () => {
		const latin1 = Buffer.concat([utf8('caf'), Buffer.from([0xe9]), utf8('\nfine\n')]);
		const findings: string[] = [];
		const splitter = new LineSplitter({
			onLine: (text) => findings.push(text),
			onBadLine: ({ code, message }) => findings.push(`${code}: ${message}`),
		});
		splitter.push(latin1);
		splitter.end();
		expect(findings).toEqual([
			'invalid_utf8: Line 1 holds bytes that are not UTF-8, the first one 3 bytes into the line.',
			'fine',
		]);
	});

	test('does not take a genuine U+FFFD for damage', () => {
		expect(texts(utf8('a\ufffdb\n'))).toEqual(['a\ufffdb']);
	});

	test('gives the same lines wherever the chunks are cut', () => {
		const line = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 40 }).map((text) => utf8(text.replace(/\n/g, ''))),
			fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.filter((byte) => byte !== 10)),
		);
		fc.assert(
			fc.property(fc.array(line), fc.array(fc.nat(400)), fc.nat(60), (lines, cuts, max) => {
				const bytes = Buffer.concat(lines.flatMap((one) => [one, utf8('\n')]));
				const places = cuts.filter((cut) => cut < bytes.length);
				expect(split(bytes, places, max).seen).toEqual(split(bytes, [], max).seen);
			}),
		);
	});
});

describe('invalidUtf8Offset', () => {
	test.each([
		['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1],
		['an overlong slash', [0xc0, 0xaf], 0],
		['an overlong three-byte form', [0xe0, 0x80, 0x80], 0],
		['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 0],
		['a lone continuation', [0x61, 0x62, 0x80], 2],
		['a cut-off sequence', [0x61, 0xe2, 0x82], 1],
	])('%s', (_, bytes, offset) => {
		expect(invalidUtf8Offset(Uint8Array.from(bytes))).toBe(offset);
	});

	test('agrees with the strict decoder of the platform', () => {
		const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
		const isValid = (bytes: Uint8Array) => {
			try {
				strict.decode(bytes);
				return true;
			} catch {
				return false;
			}
		};
		const nearlyUtf8 = fc
			.tuple(fc.string({ unit: 'binary' }), fc.nat(60), fc.integer({ min: 0, max: 255 }))
			.map(([text, at, byte]) => {
				const bytes = utf8(text);
				if (at < bytes.length) bytes[at] = byte;
				return bytes as Uint8Array;
			});
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array(), nearlyUtf8), (bytes) => {
				const offset = invalidUtf8Offset(bytes);
				expect(offset === -1).toBe(isValid(bytes));
				if (offset !== -1) expect(isValid(bytes.subarray(0, offset))).toBe(true);
			}),
		);
	});
});
