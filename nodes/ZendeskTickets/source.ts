/** The parameters of an item, and what is to be read with them. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { SettingError } from '../../lib/openai/settingError';
import { isoSeconds, numericId, type ZendeskFilters } from '../../lib/tickets/zendesk/query';
import {
	createZendeskReader,
	type ZendeskMethod,
	type ZendeskSettings,
} from '../../lib/tickets/zendesk/reader';
import { countZendeskTickets, getZendeskTicket } from '../../lib/tickets/zendesk/single';
import { limitParameter } from '../shared/parameters';
import type { TicketSource } from '../shared/tickets/run';

import { connect } from './connection';

interface Options {
	comments?: 'perTicket' | 'bulk';
	concurrency?: number;
	includeInternalNotes?: boolean;
	includeRaw?: boolean;
	maxWaitSeconds?: number;
	method?: ZendeskMethod;
	onlyNew?: boolean;
	stripQuotes?: boolean;
}

const MAX_CONCURRENCY = 10;
const DEFAULT_CONCURRENCY = 3;
/** Some tickets of a page are left out. */
const MIN_PAGE_SIZE = 10;
const DEFAULT_STATUSES = ['solved', 'closed'];

export const zendeskSource: TicketSource = {
	async reader(ctx, itemIndex) {
		const options = optionsOf(ctx, itemIndex);
		const settings = await settingsOf(ctx, itemIndex, options, filtersOf(ctx, itemIndex));
		if (options.onlyNew && settings.filters.viewId) {
			throw new SettingError(
				"'Only New Since Last Run' cannot be used with a view, which does not say what is new",
				"Take 'View' out of the filters and use its conditions as filters, or turn the option off.",
				'Only New Since Last Run',
			);
		}
		return { reader: createZendeskReader(settings, options.method) };
	},

	async get(ctx, itemIndex) {
		const options = optionsOf(ctx, itemIndex);
		const settings = await settingsOf(ctx, itemIndex, options, { tags: [], statuses: [] });
		const id = String(ctx.getNodeParameter('ticketId', itemIndex) ?? '');
		return await getZendeskTicket(settings, id);
	},

	async count(ctx, itemIndex) {
		const filters = filtersOf(ctx, itemIndex);
		return await countZendeskTickets(await settingsOf(ctx, itemIndex, {}, filters));
	},
};

async function settingsOf(
	ctx: IExecuteFunctions,
	itemIndex: number,
	options: Options,
	filters: ZendeskFilters,
): Promise<ZendeskSettings> {
	const wanted = Math.floor(Number(options.concurrency ?? DEFAULT_CONCURRENCY));
	return {
		...(await connect(ctx, itemIndex, options.maxWaitSeconds)),
		filters,
		comments: options.comments ?? 'perTicket',
		pageSize: Math.max(MIN_PAGE_SIZE, limitParameter(ctx, itemIndex)),
		concurrency: Math.min(MAX_CONCURRENCY, Math.max(1, wanted || DEFAULT_CONCURRENCY)),
		includeInternalNotes: options.includeInternalNotes ?? false,
		includeRaw: options.includeRaw ?? false,
		stripQuotes: options.stripQuotes ?? true,
	};
}

function optionsOf(ctx: IExecuteFunctions, itemIndex: number): Options {
	return ctx.getNodeParameter('options', itemIndex, {}) as Options;
}

function filtersOf(ctx: IExecuteFunctions, itemIndex: number): ZendeskFilters {
	const given = ctx.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const ids = {
		viewId: idOf(given.view, 'View'),
		groupId: idOf(given.group, 'Group'),
		brandId: idOf(given.brand, 'Brand'),
		formId: idOf(given.form, 'Form'),
	};
	const dates = {
		createdAfter: dateOf(given.createdAfter, 'Created After'),
		createdBefore: dateOf(given.createdBefore, 'Created Before'),
		updatedAfter: dateOf(given.updatedAfter, 'Updated After'),
	};
	const set = Object.entries({ ...ids, ...dates }).filter(([, value]) => value !== undefined);
	const query = String(given.query ?? '').trim();
	return {
		...(query ? { query } : {}),
		...Object.fromEntries(set),
		tags: listOf(given.tags),
		statuses: given.status === undefined ? DEFAULT_STATUSES : listOf(given.status),
	};
}

/** What a resource locator in a collection holds, or an expression in place of it. */
function idOf(field: unknown, setting: string): string | undefined {
	const value = typeof field === 'object' && field !== null ? (field as IDataObject).value : field;
	const id = String(value ?? '').trim();
	return id === '' ? undefined : numericId(id, setting);
}

function dateOf(value: unknown, setting: string): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const date = isoSeconds(
		typeof value === 'number' || typeof value === 'string' ? value : String(value),
	);
	if (date !== undefined) return date;
	throw new SettingError(
		`'${setting}' is not a date: ${String(value).slice(0, 100)}`,
		'Enter a date such as 2026-01-31 or 2026-01-31T08:00:00Z.',
		setting,
	);
}

function listOf(value: unknown): string[] {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(',');
	return [...new Set(parts.map((part) => String(part).trim()).filter(Boolean))];
}
