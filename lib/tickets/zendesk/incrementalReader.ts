/**
 * Tickets by incremental export: https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-ticket-export-cursor-based
 * A thousand at a time in the order of their changes, for administrators, ten requests a minute. It knows no filter
 * but the time of the last change; its cursors do not expire.
 */
import { SettingError } from '../../openai/settingError';
import type { Position, Ticket, TicketPage, TicketReader } from '../types';
import { Conversations, metricSets, pageSizeOf, type ZendeskSettings } from './conversations';
import { listOf, pagingError } from './paging';
import { misfit, onlyResolved, type ZendeskFilters } from './query';
import { type Round, Rounds } from './rounds';
import { sum, tally } from './tally';
import type { IncrementalTicketsAnswer, ZendeskMetricSet, ZendeskTicket } from './types';

const PATH = '/api/v2/incremental/tickets/cursor.json';
const PAGE_SIZE = 1_000;
/** Zendesk leaves out what changed within the last minute. */
const EXCLUDED_MS = 60_000;
const OVERLAP_MS = 2 * EXCLUDED_MS;

interface Page {
	cursor: string | undefined;
	answer: IncrementalTicketsAnswer;
	metrics: Map<number, ZendeskMetricSet>;
}

export class IncrementalReader implements TicketReader {
	readonly query: Record<string, unknown>;

	private readonly conversations: Conversations;

	private readonly rounds: Rounds;

	private readonly cursors = new Set<string>();

	/** The page that is being handed on in slices. */
	private page?: Page;

	/** @throws SettingError when there is a filter that this way of reading cannot honour. */
	constructor(private readonly settings: ZendeskSettings) {
		const { filters, site, surroundings } = settings;
		if (filters.query?.trim()) {
			throw new SettingError(
				"'Query' cannot be used with the method Incremental Export, which knows no search",
				"Set 'Method' to Search Export, or use the other filters.",
				'Query',
			);
		}
		this.query = { system: 'zendesk', site, method: 'incremental', filters };
		this.conversations = new Conversations(settings);
		this.rounds = new Rounds(surroundings.now, OVERLAP_MS, (ticket) =>
			onlyResolved(filters) ? this.page?.metrics.get(ticket.id)?.solved_at : ticket.updated_at,
		);
	}

	/** A ticket that is solved once more, or changed where open ones count, is new again. */
	momentOf({ resolvedAt, updatedAt }: Ticket): string | undefined {
		return onlyResolved(this.settings.filters) ? resolvedAt : updatedAt;
	}

	async readPage(position: Position | undefined): Promise<TicketPage> {
		const round = this.rounds.at(position);
		const { cursor, handled } = placeOf(position);
		const { answer, metrics } = await this.pageAt(cursor);
		this.conversations.users.add(answer.users);
		const sent = listOf(answer.tickets, PATH);
		const { kept, leftOut } = tally(sent, (ticket) => this.reasonAgainst(ticket, round, metrics));
		const done = new Set(handled);
		const rest = kept.filter(
			(ticket) => !done.has(ticket.id) && !this.rounds.isRead(ticket, round),
		);
		// Little is lost when it breaks off, as the conversations of a page are read in slices.
		const slice = rest.slice(0, pageSizeOf(this.settings));
		const inBulk = this.settings.comments === 'bulk' && round.since === undefined;
		const read = await this.conversations.tickets(slice, metrics, inBulk);
		const reasons = handled.length > 0 ? {} : leftOut;
		const after = this.rounds.after(round, slice);
		const handledNow = [...handled, ...slice.map(({ id }) => id)];
		const following =
			rest.length > slice.length
				? { next: { ...after, cursor, handled: handledNow } }
				: this.next(answer, after, rest.length === 0);
		return { ...read, leftOut: sum(reasons, read.leftOut), ...following };
	}

	private next(
		answer: IncrementalTicketsAnswer,
		round: Round,
		isEmpty: boolean,
	): Pick<TicketPage, 'next' | 'end'> {
		// The same cursor may bring more later.
		this.page = undefined;
		const cursor = answer.after_cursor ?? undefined;
		if (cursor === undefined) return {};
		if (answer.end_of_stream === true) return this.rounds.following(round, isEmpty, { cursor });
		if (this.cursors.has(cursor)) throw pagingError(PATH, 'sent the same page twice');
		this.cursors.add(cursor);
		return { next: { ...round, cursor } };
	}

	private reasonAgainst(
		ticket: ZendeskTicket,
		{ since }: Round,
		metrics: ReadonlyMap<number, ZendeskMetricSet>,
	): string | undefined {
		const reason = misfit(ticket, this.settings.filters);
		if (reason !== undefined || since === undefined) return reason;
		// A solved ticket changes again when it is closed some days later; it was read when it was solved.
		if (!onlyResolved(this.settings.filters)) return undefined;
		const solved = Date.parse(metrics.get(ticket.id)?.solved_at ?? '');
		return solved < Date.parse(since) ? 'read_before' : undefined;
	}

	private async pageAt(cursor: string | undefined): Promise<Page> {
		if (this.page && this.page.cursor === cursor) return this.page;
		const { filters, surroundings, transport } = this.settings;
		const { data } = await transport<IncrementalTicketsAnswer>({
			method: 'GET',
			path: PATH,
			query: {
				...(cursor === undefined
					? { start_time: startTime(filters, surroundings.now()) }
					: { cursor }),
				per_page: PAGE_SIZE,
				include: 'users,metric_sets',
				exclude_deleted: true,
			},
		});
		const answer = data ?? {};
		this.page = { cursor, answer, metrics: metricSets(answer) };
		return this.page;
	}
}

/** Seconds since the epoch. Whatever was created or changed since a time shows up behind it. */
function startTime({ createdAfter, updatedAfter }: ZendeskFilters, now: number): number {
	const since = [createdAfter, updatedAfter].map((date) => Date.parse(date ?? '') || 0);
	const latest = now - EXCLUDED_MS - 1_000;
	return Math.max(1, Math.floor(Math.min(Math.max(...since), latest) / 1_000));
}

function placeOf(position: Position | undefined): { cursor?: string; handled: number[] } {
	const { cursor, handled } = position ?? {};
	return {
		cursor: typeof cursor === 'string' ? cursor : undefined,
		handled: Array.isArray(handled) ? handled.filter((id) => typeof id === 'number') : [],
	};
}
