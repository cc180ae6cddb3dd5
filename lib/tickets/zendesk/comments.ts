/** All comments of one ticket: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/#list-comments */
import type { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { listOf, nextCursor, pagingError } from './paging';
import type { CommentsAnswer, ZendeskComment } from './types';
import type { ZendeskUsers } from './users';

const PAGE_SIZE = 100;
/** Zendesk allows 5,000 comments a ticket. */
const MAX_PAGES = 100;

/**
 * Oldest first; the people who wrote them go to `users`. Undefined when the ticket was deleted in the meantime.
 *
 * @throws ApiError when the list cannot be read to its end.
 */
export async function commentsOf(
	transport: Transport,
	site: string,
	ticketId: number,
	users: ZendeskUsers,
): Promise<ZendeskComment[] | undefined> {
	const path = `/api/v2/tickets/${ticketId}/comments.json`;
	const comments: ZendeskComment[] = [];
	const seen = new Set<string>();
	let cursor: string | undefined;
	for (let pages = 0; pages < MAX_PAGES; pages++) {
		const page = await ask(transport, path, cursor);
		if (!page) return undefined;
		comments.push(...listOf(page.comments, path));
		users.add(page.users);
		cursor = nextCursor(page, site, path);
		if (cursor === undefined) return comments;
		if (seen.has(cursor)) throw pagingError(path, 'sent the same page twice');
		seen.add(cursor);
	}
	throw pagingError(path, `has more than ${MAX_PAGES} pages`);
}

async function ask(
	transport: Transport,
	path: string,
	cursor: string | undefined,
): Promise<CommentsAnswer | undefined> {
	const query = {
		'page[size]': PAGE_SIZE,
		'page[after]': cursor,
		include: 'users',
		sort: 'created_at',
	};
	const request = transport<CommentsAnswer>({ method: 'GET', path, query });
	return await request.then(
		({ data }) => data,
		(error: ApiError) => {
			if (error.details?.status === 404) return undefined;
			throw error;
		},
	);
}
