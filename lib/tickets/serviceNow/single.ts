/** One record, and how many there are. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { SettingError } from '../../openai/settingError';
import type { Ticket, TicketCount } from '../types';

import { readCount, readRows } from './api';
import { valueOf } from './cells';
import {
	brokenFilter,
	checkedColumns,
	ignoredColumns,
	ignoredFilter,
	noExtraColumns,
	unknownColumns,
} from './checks';
import { labelIds } from './extras';
import { encode, guarded, inOrder, isSysId, queryOf } from './query';
import { RecordReader } from './records';
import { findStates } from './states';
import { columnsOf, TABLES } from './tables';
import type { RecordKind, ServiceNowFilters, ServiceNowOptions } from './types';

/** Records looked at to see whether the filters hold and whether some are hidden. */
const SAMPLE = 20;

/**
 * The record with a number or sys_id, whatever its state; of articles the published version.
 *
 * @throws SettingError when none is named, or for an extra column that the table does not have; ApiError (404) when there is none, or none that the user may see
 */
export async function getServiceNowTicket(
	transport: Transport,
	siteUrl: string,
	kind: RecordKind,
	named: string,
	options: ServiceNowOptions,
): Promise<Ticket> {
	const wanted = named.trim();
	if (wanted === '') {
		throw new SettingError(
			"'Number or Sys ID' is empty",
			'Enter a number as ServiceNow shows it, e.g. INC0010023, or the 32 digits of a sys_id.',
		);
	}
	const definition = TABLES[kind];
	const column = isSysId(wanted) ? 'sys_id' : 'number';
	const published = kind === 'knowledgeArticle' ? '^workflow_state=published' : '';
	const { rows } = await readRows(transport, {
		table: definition.table,
		query: inOrder(
			`${column}=${guarded(wanted, 'Number or Sys ID')}${published}`,
			'sys_created_on',
		),
		columns: [...new Set([...columnsOf(definition), ...options.extraColumns])],
		limit: 10,
		display: 'all',
	});
	const row = rows.find(
		(candidate) => valueOf(candidate, column).toLowerCase() === wanted.toLowerCase(),
	);
	if (!row) throw notFound(definition.table, wanted, kind);
	const extra = { named: options.includeRaw ? options.extraColumns : [] };
	const unknown = await unknownColumns(transport, definition.table, [row], extra);
	if (unknown.length > 0) throw noExtraColumns(unknown, definition.table);
	const reader = new RecordReader(transport, siteUrl, kind, options);
	const { tickets } = await reader.tickets([row]);
	return tickets[0];
}

/** How many records a run would ask for; not exact where some of them are hidden from the user. */
export async function countServiceNowTickets(
	transport: Transport,
	kind: RecordKind,
	filters: ServiceNowFilters,
): Promise<TicketCount> {
	const definition = TABLES[kind];
	const { table } = definition;
	const labels = filters.tags?.length ? await labelIds(transport, filters.tags) : [];
	const { states } = await findStates(transport, definition, filters.states);
	const query = queryOf(definition, { ...filters, states }, labels);
	const columns = [
		...new Set([
			'sys_id',
			'number',
			'sys_created_on',
			'sys_updated_on',
			...(definition.categoryColumn ? [definition.categoryColumn] : []),
			...checkedColumns(definition, filters, query),
		]),
	];
	const { rows, total } = await readRows(transport, {
		table,
		query: inOrder(encode(query), 'sys_created_on'),
		columns,
		limit: SAMPLE,
		display: 'all',
	});
	const unknown = rows.length > 0 ? await unknownColumns(transport, table, rows, query) : [];
	if (unknown.length > 0) throw ignoredColumns(unknown, table);
	for (const row of rows) {
		const filter = brokenFilter(row, definition, filters, query);
		if (filter) throw ignoredFilter(filter, row);
	}
	const count = total ?? (await readCount(transport, table, encode(query))) ?? rows.length;
	return { count, exact: rows.length === Math.min(count, SAMPLE) };
}

function notFound(table: string, wanted: string, kind: RecordKind): ApiError {
	const message = `ServiceNow has no ${wanted} in ${table}`;
	const published = kind === 'knowledgeArticle' ? ' Only published articles are read.' : '';
	return new ApiError(message, {
		status: 404,
		code: 'not_found',
		explanation: {
			message,
			description: `Check the number and 'Resource', and that the user of the credential may see the record.${published}`,
		},
	});
}
