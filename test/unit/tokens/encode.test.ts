import fc from 'fast-check';
import { get_encoding, type Tiktoken } from 'tiktoken';
import { countTokens, encode } from '../../../lib/tokens';
import * as corpus from './corpus';
import { readTiktoken } from './readTiktoken';

let tiktoken: Tiktoken;

beforeAll(() => {
	tiktoken = get_encoding('o200k_base');
});

afterAll(() => tiktoken.free());

function differences(texts: string[]) {
	return texts
		.map((text) => ({
			text,
			ours: encode(text),
			theirs: Array.from(tiktoken.encode_ordinary(text)),
		}))
		.filter(({ ours, theirs }) => ours.join() !== theirs.join());
}

describe('the same ids as tiktoken', () => {
	const sets: Array<[name: string, texts: string[]]> = [
		['tickets in fifteen languages', corpus.tickets(1000)],
		['random Unicode', corpus.randomUnicode(4000)],
		['white space, apostrophes and other turns of the pattern', corpus.turns(6000)],
		['code', corpus.code(1500)],
		['long runs', corpus.longRuns()],
		['long words', corpus.longWords()],
		['tokens glued together', corpus.gluedTokens(readTiktoken())],
	];

	it.each(sets)('%s', (_, texts) => {
		expect(texts.length).toBeGreaterThan(100);
		expect(differences(texts)).toEqual([]);
	});

	it('compares more than 10,000 different strings', () => {
		const all = new Set(sets.flatMap(([, texts]) => texts));
		expect(all.size).toBeGreaterThan(10_000);
	});

	it('every character up to U+FFFF at the beginning, between and at the end of words', () => {
		const texts = Array.from({ length: 0x10000 }, (_, codePoint) => {
			const character = String.fromCharCode(codePoint);
			return `${character}a ${character}B a${character}b'll A${character}B 1${character}\n${character}`;
		});
		expect(differences(texts)).toEqual([]);
	});

	it('any string', () => {
		const character = fc.oneof(
			...corpus.BLOCKS.map(([min, max]) =>
				fc.integer({ min, max }).map((codePoint) => String.fromCodePoint(codePoint)),
			),
		);
		const part = fc.oneof(
			fc.string({ unit: character, maxLength: 40 }),
			fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
			fc.constantFrom(...corpus.turns(200)),
		);
		const text = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''));
		fc.assert(
			fc.property(text, (sample) => {
				expect(encode(sample)).toEqual(Array.from(tiktoken.encode_ordinary(sample)));
			}),
			{ numRuns: 3000 },
		);
	});
});

describe('encode', () => {
	it('gives nothing for an empty text', () => {
		expect(encode('')).toEqual([]);
		expect(countTokens('')).toBe(0);
	});

	it('takes special tokens as plain text', () => {
		const text = '<|endoftext|>';
		expect(encode(text)).not.toContain(199999);
		expect(new TextDecoder().decode(tiktoken.decode(Uint32Array.from(encode(text))))).toBe(text);
		expect(encode('<|endofprompt|>')).not.toContain(200018);
	});

	it('takes a lone surrogate as U+FFFD', () => {
		expect(encode('a\ud83d b')).toEqual(encode('a\ufffd b'));
		expect(encode('\udc00\ud83d')).toEqual(encode('\ufffd\ufffd'));
	});

	it('counts what it encodes, whatever was seen before', () => {
		const texts = [...corpus.longWords().slice(0, 300), ...corpus.turns(300)];
		const first = texts.map((text) => encode(text).join());
		const again = [...texts].reverse().map((text) => encode(text).join());
		expect(again.reverse()).toEqual(first);
		expect(texts.map(countTokens)).toEqual(first.map((ids) => ids.split(',').length));
	});

	it('reads texts that do not fit in the shared buffer', () => {
		const word = 'größer, 大きい 🙂 ';
		const text = word.repeat(20_000);
		const ids = encode(text);
		expect(new TextDecoder().decode(tiktoken.decode(Uint32Array.from(ids)))).toBe(text);
		expect(ids).toEqual(Array.from(tiktoken.encode_ordinary(text)));
	});

	it('takes words of a MiB and more, and cuts them between characters', () => {
		const word = '漢'.repeat(2 ** 20 / 3 + 1000);
		const ids = encode(word);
		expect(new Set(ids).size).toBe(1);
		expect(ids).toHaveLength(word.length);
		expect(countTokens(word)).toBe(ids.length);
	});
});
