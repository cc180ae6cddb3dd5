/** The node's parameters as the library takes them. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { SettingError } from '../../lib/openai/settingError';
import type { JiraConnection } from '../../lib/tickets/jira/connection';
import type { CustomFields } from '../../lib/tickets/jira/customFields';
import type { TicketRules } from '../../lib/tickets/jira/normalize';
import { jiraQuery, type JiraQuery } from '../../lib/tickets/jira/query';
import { EXCLUDED_RESOLUTIONS } from '../../lib/tickets/jira/resolutions';
import { entriesOf } from '../../lib/tickets/values';
import { limitParameter, locatorParameter } from '../shared/parameters';
import { momentOf, textOptions, wholeNumber } from '../shared/tickets/parameters';

export interface JiraOptions {
	includeInternalNotes: boolean;
	includeRaw: boolean;
	stripQuotes: boolean;
	onlyNew: boolean;
	maxWaitSeconds: number;
	concurrency: number;
}

const CONCURRENCY = 3;
const MAX_CONCURRENCY = 4;
const MAX_PAGE_SIZE = 100;
/** Some of a page may be left out. */
const MIN_PAGE_SIZE = 20;

export function optionsOf(ctx: IExecuteFunctions, itemIndex: number): JiraOptions {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	return {
		...textOptions(options),
		onlyNew: options.onlyNew === true,
		maxWaitSeconds: Number(options.maxWaitSeconds ?? 300),
		concurrency: wholeNumber(options.concurrency, CONCURRENCY, MAX_CONCURRENCY),
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
	const time = (name: string, field: string) => momentOf(ctx, filters[name], field);
	const query = jiraQuery(
		{
			projects: entriesOf(ctx.getNodeParameter('projects', itemIndex, [])),
			jql: typeof filters.jql === 'string' ? filters.jql : undefined,
			issueTypes: entriesOf(filters.issueTypes),
			tags: entriesOf(filters.tags),
			createdAfter: time('createdAfter', 'Created After'),
			createdBefore: time('createdBefore', 'Created Before'),
			updatedAfter: time('updatedAfter', 'Updated After'),
			includeUnresolved,
		},
		onlyNew ? (includeUnresolved ? 'updated' : 'resolved') : 'created',
	);
	return {
		query,
		excludedResolutions: entriesOf(filters.excludedResolutions ?? EXCLUDED_RESOLUTIONS),
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
