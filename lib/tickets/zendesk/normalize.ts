/** From Zendesk's records to the ticket that all systems share. */
import type { Ticket, TicketMessage } from '../types';
import { isoOf, listOf } from '../values';
import { messagesOf } from './messages';
import type { Conversation, ZendeskComment, ZendeskTicket } from './types';
import { plain } from './values';

export interface NormalizeOptions {
	/** Origin of the site, for the address at which a person can open the ticket. */
	site: string;
	includeInternalNotes: boolean;
	includeRaw: boolean;
	stripQuotes: boolean;
	/** By id. */
	groups?: ReadonlyMap<number, string>;
	brands?: ReadonlyMap<number, string>;
	forms?: ReadonlyMap<number, string>;
}

const RESOLVED = new Set(['solved', 'closed']);

/** Pure and total: whatever is missing in the records is missing in the ticket. */
export function toTicket(conversation: Conversation, options: NormalizeOptions): Ticket {
	const { ticket } = conversation;
	const comments = inOrder(conversation.comments);
	const shown = comments.filter(
		(comment) => options.includeInternalNotes || comment.public === true,
	);
	const hidden = comments.length - shown.length;
	const said = shown.flatMap((one) => messagesOf(one, conversation, options.stripQuotes));
	const { question, messages } = split(said, ticket);
	const attachments = [...new Set(said.flatMap((message) => message.attachments ?? []))];
	const tags = listOf(ticket.tags).map(plain).filter(Boolean);
	return defined({
		source: 'zendesk',
		id: plain(ticket.id),
		key: `#${plain(ticket.id)}`,
		url: `${options.site}/agent/tickets/${plain(ticket.id)}`,
		title: plain(ticket.subject) || plain(ticket.raw_subject),
		question,
		messages,
		status: plain(ticket.status),
		resolved: RESOLVED.has(plain(ticket.status)),
		kind: plain(ticket.type) || undefined,
		category: categoryOf(ticket, options),
		priority: plain(ticket.priority) || undefined,
		tags,
		...datesOf(conversation),
		rating: ratingOf(ticket),
		people: peopleOf(conversation, said),
		attachments: attachments.length > 0 ? attachments : undefined,
		leftOut: hidden > 0 ? { internal_note: hidden } : undefined,
		raw: options.includeRaw ? rawOf(conversation) : undefined,
	});
}

/**
 * The question is the requester's first message. Where only agents wrote it is the first comment: somebody opened the
 * ticket on the requester's behalf, and answered nothing. What opens a ticket is not told a second time; a question
 * that comes after something else stays in its place.
 */
function split(
	said: TicketMessage[],
	ticket: ZendeskTicket,
): { question: string; messages: TicketMessage[] } {
	const first = said.findIndex(({ text }) => text !== '');
	if (first < 0) return { question: plain(ticket.subject), messages: said };
	const own = said.findIndex(({ role, text }) => role === 'requester' && text !== '');
	if (own > first) return { question: said[own].text, messages: said };
	return { question: said[first].text, messages: said.filter((_, index) => index !== first) };
}

function inOrder(comments: ZendeskComment[]): ZendeskComment[] {
	const time = ({ created_at: at }: ZendeskComment) => Date.parse(plain(at)) || 0;
	return [...comments].sort((a, b) => time(a) - time(b) || Number(a.id) - Number(b.id));
}

/** What an agent sorts tickets by, the most telling first. */
function categoryOf(
	ticket: ZendeskTicket,
	{ groups, brands, forms }: NormalizeOptions,
): string | undefined {
	return (
		forms?.get(ticket.ticket_form_id ?? NaN) ??
		groups?.get(ticket.group_id ?? NaN) ??
		brands?.get(ticket.brand_id ?? NaN)
	);
}

function datesOf({ ticket, metrics }: Conversation) {
	return {
		createdAt: isoOf(ticket.created_at),
		updatedAt: isoOf(ticket.updated_at),
		resolvedAt: isoOf(metrics?.solved_at),
	};
}

/** Scores are `good`, `good_with_comment`, `bad`, `offered`, … */
function ratingOf({ satisfaction_rating: rating }: ZendeskTicket): 'good' | 'bad' | undefined {
	const score = plain(rating?.score);
	if (score.startsWith('good')) return 'good';
	return score.startsWith('bad') ? 'bad' : undefined;
}

/** Whoever speaks in a transcript and is not known to Zendesk is a name in place of an ID. */
function peopleOf({ users }: Conversation, said: TicketMessage[]): string[] {
	const known = [...users.values()].flatMap(({ name, email }) => [plain(name), plain(email)]);
	const others = said.map(({ authorId = '' }) => (/^-?\d+$/.test(authorId) ? '' : authorId));
	return [...new Set([...known, ...others].filter((value) => value.trim() !== ''))];
}

function rawOf({ ticket, comments, metrics }: Conversation): object {
	return { ticket, comments, ...(metrics ? { metric_set: metrics } : {}) };
}

function defined(ticket: Ticket): Ticket {
	return Object.fromEntries(
		Object.entries(ticket).filter(([, value]) => value !== undefined),
	) as unknown as Ticket;
}
