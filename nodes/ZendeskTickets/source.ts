/** The parameters of an item, and what is to be read with them. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { SettingError } from '../../lib/openai/settingError';
import {
	isoSeconds,
	numericId,
	statusesOf,
	type ZendeskFilters,
} from '../../lib/tickets/zendesk/query';
import {
	createZendeskReader,
	type ZendeskMethod,
	type ZendeskSettings,
} from '../../lib/tickets/zendesk/reader';
import { countZendeskTickets, getZendeskTicket } from '../../lib/tickets/zendesk/single';
import { entriesOf } from '../../lib/tickets/values';
import { limitParameter } from '../shared/parameters';
import { momentOf, textOptions, wholeNumber } from '../shared/tickets/parameters';
import type { TicketSource } from '../shared/tickets/run';

import { connect } from './connection';

interface Options extends IDataObject {
	comments?: 'perTicket' | 'bulk';
	concurrency?: number;
	maxWaitSeconds?: number;
	method?: ZendeskMethod;
	onInterruption?: 'fail' | 'returnRead';
	onlyNew?: boolean;
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
	return {
		...(await connect(ctx, itemIndex, options.maxWaitSeconds)),
		filters,
		comments: options.comments ?? 'perTicket',
		leavesOutBroken: options.onInterruption === 'returnRead',
		pageSize: Math.max(MIN_PAGE_SIZE, limitParameter(ctx, itemIndex)),
		concurrency: wholeNumber(options.concurrency, DEFAULT_CONCURRENCY, MAX_CONCURRENCY),
		...textOptions(options),
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
		createdAfter: dateOf(ctx, given.createdAfter, 'Created After'),
		createdBefore: dateOf(ctx, given.createdBefore, 'Created Before'),
		updatedAfter: dateOf(ctx, given.updatedAfter, 'Updated After'),
	};
	const set = Object.entries({ ...ids, ...dates }).filter(([, value]) => value !== undefined);
	const query = String(given.query ?? '').trim();
	return {
		...(query ? { query } : {}),
		...Object.fromEntries(set),
		tags: entriesOf(given.tags),
		statuses: given.status === undefined ? DEFAULT_STATUSES : statusesOf(entriesOf(given.status)),
	};
}

/** What a resource locator in a collection holds, or an expression in place of it. */
function idOf(field: unknown, setting: string): string | undefined {
	const value = typeof field === 'object' && field !== null ? (field as IDataObject).value : field;
	const id = String(value ?? '').trim();
	return id === '' ? undefined : numericId(id, setting);
}

function dateOf(ctx: IExecuteFunctions, value: unknown, field: string): string | undefined {
	return isoSeconds(momentOf(ctx, value, field));
}
