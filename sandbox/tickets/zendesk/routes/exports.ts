/** Export of search results, count, and the incremental exports. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { SampleTicket } from '../../samples/types';
import { authorsOf, metricSet, seconds, ticketEvents, ticketRecord, updatedAt } from '../records';
import { invalid, Refusal } from '../refusal';
import { matches, termsOf } from '../search';
import type { ZendeskState } from '../state';
import { decoded, encoded, linkTo, pageSizeOf, queryOf } from './paging';
import { requireAdmin, requireAgent, sideloads } from './tickets';

const CURSOR_LIFE_MS = 60 * 60_000;
/** What changed within the last minute is not exported. */
const EXCLUDED_SECONDS = 60;
const MAX_PER_PAGE = 1_000;

export function exportRoutes(app: FastifyInstance, state: ZendeskState): void {
	app.get('/api/v2/search/export.json', async (request) => searchExport(request, state));

	app.get('/api/v2/search/count.json', async (request) => {
		requireAgent(request);
		const terms = termsOf(queryOf(request).query ?? '');
		if (!terms.some(({ field, value }) => field === 'type' && value === 'ticket')) {
			throw invalid('The stand-in counts tickets only: query must contain type:ticket');
		}
		return { count: state.tickets.filter((sample) => matches(sample, terms)).length };
	});

	app.get('/api/v2/incremental/tickets/cursor.json', async (request) =>
		incrementalTickets(request, state),
	);

	app.get('/api/v2/incremental/ticket_events.json', async (request) => events(request, state));
}

interface SearchCursor {
	created: string;
	id: number;
	at: number;
}

/** Newest first, and tickets of one second by their number, as Zendesk's own example of a cursor says. */
function searchExport(request: FastifyRequest, state: ZendeskState): object {
	requireAgent(request);
	const query = queryOf(request);
	if (query['filter[type]'] !== 'ticket') throw invalid('filter[type] must be given');
	const terms = termsOf(query.query ?? '');
	if (terms.some(({ field }) => field.replace(/^-/, '') === 'type')) {
		throw invalid('Invalid search: type is not allowed in the query of an export');
	}
	const size = pageSizeOf(query, state, MAX_PER_PAGE);
	const after = cursorOf(query['page[after]'], state.now());
	const found = state.tickets
		.filter((sample) => matches(sample, terms))
		.sort((a, b) =>
			a.createdAt === b.createdAt ? a.number - b.number : a.createdAt < b.createdAt ? 1 : -1,
		)
		.filter((sample) => after === undefined || isBehind(sample, after));
	const page = found.slice(0, size);
	const more = found.length > page.length;
	const last = page.at(-1);
	const cursor = last
		? encoded({ created: last.createdAt, id: last.number, at: state.now() })
		: null;
	return {
		results: page.map((sample) => ({
			...ticketRecord(sample, state.url),
			result_type: 'ticket',
		})),
		facets: null,
		meta: { has_more: more, after_cursor: cursor, before_cursor: null },
		links: { prev: null, next: more ? linkTo(request, state, cursor) : null },
	};
}

/** How Zendesk words it when the hour is over is not documented. */
function cursorOf(text: string | undefined, now: number): SearchCursor | undefined {
	if (text === undefined) return undefined;
	const cursor = decoded<SearchCursor>(text);
	if (now - cursor.at > CURSOR_LIFE_MS) throw invalid('Invalid search: the cursor has expired');
	return cursor;
}

function isBehind({ createdAt, number }: SampleTicket, { created, id }: SearchCursor): boolean {
	return createdAt < created || (createdAt === created && number > id);
}

/** In the order of their changes; a cursor is the place of the last one and never expires. */
function incrementalTickets(request: FastifyRequest, state: ZendeskState): object {
	requireAdmin(request);
	const query = queryOf(request);
	const size = Math.min(Number(query.per_page ?? MAX_PER_PAGE), state.pageSize ?? MAX_PER_PAGE);
	if (!(size >= 1 && size <= MAX_PER_PAGE)) throw invalid('per_page must be from 1 to 1000');
	const [time, id] = placeOf(query, state);
	const until = state.now() / 1_000 - EXCLUDED_SECONDS;
	const rest = state.tickets
		.map((sample) => ({ sample, time: seconds(updatedAt(sample)) }))
		.filter((one) => one.time <= until)
		.filter((one) => one.time > time || (one.time === time && one.sample.number > id))
		.sort((a, b) => a.time - b.time || a.sample.number - b.sample.number);
	const page = rest.slice(0, size);
	const last = page.at(-1);
	const cursor = Buffer.from(
		last ? `${last.time}.0||${last.sample.number}|` : `${time}.0||${id}|`,
	).toString('base64');
	const samples = page.map(({ sample }) => sample);
	return {
		tickets: samples.map((sample) => ticketRecord(sample, state.url)),
		...(sideloads(request, 'users') ? { users: peopleOf(samples) } : {}),
		...(sideloads(request, 'metric_sets') ? { metric_sets: samples.map(metricSet) } : {}),
		after_cursor: cursor,
		after_url: `${state.url}/api/v2/incremental/tickets/cursor.json?cursor=${encodeURIComponent(cursor)}`,
		before_cursor: null,
		before_url: null,
		end_of_stream: rest.length <= page.length,
	};
}

function placeOf(query: Record<string, string | undefined>, state: ZendeskState): [number, number] {
	if (query.cursor === undefined) return [startTime(query.start_time, state), -1];
	const found = /^(\d+)\.0\|\|(-?\d+)\|$/.exec(Buffer.from(query.cursor, 'base64').toString());
	if (!found) throw invalid('cursor is not valid');
	return [Number(found[1]), Number(found[2])];
}

/** One stream of audits by time; a page begins with the second at which the last one ended, so borders come twice. */
function events(request: FastifyRequest, state: ZendeskState): object {
	requireAdmin(request);
	const query = queryOf(request);
	const start = startTime(query.start_time, state);
	const size = Math.min(MAX_PER_PAGE, state.pageSize ?? MAX_PER_PAGE);
	const until = state.now() / 1_000 - EXCLUDED_SECONDS;
	const rest = state.tickets
		.flatMap((sample) => ticketEvents(sample, state.url))
		.filter(({ timestamp }) => timestamp >= start && timestamp <= until)
		.sort((a, b) => a.timestamp - b.timestamp || a.id - b.id);
	const page = rest.slice(0, size);
	const end = page.at(-1)?.timestamp ?? start;
	const sideloaded = sideloads(request, 'comment_events');
	return {
		ticket_events: page.map((event) => (sideloaded ? event : withoutComments(event))),
		count: page.length,
		end_time: page.length > 0 ? end : null,
		end_of_stream: rest.length <= page.length,
		next_page: `${state.url}/api/v2/incremental/ticket_events.json?start_time=${end}`,
	};
}

function withoutComments(event: { child_events: Array<{ id: number; event_type: string }> }) {
	return {
		...event,
		child_events: event.child_events.map((child) =>
			child.event_type === 'Comment' ? { id: child.id, comment_present: true } : child,
		),
	};
}

function startTime(text: string | undefined, { now }: ZendeskState): number {
	const start = Number(text);
	if (text === undefined || !Number.isInteger(start) || start < 0) {
		throw invalid('start_time must be a Unix time');
	}
	if (start > now() / 1_000 - EXCLUDED_SECONDS) {
		throw new Refusal(422, {
			error: 'StartTimeTooRecent',
			description: 'Too recent start_time. Use a start_time older than 60 seconds',
		});
	}
	return start;
}

function peopleOf(samples: SampleTicket[]) {
	return [...new Map(samples.flatMap(authorsOf).map((user) => [user.id, user])).values()];
}
