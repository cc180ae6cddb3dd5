/**
 * Where a page begins: a date and the ids already read at it. Jira's own page tokens expire after seven days, and
 * `id > N` compares numbers within the project of issue N only, so that neither can carry a run over several projects
 * or weeks.
 */
import { SettingError } from '../../openai/settingError';
import type { Position } from '../types';
import { textOf, timeOf } from '../values';
import type { OrderField } from './query';
import type { JiraIssue } from './types';

export interface Place {
	/** Of a run, from 0; keeps the positions of pages apart that brought nothing new. */
	page: number;
	/** Milliseconds, a full minute; everything before it is read. */
	since?: number;
	/** Issues from `since` on that are read. */
	ids: Set<string>;
	/** Milliseconds, the latest date among them. */
	until?: number;
	/** Issues of the window to pass over; Data Center only. */
	startAt: number;
}

const MINUTE = 60_000;
/** Bounds what a cursor from elsewhere can make us hold. */
const MAX_IDS = 500_000;
const FIELD: Record<OrderField, string> = {
	created: 'created',
	resolved: 'resolutiondate',
	updated: 'updated',
};

/** @throws SettingError for a position that is not ours. */
export function placeOf(position: Position | undefined): Place {
	if (position === undefined) return { page: 0, ids: new Set(), startAt: 0 };
	const { page, since, until, ids, startAt } = position;
	const isOurs =
		isCount(page) &&
		isCount(startAt) &&
		(since === undefined || isCount(since)) &&
		(until === undefined || isCount(until)) &&
		typeof ids === 'string';
	if (!isOurs) throw foreign();
	return { page, since, until, startAt, ids: unpackIds(ids) };
}

export function positionOf({ page, since, until, ids, startAt }: Place): Position {
	return {
		page,
		...(since === undefined ? {} : { since }),
		...(until === undefined ? {} : { until }),
		ids: packIds(ids),
		startAt,
	};
}

/** The place behind a page that was read at `place`. */
export function placeBehind(place: Place, issues: JiraIssue[], order: OrderField): Place {
	const dates = issues.map((issue) => timeOf(issue.fields?.[FIELD[order]]));
	const latest = dates.reduce<number | undefined>(
		(max, date) => (date !== undefined && (max === undefined || date > max) ? date : max),
		undefined,
	);
	const minute = latest === undefined ? undefined : Math.floor(latest / MINUTE) * MINUTE;
	const moves = minute !== undefined && (place.since === undefined || minute > place.since);
	const since = moves ? minute : place.since;
	const ids = new Set(moves ? [] : place.ids);
	issues.forEach(({ id }, index) => {
		const date = dates[index];
		if (id !== undefined && (since === undefined || date === undefined || date >= since)) {
			ids.add(String(id));
		}
	});
	return {
		page: place.page + 1,
		since,
		until: latest === undefined ? place.until : Math.max(latest, place.until ?? 0),
		ids,
		startAt: moves ? 0 : place.startAt + issues.length,
	};
}

/** Whether an issue was read before this place. One whose date moved on since then is new again. */
export function isRead({ ids, until }: Place, issue: JiraIssue, order: OrderField): boolean {
	if (!ids.has(issueId(issue) ?? '')) return false;
	const date = timeOf(issue.fields?.[FIELD[order]]);
	return until === undefined || date === undefined || date <= until;
}

/** `10001-10040,10050`: an import of thousands of issues in one minute makes a few ranges. */
export function packIds(ids: Set<string>): string {
	const numbers = [...ids].filter(isId).map(Number);
	numbers.sort((a, b) => a - b);
	const ranges: Array<[number, number]> = [];
	for (const number of numbers) {
		const last = ranges.at(-1);
		if (last && number === last[1] + 1) last[1] = number;
		else ranges.push([number, number]);
	}
	return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

/** @throws SettingError for a text that `packIds` cannot have made. */
export function unpackIds(text: string): Set<string> {
	const ids = new Set<string>();
	if (text === '') return ids;
	for (const range of text.split(',')) {
		const [from, to = from, ...rest] = range.split('-');
		if (!isId(from) || !isId(to) || rest.length > 0) throw foreign();
		if (Number(to) - Number(from) + ids.size > MAX_IDS) throw foreign();
		for (let id = Number(from); id <= Number(to); id++) ids.add(String(id));
	}
	return ids;
}

function isId(text: string): boolean {
	return /^(0|[1-9]\d{0,14})$/.test(text);
}

function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function foreign(): SettingError {
	return new SettingError(
		"'Cursor' is not one that this node has made",
		"Pass on 'cursor' of the summary of an earlier run as it is, or leave it empty to begin at the start.",
	);
}

/** Jira's id of an issue; undefined for what is no issue. */
export function issueId(issue: JiraIssue): string | undefined {
	return textOf(issue.id === undefined ? undefined : String(issue.id));
}
