import { counted } from '../../counted';
import { type Bar, barChart, columnChart, NARROW } from '../../report/charts';
import { escapeHtml, foreign, formatNumber, formatShare } from '../../report/html';
import { reportPage, tileRow } from '../../report/page';

import type { CountedValue } from './counter';
import type { Bin, Distribution } from './histogram';
import { LANGUAGE_NAMES } from './language';
import type { DatasetStatistics, Extreme, FieldCounts } from './statistics';
import { binName } from './statisticsRows';

export interface ReportOptions {
	/** What was measured, e.g. the name of the file. */
	name: string;
	/** When, ISO 8601. */
	createdAt?: string;
	/** What the places of the longest and shortest records are: lines of a file, or items. Default `line`. */
	place?: 'line' | 'item';
	/** Lines or items that could not be read. */
	unreadable?: number;
}

/** Bars that a chart shows; its table has all that the statistics have. */
const MOST_BARS = 12;

/**
 * The statistics as a web page that needs nothing but itself: charts with a table beside each, light or dark as the
 * reader's system is, fit to be printed. All text of the data is escaped.
 */
export function statisticsHtml(statistics: DatasetStatistics, options: ReportOptions): string {
	return reportPage(`Dataset report: ${options.name}`, [
		header(statistics, options),
		tiles(statistics),
		lengthSection(statistics),
		partsSection(statistics),
		languageSection(statistics),
		...statistics.fields.map((field) => fieldSection(field, statistics.records)),
		conversationSection(statistics),
		extremesSection(statistics, options.place ?? 'line'),
		'<footer>Made by JSONL Builder of n8n-nodes-fine-tuning. The page loads nothing from the network.</footer>',
	]);
}

function header({ formats, records }: DatasetStatistics, options: ReportOptions): string {
	const kinds = formats.map(({ value, count }) =>
		formats.length === 1 ? formatName(value) : `${formatName(value)} (${formatNumber(count)})`,
	);
	const facts = [
		`${formatNumber(records)} ${records === 1 ? 'record' : 'records'}`,
		...(kinds.length > 0 ? [kinds.slice(0, 5).join(', ')] : []),
		...(options.unreadable ? [`${formatNumber(options.unreadable)} not readable`] : []),
		...(options.createdAt ? [options.createdAt.slice(0, 10)] : []),
	];
	return `<header><h1>${foreign(options.name)}</h1><p>${facts.map(escapeHtml).join(' · ')}</p></header>`;
}

const FORMAT_NAMES: ReadonlyMap<string, string> = new Map([
	['chat', 'chat examples'],
	['dpo', 'preference pairs'],
	['rft', 'reinforcement examples'],
	['completion', 'prompts with completion'],
	['pair', 'questions with answer'],
	['ticket', 'tickets'],
	['record', 'records without a known shape'],
]);

function formatName(format: string): string {
	return FORMAT_NAMES.get(format) ?? format;
}

function tiles(statistics: DatasetStatistics): string {
	const { records, tokens, languages, duplicates, characters } = statistics;
	const all: Array<[name: string, value: string, note: string]> = [
		['Records', formatNumber(records), ''],
	];
	if (tokens) {
		all.push(['Tokens', formatNumber(tokens.total), 'in one epoch']);
		all.push([
			'Tokens a record',
			formatNumber(tokens.mean),
			`95 % have up to ${formatNumber(tokens.p95)}`,
		]);
	} else if (characters.answer)
		all.push(['Characters of an answer', formatNumber(characters.answer.mean), 'on average']);
	if (languages && languages.length > 0) {
		const known = languages.filter(({ value }) => value !== 'und');
		all.push([
			'Languages',
			formatNumber(known.length),
			known[0] ? `most: ${languageName(known[0].value)}` : '',
		]);
	}
	if (duplicates)
		all.push([
			'Duplicates, estimated',
			formatShare(duplicates.leftOver, records),
			`${formatNumber(duplicates.leftOver)} from similarity ${duplicates.threshold} on`,
		]);
	const missing = statistics.withoutQuestion + statistics.withoutAnswer;
	if (missing > 0)
		all.push([
			'Incomplete',
			formatNumber(missing),
			`${formatNumber(statistics.withoutQuestion)} no question, ${formatNumber(statistics.withoutAnswer)} no answer`,
		]);
	return tileRow(all);
}

function lengthSection({ lengths, lengthUnit, tokens, records }: DatasetStatistics): string {
	if (lengths.length === 0) return '';
	const unit = lengthUnit === 'tokens' ? 'Tokens a record' : 'Characters a record';
	const note = tokens ? distributionNote(tokens) : 'Question and answer together.';
	return histogramSection(
		'Length of the records',
		`${note}${beyondNote(lengths)}`,
		lengths,
		unit,
		records,
	);
}

function partsSection({
	questionLengths,
	answerLengths,
	characters,
	records,
}: DatasetStatistics): string {
	const part = (title: string, bins: Bin[], distribution: Distribution | undefined) =>
		distribution
			? `<div><h2>${title}</h2><p class="note">${distributionNote(distribution)}${beyondNote(bins)}</p><figure>${columnChart(bars(bins), title, 'Characters', NARROW)}</figure>${binTable(bins, 'Characters', records)}</div>`
			: '';
	if (!characters.question && !characters.answer) return '';
	return `<section><div class="two">${part('Questions', questionLengths, characters.question)}${part('Answers', answerLengths, characters.answer)}</div></section>`;
}

function languageSection({ languages, records }: DatasetStatistics): string {
	if (!languages || languages.length === 0) return '';
	const named = languages.map(({ value, count }) => ({ value: languageName(value), count }));
	return valueSection(
		'Languages',
		'Told from the text; “Undetermined” is too short, no prose, or could be several.',
		named,
		'Language',
		records,
	);
}

function fieldSection(
	{ field, values, distinct, missing, others }: FieldCounts,
	records: number,
): string {
	const notes = [
		`${formatNumber(distinct)} different ${distinct === 1 ? 'value' : 'values'}`,
		...(missing > 0 ? [`${formatNumber(missing)} records without one`] : []),
		...(others > 0 ? [`${formatNumber(others)} in values that are not listed`] : []),
	];
	return valueSection(`Field “${field}”`, `${notes.join(', ')}.`, values, 'Value', records);
}

function conversationSection({ roles, turns }: DatasetStatistics): string {
	if (roles.length === 0) return '';
	const messages = roles.reduce((sum, { count }) => sum + count, 0);
	const conversations = turns.reduce((sum, { count }) => sum + count, 0);
	return `<section><div class="two"><div><h2>Roles</h2><p class="note">Messages by who says them.</p><figure>${barChart(valueBars(roles), 'Messages by role', NARROW)}</figure>${valueTable(roles, 'Role', messages)}</div><div><h2>Turns</h2><p class="note">Messages of the user in each conversation.${beyondNote(turns, 'conversation')}</p><figure>${columnChart(bars(turns), 'Conversations by turns', 'Turns', NARROW)}</figure>${binTable(turns, 'Turns', conversations)}</div></div></section>`;
}

function extremesSection(
	{ longest, shortest, lengthUnit }: DatasetStatistics,
	place: 'line' | 'item',
): string {
	if (longest.length === 0) return '';
	const heading = place === 'line' ? 'Line' : 'Item';
	const unit = lengthUnit === 'tokens' ? 'Tokens' : 'Characters';
	const table = (caption: string, list: Extreme[]) =>
		`<table><caption>${caption}</caption><thead><tr><th scope="col">${heading}</th><th scope="col">${unit}</th></tr></thead><tbody>${list
			.map(
				({ place: at, length }) =>
					`<tr><th scope="row">${at}</th><td>${formatNumber(length)}</td></tr>`,
			)
			.join('')}</tbody></table>`;
	return `<section><h2>Longest and shortest</h2><p class="note">Worth a look before training: very long ones may hold logs, very short ones may answer nothing.</p><div class="two">${table('Longest', longest)}${table('Shortest', shortest)}</div></section>`;
}

function histogramSection(
	title: string,
	note: string,
	bins: Bin[],
	unit: string,
	all: number,
): string {
	return `<section><h2>${escapeHtml(title)}</h2><p class="note">${escapeHtml(note)}</p><div class="pair"><figure>${columnChart(bars(bins), title, unit)}</figure>${binTable(bins, unit, all)}</div></section>`;
}

function valueSection(
	title: string,
	note: string,
	values: CountedValue[],
	heading: string,
	all: number,
): string {
	return `<section><h2>${foreign(title)}</h2><p class="note">${escapeHtml(note)}</p><div class="pair"><figure>${barChart(valueBars(values), title)}</figure>${valueTable(values, heading, all)}</div></section>`;
}

function bars(bins: readonly Bin[]): Bar[] {
	return bins.map((bin) => ({
		label: bin.label ?? binName(bin),
		value: bin.count,
		...(bin.to === undefined ? { beyond: binName(bin) } : {}),
	}));
}

/** What the axis does not show in its measure. */
function beyondNote(bins: readonly Bin[], what = 'record'): string {
	const last = bins.at(-1);
	if (last?.label === undefined) return '';
	return ` The last bar, set apart, is ${counted(last.count, what)} of ${last.label}.`;
}

function valueBars(values: readonly CountedValue[]) {
	return values.slice(0, MOST_BARS).map(({ value, count }) => ({ label: value, value: count }));
}

function binTable(bins: readonly Bin[], heading: string, all: number): string {
	return countTable(
		bins.map((bin) => [escapeHtml(bin.label ?? binName(bin)), bin.count]),
		heading,
		all,
	);
}

function valueTable(values: readonly CountedValue[], heading: string, all: number): string {
	return countTable(
		values.map(({ value, count }) => [foreign(value), count]),
		heading,
		all,
	);
}

/** @param rows labels as HTML */
function countTable(
	rows: Array<[label: string, count: number]>,
	heading: string,
	all: number,
): string {
	const body = rows.map(
		([label, count]) =>
			`<tr><th scope="row">${label}</th><td>${formatNumber(count)}</td><td>${formatShare(count, all)}</td></tr>`,
	);
	return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(heading)}"><table><thead><tr><th scope="col">${escapeHtml(heading)}</th><th scope="col">Count</th><th scope="col">Share</th></tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function distributionNote({ min, p50, p95, max, mean }: Distribution): string {
	return `From ${formatNumber(min)} to ${formatNumber(max)}; half have up to ${formatNumber(p50)}, 95 % up to ${formatNumber(p95)}; ${formatNumber(mean)} on average.`;
}

function languageName(code: string): string {
	return LANGUAGE_NAMES.get(code) ?? code;
}
