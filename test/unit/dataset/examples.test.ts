import fc from 'fast-check';
import { detectFormat, parseLine, toLine } from '../../../lib/dataset/examples';
import type { JsonObject, JsonValue } from '../../../lib/dataset/types';
import { isWellFormed } from '../../../lib/dataset/wellFormed';
import { GOOD, PAIR, PLAIN, PREFERENCE, REINFORCEMENT, WITH_TOOLS } from './support/samples';

const codes = (text: string) => parseLine(text, 1).findings.map(({ code }) => code);

describe('parseLine', () => {
	test.each(Object.entries(GOOD))('%s has nothing to be said against it', (_, example) => {
		for (const text of [
			JSON.stringify(example),
			`${JSON.stringify(example)}\r`,
			pythonStyle(example),
		]) {
			const { value, findings } = parseLine(text, 1);
			expect(value).toEqual(example);
			expect(findings).toEqual([]);
		}
	});

	test('says line, column and reason, and shows a masked excerpt', () => {
		const text = '{"messages": [{"role": "user", "content": "Jane Roe, 555-0100"},]}';
		expect(parseLine(text, 12).findings).toEqual([
			{
				severity: 'error',
				code: 'json_trailing_comma',
				line: 12,
				message:
					'Line 12, column 65: there is a comma before a closing bracket. Near: ' +
					'{"messages": [{"role": "user", "content": "•••• •••, •••-••••"},]}',
				fix: 'Remove the comma (the Repair operation does).',
			},
		]);
	});

	test('never shows more than about 80 characters, and no word of the data', () => {
		const secret = 'Straße Иванов 東京 4111111111111111 jane@example.com passwörd '.repeat(20);
		fc.assert(
			fc.property(fc.nat(1400), (at) => {
				const text = `{"content": "${secret.slice(0, at)}`;
				const [{ message }] = parseLine(text, 1).findings;
				const excerpt = message.slice(message.indexOf('Near: ') + 6);
				expect(excerpt.length).toBeLessThanOrEqual(84);
				// The excerpt may begin within the key, a word of the format.
				expect(excerpt.replace(/^…?[{"conte]*"/, '')).not.toMatch(/[\p{L}\p{N}]/u);
			}),
		);
	});

	test.each([
		['[1, 2]', 'not_an_object', 'a list'],
		['null', 'not_an_object', 'null'],
		['"text"', 'not_an_object', 'a string'],
		['42', 'not_an_object', 'a number'],
	])('%s is not an object', (text, code, what) => {
		const { value, findings } = parseLine(text, 3);
		expect(value).toBeUndefined();
		expect(findings).toMatchObject([{ code, line: 3, message: expect.stringContaining(what) }]);
	});

	describe('finds what JSON.parse lets pass', () => {
		test.each([
			['a key given twice', '{"messages":[],"messages":[]}', 'duplicate_key'],
			['twice with spaces', '{"a": 1, "a": 2}', 'duplicate_key'],
			['a number too large', '{"id":1e999}', 'inexact_number'],
			['an id that loses digits', '{"id":12345678901234567891}', 'inexact_number'],
			['half an emoji', '{"a":"cut \\ud83d"}', 'lone_surrogate'],
			['half an emoji in a key', '{"\\udc00":1}', 'lone_surrogate'],
			['a NUL', '{"a":"x\\u0000y"}', 'nul_character'],
		])('%s', (_, text, code) => expect(codes(text)).toEqual([code]));

		test('a content given twice, short or long, first or last', () => {
			const contents = [
				'',
				'short',
				'A "quoted" answer',
				'line\n'.repeat(20),
				'x'.repeat(2000),
				'\\"'.repeat(30),
			];
			for (const first of contents) {
				for (const last of contents) {
					const doubled = `"content":${JSON.stringify(first)},"content":${JSON.stringify(last)}`;
					const text = `{"messages":[{"role":"user",${doubled}},{"role":"assistant","content":"yes"}]}`;
					expect(codes(text)).toEqual(['duplicate_key']);
				}
			}
		});

		test('any member given twice, in any of our examples and in either spacing', () => {
			const value = fc.constantFrom<JsonValue>(
				1,
				0,
				'system',
				'a longer text, with "quotes" in it',
				[],
				{},
				null,
			);
			fc.assert(
				fc.property(
					fc.constantFrom(...Object.values(GOOD)),
					fc.nat(30),
					value,
					fc.boolean(),
					(example, nth, other, python) => {
						const text = doubleMember(
							python ? pythonStyle(example) : JSON.stringify(example),
							nth,
							other,
						);
						fc.pre(text !== undefined);
						expect(codes(text as string)).toContain('duplicate_key');
					},
				),
				{ numRuns: 500 },
			);
		});
	});

	describe('survives', () => {
		test.each([
			['100,000 levels', '['.repeat(100_000)],
			['100,000 levels of objects', '{"a":'.repeat(100_000)],
			['5,000 complete levels', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`],
			['10,000,000 brackets', '['.repeat(10_000_000)],
			['65 levels', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`],
		])('%s, with a finding', (_, text) => {
			const { value, findings } = parseLine(text, 1);
			expect(value).toBeUndefined();
			expect(findings).toMatchObject([{ code: 'too_deep', severity: 'error' }]);
		});

		test('two million empty objects', () => {
			expect(codes(`{"a":[${'{},'.repeat(2_000_000)}{}]}`)).toEqual(['too_many_values']);
		});

		test('a text of 20 MB', () => {
			const text = JSON.stringify({
				messages: [{ role: 'user', content: 'é"\\ '.repeat(4_000_000) }],
			});
			expect(parseLine(text, 1).findings).toEqual([]);
		});

		test('__proto__ keys, which stay plain data', () => {
			const text = '{"__proto__":{"polluted":true},"messages":[{"__proto__":{"role":"user"}}]}';
			const { value, findings } = parseLine(text, 1);
			expect(findings).toEqual([]);
			expect(Object.keys(value as JsonObject)).toEqual(['__proto__', 'messages']);
			expect(({} as Record<string, unknown>).polluted).toBeUndefined();
			expect(toLine(value as JsonObject)).toBe(text);
		});

		test('any text', () => {
			fc.assert(
				fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.string()), (text) => {
					const { value, findings } = parseLine(text, 7);
					expect(value !== undefined || findings.length > 0).toBe(true);
					for (const finding of findings) {
						expect(finding).toMatchObject({ line: 7, fix: expect.any(String) });
						expect(isWellFormed(finding.message)).toBe(true);
					}
				}),
			);
		});
	});
});

describe('toLine', () => {
	test('writes what parseLine reads', () => {
		const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 6 }));
		fc.assert(
			fc.property(object, (value) => {
				const line = toLine(value as JsonObject);
				expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
				expect(isWellFormed(line)).toBe(true);
				expect(JSON.stringify(parseLine(line, 1).value)).toBe(JSON.stringify(value));
			}),
		);
	});

	test('escapes the two separators that some readers take for line ends', () => {
		expect(toLine({ a: 'x\u2028y\u2029z\u0085', '\u2028': 1 })).toBe(
			'{"a":"x\\u2028y\\u2029z\u0085","\\u2028":1}',
		);
	});

	test('does not hide a lone surrogate', () => {
		expect(toLine({ a: '\ud83d' })).toBe('{"a":"\\ud83d"}');
	});
});

describe('detectFormat', () => {
	test.each<[string, JsonValue, string | undefined]>([
		['chat', PLAIN, 'chat'],
		['chat with tools', WITH_TOOLS, 'chat'],
		['a chat that lacks its answer', { messages: [{ role: 'user', content: 'x' }] }, 'chat'],
		['DPO', PREFERENCE, 'dpo'],
		['DPO with the old names', { input: {}, preferred_completion: [] }, 'dpo'],
		['RFT', REINFORCEMENT, 'rft'],
		['prompt/completion', PAIR, 'completion'],
		['Alpaca', { instruction: 'x', output: 'y' }, undefined],
		['an empty object', {}, undefined],
		['a list', [], undefined],
		['null', null, undefined],
		['inherited names', JSON.parse('{"__proto__":{"messages":[]}}') as JsonValue, undefined],
	])('%s', (_, value, format) => expect(detectFormat(value)).toBe(format));
});

/** As Python's json.dumps writes it: a space after each comma and colon, everything beyond ASCII escaped. */
function pythonStyle(value: JsonValue): string {
	if (Array.isArray(value)) return `[${value.map(pythonStyle).join(', ')}]`;
	if (typeof value !== 'object' || value === null) {
		return JSON.stringify(value).replace(
			/[\u0080-\uffff]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
	}
	const members = Object.entries(value).map(([key, member]) => `"${key}": ${pythonStyle(member)}`);
	return `{${members.join(', ')}}`;
}

/** The text with the key of its nth member given once more, right before that member and with another value. */
function doubleMember(text: string, nth: number, value: JsonValue): string | undefined {
	const keys = [...text.matchAll(/(?<=[{,] ?)"(\w+)":/g)].filter(
		({ index }) => !insideText(text, index),
	);
	const key = keys[nth % keys.length];
	if (!key) return undefined;
	return `${text.slice(0, key.index)}"${key[1]}":${JSON.stringify(value)},${text.slice(key.index)}`;
}

function insideText(text: string, index: number): boolean {
	const before = text.slice(0, index).replace(/\\./g, '');
	return before.split('"').length % 2 === 0;
}
