import fc from 'fast-check';
import { FindingList } from '../../../lib/dataset/findingList';
import { trainingTokenLimit } from '../../../lib/dataset/limits';
import { child, quoted } from '../../../lib/dataset/paths';
import { suggest } from '../../../lib/dataset/suggest';
import { TokenTally } from '../../../lib/dataset/tokenStatistics';
import type { Finding } from '../../../lib/dataset/types';

describe('suggest', () => {
	const names = ['question', 'answer', 'customer_name', 'id'];

	test.each([
		['questoin', 'question'],
		['Question', 'question'],
		['customerName', 'customer_name'],
		['anser', 'answer'],
		['ID', 'id'],
		['banana', undefined],
		['', undefined],
		['q'.repeat(10_000), undefined],
	])('%s: %s', (name, meant) => expect(suggest(name, names)).toBe(meant));
});

describe('FindingList', () => {
	const finding = (code: string, line?: number): Finding => ({
		severity: 'error',
		code,
		line,
		message: code,
	});

	test('orders by line, the whole file first', () => {
		const list = new FindingList(10);
		for (const line of [3, 1, undefined, 2]) list.add(finding('a', line));
		expect(list.list().map(({ line }) => line)).toEqual([undefined, 1, 2, 3]);
	});

	test('keeps the first of each code as long as there is room, and counts every one', () => {
		const codes = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'constructor', '__proto__'), {
			maxLength: 60,
		});
		fc.assert(
			fc.property(codes, fc.integer({ min: 1, max: 8 }), (added, max) => {
				const list = new FindingList(max);
				added.forEach((code, index) => list.add(finding(code, index + 1)));
				const kept = list.list();
				expect(kept.length).toBe(Math.min(max, added.length));
				expect(kept.length + list.leftOut).toBe(added.length);
				const distinct = new Set(added);
				expect(new Set(kept.map(({ code }) => code)).size).toBe(Math.min(max, distinct.size));
				for (const code of distinct) {
					expect(list.counts[code]).toBe(added.filter((one) => one === code).length);
				}
			}),
		);
	});
});

describe('TokenTally', () => {
	test('gives exact statistics', () => {
		const counts = fc.array(fc.oneof(fc.nat(200), fc.integer({ min: 65_000, max: 2_000_000 })), {
			minLength: 1,
		});
		fc.assert(
			fc.property(counts, (tokens) => {
				const tally = new TokenTally(1000);
				tokens.forEach((count) => tally.add(count));
				const sorted = [...tokens].sort((a, b) => a - b);
				const total = tokens.reduce((sum, count) => sum + count, 0);
				expect(tally.statistics()).toEqual({
					total,
					billed: tokens.reduce((sum, count) => sum + Math.min(count, 1000), 0),
					min: sorted[0],
					mean: total / tokens.length,
					p95: sorted[Math.ceil(0.95 * tokens.length) - 1],
					max: sorted[sorted.length - 1],
					overLimit: tokens.filter((count) => count > 1000).length,
				});
			}),
		);
		expect(new TokenTally().statistics()).toBeUndefined();
	});
});

test.each([
	['gpt-4o-2024-08-06', 65_536],
	['ft:gpt-3.5-turbo-0125:org::abc', 16_385],
	['davinci-002', 16_384],
	['meta-llama/Llama-3', 65_536],
	[undefined, 65_536],
])('token limit of %s', (model, limit) => expect(trainingTokenLimit(model)).toBe(limit));

describe('paths', () => {
	test('are written as a programmer writes them', () => {
		expect(child(child(child('', 'messages'), 2), 'content')).toBe('messages[2].content');
		expect(child('meta', 'order id')).toBe('meta["order id"]');
		expect(child('', 'a.b')).toBe('["a.b"]');
	});

	test('show no more than the beginning of a long name', () => {
		expect(quoted('x'.repeat(1000))).toBe(`"${'x'.repeat(40)}…"`);
	});
});
