/** From an item to what pairs can be made of. */
import { asText } from '../dataset/asText';
import { FieldPath } from '../dataset/fieldPath';
import { isPlainObject, type PlainObject } from '../openai/chat/json';
import { SettingError } from '../openai/settingError';
import type { Ticket, TicketRole } from '../tickets/types';
import type { PairOrigin, PairSource, SourceMessage } from './types';

/** Names of fields, or paths such as `ticket.comments[0].body`; an empty one is not read. */
export interface SourceFields {
	question: string;
	answer: string;
	title?: string;
	messages?: string;
	id?: string;
}

const ROLES: ReadonlyMap<string, TicketRole> = new Map([
	['requester', 'requester'],
	['user', 'requester'],
	['customer', 'requester'],
	['end-user', 'requester'],
	['human', 'requester'],
	['agent', 'agent'],
	['assistant', 'agent'],
	['support', 'agent'],
	['admin', 'agent'],
	['ai', 'agent'],
	['system', 'system'],
]);

/** Under which a message of unknown origin has its text and its author. */
const TEXT_NAMES = ['text', 'content', 'body', 'message'];
const ROLE_NAMES = ['role', 'from', 'author'];

/**
 * Reads a `Ticket`, as the ticket nodes give it.
 *
 * @param json an item's JSON, from anywhere
 * @throws SettingError when it is no ticket at all
 */
export function readTicket(json: object): PairSource {
	const ticket = json as Partial<Record<keyof Ticket, unknown>>;
	if (ticket.question === undefined && !Array.isArray(ticket.messages)) throw notATicket();
	return {
		title: text(ticket.title),
		question: text(ticket.question),
		messages: readMessages(ticket.messages),
		resolutionText: text(ticket.resolutionText),
		status: [text(ticket.status), text(ticket.resolution)].filter(Boolean).join(', '),
		resolved: typeof ticket.resolved === 'boolean' ? ticket.resolved : undefined,
		language: text(ticket.language) || undefined,
		category: text(ticket.category) || undefined,
		origin: originOf(ticket),
	};
}

/**
 * Reads any record by the names of its fields.
 *
 * @throws SettingError when no field with a question or with messages is named
 */
export function readRecord(json: object, fields: SourceFields): PairSource {
	const read = (name: string | undefined) =>
		name?.trim() ? new FieldPath(name.trim()).read(json) : undefined;
	if (!fields.question.trim() && !fields.messages?.trim()) throw noField();
	const id = text(read(fields.id));
	return {
		title: text(read(fields.title)),
		question: text(read(fields.question)),
		messages: readMessages(read(fields.messages)),
		resolutionText: text(read(fields.answer)),
		origin: id ? { sourceId: id } : {},
	};
}

function readMessages(value: unknown): SourceMessage[] {
	const list = typeof value === 'string' ? parsedList(value) : value;
	if (!Array.isArray(list)) return [];
	return list.map(readMessage).filter((message) => message.text !== '');
}

/** In a list of bare texts the first one asks, and the others answer. */
function readMessage(entry: unknown, index: number): SourceMessage {
	const byPlace: TicketRole = index === 0 ? 'requester' : 'agent';
	if (!isPlainObject(entry)) return { role: byPlace, public: true, text: text(entry) };
	const said = text(firstOf(entry, TEXT_NAMES));
	const who = text(firstOf(entry, ROLE_NAMES)).toLowerCase();
	const createdAt = text(entry.createdAt);
	return {
		role: ROLES.get(who) ?? (who === '' ? byPlace : 'agent'),
		public: entry.public !== false,
		text: said,
		...(createdAt ? { createdAt } : {}),
	};
}

function originOf(ticket: Partial<Record<keyof Ticket, unknown>>): PairOrigin {
	const origin: PairOrigin = {
		source: text(ticket.source),
		sourceId: text(ticket.id),
		sourceKey: text(ticket.key),
		sourceUrl: text(ticket.url),
		rating: text(ticket.rating),
		createdAt: text(ticket.createdAt),
		resolvedAt: text(ticket.resolvedAt),
		tags: texts(ticket.tags),
		people: texts(ticket.people),
	};
	const known = Object.entries(origin).filter(([, value]) => value !== '' && value !== undefined);
	return Object.fromEntries(known) as PairOrigin;
}

function firstOf(entry: PlainObject, names: readonly string[]): unknown {
	const name = names.find((one) => Object.hasOwn(entry, one));
	return name === undefined ? undefined : entry[name];
}

function texts(value: unknown): string[] | undefined {
	return Array.isArray(value) ? value.map(text).filter((one) => one !== '') : undefined;
}

function text(value: unknown): string {
	return (asText(value)?.text ?? '').trim();
}

function parsedList(value: string): unknown {
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return undefined;
	}
}

function notATicket(): SettingError {
	return new SettingError(
		"The item is no ticket: it has neither 'question' nor 'messages'",
		"Connect a ticket node or the Ticket Normalizer, or set 'Input Format' to 'Fields' and name the fields that hold question and answer.",
		'Input Format',
	);
}

function noField(): SettingError {
	return new SettingError(
		"Neither 'Question Field' nor 'Messages Field' is filled in",
		'Name the field that holds what was asked, or the one with the list of messages.',
		'Question Field',
	);
}
