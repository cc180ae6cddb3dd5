/** Two models' answers to the same questions, measured. */
import { canonicalJson } from './hashes';
import { compareJson, jsonIn } from './jsonMeasure';
import type { Judgement } from './judge';
import { normaliseText, textSimilarity } from './textMeasures';
import type { GoldenRecord } from './types';

/** What decides whether B keeps A's behaviour in a question. */
export type KeptWhen = 'auto' | 'exact' | 'normalised' | 'fuzzy' | 'json' | 'embedding' | 'judge';

export type Measure = Exclude<KeptWhen, 'auto'>;

/** From which value on two answers count as the same. */
export interface Thresholds {
	/** 0 to 1. */
	fuzzy: number;
	/** 0 to 1. */
	embedding: number;
	/** 1 to 5. */
	judge: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = { fuzzy: 0.9, embedding: 0.85, judge: 4 };

/** A question with both answers and all that was measured; what was not measured is null. */
export interface Comparison {
	id: string;
	question: string;
	expected: string | null;
	a: GoldenRecord | null;
	b: GoldenRecord | null;
	exact: boolean | null;
	normalised: boolean | null;
	/** 0 to 1. */
	fuzzy: number | null;
	/** Null where neither answer is JSON, nor calls a tool. */
	json_equal: boolean | null;
	/** Where JSON differs first, and how. */
	json_difference: string | null;
	/** -1 to 1. */
	embedding: number | null;
	judge: Judgement | null;
	judge_failure: string | null;
	/** How near each answer comes to the expected one, 0 to 1. */
	a_to_expected: number | null;
	b_to_expected: number | null;
	/** Null where there is nothing to compare: one side was not asked, or A has no answer. */
	kept: boolean | null;
	/** The measure that decided. */
	kept_by: Measure | null;
	/** Why, in a few words. */
	why: string;
}

/**
 * Puts the answers side by side and takes all measures that need no server.
 *
 * @param ids of the questions, in the order in which they are to come
 */
export function compareTexts(
	ids: Iterable<string>,
	recordsA: ReadonlyMap<string, GoldenRecord>,
	recordsB: ReadonlyMap<string, GoldenRecord>,
): Comparison[] {
	return Array.from(ids, (id) => comparisonOf(id, recordsA.get(id), recordsB.get(id)));
}

/** Whether both sides have an answer. */
export function isComparable({ a, b }: Comparison): boolean {
	return typeof a?.answer === 'string' && typeof b?.answer === 'string';
}

/** Whether measures that cost something can tell more than is known already. */
export function needsCloserLook(comparison: Comparison): boolean {
	return isComparable(comparison) && comparison.normalised === false;
}

/** Fills in `kept`, `kept_by` and `why`. */
export function decide(
	comparisons: readonly Comparison[],
	keptWhen: KeptWhen,
	thresholds: Thresholds,
): Comparison[] {
	return comparisons.map((one) => ({ ...one, ...decision(one, keptWhen, thresholds) }));
}

/** An answer as the text that is compared; calls of tools belong to it. */
export function answerText({ answer, tool_calls: calls = [] }: GoldenRecord): string {
	const said = calls.map(({ name, arguments: given }) => `${name}(${canonicalJson(given)})`);
	return [answer ?? '', ...said].filter((part) => part !== '').join('\n');
}

function comparisonOf(
	id: string,
	a: GoldenRecord | undefined,
	b: GoldenRecord | undefined,
): Comparison {
	const known = a ?? b;
	const expected = a?.expected ?? b?.expected ?? null;
	const base: Comparison = {
		id,
		question: known?.question ?? '',
		expected,
		a: a ?? null,
		b: b ?? null,
		exact: null,
		normalised: null,
		fuzzy: null,
		json_equal: null,
		json_difference: null,
		embedding: null,
		judge: null,
		judge_failure: null,
		a_to_expected: nearness(expected, a),
		b_to_expected: nearness(expected, b),
		kept: null,
		kept_by: null,
		why: '',
	};
	if (!isComparable(base)) return base;
	const [textA, textB] = [answerText(a!), answerText(b!)];
	return {
		...base,
		exact: textA === textB,
		normalised: normaliseText(textA) === normaliseText(textB),
		fuzzy: rounded(textSimilarity(textA, textB)),
		...jsonMeasure(a!, b!),
	};
}

function nearness(expected: string | null, record: GoldenRecord | undefined): number | null {
	if (expected === null || typeof record?.answer !== 'string') return null;
	return rounded(textSimilarity(expected, answerText(record)));
}

function jsonMeasure(
	a: GoldenRecord,
	b: GoldenRecord,
): Pick<Comparison, 'json_equal' | 'json_difference'> {
	const [valueA, valueB] = [structureOf(a), structureOf(b)];
	if (valueA === undefined && valueB === undefined) {
		return { json_equal: null, json_difference: null };
	}
	if (valueA === undefined || valueB === undefined) {
		const which = valueA === undefined ? 'A' : 'B';
		return { json_equal: false, json_difference: `${which} is neither JSON nor a tool call` };
	}
	const found = compareJson(valueA, valueB);
	if (found.equal) return { json_equal: true, json_difference: null };
	const { path, difference } = found;
	return { json_equal: false, json_difference: `${path || 'the whole'}: ${difference}` };
}

function structureOf({ answer, tool_calls: calls }: GoldenRecord): object | undefined {
	return calls?.length ? calls : jsonIn(answer ?? '');
}

type Decision = Pick<Comparison, 'kept' | 'kept_by' | 'why'>;

function decision(one: Comparison, keptWhen: KeptWhen, thresholds: Thresholds): Decision {
	if (!isComparable(one)) return undecided(one);
	const measure = keptWhen === 'auto' ? strongest(one) : keptWhen;
	// Equal texts mean the same by every measure; costly ones were not taken for them.
	if (one.normalised && measure !== 'exact' && measure !== 'json') {
		return { kept: true, kept_by: 'normalised', why: 'The same text' };
	}
	return { kept_by: measure, ...byMeasure(one, measure, thresholds) };
}

function undecided({ a, b }: Comparison): Decision {
	const nothing = { kept: null, kept_by: null };
	if (!a || !b) return { ...nothing, why: `${a ? 'B' : 'A'} was not asked` };
	if (a.answer === null) {
		return { ...nothing, why: `A gave no answer: ${a.failure ?? 'not known why'}` };
	}
	return { kept: false, kept_by: null, why: `B gave no answer: ${b.failure ?? 'not known why'}` };
}

function strongest({ json_equal: json, judge, embedding }: Comparison): Measure {
	if (json !== null) return 'json';
	if (judge) return 'judge';
	return embedding === null ? 'fuzzy' : 'embedding';
}

function byMeasure(
	one: Comparison,
	measure: Measure,
	thresholds: Thresholds,
): Pick<Decision, 'kept' | 'why'> {
	switch (measure) {
		case 'exact':
			return {
				kept: one.exact,
				why: one.exact ? 'Letter by letter the same' : 'Not the same text',
			};
		case 'normalised':
			return { kept: one.normalised, why: 'Not the same text' };
		case 'json':
			return { kept: one.json_equal, why: jsonWords(one) };
		case 'fuzzy':
			return atLeast('Alike', one.fuzzy, thresholds.fuzzy);
		case 'embedding':
			return atLeast('Nearness of meaning', one.embedding, thresholds.embedding);
		case 'judge': {
			if (!one.judge) return { kept: null, why: one.judge_failure ?? 'Not judged' };
			const { equivalence, reason } = one.judge;
			return {
				kept: equivalence >= thresholds.judge,
				why: `Judge ${equivalence} of 5: ${reason}`,
			};
		}
	}
}

function jsonWords({ json_equal: equal, json_difference: difference }: Comparison): string {
	if (equal === null) return 'Neither answer is JSON';
	return equal ? 'The same JSON' : `JSON differs at ${difference}`;
}

function atLeast(
	name: string,
	value: number | null,
	wanted: number,
): Pick<Decision, 'kept' | 'why'> {
	if (value === null) return { kept: null, why: 'Not measured' };
	return { kept: value >= wanted, why: `${name} ${percent(value)}, wanted ${percent(wanted)}` };
}

function percent(share: number): string {
	return `${Math.round(share * 1000) / 10} %`;
}

function rounded(share: number): number {
	return Math.round(share * 10_000) / 10_000;
}
