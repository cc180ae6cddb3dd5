/**
 * Tickets by export of search results: https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/#export-search-results
 * Filters are Zendesk's own and an agent's rights are enough. A cursor lives for an hour; after that the reading goes
 * on by date of creation, by which the export is ordered.
 */
import { ApiError } from '../../http/errors';
import type { Position, Ticket, TicketPage, TicketReader } from '../types';
import { Conversations, pageSizeOf, type ZendeskSettings } from './conversations';
import { listOf, nextCursor, pagingError } from './paging';
import { misfit, onlyResolved, searchQuery } from './query';
import { type Round, Rounds } from './rounds';
import { sum, tally } from './tally';
import type { SearchExportAnswer, ZendeskTicket } from './types';

const PATH = '/api/v2/search/export.json';
const CURSOR_LIFE_MS = 58 * 60_000;
/** Zendesk says that a change may take a few minutes until a search finds it. */
const INDEX_DELAY_MS = 5 * 60_000;
/** Zendesk takes no empty query. */
const EVERYTHING = 'created>=2000-01-01';
/** What a dead cursor is answered with; a query that is wrong fails on its first page. */
const DEAD_CURSOR = new Set([400, 410, 422]);

/** How far the reading has come, in dates of creation. */
interface Edge {
	first: string;
	last: string;
	/** Tickets created at `last` that were read. */
	ids: number[];
}

interface Place {
	cursor?: string;
	/** Milliseconds since the epoch, when the cursor was handed out. */
	at?: number;
	edge?: Edge;
}

export class SearchReader implements TicketReader {
	readonly query: Record<string, unknown>;

	private readonly conversations: Conversations;

	private readonly rounds: Rounds;

	private readonly cursors = new Set<string>();

	/** @throws SettingError when the filters cannot be sent. */
	constructor(private readonly settings: ZendeskSettings) {
		const { filters, site, surroundings } = settings;
		this.query = { system: 'zendesk', site, method: 'searchExport', search: searchQuery(filters) };
		this.conversations = new Conversations(settings);
		this.rounds = new Rounds(surroundings.now, INDEX_DELAY_MS, (ticket) => ticket.updated_at);
	}

	/** A ticket that is solved once more, or changed where open ones count, is new again. */
	momentOf({ resolvedAt, updatedAt }: Ticket): string | undefined {
		return onlyResolved(this.settings.filters) ? resolvedAt : updatedAt;
	}

	async readPage(position: Position | undefined): Promise<TicketPage> {
		const round = this.rounds.at(position);
		const place = placeOf(position);
		const { answer, overlap } = await this.ask(place, round);
		const sent = listOf(answer.results, PATH);
		const known = new Set(overlap);
		const fresh = sent.filter(
			(ticket) => !known.has(ticket.id) && !this.rounds.isRead(ticket, round),
		);
		const { kept, leftOut } = tally(fresh, (ticket) => misfit(ticket, this.settings.filters));
		const inBulk = this.settings.comments === 'bulk' && round.since === undefined;
		const read = await this.conversations.tickets(kept, undefined, inBulk);
		const following = this.next(
			answer,
			this.rounds.after(round, sent),
			edgeAfter(place.edge, sent),
			place,
		);
		return { ...read, leftOut: sum(leftOut, read.leftOut), ...following };
	}

	private next(
		answer: SearchExportAnswer,
		round: Round,
		edge: Edge | undefined,
		place: Place,
	): Pick<TicketPage, 'next' | 'end'> {
		const cursor = nextCursor(answer, this.settings.site, PATH);
		if (cursor === undefined) {
			const isOnlyPage = place.cursor === undefined && place.edge === undefined;
			return this.rounds.following(round, isOnlyPage);
		}
		if (this.cursors.has(cursor)) throw pagingError(PATH, 'sent the same page twice');
		this.cursors.add(cursor);
		const at = this.settings.surroundings.now();
		return { next: { ...round, cursor, at, ...(edge ? { edge } : {}) } };
	}

	private async ask(
		{ cursor, at = 0, edge }: Place,
		round: Round,
	): Promise<{ answer: SearchExportAnswer; overlap?: number[] }> {
		const isAlive = this.settings.surroundings.now() - at < CURSOR_LIFE_MS;
		if (cursor !== undefined && isAlive) {
			const answer = await this.request(round, [], cursor).catch(undefinedWhenDead);
			if (answer) return { answer };
		}
		return { answer: await this.request(round, edgeTerms(edge)), overlap: edge?.ids };
	}

	private async request(
		{ since }: Round,
		terms: string[],
		cursor?: string,
	): Promise<SearchExportAnswer> {
		const { filters, transport } = this.settings;
		const field = onlyResolved(filters) ? 'solved' : 'updated';
		const all = [...(since ? [`${field}>=${since}`] : []), ...terms];
		const { data } = await transport<SearchExportAnswer>({
			method: 'GET',
			path: PATH,
			query: {
				query: searchQuery(filters, all) || EVERYTHING,
				'filter[type]': 'ticket',
				'page[size]': pageSizeOf(this.settings),
				'page[after]': cursor,
			},
		});
		return data ?? {};
	}
}

function placeOf(position: Position | undefined): Place {
	const { cursor, at, edge } = (position ?? {}) as Place;
	return {
		cursor: typeof cursor === 'string' ? cursor : undefined,
		at: typeof at === 'number' ? at : undefined,
		edge: edge && typeof edge === 'object' && Array.isArray(edge.ids) ? edge : undefined,
	};
}

/** Which way the export is ordered is not documented; what was read shows it. */
function edgeTerms(edge: Edge | undefined): string[] {
	if (!edge) return [];
	const distance = Date.parse(edge.last) - Date.parse(edge.first);
	if (distance > 0) return [`created>=${edge.last}`];
	return distance < 0 ? [`created<=${edge.last}`] : [];
}

function edgeAfter(edge: Edge | undefined, sent: ZendeskTicket[]): Edge | undefined {
	const first = edge?.first ?? sent[0]?.created_at;
	const last = sent.at(-1)?.created_at ?? edge?.last;
	if (!first || !last) return undefined;
	const before = edge?.last === last ? edge.ids : [];
	const here = sent.filter(({ created_at: at }) => at === last).map(({ id }) => id);
	return { first, last, ids: [...new Set([...before, ...here])] };
}

function undefinedWhenDead(error: unknown): undefined {
	const status = error instanceof ApiError ? error.details.status : undefined;
	if (status !== undefined && DEAD_CURSOR.has(status)) return undefined;
	throw error;
}
