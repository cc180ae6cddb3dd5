/** Cursor lists as OpenAI serves them, https://platform.openai.com/docs/api-reference/files/list. */
import { ApiError } from './errors';
import type { QueryValue, Transport } from './types';

export interface Page<T> {
	data: T[];
	has_more?: boolean;
	last_id?: string | null;
}

export interface ListRequest {
	path: string;
	query?: Record<string, QueryValue>;
	/** Items a request; the server may send fewer. */
	pageSize?: number;
	/** Stops after this many items. */
	limit?: number;
	/** Starts behind this id. */
	after?: string;
	admin?: boolean;
}

/** Far beyond any real list, and a bound on what a broken server can make us do. */
const MAX_PAGES = 2_000;
const DEFAULT_PAGE_SIZE = 100;

/**
 * Yields a list page by page: goes on while `has_more` is true and a page is not empty.
 *
 * @throws ApiError when an answer is no list, or when the server sends a page again (it ignores the cursor),
 * since going on would never end and stopping would lose items in silence.
 */
export async function* pages<T extends { id?: string }>(
	transport: Transport,
	{ path, query, pageSize = DEFAULT_PAGE_SIZE, limit = Infinity, after, admin }: ListRequest,
): AsyncGenerator<T[]> {
	const seen = new Set<string>(after === undefined ? [] : [after]);
	let left = limit;
	for (let page = 0; left > 0; page++) {
		if (page >= MAX_PAGES) throw listError(path, `has more than ${MAX_PAGES} pages`);
		const { data: answer } = await transport<Page<T>>({
			method: 'GET',
			path,
			query: { ...query, limit: Math.min(pageSize, left), after },
			admin,
		});
		const items = answer?.data;
		if (!Array.isArray(items)) throw listError(path, 'came in an unknown shape');
		if (items.length === 0) return;
		yield items.slice(0, left);
		left -= items.length;
		if (!answer.has_more) return;
		after = answer.last_id ?? items.at(-1)?.id;
		if (after === undefined) throw listError(path, 'has further pages but no cursor to them');
		if (left > 0 && seen.has(after)) throw listError(path, 'sent the same page twice');
		seen.add(after);
	}
}

/** All items of a list, or its first `limit`. */
export async function collectPages<T extends { id?: string }>(
	transport: Transport,
	request: ListRequest,
): Promise<T[]> {
	const items: T[] = [];
	for await (const page of pages<T>(transport, request)) items.push(...page);
	return items;
}

function listError(path: string, what: string): ApiError {
	return new ApiError(`The list ${path} of the server ${what}`, { code: 'invalid_list', path });
}
