/** What dialects of servers with paths of their own make OpenAI's answers of. */
import type { ApiResponse } from '../../http/types';
import { toMs } from '../time';

import type { Dialect } from './types';

export type Fields = Record<string, unknown>;

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Fields)
		: {};
}

/** The objects of a list, which stands bare or in one of these fields. */
export function rowsOf(data: unknown, ...names: string[]): Fields[] {
	const list = Array.isArray(data)
		? data
		: names.map((name) => fieldsOf(data)[name]).find((value) => Array.isArray(value));
	return ((list ?? []) as unknown[]).map(fieldsOf);
}

/** A whole list in one page. */
export function onePage(answer: ApiResponse, data: unknown[]): ApiResponse {
	return { ...answer, data: { object: 'list', data, has_more: false } };
}

/** Seconds since the epoch; null for no time. */
export function unixOf(time: unknown): number | null {
	const ms = toMs(time);
	return ms === undefined ? null : Math.floor(ms / 1000);
}

/** By a field that holds a time, the latest first; those without a time last. */
export function newestFirst(rows: Fields[], field: string): Fields[] {
	return [...rows].sort((a, b) => (unixOf(b[field]) ?? 0) - (unixOf(a[field]) ?? 0));
}

/** The text itself; undefined for anything else, and for an empty one. */
export function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The members that have a value. */
export function defined(fields: Fields): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A reader of the tuned model for servers that name it from the start, when it does not exist yet. */
export function onceSucceeded(
	jobStatus: Dialect['jobStatus'],
	read: Dialect['tunedModel'],
): Dialect['tunedModel'] {
	return (job) => (jobStatus(String(job.status)) === 'succeeded' ? read(job) : undefined);
}
