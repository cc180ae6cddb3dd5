/** The issues of the stand-in and its searches. */
import type { SampleTicket } from '../samples';

import type { JiraFault } from './faults';
import { parseJql, type Row } from './jql';
import { issueOf, PROJECTS, rowOf } from './native';
import { badQuery, Refusal } from './refusal';

export interface SiteOptions {
	tickets: SampleTicket[];
	now: () => number;
	/** Issues a page at most, whatever is asked for. */
	pageSize: number;
	/** Comments that Cloud sends with an issue. */
	inlineComments: number;
	/** Data Center's `jira.search.platform.max.result.window`. */
	window: number;
}

interface CloudPage {
	issues: object[];
	isLast: boolean;
	nextPageToken?: string;
}

interface Entry {
	ticket: SampleTicket;
	row: Row;
}

const PROJECT_NAMES = new Set(
	PROJECTS.flatMap(({ id, key, name }) => [id, key.toLowerCase(), name.toLowerCase()]),
);
const FIRST_FIELDS = ['id'];
const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;

export class Site {
	private tokens = 0;

	constructor(readonly options: SiteOptions) {}

	/** By key or id. */
	find(keyOrId: string): SampleTicket {
		const wanted = keyOrId.toUpperCase();
		const found = this.entries().find(({ row }) => row.key === wanted || `${row.id}` === wanted);
		if (!found) {
			throw new Refusal(404, 'Issue does not exist or you do not have permission to see it.');
		}
		return found.ticket;
	}

	count(jql: unknown, isKnown: boolean): number {
		return isKnown ? this.matching(jql, true).length : 0;
	}

	/** A page of Cloud's search. The token holds the place, the query and when it was made. */
	cloudPage(
		body: Record<string, unknown>,
		base: string,
		isKnown: boolean,
		fault?: JiraFault['search'],
	): CloudPage {
		const { jql, nextPageToken, fields = FIRST_FIELDS } = body;
		const all = isKnown ? this.matching(jql, true) : [];
		const from = nextPageToken === undefined ? 0 : this.placeOf(nextPageToken, String(jql));
		if (fault === 'emptyPage') {
			return { issues: [], isLast: false, nextPageToken: this.tokenOf(from, String(jql)) };
		}
		const size = this.sizeOf(body.maxResults, 5000);
		const page = all.slice(from, from + size);
		const issues = page.map(({ ticket }) => this.pick(ticket, fields, base));
		if (fault === 'repeatedToken' && nextPageToken !== undefined) {
			return { issues, isLast: false, nextPageToken: String(nextPageToken) };
		}
		if (from + size >= all.length) return { issues, isLast: true };
		return { issues, isLast: false, nextPageToken: this.tokenOf(from + size, String(jql)) };
	}

	/** A page of Data Center's search. */
	dataCenterPage(body: Record<string, unknown>, base: string) {
		const { jql, startAt = 0, fields } = body;
		const all = this.matching(jql, false);
		const from = Number(startAt);
		const size = this.sizeOf(body.maxResults, 1000);
		if (from + size > this.options.window) {
			throw new Refusal(
				500,
				`Search limit exceeded. The requested window ${from + size} is beyond the platform limit of ${this.options.window}.`,
			);
		}
		const page = all.slice(from, from + size);
		const issues = page.map(({ ticket }) => {
			const issue = issueOf(ticket, 'dataCenter', base, Infinity);
			return { ...issue, fields: picked(issue.fields, fields) };
		});
		return { expand: 'schema,names', startAt: from, maxResults: size, total: all.length, issues };
	}

	private entries(): Entry[] {
		return this.options.tickets.map((ticket) => ({ ticket, row: rowOf(ticket) }));
	}

	private matching(jql: unknown, mustBeBounded: boolean): Entry[] {
		if (typeof jql !== 'string') throw badQuery('The jql is missing.');
		const query = parseJql(jql, this.options.now(), PROJECT_NAMES);
		if (mustBeBounded && !query.isBounded) {
			throw badQuery(
				'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
			);
		}
		return this.entries()
			.filter(({ row }) => query.matches(row))
			.sort((a, b) => query.compare(a.row, b.row));
	}

	private pick(ticket: SampleTicket, fields: unknown, base: string) {
		const { expand, ...issue } = issueOf(ticket, 'cloud', base, this.options.inlineComments);
		const wanted = picked(issue.fields, fields);
		if (Object.keys(wanted).length === 0) return { id: issue.id };
		return { expand, ...issue, fields: wanted };
	}

	private sizeOf(asked: unknown, most: number): number {
		const size = typeof asked === 'number' && asked >= 0 ? Math.floor(asked) : 50;
		return Math.min(size, most, this.options.pageSize);
	}

	private tokenOf(from: number, jql: string): string {
		const content = JSON.stringify({ from, jql, at: this.options.now(), serial: this.tokens++ });
		return Buffer.from(content).toString('base64url');
	}

	private placeOf(token: unknown, jql: string): number {
		const content = parsed(String(token));
		const isGood =
			content?.jql === jql &&
			typeof content.from === 'number' &&
			this.options.now() - Number(content.at) < SEVEN_DAYS;
		if (!isGood) throw badQuery('The provided next page token is invalid or expired.');
		return content.from as number;
	}
}

function picked(fields: object, wanted: unknown): Record<string, unknown> {
	const names = Array.isArray(wanted) ? wanted.map(String) : ['*all'];
	if (names.includes('*all') || names.includes('*navigable')) return { ...fields };
	return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

function parsed(token: string): Record<string, unknown> | undefined {
	try {
		return JSON.parse(Buffer.from(token, 'base64url').toString()) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}
