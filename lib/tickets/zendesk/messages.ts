/** From a comment, in whatever form it came, to messages in Markdown. */
import { cleanText } from '../../text/clean';
import { htmlToMarkdown } from '../../text/html';
import { stripReply } from '../../text/mail';
import { parseTranscript } from '../../text/transcript';
import type { TicketMessage, TicketRole } from '../types';
import { isoOf, listOf } from '../values';
import type { Conversation, ZendeskComment, ZendeskTicket, ZendeskUser } from './types';
import { plain, written } from './values';

/** What triggers, automations and Zendesk itself write. */
const SYSTEM_AUTHOR = -1;
const STAFF = new Set(['agent', 'admin']);
/** Canned answers of a machine are no answers of an agent. */
const BOT = /\b(bot|chatbot|system|ai agent|automat\w*)\b/i;
/** Channels whose comments are one transcript of a whole conversation. */
const MESSAGING = new Set([
	'messaging',
	'native_messaging',
	'chat',
	'whatsapp',
	'sunshine_conversations_api',
]);

/** A comment as one message, or as several when it is the transcript of a chat. */
export function messagesOf(
	comment: ZendeskComment,
	conversation: Conversation,
	stripQuotes: boolean,
): TicketMessage[] {
	const whole = wholeMessage(comment, conversation, stripQuotes);
	const lines = isTranscript(comment, conversation.ticket)
		? parseTranscript(fromPlain(comment) || whole.text)
		: undefined;
	if (!lines || lines.length === 0) return [whole];
	const [first, ...rest] = lines.map((line, index) => ({
		...whole,
		id: `${whole.id}#${index + 1}`,
		role: speakerRole(line.author, conversation),
		authorId: idOfName(line.author, conversation) ?? (line.author || undefined),
		text: cleanText(line.text),
		attachments: undefined,
	}));
	return [{ ...first, attachments: whole.attachments }, ...rest].map(withoutAbsent);
}

/** https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/: -1 is the system. */
export function roleOf(
	authorId: number | null | undefined,
	ticket: ZendeskTicket,
	users: ReadonlyMap<number, ZendeskUser>,
): TicketRole {
	if (authorId === SYSTEM_AUTHOR || authorId === null || authorId === undefined) return 'system';
	if (authorId === ticket.requester_id) return 'requester';
	const role = users.get(authorId)?.role;
	if (role !== undefined) return STAFF.has(role) ? 'agent' : 'requester';
	// Deleted people are not among the users any more: who held or opened the ticket was an agent.
	return authorId === ticket.assignee_id || authorId === ticket.submitter_id
		? 'agent'
		: 'requester';
}

function wholeMessage(
	comment: ZendeskComment,
	{ ticket, users }: Conversation,
	stripQuotes: boolean,
): TicketMessage {
	const attachments = listOf(comment.attachments)
		.map((attachment) => written(attachment?.file_name))
		.filter(Boolean);
	return withoutAbsent({
		id: plain(comment.id),
		role: roleOf(comment.author_id, ticket, users),
		public: comment.public === true,
		authorId: plain(comment.author_id) || undefined,
		createdAt: isoOf(comment.created_at),
		text: textOf(comment, stripQuotes),
		attachments: attachments.length > 0 ? attachments : undefined,
	});
}

function textOf(comment: ZendeskComment, stripQuotes: boolean): string {
	const spoken = written(comment.data?.transcription_text);
	if (comment.type === 'VoiceComment' && spoken) return cleanText(spoken);
	const html = written(comment.html_body);
	const markdown = html ? htmlToMarkdown(html, { stripQuotes }).text : fromPlain(comment);
	return cleanText(stripQuotes ? stripReply(markdown).text : markdown);
}

/** `plain_body` is said to be plain and yet holds entities such as `&nbsp;`; `body` is what the author typed. */
function fromPlain(comment: ZendeskComment): string {
	if (written(comment.body)) return written(comment.body);
	const text = written(comment.plain_body);
	return /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/i.test(text)
		? htmlToMarkdown(`<pre-wrap>${escapeTags(text)}</pre-wrap>`, { stripQuotes: false }).text
		: text;
}

function escapeTags(text: string): string {
	return text.replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r?\n/g, '<br>');
}

function isTranscript(comment: ZendeskComment, ticket: ZendeskTicket): boolean {
	const channel = plain(comment.via?.channel ?? ticket.via?.channel);
	return MESSAGING.has(channel) || comment.type === 'ChatTranscript';
}

/** In a transcript people are only names. */
function speakerRole(name: string, { ticket, users }: Conversation): TicketRole {
	if (name === '') return 'system';
	const id = idOfName(name, { ticket, users });
	if (id !== undefined) return roleOf(Number(id), ticket, users);
	if (BOT.test(name)) return 'system';
	// Whoever else speaks is staff, as long as the requester's own name is known.
	return written(users.get(ticket.requester_id ?? NaN)?.name) ? 'agent' : 'requester';
}

function idOfName(
	name: string,
	{ users }: Pick<Conversation, 'ticket' | 'users'>,
): string | undefined {
	const wanted = name.trim().toLowerCase();
	for (const [id, user] of users)
		if (written(user.name).trim().toLowerCase() === wanted) return String(id);
	return undefined;
}

function withoutAbsent(message: TicketMessage): TicketMessage {
	return Object.fromEntries(
		Object.entries(message).filter(([, value]) => value !== undefined),
	) as unknown as TicketMessage;
}
