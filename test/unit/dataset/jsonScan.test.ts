import fc from 'fast-check';
import { scanJson } from '../../../lib/dataset/jsonScan';
import { isExactNumber } from '../../../lib/dataset/numbers';

const isJson = (text: string) => {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
};

describe('scanJson', () => {
	test.each([
		['{"a": 1', 'truncated', 7],
		['{"a": "b', 'truncated', 8],
		['{"a": "b\\u00', 'truncated', 8],
		['{"a": tru', 'truncated', 6],
		['', 'truncated', 0],
		['{"a": [1, 2,]}', 'trailing_comma', 12],
		['{"a": 1,}', 'trailing_comma', 8],
		['{"a": NaN}', 'not_a_number', 6],
		['{"a": -Infinity}', 'not_a_number', 6],
		['{"a": None}', 'python_literal', 6],
		['{"a": True}', 'python_literal', 6],
		["{'a': 1}", 'single_quotes', 1],
		['{“a”: 1}', 'smart_quotes', 1],
		['{a: 1}', 'unquoted_key', 1],
		['{"a": 1} // note', 'two_values', 9],
		['{"a": /* note */ 1}', 'comment', 6],
		['{"a": "x\ty"}', 'control_character', 8],
		['{"a": "x\0y"}', 'control_character', 8],
		['{"a": "C:\\Windows"}', 'bad_escape', 9],
		['{"a": 1}{"b": 2}', 'two_values', 8],
		['{"a": 1 "b": 2}', 'missing_comma', 8],
		['[1 2]', 'missing_comma', 3],
		['{"a" 1}', 'missing_colon', 5],
		['{"a": 01}', 'missing_comma', 7],
		['{"a": }', 'unexpected', 6],
		['\ufeff{"a": 1}', 'byte_order_mark', 0],
	])('%s is %s', (text, kind, at) => {
		expect(scanJson(text).fault).toEqual({ kind, at });
		expect(isJson(text)).toBe(false);
	});

	test('accepts what JSON.parse accepts, and nothing else', () => {
		const characters = '{}[]:,"\\/ \n\t\r0123456789-+.eEtruefalsn\'N\u2028é😀';
		const nearly = fc
			.tuple(fc.json(), fc.nat(60), fc.constantFrom('', ...characters))
			.map(([json, at, character]) => json.slice(0, at) + character + json.slice(at + 1));
		const soup = fc.string({ unit: fc.constantFrom(...characters) });
		fc.assert(
			fc.property(fc.oneof(fc.json(), nearly, soup), (text) => {
				expect(scanJson(text, Infinity).fault === undefined).toBe(isJson(text));
			}),
			{ numRuns: 2000 },
		);
	});

	test('finds keys given twice, however they are written', () => {
		const text = '{"a":1,"b":{"x":[{"k":1,"\\u006b":2}],"x":0},"__proto__":1,"__proto__":2,"a":3}';
		expect(scanJson(text).duplicateKeys.map(({ path }) => path)).toEqual([
			'b.x[0].k',
			'b.x',
			'__proto__',
			'a',
		]);
	});

	test('the same key in different objects is not twice', () => {
		expect(scanJson('[{"a":1},{"a":{"a":1}}]').duplicateKeys).toEqual([]);
	});

	test('stops at the deepest level allowed', () => {
		const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
		expect(scanJson(nested(64)).fault).toBeUndefined();
		expect(scanJson(nested(65)).fault).toEqual({ kind: 'too_deep', at: 64 });
		expect(scanJson('['.repeat(1_000_000)).fault?.kind).toBe('too_deep');
	});

	test('does not collect without bound', () => {
		expect(scanJson(`{${'"a":1,'.repeat(5000)}"a":1}`).duplicateKeys).toHaveLength(20);
	});
});

describe('isExactNumber', () => {
	test.each([
		'0',
		'-0',
		'1',
		'1.0',
		'1.50',
		'1e3',
		'1E+3',
		'0.1',
		'123456789012345',
		'1e-7',
		'100000000000000000000',
		'5e-324',
	])('%s keeps its value', (literal) => expect(isExactNumber(literal)).toBe(true));

	test.each([
		'1e999',
		'-1e999',
		'12345678901234567891',
		'0.12345678901234567890123',
		'1e-400',
		'9007199254740993',
	])('%s does not', (literal) => expect(isExactNumber(literal)).toBe(false));

	test('every double keeps its value in the form JavaScript writes it', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
				expect(isExactNumber(JSON.stringify(value))).toBe(true);
			}),
		);
	});

	test('takes linear time on a long run of zeros', () => {
		expect(isExactNumber(`1${'0'.repeat(200_000)}1`)).toBe(false);
	});
});
