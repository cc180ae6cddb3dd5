/** Issues of Jira, page by page, with all their comments. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { inParallel } from '../../inParallel';
import type { Position, Ticket, TicketCount, TicketPage, TicketReader } from '../types';
import { listOf, textOf } from '../values';
import { allComments } from './allComments';
import { ISSUE_FIELDS, ticketOf, type TicketRules } from './normalize';
import { isRead, issueId, type Place, placeBehind, placeOf, positionOf } from './position';
import { type JiraQuery, searchJql } from './query';
import { isLeftOut, otherResolutions } from './resolutions';
import type { CloudSearchPage, DataCenterSearchPage, Deployment, JiraIssue } from './types';

export interface JiraReaderSettings {
	transport: Transport;
	query: JiraQuery;
	rules: TicketRules;
	/** Names of resolutions whose tickets are counted and left out. */
	excludedResolutions: string[];
	/** Issues whose comments are read at the same time. */
	concurrency: number;
	/** Issues a page; Jira may send fewer. */
	pageSize: number;
}

/** One page as a deployment sends it, and whether there is another one. */
interface Found {
	issues: JiraIssue[];
	hasMore: boolean;
	warnings: string[];
}

type Search = (place: Place) => Promise<Found>;

/**
 * Reads a query in the order of its date. A position holds a date and not Jira's page token, so that a cursor is
 * good for ever; within a run Cloud's tokens are used.
 */
export function createJiraReader(settings: JiraReaderSettings): TicketReader {
	const { rules, query, excludedResolutions } = settings;
	const search = rules.deployment === 'cloud' ? cloudSearch(settings) : dataCenterSearch(settings);
	return {
		query: {
			source: 'jira',
			site: rules.siteUrl,
			where: query.where,
			order: query.order,
			excludedResolutions,
		},
		...(query.order === 'created' ? {} : { momentOf: momentOf(query.order) }),
		async readPage(position: Position | undefined): Promise<TicketPage> {
			const place = placeOf(position);
			const { issues, hasMore, warnings } = await search(place);
			const fresh = issues.filter((issue) => !isRead(place, issue, query.order));
			const wanted = fresh.filter((issue) => !isLeftOut(issue, excludedResolutions));
			const tickets = await toTickets(settings, wanted);
			const behind = positionOf(placeBehind(place, issues, query.order));
			return {
				tickets,
				...(hasMore ? { next: behind } : { end: { ...behind, startAt: 0 } }),
				leftOut: { resolution: fresh.length - wanted.length },
				warnings: [...query.warnings, ...warnings],
			};
		},
	};
}

function momentOf(order: 'resolved' | 'updated') {
	return ({ resolvedAt, updatedAt }: Ticket) => (order === 'resolved' ? resolvedAt : updatedAt);
}

/** One issue by key or id, whatever its state. */
export async function getIssue(
	{ transport, rules }: Pick<JiraReaderSettings, 'transport' | 'rules'>,
	keyOrId: string,
): Promise<Ticket> {
	const version = rules.deployment === 'cloud' ? 3 : 2;
	const { data: issue } = await transport<JiraIssue>({
		method: 'GET',
		path: `/rest/api/${version}/issue/${encodeURIComponent(keyOrId)}`,
		query: { fields: fieldsOf(rules).join(',') },
	});
	if (issueId(issue) === undefined) throw unknownShape('issue');
	const [ticket] = await toTickets({ transport, rules, concurrency: 1 }, [issue]);
	return ticket;
}

/** What a run would hand on, answered or not. Cloud only estimates. */
export async function countIssues(
	transport: Transport,
	{ rules, query, excludedResolutions }: CountSettings,
): Promise<TicketCount> {
	const { deployment } = rules;
	const other = await otherResolutions(transport, deployment, excludedResolutions);
	const jql = [query.where, other.condition].filter(Boolean).join(' AND ');
	const { count, exact } = await countJql(transport, deployment, jql);
	return { count, exact: exact && other.isKnown };
}

interface CountSettings extends Pick<JiraReaderSettings, 'query' | 'excludedResolutions'> {
	rules: Pick<TicketRules, 'deployment'>;
}

async function countJql(
	transport: Transport,
	deployment: Deployment,
	jql: string,
): Promise<TicketCount> {
	if (deployment === 'cloud') {
		const path = '/rest/api/3/search/approximate-count';
		const { data } = await transport<{ count?: unknown }>({
			method: 'POST',
			path,
			body: { jql },
			retry: 'safe',
		});
		return { count: numberOf(data.count), exact: false };
	}
	const { data } = await transport<DataCenterSearchPage>({
		method: 'POST',
		path: '/rest/api/2/search',
		body: { jql, startAt: 0, maxResults: 0, fields: ['id'] },
		retry: 'safe',
	});
	return { count: numberOf(data.total), exact: true };
}

function cloudSearch({ transport, query, rules, pageSize }: JiraReaderSettings): Search {
	const pager = new TokenPager();
	return async (place) => {
		const nextPageToken = pager.tokenFor(place);
		if (nextPageToken === undefined) pager.jql = searchJql(query, place.since);
		const { data } = await transport<CloudSearchPage>({
			method: 'POST',
			path: '/rest/api/3/search/jql',
			body: {
				jql: pager.jql,
				fields: fieldsOf(rules),
				maxResults: pageSize,
				...(nextPageToken === undefined ? {} : { nextPageToken }),
			},
			retry: 'safe',
		});
		if (!Array.isArray(data.issues)) throw unknownShape('search');
		const issues = listOf(data.issues);
		const token = data.isLast === true ? undefined : textOf(data.nextPageToken);
		const moved = issues.some((issue) => !isRead(place, issue, query.order));
		return {
			issues,
			hasMore: token !== undefined,
			warnings: [...warningsOf(data.warnings), ...pager.keep(token, place, moved)],
		};
	};
}

/** The token of the page that comes next in this run. */
class TokenPager {
	/** Of the search that the token belongs to. */
	jql = '';

	private next?: { page: number; token: string };

	private readonly used = new Set<string>();

	tokenFor({ page }: Place): string | undefined {
		return this.next?.page === page ? this.next.token : undefined;
	}

	/** A token that comes again would lead in a circle: then a new search goes on by date. */
	keep(token: string | undefined, { page }: Place, moved: boolean): string[] {
		const repeats = token !== undefined && this.used.has(token);
		if (repeats && !moved) throw endless();
		this.next = token === undefined || repeats ? undefined : { page: page + 1, token };
		if (token !== undefined) this.used.add(token);
		return repeats ? ['Jira repeated a page token; reading went on by date, without loss.'] : [];
	}
}

/** Every page is a search of its own from the date of the last issue on: no offset can skip or repeat anything. */
function dataCenterSearch({ transport, query, rules, pageSize }: JiraReaderSettings): Search {
	return async (place) => {
		const { data } = await transport<DataCenterSearchPage>({
			method: 'POST',
			path: '/rest/api/2/search',
			body: {
				jql: searchJql(query, place.since),
				startAt: place.startAt,
				maxResults: pageSize,
				fields: fieldsOf(rules),
			},
			retry: 'safe',
		});
		if (!Array.isArray(data.issues)) throw unknownShape('search');
		const issues = listOf(data.issues);
		const left = numberOf(data.total) - place.startAt - issues.length;
		const isCut = issues.length === 0 && left > 0;
		return {
			issues,
			hasMore: left > 0 && issues.length > 0,
			warnings: [
				...warningsOf(data.warningMessages),
				...(isCut ? [`Jira counts ${left} more tickets of this query but sent none of them.`] : []),
			],
		};
	};
}

async function toTickets(
	{
		transport,
		rules,
		concurrency,
	}: Pick<JiraReaderSettings, 'transport' | 'rules' | 'concurrency'>,
	issues: JiraIssue[],
): Promise<Ticket[]> {
	return await inParallel(issues, concurrency, async (issue) => {
		const { comments, leftOut } = await allComments(transport, issue, rules.deployment);
		const ticket = ticketOf(issue, comments, rules);
		return Object.keys(leftOut).length === 0
			? ticket
			: { ...ticket, leftOut: { ...ticket.leftOut, ...leftOut } };
	});
}

function fieldsOf({ customFields }: TicketRules): string[] {
	return [...ISSUE_FIELDS, ...Object.values(customFields)];
}

/** Sentences, or objects with a sentence in them: the field is experimental. */
function warningsOf(value: unknown): string[] {
	return listOf(Array.isArray(value) ? (value as unknown[]) : [])
		.slice(0, 20)
		.map((entry) => textOf(entry) ?? textOf((entry as { message?: unknown }).message) ?? '')
		.filter(Boolean)
		.map((text) => `Jira warns: ${text.slice(0, 500)}`);
}

function numberOf(value: unknown): number {
	if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
	throw unknownShape('number of issues');
}

function endless(): ApiError {
	const message = 'Jira sends the same page again and again';
	return new ApiError(message, {
		code: 'invalid_list',
		explanation: {
			message,
			description:
				'Run again with the cursor of this run. If it stays, narrow the filters (dates, projects) and read in several runs.',
		},
	});
}

function unknownShape(what: string): ApiError {
	const message = `Jira's answer holds no ${what}`;
	return new ApiError(message, {
		code: 'unknown_shape',
		explanation: {
			message,
			description:
				"Check 'Deployment' and 'Site URL' in the credential; a proxy before Jira may change its answers.",
			cause: 'configuration-invalid',
		},
	});
}
