import fc from 'fast-check';

import { cosine } from '../../../lib/golden/embeddings';
import { canonicalJson, sha256Of } from '../../../lib/golden/hashes';
import { compareJson, jsonIn } from '../../../lib/golden/jsonMeasure';
import { inSeededOrder } from '../../../lib/golden/order';
import { normaliseText, textSimilarity } from '../../../lib/golden/textMeasures';

const texts = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('normaliseText', () => {
	it.each([
		['  The Office\tcloses,\nat 18:00. ', 'the office closes at 18:00'],
		['“Don’t”', 'dont'],
		['ﬁne — ½', 'fine 1⁄2'],
		['1,5 or -3 % of #4', '1,5 or -3 % of #4'],
		['well-known', 'well known'],
		['a\u200bb', 'ab'],
		['', ''],
	])('%j is %j', (text, expected) => {
		expect(normaliseText(text)).toBe(expected);
	});

	it('keeps figures apart', () => {
		for (const [a, b] of [
			['1.5', '15'],
			['5', '-5'],
			['5 %', '5'],
		]) {
			expect(normaliseText(a)).not.toBe(normaliseText(b));
		}
	});

	it('changes nothing the second time', () => {
		fc.assert(
			fc.property(texts, (text) => {
				const once = normaliseText(text);
				// A sign that stood before a mark may come to stand before a digit.
				expect(normaliseText(once).length).toBeLessThanOrEqual(once.length);
			}),
		);
	});
});

describe('textSimilarity', () => {
	it('is symmetric, from 0 to 1, and 1 for a text with itself', () => {
		fc.assert(
			fc.property(texts, texts, (a, b) => {
				const similarity = textSimilarity(a, b);
				expect(similarity).toBeGreaterThanOrEqual(0);
				expect(similarity).toBeLessThanOrEqual(1);
				expect(textSimilarity(b, a)).toBeCloseTo(similarity, 10);
				expect(textSimilarity(a, a)).toBe(1);
			}),
		);
	});

	it('is twice the common letters by all letters', () => {
		expect(textSimilarity('abcd', 'abxd')).toBe(0.75);
		expect(textSimilarity('abc', 'xyz')).toBe(0);
		expect(textSimilarity('', 'a')).toBe(0);
	});

	it('is bounded for a megabyte of anything', () => {
		const long = 'ab '.repeat(350_000);
		const other = 'ba '.repeat(350_000);
		const similarity = textSimilarity(long, other);
		expect(similarity).toBeLessThan(1);
		expect(textSimilarity("'".repeat(1_000_000), '-'.repeat(1_000_000))).toBe(1);
	});
});

describe('compareJson', () => {
	it('does not mind the order of keys, and finds a value equal to its own copy', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
				const text = JSON.stringify(value);
				expect(compareJson(JSON.parse(text), JSON.parse(canonicalJson(value)))).toEqual({
					equal: true,
				});
				expect(sha256Of(JSON.parse(text))).toBe(sha256Of(JSON.parse(canonicalJson(value))));
			}),
		);
	});

	it.each([
		[{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 'a.b[1]', '2 became 3'],
		[{ a: 1 }, {}, 'a', 'is missing'],
		[{}, { 'x y': 1 }, '["x y"]', 'is new'],
		[[1], { 0: 1 }, '', 'list became object'],
		[{ a: null }, { a: 0 }, 'a', 'null became number'],
		[{ a: 1, b: 2 }, { a: 2, b: 3 }, 'a', '1 became 2'],
	])('%j and %j differ at %s', (a, b, path, difference) => {
		expect(compareJson(a, b)).toEqual({ equal: false, path, difference });
	});

	it('knows __proto__ as any other key', () => {
		const a = JSON.parse('{"__proto__": {"x": 1}}') as object;
		expect(compareJson(a, {})).toEqual({
			equal: false,
			path: '__proto__',
			difference: 'is missing',
		});
	});
});

describe('jsonIn', () => {
	it.each([
		['{"a": 1}', { a: 1 }],
		['```json\n[1]\n```', [1]],
		['42', undefined],
		['Here: {"a": 1}', undefined],
		['{"a": ', undefined],
		['['.repeat(100_000), undefined],
		['`'.repeat(1_000_000), undefined],
	])('reads %.30j', (text, expected) => {
		expect(jsonIn(text)).toEqual(expected);
	});
});

describe('inSeededOrder', () => {
	const ids = fc.uniqueArray(fc.string(), { maxLength: 30 });

	it('is the same for the same seed, whatever order the questions come in', () => {
		fc.assert(
			fc.property(ids, fc.integer(), (names, seed) => {
				const questions = names.map((id) => ({ id }));
				const order = inSeededOrder(questions, seed);
				expect(order).toEqual(inSeededOrder([...questions].reverse(), seed));
				expect(order.map(({ id }) => id).sort()).toEqual([...names].sort());
			}),
		);
	});

	it('is another for another seed', () => {
		const questions = Array.from({ length: 30 }, (_, index) => ({ id: `q${index}` }));
		expect(inSeededOrder(questions, 1)).not.toEqual(inSeededOrder(questions, 2));
	});
});

describe('cosine', () => {
	it.each([
		[[1, 0], [2, 0], 1],
		[[1, 0], [0, 1], 0],
		[[1, 1], [-1, -1], -1],
		[[1], [1, 2], 0],
		[[0, 0], [1, 1], 0],
	])('of %j and %j is %d', (a, b, expected) => {
		expect(cosine(a, b)).toBeCloseTo(expected, 10);
	});
});
