/** Cursor paging: https://developer.zendesk.com/api-reference/introduction/pagination/#using-cursor-pagination */
import type { FastifyRequest } from 'fastify';

import { badPage } from '../refusal';
import type { ZendeskState } from '../state';

export type Query = Record<string, string | undefined>;

export function queryOf(request: FastifyRequest): Query {
	return request.query as Query;
}

/** @param max - what the vendor documents for this list */
export function pageSizeOf(query: Query, { pageSize = Infinity }: ZendeskState, max = 100): number {
	const asked = Number(query['page[size]'] ?? 100);
	if (!Number.isInteger(asked) || asked < 1 || asked > max) {
		throw badPage(`page[size] must be from 1 to ${max}`);
	}
	return Math.min(asked, pageSize);
}

export function encoded(content: object): string {
	return Buffer.from(JSON.stringify(content)).toString('base64');
}

/** @throws Refusal when the cursor is none */
export function decoded<T>(cursor: string): T {
	try {
		return JSON.parse(Buffer.from(cursor, 'base64').toString()) as T;
	} catch {
		throw badPage('page[after] is not valid');
	}
}

/** A slice of `all` behind the cursor, with `meta` and `links`. */
export function cursorPage<T>(
	all: T[],
	request: FastifyRequest,
	state: ZendeskState,
): { items: T[]; meta: object; links: object } {
	const query = queryOf(request);
	const size = pageSizeOf(query, state);
	const after = query['page[after]'];
	const start = after === undefined ? 0 : decoded<{ start: number }>(after).start;
	const items = all.slice(start, start + size);
	const more = start + items.length < all.length;
	const cursor = items.length > 0 ? encoded({ start: start + items.length }) : null;
	return {
		items,
		meta: { has_more: more, after_cursor: cursor, before_cursor: null },
		links: { prev: null, next: more ? linkTo(request, state, cursor) : null },
	};
}

export function linkTo(
	request: FastifyRequest,
	{ url }: ZendeskState,
	cursor: string | null,
): string {
	const link = new URL(request.url, url);
	link.searchParams.set('page[after]', cursor ?? '');
	return link.href;
}
