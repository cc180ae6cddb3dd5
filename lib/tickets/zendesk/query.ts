/** From the node's filters to Zendesk's search syntax, and the same filters for endpoints that know none. */
import { SettingError } from '../../openai/settingError';
import type { ZendeskTicket } from './types';

export interface ZendeskFilters {
	/** In Zendesk's search syntax. */
	query?: string;
	viewId?: string;
	groupId?: string;
	brandId?: string;
	formId?: string;
	/** A ticket has to have all of them. */
	tags: string[];
	/** Categories: `new`, `open`, `pending`, `hold`, `solved`, `closed`; none of them means all. */
	statuses: string[];
	/** ISO 8601, UTC, whole seconds; `After` includes the moment itself, `Before` does not. */
	createdAfter?: string;
	createdBefore?: string;
	updatedAfter?: string;
}

/** Categories of statuses; each custom status belongs to one of them. */
const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];
const RESOLVED = new Set(['solved', 'closed']);
/** `type:user`, `-type:ticket`, `ticket_type:` is another word. */
const TYPE_TERM = /(^|[\s("-])type\s*:/i;
const ID = /^\d{1,20}$/;

/** Whether only tickets that have come to an end are asked for, so that the day of their solution tells new from old. */
export function onlyResolved({ statuses }: ZendeskFilters): boolean {
	return statuses.length > 0 && statuses.every((status) => RESOLVED.has(status));
}

/**
 * Statuses as an expression gives them, in Zendesk's own words: `Solved` and `On-Hold` are understood.
 *
 * @throws SettingError for any other word, for which Zendesk would find nothing
 */
export function statusesOf(entered: string[]): string[] {
	const statuses = entered.map((status) => status.toLowerCase().replace(/^on[- _]hold$/, 'hold'));
	const wrong = entered.filter((_status, index) => !STATUSES.includes(statuses[index]));
	if (wrong.length === 0) return [...new Set(statuses)];
	const named = wrong.slice(0, 10).map((status) => `'${status.slice(0, 80)}'`);
	throw new SettingError(
		`'Status' is none of Zendesk's: ${named.join(', ')}`,
		`Use ${STATUSES.join(', ')}, or an empty list for all. A custom status counts as the category it belongs to.`,
		'Status',
	);
}

/**
 * The `query` of a search or an export of search results.
 * https://support.zendesk.com/hc/en-us/articles/4408886879258-Zendesk-Support-search-reference
 *
 * @throws SettingError when the user's own part cannot be sent.
 */
export function searchQuery(filters: ZendeskFilters, more: string[] = []): string {
	const { query = '', groupId, brandId, formId, tags, statuses } = filters;
	if (TYPE_TERM.test(query)) {
		throw new SettingError(
			"'Query' contains 'type:', which Zendesk does not allow here",
			'Only tickets are searched anyway: take the term out of the query.',
			'Query',
		);
	}
	return [
		query.trim(),
		...statuses.map((status) => `status:${status}`),
		idTerm('group_id', groupId, 'Group'),
		idTerm('brand_id', brandId, 'Brand'),
		idTerm('ticket_form_id', formId, 'Form'),
		...tags.map((tag) => `tags:${quoted(tag)}`),
		dateTerm('created>=', filters.createdAfter),
		dateTerm('created<', filters.createdBefore),
		dateTerm('updated>=', filters.updatedAfter),
		...more,
	]
		.filter(Boolean)
		.join(' ');
}

/** Why a ticket does not belong to what was asked for; undefined when it does. `query` is not looked at. */
export function misfit(ticket: ZendeskTicket, filters: ZendeskFilters): string | undefined {
	const { groupId, brandId, formId, tags, statuses } = filters;
	if (ticket.status === 'deleted') return 'deleted';
	if (statuses.length > 0 && !statuses.includes(ticket.status ?? '')) return 'other_status';
	if (groupId && String(ticket.group_id) !== groupId) return 'other_group';
	if (brandId && String(ticket.brand_id) !== brandId) return 'other_brand';
	if (formId && String(ticket.ticket_form_id) !== formId) return 'other_form';
	const own = new Set((ticket.tags ?? []).map((tag) => tag.toLowerCase()));
	if (!tags.every((tag) => own.has(tag.toLowerCase()))) return 'other_tags';
	const { createdAfter, createdBefore, updatedAfter } = filters;
	const inTime =
		isWithin(ticket.created_at, createdAfter, createdBefore) &&
		isWithin(ticket.updated_at, updatedAfter);
	return inTime ? undefined : 'other_dates';
}

/** ISO 8601 in UTC without milliseconds, as the search takes it; undefined when `value` is no date. */
export function isoSeconds(value: string | number | undefined): string | undefined {
	const ms = typeof value === 'number' ? value : Date.parse(value ?? '');
	// Beyond these a Date cannot be written with a year of four digits.
	if (!(ms > -6e13 && ms < 2.5e14)) return undefined;
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** @throws SettingError when it is not a number, which is all that an ID of Zendesk can be. */
export function numericId(value: string, setting: string): string {
	if (ID.test(value)) return value;
	throw new SettingError(
		`'${setting}' is not an ID of Zendesk: ${value.slice(0, 100)}`,
		'IDs are whole numbers. Pick one from the list, or copy it from the address of its page in Zendesk.',
		setting,
	);
}

function idTerm(name: string, id: string | undefined, setting: string): string {
	return id ? `${name}:${numericId(id, setting)}` : '';
}

function dateTerm(comparison: string, date: string | undefined): string {
	return date ? `${comparison}${date}` : '';
}

/** A quote sign inside would end the phrase; no tag can have one. */
function quoted(tag: string): string {
	return /^[\w-]+$/.test(tag) ? tag : `"${tag.replace(/"/g, '')}"`;
}

function isWithin(value: string | undefined, after?: string, before?: string): boolean {
	if (!after && !before) return true;
	const time = Date.parse(value ?? '');
	if (Number.isNaN(time)) return false;
	if (after && time < Date.parse(after)) return false;
	return !(before && time >= Date.parse(before));
}
