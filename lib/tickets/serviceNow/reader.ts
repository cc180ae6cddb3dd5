import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import type { Position, Ticket, TicketPage, TicketReader } from '../types';

import { readRows, type Rows } from './api';
import { valueOf } from './cells';
import {
	brokenFilter,
	checkedColumns,
	ignoredColumns,
	ignoredFilter,
	missingExtraColumns,
	unknownColumns,
} from './checks';
import { TRANSACTION_CANCELLED } from './errors';
import { labelIds } from './extras';
import { type Anchor, encode, from, inOrder, type Query, queryOf } from './query';
import { RecordReader } from './records';
import { findStates } from './states';
import { columnsOf, type TableDefinition, TABLES } from './tables';
import type { RecordKind, Row, ServiceNowFilters, ServiceNowOptions } from './types';

export interface ServiceNowReaderSettings {
	transport: Transport;
	/** Of the instance, for addresses of tickets and so that cursors stay with it. */
	siteUrl: string;
	kind: RecordKind;
	filters: ServiceNowFilters;
	options: ServiceNowOptions;
	/** `updated` also brings those that were resolved or changed since an earlier run. */
	orderBy: 'created' | 'updated';
	/** Records a request. */
	pageSize: number;
}

export const HIDDEN_RECORDS =
	'Some records are hidden from the user of the credential by access rules and are missing';

const MIN_PAGE_SIZE = 10;

/**
 * Records in order of their creation or last change, page by page.
 *
 * A page begins at the last record of the one before (so nothing is lost when others vanish, as with counted
 * offsets); where all records of a page are hidden by access rules, an offset steps over them.
 * Source: lib/tickets/serviceNow/types.ts, and the reference on ACLs and limits in docs/servicenow.md.
 */
export function createServiceNowReader(settings: ServiceNowReaderSettings): TicketReader {
	const pager = new Pager(settings);
	const { siteUrl, kind, filters, orderBy } = settings;
	return {
		query: { system: 'serviceNow', siteUrl, kind, filters: { ...filters }, orderBy },
		...(orderBy === 'updated' ? { momentOf: ({ updatedAt }: Ticket) => updatedAt } : {}),
		readPage: async (position) => await pager.read(placeOf(position)),
	};
}

interface Place {
	anchor?: Anchor;
	/** Records to step over behind the anchor. */
	offset: number;
}

class Pager {
	private readonly table: TableDefinition;
	private readonly column: string;
	private readonly records: RecordReader;
	private query: Query | undefined;
	private isChecked = false;
	private pageSize: number;

	constructor(private readonly settings: ServiceNowReaderSettings) {
		const { transport, siteUrl, kind, options, orderBy, pageSize } = settings;
		this.table = TABLES[kind];
		this.column = orderBy === 'updated' ? 'sys_updated_on' : 'sys_created_on';
		this.pageSize = Math.max(1, Math.floor(pageSize));
		this.records = new RecordReader(transport, siteUrl, kind, options);
	}

	async read(place: Place): Promise<TicketPage> {
		const warnings: string[] = [];
		const query = await this.builtQuery(warnings);
		const page = await this.rowsAt(query, place, warnings);
		const fresh = page.rows.filter((row) => !this.isAnchor(row, place));
		await this.checkAnchor(query, place, page.rows);
		const { kept, leftOut } = await this.checked(query, fresh, warnings);
		if (hasHidden(page, place.offset)) warnings.push(HIDDEN_RECORDS);
		const details = await this.records.tickets(kept);
		return {
			tickets: details.tickets,
			warnings: [...warnings, ...details.warnings],
			leftOut,
			...(page.nextOffset === undefined
				? { end: this.placeBehind(place, fresh, 0) }
				: { next: this.placeBehind(place, fresh, page.nextOffset) }),
		};
	}

	private async builtQuery(warnings: string[]): Promise<Query> {
		if (this.query) return this.query;
		const { transport, filters } = this.settings;
		const found = await findStates(transport, this.table, filters.states);
		warnings.push(...found.warnings);
		const labels = filters.tags?.length ? await labelIds(transport, filters.tags) : [];
		this.query = queryOf(this.table, { ...filters, states: found.states }, labels);
		return this.query;
	}

	/** A page that takes the instance too long is asked for again in half the size. */
	private async rowsAt(query: Query, place: Place, warnings: string[]): Promise<Rows> {
		for (;;) {
			const limit = this.pageSize;
			const page = await this.pageOrTooSlow(query, place, limit);
			if (page !== 'tooSlow') return page;
			this.pageSize = Math.max(MIN_PAGE_SIZE, Math.floor(limit / 2));
			warnings.push(
				`The instance gave up on pages of ${limit} records because they took too long, so the run went on with ${this.pageSize}`,
			);
		}
	}

	private async pageOrTooSlow(
		query: Query,
		place: Place,
		limit: number,
	): Promise<Rows | 'tooSlow'> {
		try {
			return await this.request(query, place, limit);
		} catch (cause) {
			return tooSlow(cause, limit);
		}
	}

	private async request(query: Query, { anchor, offset }: Place, limit: number): Promise<Rows> {
		const { transport, filters, options } = this.settings;
		const columns = [
			...columnsOf(this.table),
			...checkedColumns(this.table, filters, query),
			...options.extraColumns,
		];
		return await readRows(transport, {
			table: this.table.table,
			query: inOrder(encode(query, anchor ? from(this.column, anchor) : []), this.column),
			columns: [...new Set(columns)],
			// The anchor itself comes again.
			limit: anchor && offset === 0 ? limit + 1 : limit,
			offset,
			display: 'all',
		});
	}

	/** Records that do not match what was asked for: on the first page a reason to stop. */
	private async checked(
		query: Query,
		rows: Row[],
		warnings: string[],
	): Promise<{ kept: Row[]; leftOut?: Record<string, number> }> {
		const { transport, filters, options } = this.settings;
		if (!this.isChecked && rows.length > 0) {
			const unknown = await unknownColumns(transport, this.table.table, rows, query);
			if (unknown.length > 0) throw ignoredColumns(unknown, this.table.table);
			for (const row of rows) {
				const filter = brokenFilter(row, this.table, filters, query);
				if (filter) throw ignoredFilter(filter, row);
			}
			warnings.push(...(await missingExtraColumns(transport, this.table.table, rows, options)));
			this.isChecked = true;
		}
		const kept = rows.filter((row) => !brokenFilter(row, this.table, filters, query));
		const broken = rows.length - kept.length;
		if (broken === 0) return { kept };
		warnings.push('ServiceNow sent records that do not match the filters; they were left out');
		return { kept, leftOut: { filter_ignored: broken } };
	}

	/**
	 * The record at which a page begins must be its first one. It may have been deleted or changed since; if it is
	 * still there as it was, the instance reads the dates of queries in another time zone, and would skip records.
	 */
	private async checkAnchor(query: Query, { anchor, offset }: Place, rows: Row[]): Promise<void> {
		if (!anchor) return;
		const isBefore = rows.some((row) => this.isBefore(row, anchor));
		if (!isBefore && (offset > 0 || valueOf(rows[0] ?? {}, 'sys_id') === anchor.id)) return;
		const { rows: found } = isBefore
			? { rows: [] }
			: await readRows(this.settings.transport, {
					table: this.table.table,
					query: encode(query, [`sys_id=${anchor.id}`]),
					columns: ['sys_id', this.column],
					limit: 1,
				});
		const isThere = found.some((row) => valueOf(row, this.column) === anchor.at);
		if (isBefore || isThere) throw otherTimeZone();
	}

	/** One that has changed since comes again at its new place. */
	private isAnchor(row: Row, { anchor }: Place): boolean {
		return valueOf(row, 'sys_id') === anchor?.id && valueOf(row, this.column) === anchor.at;
	}

	private isBefore(row: Row, { at, id }: Anchor): boolean {
		const moment = valueOf(row, this.column);
		return moment < at || (moment === at && valueOf(row, 'sys_id') < id);
	}

	private placeBehind({ anchor }: Place, fresh: Row[], nextOffset: number): Position {
		const last = fresh.at(-1);
		const at = last && valueOf(last, this.column);
		if (last && at) return { at, id: valueOf(last, 'sys_id'), offset: 0 };
		return { ...anchor, offset: nextOffset };
	}
}

function placeOf(position: Position | undefined): Place {
	const { at, id, offset } = position ?? {};
	const skip =
		typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
	// A cursor comes from outside; nothing of it may end up in the query but a date and an id.
	const isAnchor =
		typeof at === 'string' &&
		/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(at) &&
		typeof id === 'string' &&
		/^\w{1,64}$/.test(id);
	return isAnchor ? { anchor: { at, id }, offset: skip } : { offset: skip };
}

/** Whether fewer records came than the page has places. */
function hasHidden({ rows, total, nextOffset }: Rows, offset: number): boolean {
	const end = nextOffset ?? total;
	return end !== undefined && rows.length < end - offset;
}

function tooSlow(cause: unknown, limit: number): 'tooSlow' {
	const isTooSlow = cause instanceof ApiError && cause.details.code === TRANSACTION_CANCELLED;
	if (isTooSlow && limit > MIN_PAGE_SIZE) return 'tooSlow';
	throw cause;
}

function otherTimeZone(): ApiError {
	const message =
		'The instance does not read dates in queries as UTC, so paging would skip records';
	return new ApiError(message, {
		code: 'time_zone',
		explanation: {
			message,
			description:
				"Set the time zone of the credential's user to GMT (its record in sys_user), then run again.",
			cause: 'configuration-invalid',
		},
	});
}
