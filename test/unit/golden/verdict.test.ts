import {
	compareTexts,
	decide,
	DEFAULT_THRESHOLDS,
	type KeptWhen,
} from '../../../lib/golden/compare';
import { comparisonCsv } from '../../../lib/golden/reportCsv';
import { comparisonHtml } from '../../../lib/golden/reportHtml';
import { summarise } from '../../../lib/golden/verdict';
import type { GoldenRecord } from '../../../lib/golden/types';

import { recordOf } from './records';

const byId = (records: GoldenRecord[]) => new Map(records.map((one) => [one.id, one]));

function compared(a: GoldenRecord[], b: GoldenRecord[], keptWhen: KeptWhen = 'auto') {
	const ids = new Set([...a, ...b].map(({ id }) => id));
	const comparisons = decide(compareTexts(ids, byId(a), byId(b)), keptWhen, DEFAULT_THRESHOLDS);
	const rules = { keptWhen, thresholds: DEFAULT_THRESHOLDS, requiredPercent: 95 };
	return { comparisons, summary: summarise(comparisons, rules) };
}

const ofB = (id: string, answer: string | null, more: object = {}) =>
	recordOf(id, answer, { model: 'model-b', ...more });

describe('what counts as kept', () => {
	it.each([
		['exact', 'Yes.', 'yes', false],
		['normalised', 'Yes.', 'yes', true],
		['fuzzy', 'The office closes at six.', 'The office closed at six', true],
		['fuzzy', 'The office closes at six.', 'Ask your lead', false],
		['json', '{"a": 1, "b": 2}', '{"b": 2, "a": 1}', true],
		['auto', '{"a": 1}', '{"a": 2}', false],
		['json', 'no JSON', 'none either', null],
	] as const)('by %s: %j and %j', (keptWhen, a, b, kept) => {
		const { comparisons } = compared([recordOf('1', a)], [ofB('1', b)], keptWhen);
		expect(comparisons[0].kept).toBe(kept);
	});

	it('compares tool calls by name and arguments', () => {
		const call = (id: number) => ({ tool_calls: [{ name: 'find', arguments: { id } }] });
		const { comparisons } = compared(
			[recordOf('1', '', call(1)), recordOf('2', '', call(1))],
			[ofB('1', '', call(1)), ofB('2', '', call(2))],
		);
		expect(comparisons.map(({ kept, why }) => [kept, why])).toEqual([
			[true, 'The same JSON'],
			[false, 'JSON differs at [0].arguments.id: 1 became 2'],
		]);
	});

	it('says which side is missing', () => {
		const { comparisons, summary } = compared(
			[recordOf('1', 'x'), recordOf('2', null, { failure: 'Filtered' }), recordOf('3', 'x')],
			[ofB('2', 'x'), ofB('3', null, { failure: 'Too long' })],
		);
		expect(comparisons.map(({ kept, why }) => [kept, why])).toEqual([
			[null, 'B was not asked'],
			[null, 'A gave no answer: Filtered'],
			[false, 'B gave no answer: Too long'],
		]);
		expect(summary).toMatchObject({ passed: false, not_compared: 2, different: 1 });
	});
});

describe('the verdict', () => {
	it('reads like a sentence', () => {
		const cost = (amount: number) => ({
			estimated_cost: { amount, currency: 'USD', priced_as: 'x' },
		});
		const a = ['1', '2', '3'].map((id) => recordOf(id, `Answer ${id} is long enough.`, cost(2)));
		const b = ['1', '2'].map((id) =>
			ofB(id, `Answer ${id} is long enough!`, { latency_ms: 900, ...cost(1) }),
		);
		const { summary } = compared(a, [...b, ofB('3', 'No.', { latency_ms: 900, ...cost(1) })]);
		expect(summary.verdict).toBe(
			'B (model-b) keeps the behaviour of A (model-a) in 2 of 3 questions (66.7 %). 1 differs: “Question 3”. B is slower by 800 ms a question (median 900 ms instead of 100 ms). By the price table, B costs 50 % less a question. That is not enough: 95 % were asked for.',
		);
		expect(summary.a.estimated_cost).toEqual({ amount: 6, currency: 'USD' });
	});

	it('passes only when everything was compared', () => {
		const all = [recordOf('1', 'x'), recordOf('2', 'x')];
		expect(compared(all, [ofB('1', 'x'), ofB('2', 'x')]).summary.passed).toBe(true);
		const { summary } = compared(all, [ofB('1', 'x')]);
		expect(summary.passed).toBe(false);
		expect(summary.verdict).toContain('because not all questions were compared');
		expect(compared([recordOf('1', 'x')], []).summary.verdict).toMatch(
			/^Nothing could be compared/,
		);
	});
});

describe('the report', () => {
	const hostile = '</p><script>alert(1)</script><img src=x onerror=alert(1)>';
	const facts = { title: hostile, createdAt: '2026-11-21T00:00:00Z' };

	it('shows everything as text and loads nothing', () => {
		const { comparisons, summary } = compared(
			[recordOf('1', hostile, { question: hostile, expected: hostile, model: hostile })],
			[ofB('1', `other ${hostile}`, { failure: hostile })],
		);
		const html = comparisonHtml(comparisons, summary, facts);
		expect(html).not.toMatch(/<script|<img/);
		expect(html).toContain('<ins>other </ins>');
		expect(html).not.toMatch(/https?:\/\//);
	});

	it('stays small for answers of a megabyte', () => {
		const long = 'word '.repeat(200_000);
		const { comparisons, summary } = compared([recordOf('1', long)], [ofB('1', `${long}end`)]);
		expect(comparisonHtml(comparisons, summary, facts).length).toBeLessThan(100_000);
	});

	it('has a CSV in which no text is run as a formula', () => {
		const { comparisons } = compared([recordOf('1', '=1+1')], [ofB('1', 'a "b", c\nd')]);
		const csv = comparisonCsv(comparisons);
		expect(csv).toContain(",'=1+1,");
		expect(csv).toContain('"a ""b"", c\nd"');
	});
});
