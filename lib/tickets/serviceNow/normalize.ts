import { cleanText } from '../../text/clean';
import { htmlToMarkdown } from '../../text/html';
import { unwrapCode } from '../../text/journal';
import { stripReply } from '../../text/mail';
import type { Ticket, TicketMessage } from '../types';
import { entriesOf } from '../values';

import { displayOf, instantOf, valueOf } from './cells';
import { Roles } from './roles';
import type { TableDefinition } from './tables';
import type { JournalEntry, Row, ServiceNowOptions } from './types';

/** A record with all that was read for it. */
export interface RecordParts {
	row: Row;
	entries?: JournalEntry[];
	tags?: string[];
	attachments?: string[];
}

type TextOptions = Pick<ServiceNowOptions, 'includeInternalNotes' | 'includeRaw' | 'stripQuotes'>;

/** An incident, case or request item as a ticket. */
export function taskTicket(
	siteUrl: string,
	table: TableDefinition,
	{ row, entries = [], tags = [], attachments }: RecordParts,
	options: TextOptions,
): Ticket {
	const roles = new Roles(row, table);
	const addresses = new Set(roles.people);
	const asked = roles.of({ author: '', text: valueOf(row, 'description') });
	if (asked.address) addresses.add(asked.address);
	const title = cleanText(valueOf(row, 'short_description'));
	const { messages, hidden } = messagesOf(entries, roles, options, addresses);
	return withoutEmpty({
		...common(table, row),
		url: `${siteUrl}/${table.table}.do?sys_id=${valueOf(row, 'sys_id')}`,
		title,
		question: textOf(asked.text, options) || title,
		messages,
		resolution: table.resolutionColumn && displayOf(row, table.resolutionColumn),
		resolutionText: textOf(valueOf(row, 'close_notes'), options),
		priority: displayOf(row, 'priority'),
		tags,
		resolvedAt: instantOf(valueOf(row, 'resolved_at')) ?? instantOf(valueOf(row, 'closed_at')),
		people: [...addresses],
		attachments,
		leftOut: hidden > 0 ? { internal_note: hidden } : undefined,
		raw: options.includeRaw ? { record: row, journal: entries } : undefined,
	});
}

/** An article: its title asks, its text answers. */
export function articleTicket(
	siteUrl: string,
	table: TableDefinition,
	{ row, tags = [], attachments }: RecordParts,
	options: TextOptions,
): Ticket {
	const title = cleanText(valueOf(row, 'short_description'));
	const html = valueOf(row, 'text');
	const number = valueOf(row, 'number');
	return withoutEmpty({
		...common(table, row),
		url: `${siteUrl}/kb_view.do?sysparm_article=${encodeURIComponent(number)}`,
		title,
		question: title,
		messages: [],
		resolutionText:
			cleanText(htmlToMarkdown(html, { stripQuotes: false }).text) ||
			cleanText(valueOf(row, 'wiki')),
		tags: [...new Set([...tags, ...entriesOf(valueOf(row, 'meta'))])],
		language: valueOf(row, 'language'),
		people: new Roles(row, table).people,
		attachments,
		raw: options.includeRaw ? { record: row } : undefined,
	});
}

function common(table: TableDefinition, row: Row) {
	const state = valueOf(row, table.stateColumn);
	return {
		source: 'serviceNow',
		id: valueOf(row, 'sys_id'),
		key: valueOf(row, 'number') || valueOf(row, 'sys_id'),
		status: displayOf(row, table.stateColumn),
		resolved: table.resolvedStates.includes(state),
		kind: table.noun,
		category: table.categoryColumn && displayOf(row, table.categoryColumn),
		createdAt: instantOf(valueOf(row, 'sys_created_on')),
		updatedAt: instantOf(valueOf(row, 'sys_updated_on')),
	};
}

function messagesOf(
	entries: JournalEntry[],
	roles: Roles,
	options: TextOptions,
	addresses: Set<string>,
): { messages: TicketMessage[]; hidden: number } {
	const messages: TicketMessage[] = [];
	let hidden = 0;
	for (const entry of [...entries].sort(byTime)) {
		const isPublic = entry.element === 'comments';
		if (!isPublic && !options.includeInternalNotes) {
			hidden++;
			continue;
		}
		const { role, text, address } = roles.of(entry);
		if (address) addresses.add(address);
		const markdown = textOf(text, options);
		if (markdown === '') continue;
		messages.push({
			id: entry.id,
			role,
			public: isPublic,
			...(entry.author ? { authorId: entry.author } : {}),
			...(entry.createdAt ? { createdAt: entry.createdAt } : {}),
			text: markdown,
		});
	}
	return { messages, hidden };
}

/** Entries without a date stay where they are. */
function byTime(a: JournalEntry, b: JournalEntry): number {
	if (!a.createdAt || !b.createdAt || a.createdAt === b.createdAt) return 0;
	return a.createdAt < b.createdAt ? -1 : 1;
}

function textOf(text: string, { stripQuotes }: TextOptions): string {
	const markdown = cleanText(unwrapCode(text, { stripQuotes }));
	return stripQuotes ? cleanText(stripReply(markdown).text) : markdown;
}

/** The type has optional properties, the instance empty texts. */
function withoutEmpty(ticket: Ticket): Ticket {
	const entries = Object.entries(ticket).filter(
		([name, value]) => value !== undefined && (value !== '' || REQUIRED.has(name)),
	);
	return Object.fromEntries(entries) as unknown as Ticket;
}

const REQUIRED = new Set(['source', 'id', 'key', 'title', 'question', 'status']);
