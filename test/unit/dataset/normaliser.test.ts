import fc from 'fast-check';

import { Normaliser, normaliseText } from '../../../lib/dataset/normaliser';

/** As it is defined. */
function expected(text: string): string {
	return text
		.toWellFormed()
		.normalize('NFKC')
		.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
		.replace(/[\0-/:-@[-`{-\x7f]+/g, ' ')
		.replace(/^ | $/g, '');
}

/** The text of a JSON string, or undefined when it has to be parsed. */
function fromJson(json: string, normaliser = new Normaliser()): string | undefined {
	const bytes = Buffer.from(json);
	normaliser.clear(bytes.length);
	const quote = normaliser.addJsonString(bytes, 1, bytes.length);
	if (quote === -1) return undefined;
	expect(quote).toBe(bytes.length - 1);
	return normaliser.end().toString('utf8');
}

/** Characters that act on each other, and those that are easily mistaken. */
const character = fc.oneof(
	fc.constantFrom(...'aZ9 \n\t"\\.n'),
	fc.constantFrom('\u0301', '\u0323', '\u0334', '\u0345', '\u0651', '\u064e', '\u093c', '\u094d'),
	fc.constantFrom('\u0928', '\u0e39', '\u0e48', '\u0e33', '\u09c7', '\u09be', '\u0338', '\ufe0f'),
	fc.constantFrom('\u1100', '\u1161', '\u11a8', '\uac00', '\u3131', '\uff21', '\uff0c', '\u2026'),
	fc.constantFrom('\u00a0', '\u00bd', '\ufb01', '\ufdfa', '\u{1f600}', '\u{1f3fd}', '\u{1d400}'),
	fc.constantFrom('\u{2f800}', '\u{20000}', '\u{e0101}', '\u{16d67}', '\u{11127}', '\u212b'),
	fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const text = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(''));

describe('Normaliser', () => {
	test('gives what is defined, whatever the text', () => {
		const normaliser = new Normaliser();
		fc.assert(
			fc.property(text, (given) => {
				expect(normaliseText(given).toString('utf8')).toBe(expected(given));
				expect(normaliser.normalise(given).toString('utf8')).toBe(expected(given));
			}),
			{ numRuns: 3000 },
		);
	});

	test('a JSON string gives the same without being parsed, or has to be parsed', () => {
		fc.assert(
			fc.property(text, (given) => {
				const found = fromJson(JSON.stringify(given));
				expect(found ?? expected(given)).toBe(expected(given));
			}),
			{ numRuns: 3000 },
		);
	});

	test.each([
		['plain', 'My  printer\\n"jams"'.replace(/"/g, '\\"'), 'my printer jams'],
		['umlauts', 'Größe: 5\\t\\/ \\\\', 'größe 5'],
		['characters that stand for others', '１２…\u00a0ﬁ，ok', '12 fi ok'],
		['marks behind letters', 'น้ำ नि क्या \u0628\u064e', 'น\u0e49\u0e4dา नि क्या \u0628\u064e'],
		['pictures', 'ok 👍🏽 ❤️', 'ok 👍🏽 ❤️'],
	])('%s need no parsing', (_, json, result) => {
		const found = fromJson(`"${json}"`);
		// A mark between two that have to change places is left to the parser.
		expect(found ?? expected(JSON.parse(`"${json}"`) as string)).toBe(result);
	});

	test.each([
		['an escape of a character', '"a\\u0041"'],
		['an escape that there is not', '"a\\x"'],
		['half an escape', '"a\\'],
		['a raw control character', '"a\nb"'],
		['no end', '"abc'],
		['a letter and a mark that join', '"e\u0301"'],
		['a mark behind an escape', '"\\n\u0301"'],
		['a mark at the beginning', '"\u0301"'],
	])('%s has to be parsed', (_, json) => expect(fromJson(json)).toBeUndefined());

	test.each([
		['a stray byte', [0x80]],
		['a beginning without an end', [0xc3]],
		['too long a form', [0xc0, 0xaf]],
		['too long a form of three', [0xe0, 0x80, 0xaf]],
		['half a surrogate pair', [0xed, 0xa0, 0x80]],
		['beyond the last character', [0xf4, 0x90, 0x80, 0x80]],
		['a beginning that there is not', [0xff]],
	])('%s is no UTF-8', (_, bytes) => {
		const normaliser = new Normaliser();
		for (const rest of [[0x22], [0x61, 0x22], []]) {
			const source = Buffer.from([0x22, 0x61, ...bytes, ...rest]);
			normaliser.clear(source.length);
			expect(normaliser.addJsonString(source, 1, source.length)).toBe(-1);
		}
	});

	test('parts are a space apart, and the memory of a huge text is not kept', () => {
		const [whole, answer] = [new Normaliser(), new Normaliser()];
		whole.normalise('a'.repeat(3_000_000));
		whole.clear(100);
		answer.clear(100);
		expect(whole.bytes.length).toBeLessThan(100_000);
		for (const [target, json] of [
			[whole, '"One. "'],
			[answer, '"two"'],
			[answer, '""'],
			[answer, '"Three"'],
		] as const) {
			target.separate();
			expect(target.addJsonString(Buffer.from(json), 1, json.length)).toBe(json.length - 1);
		}
		whole.append(answer);
		expect(whole.end().toString()).toBe('one twothree'.replace('twothree', 'two three'));
	});
});
