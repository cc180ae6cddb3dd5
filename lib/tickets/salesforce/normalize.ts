/** From a case and everything said about it to a ticket. */
import { cleanText } from '../../text/clean';
import { htmlToMarkdown } from '../../text/html';
import type { Ticket, TicketMessage } from '../types';
import { isoOf } from '../values';

import { allMessages } from './messages';
import { optional, plain, type TextOptions, textOf } from './text';
import type { CaseConversation, CaseRecord } from './types';

export interface NormalizeOptions extends TextOptions {
	/** Origin of the organization. */
	baseUrl: string;
	/** Hands internal comments on; otherwise they are counted in `leftOut`. */
	includeInternalNotes?: boolean;
	includeRaw?: boolean;
	/** Field in which agents write the solution down. */
	resolutionField?: string;
	/** Fields whose values go to `fields`. */
	extraFields?: readonly string[];
	/** Names of fields that hold rich text. */
	richText?: ReadonlySet<string>;
}

/** A ticket with the fields that the user has asked for by name. */
export type SalesforceTicket = Ticket & { fields?: Record<string, unknown> };

export function toTicket(
	record: CaseRecord,
	conversation: CaseConversation,
	options: NormalizeOptions,
): SalesforceTicket {
	const people = new Set<string>();
	const all = allMessages(record, conversation, options, people);
	const { question, messages, attached } = withQuestion(record, all, options);
	const attachments = [...new Set([...conversation.attachments, ...attached])];
	const shown = options.includeInternalNotes ? messages : messages.filter((each) => each.public);
	const internal = messages.length - shown.length;
	const resolutionText = fieldText(record, options.resolutionField, options);
	return {
		source: 'salesforce',
		id: record.Id,
		key: textOf(record.CaseNumber) || record.Id,
		url: `${options.baseUrl}/lightning/r/Case/${encodeURIComponent(record.Id)}/view`,
		title: cleanText(textOf(record.Subject)),
		question,
		messages: shown,
		status: textOf(record.Status),
		resolved: record.IsClosed === true,
		...(resolutionText ? { resolutionText } : {}),
		kind: 'case',
		...optional('category', categoryOf(record)),
		...optional('priority', textOf(record.Priority)),
		tags: [],
		...optional('createdAt', isoOf(record.CreatedDate)),
		...optional('updatedAt', isoOf(record.LastModifiedDate)),
		...optional('resolvedAt', isoOf(record.ClosedDate)),
		...optional('language', textOf(record.Language).replace('_', '-')),
		people: [...people],
		...(attachments.length > 0 ? { attachments } : {}),
		...(internal > 0 ? { leftOut: { internal_note: internal } } : {}),
		...(options.extraFields?.length ? { fields: extraFields(record, options) } : {}),
		...(options.includeRaw ? { raw: { ...record, ...rawOf(conversation) } } : {}),
	};
}

function categoryOf({ Reason, Type, RecordType }: CaseRecord): string {
	return textOf(Reason) || textOf(Type) || textOf(RecordType?.Name);
}

/** The description, or the first mail or comment of the requester. That mail is not told a second time. */
function withQuestion(
	record: CaseRecord,
	messages: TicketMessage[],
	options: NormalizeOptions,
): { question: string; messages: TicketMessage[]; attached: string[] } {
	const described = plain(record.Description, options);
	const index = messages.findIndex(
		({ role, public: open, text }) =>
			role === 'requester' && open && (described === '' || sameText(described, text)),
	);
	if (index < 0) return { question: described, messages, attached: [] };
	const { text, attachments = [] } = messages[index];
	const isCut = squashed(text).length > squashed(described).length;
	return {
		question: isCut ? text : described,
		messages: messages.filter((_, at) => at !== index),
		attached: attachments,
	};
}

/** Email-to-Case puts the first mail into the description, without its layout, and cuts it at 32,000 characters. */
function sameText(a: string, b: string): boolean {
	const [short, long] = [squashed(a), squashed(b)].sort((x, y) => x.length - y.length);
	return short === long || (short.length >= MIN_SAME_START && long.startsWith(short));
}

const MIN_SAME_START = 200;

function squashed(text: string): string {
	return text.replace(/\s+/g, '');
}

function fieldText(
	record: CaseRecord,
	field: string | undefined,
	{ richText }: NormalizeOptions,
): string | undefined {
	if (!field) return undefined;
	const value = record[field];
	if (value === null || value === undefined) return undefined;
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return richText?.has(field)
		? htmlToMarkdown(text, { stripQuotes: false }).text.trim()
		: cleanText(text).trim();
}

function extraFields(record: CaseRecord, options: NormalizeOptions): Record<string, unknown> {
	const entries = (options.extraFields ?? []).map((name): [string, unknown] => [
		name,
		options.richText?.has(name)
			? (fieldText(record, name, options) ?? null)
			: (record[name] ?? null),
	]);
	return Object.fromEntries(entries);
}

function rawOf({ comments, emails, feedItems }: CaseConversation) {
	return {
		CaseComments: comments,
		EmailMessages: emails,
		...(feedItems.length > 0 ? { Feeds: feedItems } : {}),
	};
}
