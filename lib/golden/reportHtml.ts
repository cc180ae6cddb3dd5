import { toWellFormed } from '../dataset/wellFormed';
import { type Change, wordChanges } from '../openai/toolbox/diff';
import { escapeHtml, foreign, formatNumber } from '../report/html';
import { reportPage, tileRow } from '../report/page';

import { answerText, type Comparison } from './compare';
import { REPORT_STYLE } from './reportStyle';
import type { GoldenRecord } from './types';
import type { ComparisonSummary, SideFigures } from './verdict';

export interface ReportFacts {
	title: string;
	/** ISO 8601. */
	createdAt: string;
}

/** Questions shown one by one; the CSV holds all. */
const MAX_SHOWN = 500;
/** Of an answer, in UTF-16 units. */
const MAX_TEXT = 6_000;

/** All answers of two models side by side, those that differ first, as a page that needs nothing but itself. */
export function comparisonHtml(
	comparisons: readonly Comparison[],
	summary: ComparisonSummary,
	{ title, createdAt }: ReportFacts,
): string {
	const groups: Array<[name: string, note: string, those: Comparison[]]> = [
		[
			'Different',
			'Words that only A has are struck through, words that only B has are underlined.',
			comparisons.filter(({ kept }) => kept === false),
		],
		['Not compared', '', comparisons.filter(({ kept }) => kept === null)],
		['Kept', 'Open a question to see both answers.', comparisons.filter(({ kept }) => kept)],
	];
	let room = MAX_SHOWN;
	const sections = groups.map(([name, note, all]) => {
		const shown = all.slice(0, room);
		room -= shown.length;
		return groupSection(name, note, all.length, shown, summary);
	});
	return reportPage(
		title,
		[
			`<header><h1>${foreign(title)}</h1><p>${escapeHtml(`${formatNumber(summary.questions)} question${summary.questions === 1 ? '' : 's'} · ${createdAt.slice(0, 10)}`)}</p></header>`,
			verdictSection(summary),
			tiles(summary),
			sidesSection(summary),
			...sections,
			'<footer>Made by Golden Set of n8n-nodes-fine-tuning. The page loads nothing from the network.</footer>',
		],
		REPORT_STYLE,
	);
}

function verdictSection({ verdict, passed }: ComparisonSummary): string {
	const word = passed ? 'Passed' : 'Not passed';
	return `<section class="verdict ${passed ? 'good' : 'bad'}"><h2>${word}</h2><p>${foreign(verdict)}</p></section>`;
}

function tiles({ measures, ...summary }: ComparisonSummary): string {
	const compared = summary.kept + summary.different;
	const tile = (name: string, value: string, note?: string): [string, string, string?] => [
		name,
		value,
		note,
	];
	return tileRow([
		tile(
			'Kept',
			`${summary.kept} of ${compared}`,
			summary.kept_percent === null
				? undefined
				: `${summary.kept_percent} %, asked for ${summary.required_percent} %`,
		),
		tile('Same text', String(measures.normalised), `${measures.exact} letter by letter`),
		tile('Alike', share(measures.fuzzy_mean), 'mean share of the text that is the same'),
		...(measures.json_equal === null
			? []
			: [tile('Same JSON', String(measures.json_equal), 'keys in any order')]),
		...(measures.embedding_mean === null
			? []
			: [tile('Meaning', share(measures.embedding_mean), 'mean cosine of embeddings')]),
		...(measures.judge_equivalence_mean === null
			? []
			: [
					tile(
						'Judge',
						`${formatNumber(measures.judge_equivalence_mean)} of 5`,
						'mean equivalence of answers that are not the same text',
					),
				]),
	]);
}

function sidesSection({ a, b, measures }: ComparisonSummary): string {
	const rows: Array<[string, (side: SideFigures) => string]> = [
		['Model', ({ models }) => models.join(', ') || '–'],
		['Provider', ({ providers }) => providers.filter(Boolean).join(', ') || '–'],
		[
			'Answers',
			({ answers, failures }) => `${answers}${failures > 0 ? `, ${failures} refused` : ''}`,
		],
		['Latency, median', ({ latency_ms_median: ms }) => latency(ms)],
		['Latency, 95 % within', ({ latency_ms_p95: ms }) => latency(ms)],
		['Tokens in', ({ prompt_tokens: tokens }) => formatNumber(tokens)],
		['Tokens out', ({ completion_tokens: tokens }) => formatNumber(tokens)],
		[
			'Cost, estimated',
			({ estimated_cost: cost }) =>
				cost ? `${Number(cost.amount.toPrecision(3))} ${cost.currency}` : 'not known',
		],
	];
	if (a.to_expected !== null || b.to_expected !== null) {
		rows.push(['Like the expected answers', ({ to_expected: near }) => share(near)]);
	}
	if (measures.judge_quality_a_mean !== null) {
		const quality = (side: SideFigures) =>
			side === a ? measures.judge_quality_a_mean : measures.judge_quality_b_mean;
		rows.push(['Quality by the judge', (side) => `${formatNumber(quality(side) ?? 0)} of 5`]);
	}
	const body = rows.map(
		([name, value]) =>
			`<tr><th scope="row">${name}</th><td>${foreign(value(a))}</td><td>${foreign(value(b))}</td></tr>`,
	);
	return `<section><h2>A and B</h2><table class="sides"><thead><tr><th scope="col"></th><th scope="col">A</th><th scope="col">B</th></tr></thead><tbody>${body.join('')}</tbody></table></section>`;
}

function groupSection(
	name: string,
	note: string,
	count: number,
	shown: readonly Comparison[],
	summary: ComparisonSummary,
): string {
	if (count === 0) return '';
	const left = count - shown.length;
	const more = left > 0 ? ` ${formatNumber(left)} more are in the CSV file only.` : '';
	const hint = `${note}${more}`.trim();
	const isOpen = name !== 'Kept';
	const parts = shown.map((one) => questionPart(one, summary, isOpen));
	return `<section class="group"><h2>${name} (${formatNumber(count)})</h2>${hint ? `<p class="note">${escapeHtml(hint)}</p>` : ''}${parts.join('')}</section>`;
}

function questionPart(one: Comparison, summary: ComparisonSummary, isOpen: boolean): string {
	const question = `<bdi>${escapeHtml(cut(one.question) || '(no text)')}</bdi>`;
	const expected =
		one.expected === null
			? ''
			: `<div class="expected"><h4>Expected</h4><p>${foreign(cut(one.expected))}</p></div>`;
	const [left, right] = sideBySide(one);
	const sides = [side('A', one.a, left, summary.a), side('B', one.b, right, summary.b)].join('');
	return `<details${isOpen ? ' open' : ''}><summary>${question}</summary><p class="why">${foreign(one.why)}</p>${expected}<div class="answers">${sides}</div><p class="figures">${escapeHtml(figures(one))}</p></details>`;
}

function side(
	name: 'A' | 'B',
	record: GoldenRecord | null,
	html: string,
	{ models }: SideFigures,
): string {
	const model = record && models.length > 1 ? ` <small>${foreign(record.model)}</small>` : '';
	const facts =
		record?.latency_ms === null || !record ? '' : ` <small>${latency(record.latency_ms)}</small>`;
	return `<div><h4>${name}${model}${facts}</h4><p>${html}</p></div>`;
}

/** Both answers as HTML, with what differs marked. */
function sideBySide({ a, b }: Comparison): [string, string] {
	if (typeof a?.answer !== 'string' || typeof b?.answer !== 'string') {
		return [plainAnswer(a), plainAnswer(b)];
	}
	const changes = wordChanges(cut(answerText(a)), cut(answerText(b)));
	return [marked(changes, 'insert', 'del'), marked(changes, 'delete', 'ins')];
}

function marked(changes: readonly Change[], leftOut: Change['type'], tag: 'del' | 'ins'): string {
	const parts = changes
		.filter(({ type }) => type !== leftOut)
		.map(({ type, text }) => {
			const html = escapeHtml(text);
			// A line end or a space alone cannot be seen as a mark.
			return type === 'equal' || text.trim() === '' ? html : `<${tag}>${html}</${tag}>`;
		});
	const text = parts.join('');
	return `<bdi>${text === '' ? '<i>empty</i>' : text}</bdi>`;
}

function plainAnswer(record: GoldenRecord | null): string {
	if (!record) return '<i>not asked</i>';
	if (record.answer !== null) return foreign(cut(answerText(record)));
	return `<i>${foreign(cut(record.failure ?? 'no answer'))}</i>`;
}

function figures({ fuzzy, embedding, judge, json_equal: json }: Comparison): string {
	return [
		fuzzy === null ? '' : `alike ${share(fuzzy)}`,
		json === null ? '' : json ? 'same JSON' : 'other JSON',
		embedding === null ? '' : `meaning ${share(embedding)}`,
		judge
			? `judge ${judge.equivalence} of 5 (quality A ${judge.quality_a}, B ${judge.quality_b})`
			: '',
	]
		.filter((part) => part !== '')
		.join(' · ');
}

function cut(text: string): string {
	if (text.length <= MAX_TEXT) return text;
	return `${toWellFormed(text.slice(0, MAX_TEXT))} […]`;
}

function latency(ms: number | null): string {
	if (ms === null) return '–';
	return ms < 1000 ? `${Math.round(ms)} ms` : `${formatNumber(ms / 1000)} s`;
}

function share(value: number | null): string {
	return value === null ? '–' : `${Math.round(value * 1000) / 10} %`;
}
