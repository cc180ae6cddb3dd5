/** From the node's parameters to what is read. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { SettingError } from '../../lib/openai/settingError';
import { createServiceNowReader } from '../../lib/tickets/serviceNow/reader';
import { countServiceNowTickets, getServiceNowTicket } from '../../lib/tickets/serviceNow/single';
import type {
	RecordKind,
	ServiceNowFilters,
	ServiceNowOptions,
} from '../../lib/tickets/serviceNow/types';
import { entriesOf } from '../../lib/tickets/values';
import { limitParameter } from '../shared/parameters';
import { momentOf, textOptions, wholeNumber } from '../shared/tickets/parameters';
import type { TicketSource } from '../shared/tickets/run';

import { connect } from './connection';

interface EnteredFilters {
	encodedQuery?: string;
	states?: unknown;
	category?: unknown;
	assignmentGroup?: unknown;
	tags?: unknown;
	createdAfter?: string;
	createdBefore?: string;
	updatedAfter?: string;
}

type EnteredOptions = Partial<Omit<ServiceNowOptions, 'extraColumns'>> & {
	extraColumns?: unknown;
	onlyNew?: boolean;
	pageSize?: number;
};

const PAGE_SIZE = 100;
const MIN_PAGE_SIZE = 10;
const MAX_PAGE_SIZE = 1_000;
const MAX_COLUMNS = 50;

export const serviceNowSource: TicketSource = {
	async reader(ctx, itemIndex) {
		const options = optionsParameter(ctx, itemIndex);
		const reader = createServiceNowReader({
			...(await connect(ctx, itemIndex)),
			kind: kindOf(ctx, itemIndex),
			filters: filtersParameter(ctx, itemIndex),
			options: readOptions(options),
			// Tickets of last month that were resolved today are new too.
			orderBy: options.onlyNew ? 'updated' : 'created',
			pageSize: pageSizeOf(ctx, itemIndex, options),
		});
		return { reader };
	},

	async get(ctx, itemIndex) {
		const { transport, siteUrl } = await connect(ctx, itemIndex);
		const recordId = String(ctx.getNodeParameter('recordId', itemIndex));
		const options = readOptions(optionsParameter(ctx, itemIndex));
		return await getServiceNowTicket(transport, siteUrl, kindOf(ctx, itemIndex), recordId, options);
	},

	async count(ctx, itemIndex) {
		const { transport } = await connect(ctx, itemIndex);
		const filters = filtersParameter(ctx, itemIndex);
		return await countServiceNowTickets(transport, kindOf(ctx, itemIndex), filters);
	},
};

function kindOf(ctx: IExecuteFunctions, itemIndex: number): RecordKind {
	return ctx.getNodeParameter('resource', itemIndex) as RecordKind;
}

function filtersParameter(ctx: IExecuteFunctions, itemIndex: number): ServiceNowFilters {
	const entered = ctx.getNodeParameter('filters', itemIndex, {}) as EnteredFilters;
	const moment = (value: unknown, field: string) => momentOf(ctx, value, field);
	return definedOnly({
		encodedQuery: entered.encodedQuery?.trim() || undefined,
		states: listOrNone(entered.states),
		categories: listOrNone(entered.category),
		assignmentGroups: listOrNone(entered.assignmentGroup),
		tags: listOrNone(entered.tags),
		createdAfter: moment(entered.createdAfter, 'Created After'),
		createdBefore: moment(entered.createdBefore, 'Created Before'),
		updatedAfter: moment(entered.updatedAfter, 'Updated After'),
	});
}

function optionsParameter(ctx: IExecuteFunctions, itemIndex: number): EnteredOptions {
	return ctx.getNodeParameter('options', itemIndex, {}) as EnteredOptions;
}

/** No more than the limit needs, as each record costs the instance a look into its journal. */
function pageSizeOf(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ pageSize }: EnteredOptions,
): number {
	const size = wholeNumber(pageSize, PAGE_SIZE, MAX_PAGE_SIZE);
	return Math.min(size, Math.max(MIN_PAGE_SIZE, limitParameter(ctx, itemIndex)));
}

function readOptions(entered: EnteredOptions): ServiceNowOptions {
	return {
		...textOptions(entered as IDataObject),
		includeTags: entered.includeTags ?? false,
		includeAttachments: entered.includeAttachments ?? false,
		extraColumns: columnNames(entered.extraColumns),
		concurrency: wholeNumber(entered.concurrency, 1, 2),
	};
}

function columnNames(entered: unknown): string[] {
	const columns = entriesOf(entered);
	const odd = columns.find((column) => !/^[a-z][a-z0-9_.]{0,200}$/i.test(column));
	if (odd === undefined && columns.length <= MAX_COLUMNS) return columns;
	throw new SettingError(
		odd === undefined
			? `'Extra Columns' has more than ${MAX_COLUMNS} names`
			: `'Extra Columns' has a name that no column can have: ${odd.slice(0, 80)}`,
		'Enter column names (not labels), separated by commas, e.g. u_product, location.name.',
	);
}

function listOrNone(entered: unknown): string[] | undefined {
	const list = entriesOf(entered);
	return list.length > 0 ? list : undefined;
}

function definedOnly(filters: ServiceNowFilters): ServiceNowFilters {
	return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}
