/** What a comparison comes to, in figures and in words. */
import { counted } from '../counted';

import type { Comparison, Thresholds, KeptWhen } from './compare';
import type { GoldenRecord } from './types';

export interface SideFigures {
	/** As they were asked; usually one. */
	models: string[];
	providers: string[];
	answers: number;
	/** Questions that the server refused. */
	failures: number;
	/** Milliseconds; null without answers. */
	latency_ms_median: number | null;
	latency_ms_p95: number | null;
	prompt_tokens: number;
	completion_tokens: number;
	/** Null when the price of an answer is not known, or currencies differ. */
	estimated_cost: { amount: number; currency: string } | null;
	/** Mean likeness to the expected answers, 0 to 1. */
	to_expected: number | null;
}

export interface ComparisonSummary {
	verdict: string;
	/** Whether enough is kept, and nothing is left to compare. */
	passed: boolean;
	kept: number;
	different: number;
	/** Questions that could not be compared. */
	not_compared: number;
	questions: number;
	/** Of those compared, 0 to 100. */
	kept_percent: number | null;
	required_percent: number;
	kept_when: KeptWhen;
	thresholds: Thresholds;
	measures: {
		exact: number;
		normalised: number;
		json_equal: number | null;
		fuzzy_mean: number | null;
		embedding_mean: number | null;
		judge_equivalence_mean: number | null;
		judge_quality_a_mean: number | null;
		judge_quality_b_mean: number | null;
	};
	a: SideFigures;
	b: SideFigures;
	/** Of questions that differ, the first ten. */
	different_questions: string[];
}

export interface VerdictSettings {
	keptWhen: KeptWhen;
	thresholds: Thresholds;
	/** Percent of the questions that B has to keep. */
	requiredPercent: number;
}

const NAMED_QUESTIONS = 3;
const LISTED_QUESTIONS = 10;
const MAX_QUESTION = 80;

/** @param comparisons with their decisions */
export function summarise(
	comparisons: readonly Comparison[],
	{ keptWhen, thresholds, requiredPercent }: VerdictSettings,
): ComparisonSummary {
	const kept = comparisons.filter((one) => one.kept === true).length;
	const different = comparisons.filter((one) => one.kept === false);
	const compared = kept + different.length;
	const notCompared = comparisons.length - compared;
	const percent = compared === 0 ? null : oneDigit((kept / compared) * 100);
	const a = sideFigures(comparisons, 'a');
	const b = sideFigures(comparisons, 'b');
	const figures = {
		passed: notCompared === 0 && compared > 0 && (kept / compared) * 100 >= requiredPercent,
		kept,
		different: different.length,
		not_compared: notCompared,
		questions: comparisons.length,
		kept_percent: percent,
		required_percent: requiredPercent,
	};
	return {
		verdict: verdictText(figures, different, a, b),
		...figures,
		kept_when: keptWhen,
		thresholds,
		measures: measuresOf(comparisons),
		a,
		b,
		different_questions: different
			.slice(0, LISTED_QUESTIONS)
			.map(({ question }) => short(question)),
	};
}

type Figures = Pick<
	ComparisonSummary,
	| 'passed'
	| 'kept'
	| 'different'
	| 'not_compared'
	| 'questions'
	| 'kept_percent'
	| 'required_percent'
>;

function verdictText(
	figures: Figures,
	different: readonly Comparison[],
	a: SideFigures,
	b: SideFigures,
): string {
	const compared = figures.kept + figures.different;
	if (compared === 0) {
		return `Nothing could be compared: of ${counted(figures.questions, 'question')} none has an answer on both sides.`;
	}
	return [
		`${named(b, 'B')} keeps the behaviour of ${named(a, 'A')} in ${figures.kept} of ${counted(compared, 'question')} (${figures.kept_percent} %).`,
		differing(different),
		figures.not_compared > 0
			? `${counted(figures.not_compared, 'question')} could not be compared.`
			: '',
		speed(a, b),
		price(a, b),
		conclusion(figures),
	]
		.filter((sentence) => sentence !== '')
		.join(' ');
}

function differing(different: readonly Comparison[]): string {
	if (different.length === 0) return '';
	const first = different.slice(0, NAMED_QUESTIONS).map(({ question }) => `“${short(question)}”`);
	const more = different.length - first.length;
	const verb = different.length === 1 ? 'differs' : 'differ';
	return `${different.length} ${verb}: ${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function speed(
	{ latency_ms_median: before }: SideFigures,
	{ latency_ms_median: after }: SideFigures,
): string {
	if (before === null || after === null) return '';
	const difference = Math.abs(after - before);
	if (difference < Math.max(50, before * 0.1)) return 'Both are about as fast.';
	const word = after > before ? 'slower' : 'faster';
	return `B is ${word} by ${milliseconds(difference)} a question (median ${milliseconds(after)} instead of ${milliseconds(before)}).`;
}

function price(a: SideFigures, b: SideFigures): string {
	const [before, after] = [perAnswer(a), perAnswer(b)];
	if (before === undefined || after === undefined || before === 0) return '';
	if (a.estimated_cost?.currency !== b.estimated_cost?.currency) return '';
	const change = Math.round((after / before - 1) * 100);
	if (Math.abs(change) < 5) return 'Both cost about the same.';
	return `By the price table, B costs ${Math.abs(change)} % ${change > 0 ? 'more' : 'less'} a question.`;
}

function conclusion({ passed, not_compared: open, required_percent: required, ...rest }: Figures) {
	if (passed) return `That is enough: ${required} % were asked for.`;
	const enough = (rest.kept_percent ?? 0) >= required;
	return enough && open > 0
		? 'It does not pass, because not all questions were compared.'
		: `That is not enough: ${required} % were asked for.`;
}

function perAnswer({ estimated_cost: cost, answers }: SideFigures): number | undefined {
	return cost && answers > 0 ? cost.amount / answers : undefined;
}

function sideFigures(comparisons: readonly Comparison[], side: 'a' | 'b'): SideFigures {
	const records = comparisons.map((one) => one[side]).filter((one) => one !== null);
	return {
		...figuresOf(records),
		to_expected: mean(comparisons.map((one) => one[`${side}_to_expected`])),
	};
}

/** Figures of one model's answers. */
export function figuresOf(records: readonly GoldenRecord[]): Omit<SideFigures, 'to_expected'> {
	const answered = records.filter(({ answer }) => answer !== null);
	const latencies = answered
		.map(({ latency_ms: ms }) => ms)
		.filter((ms) => ms !== null)
		.sort((x, y) => x - y);
	return {
		models: unique(records.map(({ model }) => model)),
		providers: unique(records.map(({ provider }) => provider)),
		answers: answered.length,
		failures: records.length - answered.length,
		latency_ms_median: quantile(latencies, 0.5),
		latency_ms_p95: quantile(latencies, 0.95),
		prompt_tokens: sum(answered.map(({ usage }) => usage?.prompt_tokens ?? 0)),
		completion_tokens: sum(answered.map(({ usage }) => usage?.completion_tokens ?? 0)),
		estimated_cost: costOf(answered),
	};
}

/** What all answers cost; null when one is not known. */
function costOf(records: readonly GoldenRecord[]): SideFigures['estimated_cost'] {
	const costs = records.map(({ estimated_cost: cost }) => cost);
	const currencies = new Set(costs.map((cost) => cost?.currency));
	const [currency] = currencies;
	if (currencies.size !== 1 || currency === undefined) return null;
	const amount = sum(costs.map((cost) => cost!.amount));
	return { amount: Number(amount.toPrecision(6)), currency };
}

function measuresOf(comparisons: readonly Comparison[]): ComparisonSummary['measures'] {
	const json = comparisons.filter(({ json_equal: equal }) => equal !== null);
	const judged = comparisons.map(({ judge }) => judge);
	return {
		exact: comparisons.filter(({ exact }) => exact).length,
		normalised: comparisons.filter(({ normalised }) => normalised).length,
		json_equal: json.length === 0 ? null : json.filter(({ json_equal: equal }) => equal).length,
		fuzzy_mean: mean(comparisons.map(({ fuzzy }) => fuzzy)),
		embedding_mean: mean(comparisons.map(({ embedding }) => embedding)),
		judge_equivalence_mean: mean(judged.map((one) => one?.equivalence ?? null)),
		judge_quality_a_mean: mean(judged.map((one) => one?.quality_a ?? null)),
		judge_quality_b_mean: mean(judged.map((one) => one?.quality_b ?? null)),
	};
}

function named({ models }: SideFigures, side: 'A' | 'B'): string {
	return models.length === 1 ? `${side} (${models[0]})` : side;
}

function mean(values: ReadonlyArray<number | null>): number | null {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : Math.round((sum(known) / known.length) * 10_000) / 10_000;
}

/** @param sorted ascending */
function quantile(sorted: readonly number[], share: number): number | null {
	if (sorted.length === 0) return null;
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)];
}

function milliseconds(ms: number): string {
	return ms < 1000 ? `${Math.round(ms)} ms` : `${oneDigit(ms / 1000)} s`;
}

function oneDigit(value: number): number {
	return Math.round(value * 10) / 10;
}

/** In one line, cut at a whole character. */
export function short(text: string, length = MAX_QUESTION): string {
	const line = text
		.slice(0, length * 4)
		.replace(/\s+/g, ' ')
		.trim();
	const characters = [...line];
	return characters.length <= length && text.length <= length * 4
		? line
		: `${characters.slice(0, length - 1).join('')}…`;
}
