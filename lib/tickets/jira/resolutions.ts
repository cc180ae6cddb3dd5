/** Resolutions that say that there is no answer to learn from. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { listOf, objectOf } from '../values';
import type { Deployment, JiraIssue } from './types';

/**
 * Of Jira Software, Jira Service Management and older Data Center sites. When reading they are compared here and not
 * in JQL, so that they are counted, and as JQL refuses a query that names a resolution the site does not have.
 */
export const EXCLUDED_RESOLUTIONS = [
	"Won't Do",
	"Won't Fix",
	'Duplicate',
	'Cannot Reproduce',
	'Declined',
];

export function isLeftOut(issue: JiraIssue, excluded: string[]): boolean {
	const name = issue.fields?.resolution?.name;
	return typeof name === 'string' && excluded.some((other) => same(name, other));
}

/**
 * The JQL condition that holds for all other tickets, with the ids that this site has for the resolutions; undefined
 * where it has none of them, or does not tell the account.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-resolutions/#api-rest-api-3-resolution-get
 */
export async function otherResolutions(
	transport: Transport,
	deployment: Deployment,
	excluded: string[],
): Promise<{ condition?: string; isKnown: boolean }> {
	if (excluded.length === 0) return { isKnown: true };
	const version = deployment === 'cloud' ? 3 : 2;
	const request = transport<unknown>({ method: 'GET', path: `/rest/api/${version}/resolution` });
	const sent = await request.then(({ data }) => data, undefinedWhenRefused);
	if (!Array.isArray(sent)) return { isKnown: false };
	const ids = listOf(sent as unknown[])
		.map((entry) => objectOf(entry) ?? {})
		.filter(({ name }) => typeof name === 'string' && excluded.some((other) => same(name, other)))
		.map(({ id }) => String(id))
		.filter((id) => /^\d{1,18}$/.test(id));
	// NOT IN alone leaves out tickets without a resolution as well.
	const condition = `(resolution IS EMPTY OR resolution NOT IN (${ids.join(', ')}))`;
	return { isKnown: true, ...(ids.length > 0 ? { condition } : {}) };
}

function undefinedWhenRefused(cause: unknown): undefined {
	const status = cause instanceof ApiError ? cause.details.status : undefined;
	if (status === 403 || status === 404) return undefined;
	throw cause;
}

function same(a: string, b: string): boolean {
	return plain(a) === plain(b);
}

function plain(name: string): string {
	return name.trim().toLowerCase().replaceAll('’', "'");
}
