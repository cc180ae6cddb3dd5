/** From filters to SOQL. */
import { SettingError } from '../../openai/settingError';
import { soqlCondition, soqlIn, soqlMoment, soqlText } from './soql';

/** Only cases for which all of them hold. */
export interface CaseFilters {
	/** Open cases too. Otherwise those that are IsClosed, whatever the organization calls its closed statuses. */
	includeUnresolved?: boolean;
	/** A condition of the user's own, without WHERE. */
	where?: string;
	/** Developer names. */
	recordType?: string[] | string;
	status?: string[] | string;
	origin?: string[] | string;
	reason?: string[] | string;
	priority?: string[] | string;
	type?: string[] | string;
	createdAfter?: unknown;
	createdBefore?: unknown;
	updatedAfter?: unknown;
	closedAfter?: unknown;
	closedBefore?: unknown;
}

/** A place between two cases in the order of a query. */
export interface Keyset {
	/** Value of the field that the query is ordered by, as Salesforce sent it. */
	at: string;
	id: string;
}

/** Field by which cases are read; ties are broken by Id. */
export type CaseOrder = 'CreatedDate' | 'ClosedDate';

export interface CaseQuery {
	/** What stands between SELECT and FROM, subqueries included. */
	select: string[];
	conditions: string[];
	order: CaseOrder;
	after?: Keyset;
	limit?: number;
}

/**
 * Conditions to be joined with AND.
 *
 * @throws SettingError for a date or condition that cannot be used
 */
export function caseConditions(filters: CaseFilters): string[] {
	const { includeUnresolved = false, where } = filters;
	return [
		...(includeUnresolved ? [] : ['IsClosed = true']),
		...LISTS.flatMap(([name, field]) => {
			const values = valuesOf(filters[name]);
			return values.length > 0 ? [soqlIn(field, values)] : [];
		}),
		...DATES.flatMap(([name, field, operator, label]) => {
			const value = filters[name];
			const isSet = value !== undefined && value !== null && value !== '';
			return isSet ? [`${field} ${operator} ${soqlMoment(value, label)}`] : [];
		}),
		...(where?.trim() ? [`(${soqlCondition(where)})`] : []),
	];
}

export function caseQuery({ select, conditions, order, after, limit }: CaseQuery): string {
	const all = after ? [...conditions, behind(order, after)] : conditions;
	return [
		`SELECT ${select.join(',')} FROM Case`,
		...(all.length > 0 ? [`WHERE ${all.join(' AND ')}`] : []),
		`ORDER BY ${order}, Id`,
		...(limit === undefined ? [] : [`LIMIT ${limit}`]),
	].join(' ');
}

export function countQuery(conditions: readonly string[]): string {
	const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
	return `SELECT COUNT() FROM Case${where}`;
}

/**
 * The number or id that was entered, or the id in the address of a case's page: in Lightning
 * `https://acme.lightning.force.com/lightning/r/Case/500…/view`, in Classic `https://acme.my.salesforce.com/500…`.
 *
 * @throws SettingError for nothing, and for the address of something else
 */
export function namedCase(entered: string): string {
	const wanted = entered.trim();
	if (wanted === '') {
		throw new SettingError(
			"'Case' is empty",
			'Enter a case number, the ID of a case, or the address of its page.',
			'Case',
		);
	}
	if (!/^https?:\/\//i.test(wanted)) return wanted;
	const { pathname = '' } = URL.canParse(wanted) ? new URL(wanted) : {};
	const id = pathname.split('/', 20).find((part) => CASE_ID.test(part));
	if (id !== undefined) return id;
	throw new SettingError(
		`'Case' is an address without the ID of a case: ${wanted.slice(0, 200)}`,
		'Copy the address of the page of one case, e.g. https://acme.lightning.force.com/lightning/r/Case/5005e000001AbcDAAS/view (the ID begins with 500 and has 15 or 18 characters), or enter the case number.',
		'Case',
	);
}

/** The condition for one case, by its id, or by its number with or without leading zeros. */
export function oneCase(numberOrId: string): string {
	const wanted = numberOrId.trim();
	if (CASE_ID.test(wanted)) return `Id = ${soqlText(wanted)}`;
	const forms = /^\d{1,7}$/.test(wanted) ? [wanted, wanted.padStart(8, '0')] : [wanted];
	return soqlIn('CaseNumber', forms);
}

/** The last three characters only say which of the others are capitals. */
const CASE_ID = /^500[a-zA-Z0-9]{12}([a-zA-Z0-9]{3})?$/;

/** Drafts are nobody's words yet. TextBody and HtmlBody can be read but not filtered. */
export function emailQuery(select: readonly string[], caseIds: readonly string[]): string {
	return `SELECT ${select.join(',')} FROM EmailMessage WHERE ${soqlIn('ParentId', caseIds)} AND Status != '5' ORDER BY ParentId, MessageDate, Id`;
}

/** What people wrote in the feed. Comments on the case and mails stand there too, and are read elsewhere. */
export function feedQuery(select: readonly string[], caseIds: readonly string[]): string {
	const types = soqlIn('Type', ['TextPost', 'ContentPost', 'LinkPost', 'QuestionPost']);
	return `SELECT ${select.join(',')} FROM FeedItem WHERE ${soqlIn('ParentId', caseIds)} AND ${types} ORDER BY ParentId, CreatedDate, Id`;
}

const LISTS = [
	['recordType', 'RecordType.DeveloperName'],
	['status', 'Status'],
	['origin', 'Origin'],
	['reason', 'Reason'],
	['priority', 'Priority'],
	['type', 'Type'],
] as const;

const DATES = [
	['createdAfter', 'CreatedDate', '>=', 'Created After'],
	['createdBefore', 'CreatedDate', '<', 'Created Before'],
	['updatedAfter', 'LastModifiedDate', '>=', 'Updated After'],
	['closedAfter', 'ClosedDate', '>=', 'Closed After'],
	['closedBefore', 'ClosedDate', '<', 'Closed Before'],
] as const;

/** A list, or what an expression gives: one value, or several with commas. */
function valuesOf(value: string[] | string | undefined): string[] {
	const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
	return list.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
}

function behind(order: CaseOrder, { at, id }: Keyset): string {
	const moment = soqlMoment(at, 'Cursor');
	return `(${order} > ${moment} OR (${order} = ${moment} AND Id > ${soqlText(id)}))`;
}
