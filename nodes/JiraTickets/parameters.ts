/** The node's parameters as the library takes them. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';

import { SettingError } from '../../lib/openai/settingError';
import type { JiraConnection } from '../../lib/tickets/jira/connection';
import type { CustomFields } from '../../lib/tickets/jira/customFields';
import type { TicketRules } from '../../lib/tickets/jira/normalize';
import { jiraQuery, type JiraQuery } from '../../lib/tickets/jira/query';
import { EXCLUDED_RESOLUTIONS } from '../../lib/tickets/jira/resolutions';
import { limitParameter, locatorParameter } from '../shared/parameters';

export interface JiraOptions {
	includeInternalNotes: boolean;
	includeRaw: boolean;
	stripQuotes: boolean;
	onlyNew: boolean;
	maxWaitSeconds: number;
	concurrency: number;
}

const MAX_CONCURRENCY = 4;
const MAX_PAGE_SIZE = 100;
/** Some of a page may be left out. */
const MIN_PAGE_SIZE = 20;

export function optionsOf(ctx: IExecuteFunctions, itemIndex: number): JiraOptions {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const concurrency = Math.floor(Number(options.concurrency ?? 3)) || 1;
	return {
		includeInternalNotes: options.includeInternalNotes === true,
		includeRaw: options.includeRaw === true,
		stripQuotes: options.stripQuotes !== false,
		onlyNew: options.onlyNew === true,
		maxWaitSeconds: Number(options.maxWaitSeconds ?? 300),
		concurrency: Math.min(MAX_CONCURRENCY, Math.max(1, concurrency)),
	};
}

/**
 * The query of Get Many and Count.
 *
 * @param onlyNew - in the order in which tickets become new: by resolution, or by change where open ones count
 * @throws SettingError for a filter that cannot be used.
 */
export function queryParameter(
	ctx: IExecuteFunctions,
	itemIndex: number,
	onlyNew = false,
): { query: JiraQuery; excludedResolutions: string[] } {
	const filters = ctx.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const includeUnresolved = filters.includeUnresolved === true;
	const time = (name: string, field: string) => timeOf(ctx, filters[name], field);
	const query = jiraQuery(
		{
			projects: listOf(ctx.getNodeParameter('projects', itemIndex, [])),
			jql: typeof filters.jql === 'string' ? filters.jql : undefined,
			issueTypes: listOf(filters.issueTypes),
			tags: listOf(filters.tags),
			createdAfter: time('createdAfter', 'Created After'),
			createdBefore: time('createdBefore', 'Created Before'),
			updatedAfter: time('updatedAfter', 'Updated After'),
			includeUnresolved,
		},
		onlyNew ? (includeUnresolved ? 'updated' : 'resolved') : 'created',
	);
	return {
		query,
		excludedResolutions: listOf(filters.excludedResolutions ?? EXCLUDED_RESOLUTIONS),
	};
}

/** A small limit asks for small pages: each ticket may cost a request for its comments. */
export function pageSizeParameter(ctx: IExecuteFunctions, itemIndex: number): number {
	const limit = limitParameter(ctx, itemIndex);
	return Math.min(MAX_PAGE_SIZE, Math.max(MIN_PAGE_SIZE, Math.ceil(limit) || 0));
}

/** @throws SettingError for what is no key and no id, before it becomes part of an address. */
export function issueParameter(ctx: IExecuteFunctions, itemIndex: number): string {
	const entered = locatorParameter(ctx, 'issue', itemIndex);
	if (/^([A-Za-z][A-Za-z0-9_]{0,99}-\d{1,12}|\d{1,15})$/.test(entered)) return entered;
	throw new SettingError(
		entered === '' ? "'Ticket' is empty" : `'Ticket' is no key or ID: ${entered.slice(0, 100)}`,
		'Pick a ticket from the list, or enter its key, e.g. IT-42.',
		'Ticket',
	);
}

export function rulesOf(
	{ deployment, siteUrl }: JiraConnection,
	customFields: CustomFields,
	{ includeInternalNotes, includeRaw, stripQuotes }: JiraOptions,
): TicketRules {
	return { deployment, siteUrl, customFields, includeInternalNotes, includeRaw, stripQuotes };
}

/** A list of an expression, or a text with commas. */
function listOf(value: unknown): string[] {
	const entries = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
	return entries.map((entry) => String(entry).trim()).filter(Boolean);
}

/** Milliseconds; a date without a zone is one of the workflow's. */
function timeOf(ctx: IExecuteFunctions, value: unknown, field: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	try {
		return tryToParseDateTime(value, ctx.getTimezone()).toMillis();
	} catch {
		throw noDate(value, field);
	}
}

function noDate(value: unknown, field: string): SettingError {
	return new SettingError(
		`'${field}' is no date: ${String(value).slice(0, 100)}`,
		'Enter a date and time like 2026-01-31T09:00:00.',
		field,
	);
}
