import { badRequest, notFound } from './errors';
import type { Kind, Records } from './records';
import type { PageQuery, Store } from './store';

export type Query = Record<string, string | string[] | undefined>;

export function queryText(query: Query, name: string): string | undefined {
	const value = query[name];
	return Array.isArray(value) ? value[value.length - 1] : value;
}

/** `limit` of a list call. A larger one than the server's greatest page gets the greatest page. */
export function queryLimit(query: Query, standard: number, greatest: number): number {
	const text = queryText(query, 'limit');
	if (text === undefined) return standard;
	const limit = Number(text);
	if (!Number.isInteger(limit)) {
		const message = `Invalid type for 'limit': expected an integer, but got a string instead.`;
		throw badRequest(message, 'limit', 'invalid_type');
	}
	if (limit < 1) {
		const message = `Invalid 'limit': integer below minimum value. Expected a value >= 1, but got ${limit} instead.`;
		throw badRequest(message, 'limit', 'integer_below_min_value');
	}
	return Math.min(limit, greatest);
}

export function queryOrder(query: Query, ascending = 'asc', descending = 'desc'): 'asc' | 'desc' {
	const order = queryText(query, 'order') ?? descending;
	if (order === ascending) return 'asc';
	if (order === descending) return 'desc';
	const message = `Invalid value: '${order}'. Supported values are: '${ascending}' and '${descending}'.`;
	throw badRequest(message, 'order', 'invalid_value');
}

/** One page in OpenAI's list body. */
export function listBody<K extends Kind, T extends { id: string }>(
	store: Store,
	kind: K,
	query: PageQuery<K>,
	present: (record: Records[K]) => T,
) {
	const page = store.page(kind, query);
	if (!page) throw notFound(`No such ${kind} object: ${query.after}`, 'after');
	return { object: 'list', ...ends(page.data.map(present)), has_more: page.hasMore };
}

function ends<T extends { id: string }>(data: T[]) {
	return { data, first_id: data[0]?.id ?? null, last_id: data[data.length - 1]?.id ?? null };
}
