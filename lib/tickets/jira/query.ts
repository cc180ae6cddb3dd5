/** From filters to JQL. */
import { checkJql, jqlIn } from './jql';

export interface JiraFilters {
	/** Keys or ids; all that the account sees when empty. */
	projects: string[];
	/** Takes the place of the projects. */
	jql?: string;
	issueTypes?: string[];
	/** Labels; one of them is enough. */
	tags?: string[];
	/** Milliseconds since the epoch. */
	createdAfter?: number;
	createdBefore?: number;
	updatedAfter?: number;
	/** Open tickets, and closed ones without a resolution, too. */
	includeUnresolved?: boolean;
}

/** The date by which issues are ordered, and from which a run goes on. */
export type OrderField = 'created' | 'resolved' | 'updated';

export interface JiraQuery {
	/** All conditions, without order and window. */
	where: string;
	order: OrderField;
	warnings: string[];
}

/** Team-managed and company-managed workflows name their statuses as they like; the category is the same in all. */
const RESOLVED = 'statusCategory = Done AND resolution IS NOT EMPTY';
/** Jira Cloud refuses a query without any condition. */
const ANYTHING = 'project IS NOT EMPTY';

/**
 * The conditions of a query.
 *
 * Dates are unquoted milliseconds, which JQL takes as absolute time in Cloud and Data Center alike; a quoted date
 * would be one in the time zone of the account that asks (https://github.com/airbytehq/airbyte/pull/48395).
 *
 * @param order - `resolved` or `updated` to find what is new since an earlier run
 * @throws SettingError for a JQL that cannot be put together with other conditions.
 */
export function jiraQuery(filters: JiraFilters, order: OrderField = 'created'): JiraQuery {
	const typed = filters.jql?.trim() ? checkJql(filters.jql) : undefined;
	const conditions = [
		typed ? `(${typed.where})` : jqlIn('project', filters.projects),
		filters.includeUnresolved ? undefined : RESOLVED,
		jqlIn('issuetype', filters.issueTypes ?? []),
		jqlIn('labels', filters.tags ?? []),
		from('created', filters.createdAfter),
		filters.createdBefore === undefined ? undefined : `created < ${filters.createdBefore}`,
		from('updated', filters.updatedAfter),
	].filter((condition) => condition !== undefined);
	return {
		where: conditions.length > 0 ? conditions.join(' AND ') : ANYTHING,
		order,
		warnings: typed?.orderBy
			? [`'${typed.orderBy}' of the JQL was not used: tickets come by date, oldest first.`]
			: [],
	};
}

/** The text to send: everything, or what comes from `since` (milliseconds) on. */
export function searchJql({ where, order }: JiraQuery, since?: number): string {
	const window = since === undefined ? '' : ` AND ${order} >= ${since}`;
	return `${where}${window} ORDER BY ${order} ASC, key ASC`;
}

function from(field: string, time: number | undefined): string | undefined {
	return time === undefined ? undefined : `${field} >= ${time}`;
}
