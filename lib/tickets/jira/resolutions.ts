/** Resolutions that say that there is no answer to learn from. */
import type { JiraIssue } from './types';

/**
 * Of Jira Software, Jira Service Management and older Data Center sites. They are compared here and not in JQL,
 * which refuses a query that names a resolution the site does not have.
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

function same(a: string, b: string): boolean {
	return plain(a) === plain(b);
}

function plain(name: string): string {
	return name.trim().toLowerCase().replaceAll('’', "'");
}
