/** Zendesk's cursor paging: https://developer.zendesk.com/api-reference/introduction/pagination/#using-cursor-pagination */
import { ApiError } from '../../http/errors';
import { relativeTo } from '../siteUrl';

interface CursorPage {
	meta?: { has_more?: boolean; after_cursor?: string | null };
	links?: { next?: string | null };
}

/**
 * The cursor of the next page; undefined after the last one. Links are not followed, as they may lead elsewhere (a
 * site with a host name of its own gives links to its other name): only a cursor is taken out of one of our own site.
 *
 * @throws ApiError when there are further pages but no way to them.
 */
export function nextCursor(page: CursorPage, site: string, path: string): string | undefined {
	const { has_more: more, after_cursor: cursor } = page.meta ?? {};
	if (more === false) return undefined;
	if (typeof cursor === 'string' && cursor !== '') return more ? cursor : undefined;
	const link = page.links?.next;
	if (typeof link === 'string' && link !== '') {
		const { searchParams } = new URL(relativeTo(site, link), site);
		const linked = searchParams.get('page[after]');
		if (linked) return linked;
	}
	if (!more) return undefined;
	throw pagingError(path, 'has further pages but no cursor to them');
}

/** @throws ApiError when an answer does not hold the list that it should hold. */
export function listOf<T>(list: T[] | undefined, path: string): T[] {
	if (Array.isArray(list)) return list;
	throw pagingError(path, 'did not answer with a list');
}

export function pagingError(path: string, what: string): ApiError {
	return new ApiError(`Zendesk ${what} (${path})`, {
		code: 'invalid_list',
		explanation: {
			message: `Zendesk ${what}`,
			description: `Check 'Subdomain' in the credential, and what stands between n8n and Zendesk: ${path} did not answer as Zendesk does.`,
		},
	});
}
