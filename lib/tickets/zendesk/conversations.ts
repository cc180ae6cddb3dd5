/** From records to whole conversations: comments, people and dates of solution. */
import type { Surroundings, Transport } from '../../http/types';
import { inParallel } from '../../inParallel';
import type { Ticket } from '../types';
import { BrokenComments, brokenWarning } from './brokenComments';
import { commentsOf } from './comments';
import { CommentEvents } from './events';
import { ZendeskNames } from './names';
import { toTicket } from './normalize';
import type { ZendeskFilters } from './query';
import type {
	Conversation,
	ZendeskComment,
	ZendeskMetricSet,
	ZendeskTicket,
	ZendeskUser,
} from './types';
import { ZendeskUsers } from './users';

export interface ZendeskSettings {
	transport: Transport;
	surroundings: Surroundings;
	/** Origin, e.g. `https://acme.zendesk.com`. */
	site: string;
	filters: ZendeskFilters;
	/** One request a ticket, or all of them from the stream of events (administrators only). */
	comments: 'perTicket' | 'bulk';
	/** A ticket whose comments cannot be read is counted and left out; otherwise it ends the run. */
	leavesOutBroken?: boolean;
	/** Tickets whose comments are asked for at a time. */
	concurrency: number;
	/** Tickets a page, 100 at most; fewer where only a few are wanted. */
	pageSize?: number;
	includeInternalNotes: boolean;
	includeRaw: boolean;
	stripQuotes: boolean;
}

/** What Zendesk advises, and the most that it takes where tickets are asked for by their IDs. */
const MAX_PAGE_SIZE = 100;

/** What became of the records of a page. */
export interface ReadConversations {
	tickets: Ticket[];
	/** By reason. */
	leftOut: Record<string, number>;
	warnings: string[];
}

/** Each ticket of a page costs a request for its comments, so a page is no longer than needed. */
export function pageSizeOf({ pageSize = MAX_PAGE_SIZE }: ZendeskSettings): number {
	return Math.min(MAX_PAGE_SIZE, Math.max(1, Math.floor(pageSize)));
}

export class Conversations {
	readonly users: ZendeskUsers;

	private readonly names: ZendeskNames;

	private readonly broken: BrokenComments;

	private events?: CommentEvents;

	constructor(private readonly settings: ZendeskSettings) {
		this.users = new ZendeskUsers(settings.transport);
		this.names = new ZendeskNames(settings.transport, settings.site);
		this.broken = new BrokenComments(settings.transport);
	}

	/**
	 * Tickets in the order of `records`, without those that were deleted while they were read or cannot be read.
	 *
	 * @param metrics - asked for when absent
	 * @param inBulk - false for a handful of tickets, for which the stream of events would be a waste
	 */
	async tickets(
		records: ZendeskTicket[],
		metrics?: ReadonlyMap<number, ZendeskMetricSet>,
		inBulk = this.settings.comments === 'bulk',
	): Promise<ReadConversations> {
		if (records.length === 0) return { tickets: [], leftOut: {}, warnings: [] };
		const { transport, concurrency } = this.settings;
		const events = inBulk ? await this.commentEvents() : undefined;
		const known = metrics ?? (await metricSetsOf(transport, records));
		const comments = await inParallel(
			records,
			concurrency,
			async (ticket) => events?.of(ticket) ?? (await this.commentsOf(ticket.id)),
		);
		const whole = await this.withPeople(records, comments, known);
		for (const { ticket } of whole) events?.forget(ticket.id);
		const names = await this.names.read();
		const tickets = whole.map((one) => toTicket(one, { ...this.settings, ...names }));
		const broken = this.broken.take();
		const deleted = records.length - tickets.length - broken.length;
		return {
			tickets,
			leftOut: {
				...(deleted > 0 ? { deleted } : {}),
				...(broken.length > 0 ? { comments_not_readable: broken.length } : {}),
			},
			warnings: broken.length > 0 ? [brokenWarning(broken)] : [],
		};
	}

	private async commentsOf(ticketId: number): Promise<ZendeskComment[] | undefined> {
		const { transport, site, leavesOutBroken } = this.settings;
		const read = async () => await commentsOf(transport, site, ticketId, this.users);
		return leavesOutBroken ? await this.broken.unlessBroken(ticketId, read) : await read();
	}

	private async commentEvents(): Promise<CommentEvents> {
		const { transport, surroundings, filters } = this.settings;
		const start = Date.parse(filters.createdAfter ?? '') / 1_000 || 1;
		this.events ??= await CommentEvents.read(transport, Math.floor(start), surroundings.now());
		return this.events;
	}

	private async withPeople(
		records: ZendeskTicket[],
		comments: Array<ZendeskComment[] | undefined>,
		metrics: ReadonlyMap<number, ZendeskMetricSet>,
	): Promise<Conversation[]> {
		const ids = comments.map((said, index) => [
			records[index].requester_id,
			records[index].assignee_id,
			...(said ?? []).map(({ author_id: author }) => author),
		]);
		const everybody = await this.users.get(ids.flat());
		return records.flatMap((ticket, index) => {
			const said = comments[index];
			if (!said) return [];
			const users = new Map<number, ZendeskUser>();
			for (const id of ids[index]) {
				const user = everybody.get(id ?? NaN);
				if (user) users.set(id as number, user);
			}
			return [{ ticket, comments: said, users, metrics: metrics.get(ticket.id) }];
		});
	}
}

/** When tickets were solved: https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#show-multiple-tickets */
async function metricSetsOf(
	transport: Transport,
	records: ZendeskTicket[],
): Promise<Map<number, ZendeskMetricSet>> {
	const { data } = await transport<MetricAnswer>({
		method: 'GET',
		path: '/api/v2/tickets/show_many.json',
		query: { ids: records.map(({ id }) => id).join(','), include: 'metric_sets' },
	});
	return metricSets(data);
}

type MetricAnswer = {
	metric_sets?: ZendeskMetricSet[];
	tickets?: Array<ZendeskTicket & { metric_set?: ZendeskMetricSet }>;
};

/** Zendesk sends them beside the tickets or within each of them. */
export function metricSets(answer: MetricAnswer | undefined): Map<number, ZendeskMetricSet> {
	const sets = new Map<number, ZendeskMetricSet>();
	for (const { id, metric_set: set } of answer?.tickets ?? []) if (set) sets.set(id, set);
	for (const set of answer?.metric_sets ?? []) {
		if (typeof set?.ticket_id === 'number') sets.set(set.ticket_id, set);
	}
	return sets;
}
