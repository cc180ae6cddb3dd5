import { toCsvRow } from '../dataset/csv';

import { answerText, type Comparison } from './compare';
import type { GoldenRecord } from './types';

const COLUMNS: ReadonlyArray<[name: string, value: (one: Comparison) => unknown]> = [
	['id', ({ id }) => id],
	['question', ({ question }) => question],
	['expected', ({ expected }) => expected],
	['answer_a', ({ a }) => answerOf(a)],
	['answer_b', ({ b }) => answerOf(b)],
	['kept', ({ kept }) => kept],
	['kept_by', ({ kept_by: by }) => by],
	['why', ({ why }) => why],
	['exact', ({ exact }) => exact],
	['normalised', ({ normalised }) => normalised],
	['fuzzy', ({ fuzzy }) => fuzzy],
	['json_equal', ({ json_equal: equal }) => equal],
	['json_difference', ({ json_difference: difference }) => difference],
	['embedding', ({ embedding }) => embedding],
	['judge_equivalence', ({ judge }) => judge?.equivalence],
	['judge_quality_a', ({ judge }) => judge?.quality_a],
	['judge_quality_b', ({ judge }) => judge?.quality_b],
	['judge_reason', ({ judge }) => judge?.reason],
	['a_to_expected', ({ a_to_expected: near }) => near],
	['b_to_expected', ({ b_to_expected: near }) => near],
	['latency_ms_a', ({ a }) => a?.latency_ms],
	['latency_ms_b', ({ b }) => b?.latency_ms],
	['total_tokens_a', ({ a }) => a?.usage?.total_tokens],
	['total_tokens_b', ({ b }) => b?.usage?.total_tokens],
	['cost_a', ({ a }) => a?.estimated_cost?.amount],
	['cost_b', ({ b }) => b?.estimated_cost?.amount],
	['model_a', ({ a }) => a?.model],
	['model_b', ({ b }) => b?.model],
];

/** A row a question, with a first row of names, by RFC 4180. */
export function comparisonCsv(comparisons: readonly Comparison[]): string {
	const rows = comparisons.map((one) => toCsvRow(COLUMNS.map(([, value]) => cell(value(one)))));
	return [toCsvRow(COLUMNS.map(([name]) => name)), ...rows].join('');
}

function answerOf(record: GoldenRecord | null): string | undefined {
	return record?.answer === null ? undefined : record ? answerText(record) : undefined;
}

/** A spreadsheet would run a text that begins like a formula; an apostrophe before it shows it as text. */
function cell(value: unknown): string {
	if (value === undefined || value === null) return '';
	const text = String(value);
	return typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
