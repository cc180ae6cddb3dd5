/** From what a preset has found to a complete Ticket. */
import { unique } from '../values';
import type { Ticket, TicketMessage, TicketRole } from '../types';
import type { NormalizerOptions, SourceRecord } from './types';
import { convert, iso, text, type TextFormat } from './values';

/** A message as a preset finds it. */
export interface FoundMessage {
	id?: unknown;
	role: TicketRole;
	public: boolean;
	authorId?: unknown;
	createdAt?: unknown;
	body: unknown;
	format?: TextFormat;
	attachments?: string[];
	/** Names and addresses. */
	people?: Array<string | undefined>;
}

/** A ticket as a preset finds it: nothing converted yet. */
export interface Found extends Omit<Partial<Ticket>, 'question' | 'messages' | 'raw' | 'tags'> {
	source: string;
	question?: unknown;
	questionFormat?: TextFormat;
	/** An answer that is part of the record itself. */
	answer?: unknown;
	answerFormat?: TextFormat;
	messages?: FoundMessage[];
	tags?: string[];
}

/** Converts the texts, leaves internal notes out or in, sorts by time, and collects the people. */
export function assemble(found: Found, record: SourceRecord, options: NormalizerOptions): Ticket {
	const { messages: all = [], question, questionFormat, answer, answerFormat, ...plain } = found;
	const asked = convert(question, questionFormat ?? 'auto', options);
	const solved = convert(answer, answerFormat ?? 'auto', { ...options, stripQuotes: false });
	const shown = all.filter((message) => message.public || options.includeInternalNotes);
	const messages = shown.map((message, index) => messageOf(message, index, options));
	const title = plain.title?.trim() ?? '';
	const hidden = all.length - shown.length;
	const attachments = unique([...(plain.attachments ?? []), ...asked.attachments]);
	return defined({
		...plain,
		id: plain.id ?? '',
		key: plain.key || plain.id || '',
		title,
		question: asked.text || title,
		messages: inOrder(messages),
		status: plain.status ?? '',
		resolved: plain.resolved ?? true,
		resolutionText: solved.text || undefined,
		tags: plain.tags ?? [],
		people: unique([
			...(plain.people ?? []),
			...asked.mentions,
			...solved.mentions,
			...all.flatMap(({ people = [] }) => people),
		]),
		attachments: attachments.length > 0 ? attachments : undefined,
		leftOut: hidden > 0 ? { internal_note: hidden } : undefined,
		raw: options.includeRaw ? record : undefined,
	});
}

function messageOf(
	{
		id,
		role,
		public: isPublic,
		authorId,
		createdAt,
		body,
		format = 'auto',
		attachments = [],
	}: FoundMessage,
	index: number,
	options: NormalizerOptions,
): TicketMessage {
	const converted = convert(body, format, options);
	const files = unique([...attachments, ...converted.attachments]);
	return defined({
		id: text(id) || String(index + 1),
		role,
		public: isPublic,
		authorId: text(authorId) || undefined,
		createdAt: iso(createdAt),
		text: converted.text,
		attachments: files.length > 0 ? files : undefined,
	});
}

/** By time; what has none stays behind the message before it. */
function inOrder(messages: TicketMessage[]): TicketMessage[] {
	let last = '';
	const timed = messages.map((message) => ({ message, at: (last = message.createdAt ?? last) }));
	return timed
		.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
		.map(({ message }) => message);
}

function defined<T extends object>(value: T): T {
	return Object.fromEntries(
		Object.entries(value).filter(([, member]) => member !== undefined),
	) as T;
}
