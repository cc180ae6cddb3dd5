/** What a site has, for lists to pick from. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { listOf, objectOf, textOf } from '../values';
import { jqlString } from './jql';
import type { Deployment, JiraIssue } from './types';

export interface ListedProject {
	key: string;
	name: string;
}

const PROJECTS_A_PAGE = 100;
/** More than a list can show with sense. */
const MAX_PROJECTS = 2_000;
const ISSUES = 50;
const ISSUE_KEY = /^[A-Za-z][A-Za-z0-9_]{0,99}-\d{1,12}$/;

/**
 * Projects that the account may see, by name. Pages are asked for by number: the `nextPage` that Jira sends is not
 * followed.
 */
export async function listProjects(
	transport: Transport,
	deployment: Deployment,
): Promise<ListedProject[]> {
	if (deployment === 'dataCenter') {
		const { data } = await transport<unknown[]>({ method: 'GET', path: '/rest/api/2/project' });
		return byName(data);
	}
	const projects: unknown[] = [];
	while (projects.length < MAX_PROJECTS) {
		const { data } = await transport<{ values?: unknown[]; isLast?: boolean }>({
			method: 'GET',
			path: '/rest/api/3/project/search',
			query: { startAt: projects.length, maxResults: PROJECTS_A_PAGE, orderBy: 'name' },
		});
		const page = listOf(data.values);
		projects.push(...page);
		if (page.length === 0 || data.isLast !== false) break;
	}
	return byName(projects);
}

/** Names, each once: team-managed projects have types of their own with the same names. */
export async function listIssueTypes(
	transport: Transport,
	deployment: Deployment,
): Promise<string[]> {
	const path = `/rest/api/${deployment === 'cloud' ? 3 : 2}/issuetype`;
	const { data } = await transport<unknown[]>({ method: 'GET', path });
	const names = listOf(data).map((type) => textOf(objectOf(type)?.name) ?? '');
	return [...new Set(names.filter(Boolean))].sort((a, b) => a.localeCompare(b));
}

/** The newest resolved issues; with a search those that have it as key or in their texts. */
export async function listResolvedIssues(
	transport: Transport,
	deployment: Deployment,
	search?: string,
): Promise<Array<{ key: string; title: string }>> {
	const wanted = search?.trim();
	const isKey = wanted !== undefined && ISSUE_KEY.test(wanted);
	const condition = isKey
		? `key = ${jqlString(wanted.toUpperCase())}`
		: `resolution IS NOT EMPTY${wanted ? ` AND text ~ ${jqlString(wanted)}` : ''}`;
	const answer = transport<{ issues?: JiraIssue[] }>({
		method: 'POST',
		path: deployment === 'cloud' ? '/rest/api/3/search/jql' : '/rest/api/2/search',
		body: { jql: `${condition} ORDER BY resolved DESC`, fields: ['summary'], maxResults: ISSUES },
		retry: 'safe',
	});
	const issues = isKey ? await existing(answer) : (await answer).data.issues;
	return listOf(issues).map(({ key, fields }) => ({
		key: textOf(key) ?? '',
		title: textOf(fields?.summary) ?? '',
	}));
}

/** Jira refuses a query for a key that it does not have. */
async function existing(
	answer: Promise<{ data: { issues?: JiraIssue[] } }>,
): Promise<JiraIssue[] | undefined> {
	try {
		return (await answer).data.issues;
	} catch (cause) {
		return noneIfUnknown(cause);
	}
}

function noneIfUnknown(cause: unknown): undefined {
	if (cause instanceof ApiError && cause.details.status === 400) return undefined;
	throw cause;
}

function byName(projects: unknown): ListedProject[] {
	return listOf(Array.isArray(projects) ? (projects as unknown[]) : [])
		.map(objectOf)
		.map((project) => ({
			key: textOf(project?.key) ?? '',
			name: textOf(project?.name) ?? textOf(project?.key) ?? '',
		}))
		.filter(({ key }) => key !== '')
		.sort((a, b) => a.name.localeCompare(b.name));
}
