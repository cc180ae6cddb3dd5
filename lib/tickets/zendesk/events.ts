/**
 * The comments of all tickets in bulk, from the stream of ticket events:
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-ticket-event-export
 * A request brings up to 1,000 events where one by one it would be 1,000 requests; only administrators may do it.
 */
import type { Transport } from '../../http/types';
import { listOf, pagingError } from './paging';
import type {
	TicketEventsAnswer,
	ZendeskComment,
	ZendeskTicket,
	ZendeskTicketEvent,
} from './types';

const PATH = '/api/v2/incremental/ticket_events.json';
/** Zendesk refuses a start within the last minute. */
const RECENT_SECONDS = 61;
/** Characters of comments kept in memory; tickets beyond are asked for one by one. */
const MAX_CHARS = 200_000_000;
const MAX_PAGES = 100_000;
/** What changes a comment afterwards: the stream then no longer says what people may see. */
const CHANGES = /^(CommentPrivacyChange|CommentRedaction|AttachmentRedaction|ChatMessageRedaction)/;

export class CommentEvents {
	private readonly byTicket = new Map<number, Map<string, ZendeskComment>>();

	/** Tickets of which a comment was changed afterwards. */
	private readonly changed = new Set<number>();

	private chars = 0;

	/** Seconds since the epoch: all events from `start` up to here are known. */
	private end: number;

	/** @param start - seconds since the epoch */
	private constructor(private readonly start: number) {
		this.end = start;
	}

	static async read(
		transport: Transport,
		start: number,
		now: number,
		maxChars = MAX_CHARS,
	): Promise<CommentEvents> {
		const latest = Math.floor(now / 1_000) - RECENT_SECONDS;
		const events = new CommentEvents(Math.max(1, Math.min(start, latest)));
		await events.readAll(transport, latest, maxChars);
		return events;
	}

	/** The comments of a ticket; undefined when the stream did not show all of them. */
	of(ticket: ZendeskTicket): ZendeskComment[] | undefined {
		const created = Date.parse(ticket.created_at ?? '') / 1_000;
		const updated = Date.parse(ticket.updated_at ?? '') / 1_000;
		const isCovered = created >= this.start && updated <= this.end;
		const comments = this.byTicket.get(ticket.id);
		if (!isCovered || this.changed.has(ticket.id) || !comments) return undefined;
		return [...comments.values()];
	}

	/** Not needed any more. */
	forget(ticketId: number): void {
		this.byTicket.delete(ticketId);
	}

	private async readAll(transport: Transport, latest: number, maxChars: number): Promise<void> {
		let start = this.start;
		for (let pages = 0; pages < MAX_PAGES; pages++) {
			const { data } = await transport<TicketEventsAnswer>({
				method: 'GET',
				path: PATH,
				query: { start_time: start, include: 'comment_events' },
			});
			const events = listOf(data?.ticket_events, PATH);
			for (const event of events) this.take(event);
			const next = startOfNext(data);
			const stands = next === undefined || (next <= start && events.length === 0);
			if (data.end_of_stream === true || stands) {
				this.end = Math.max(this.end, next ?? lastTime(events) ?? start);
				return;
			}
			// The stream stays on a second that has more events than a page: what it hides cannot be reached.
			if (next <= start) this.distrust(events);
			this.end = Math.max(start, next - 1);
			start = Math.max(next, start + 1);
			if (this.chars > maxChars || start > latest) return;
		}
		throw pagingError(PATH, `has more than ${MAX_PAGES} pages`);
	}

	private distrust(events: ZendeskTicketEvent[]): void {
		for (const { ticket_id: id } of events) if (id !== undefined) this.changed.add(id);
	}

	private take({ ticket_id: id, child_events: children }: ZendeskTicketEvent): void {
		if (typeof id !== 'number' || !Array.isArray(children)) return;
		for (const child of children) {
			const kind = child?.event_type ?? child?.type ?? '';
			if (CHANGES.test(kind)) this.changed.add(id);
			if (kind !== 'Comment' && kind !== 'VoiceComment') continue;
			const comments = this.byTicket.get(id) ?? new Map<string, ZendeskComment>();
			const kept = essence(child);
			// Pages overlap at their borders.
			if (!comments.has(String(kept.id))) this.chars += sizeOf(kept);
			comments.set(String(kept.id), kept);
			this.byTicket.set(id, comments);
		}
	}
}

/** What is needed of a comment; the three forms of its text would be two too many in memory. */
function essence(comment: ZendeskComment): ZendeskComment {
	const { id, type, author_id, created_at, via, data, html_body, body, plain_body } = comment;
	const attachments = (comment.attachments ?? []).map(({ file_name }) => ({ file_name }));
	const isChat = /messaging|chat/i.test(String(via?.channel ?? ''));
	const text = html_body && !isChat ? { html_body } : { html_body, body: body ?? plain_body };
	const spoken = data?.transcription_text;
	return {
		id,
		type,
		author_id,
		created_at,
		public: comment.public === true,
		via: { channel: via?.channel },
		attachments,
		...text,
		...(spoken ? { data: { transcription_text: spoken } } : {}),
	};
}

function sizeOf({ html_body: html, body }: ZendeskComment): number {
	return (html?.length ?? 0) + (body?.length ?? 0) + 200;
}

function startOfNext({ next_page: link, end_time: end }: TicketEventsAnswer): number | undefined {
	if (typeof end === 'number') return end;
	// Only the number is taken from the link; where it leads does not matter.
	const linked = /[?&]start_time=(\d{1,12})\b/.exec(link ?? '')?.[1];
	return linked === undefined ? undefined : Number(linked);
}

function lastTime(events: ZendeskTicketEvent[]): number | undefined {
	const times = events.map(({ timestamp }) => timestamp ?? 0);
	return times.length > 0 ? Math.max(...times) : undefined;
}
