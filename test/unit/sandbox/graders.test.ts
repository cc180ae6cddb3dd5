import fc from 'fast-check';

import { evaluateFormula } from '../../../sandbox/server/graders/formula';
import { textSimilarity } from '../../../sandbox/server/graders/metrics';
import { METRICS } from '../../../sandbox/server/graders/rules';

describe('evaluateFormula', () => {
	const values = new Map([
		['a', 0.5],
		['b_2', 3],
	]);

	it.each<[string, number]>([
		['1 + 2 * 3', 7],
		['(1 + 2) * 3', 9],
		['-a + 1', 0.5],
		['2 ^ 3 ^ 2', 512],
		['8 / 4 / 2', 1],
		['10 - 4 - 3', 3],
		['max(a, min(2, 1)) + abs(-1)', 2],
		['floor(1.9) + ceil(0.1) + sqrt(9) + exp(0) + log(1)', 6],
		['b_2 * 2', 6],
		['1e2', 100],
	])('%s is %d', (formula, value) => {
		expect(evaluateFormula(formula, values)).toBeCloseTo(value);
	});

	it.each([
		'',
		'1 +',
		'(1',
		'1 2',
		'c',
		'constructor(1)',
		'toString',
		'1; 2',
		'a.b',
		'x'.repeat(3000),
		'('.repeat(1999),
	])('refuses %j', (formula) => {
		expect(() => evaluateFormula(formula, values)).toThrow();
	});

	it('is a number or a refusal, whatever it reads', () => {
		fc.assert(
			fc.property(fc.string(), (formula) => {
				try {
					expect(typeof evaluateFormula(formula, values)).toBe('number');
				} catch (cause) {
					expect(cause).toBeInstanceOf(Error);
				}
			}),
		);
	});
});

describe('textSimilarity', () => {
	it.each(METRICS)('%s: the same is one, nothing in common is nought', (metric) => {
		const text = 'the cat sat on the mat today';
		const expected = metric === 'meteor' ? 1 - 0.5 / 7 ** 3 : 1;
		expect(textSimilarity(metric, text, text)).toBeCloseTo(expected);
		expect(textSimilarity(metric, 'qqq', 'zzzzzz')).toBe(0);
	});

	it.each<[string, string, string, number]>([
		['fuzzy_match', 'kitten', 'sitting', 1 - 3 / 7],
		['rouge_1', 'the cat', 'the cat sat', 0.8],
		['rouge_2', 'the cat sat', 'the cat ran', 0.5],
		['rouge_l', 'a b c d', 'a x c y', 0.5],
		['cosine', 'a a b', 'a b b', 0.8],
		['gleu', 'a b', 'a b c', 3 / 6],
		['bleu', 'the cat', 'the cat sat on', Math.exp(1 - 4 / 2)],
		['meteor', 'b a', 'a b', 0.5],
	])('%s of %j and %j', (metric, input, reference, value) => {
		expect(textSimilarity(metric, input, reference)).toBeCloseTo(value);
	});

	it('stays between nought and one', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...METRICS),
				fc.lorem(),
				fc.lorem(),
				(metric, input, reference) => {
					const value = textSimilarity(metric, input, reference);
					expect(value).toBeGreaterThanOrEqual(0);
					expect(value).toBeLessThanOrEqual(1 + 1e-9);
				},
			),
		);
	});
});
