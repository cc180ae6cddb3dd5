/**
 * ServiceNow ignores a part of a query that it does not understand, and answers with more than was asked for
 * (unless glide.invalid_query.returns_no_rows is set). So what comes back is held against the filters.
 */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { SettingError } from '../../openai/settingError';

import { readRows } from './api';
import { displayOf, hasColumn, storedDate, valueOf } from './cells';
import { FILTER_IGNORED } from './errors';
import type { Query } from './query';
import type { TableDefinition } from './tables';
import type { Row, ServiceNowFilters, ServiceNowOptions } from './types';

/** Columns that a page must bring so that the filters can be checked. */
export function checkedColumns(
	{ stateColumn, categoryColumn }: TableDefinition,
	{ assignmentGroups, categories }: ServiceNowFilters,
	{ named }: Query,
): string[] {
	return [
		stateColumn,
		...(assignmentGroups?.length ? ['assignment_group', 'assignment_group.name'] : []),
		...(categories?.length ? [categoryColumn ?? 'category'] : []),
		...named,
	];
}

/** Display name of a filter that a record should not have passed. */
export function brokenFilter(
	row: Row,
	table: TableDefinition,
	filters: ServiceNowFilters,
	{ states }: Query,
): string | undefined {
	const { categories, assignmentGroups, createdAfter, createdBefore, updatedAfter } = filters;
	const [created, updated] = [valueOf(row, 'sys_created_on'), valueOf(row, 'sys_updated_on')];
	// Empty is what a user sees of a column it may not read.
	if (misses(row, [table.stateColumn], states)) return 'States';
	if (created && createdAfter !== undefined && created < storedDate(createdAfter)) {
		return 'Created After';
	}
	if (created && createdBefore !== undefined && created >= storedDate(createdBefore)) {
		return 'Created Before';
	}
	if (updated && updatedAfter !== undefined && updated < storedDate(updatedAfter)) {
		return 'Updated After';
	}
	if (misses(row, [table.categoryColumn ?? 'category'], categories)) return 'Category';
	const group = ['assignment_group', 'assignment_group.name'];
	return misses(row, group, assignmentGroups) ? 'Assignment Group' : undefined;
}

/**
 * Names of columns, in the user's own query or list, that the table does not have. A column that no record brings is either
 * unknown or hidden from the user; the former shows in that an impossible condition on it changes nothing.
 */
export async function unknownColumns(
	transport: Transport,
	table: string,
	rows: Row[],
	{ named }: Pick<Query, 'named'>,
): Promise<string[]> {
	const unknown: string[] = [];
	for (const column of named) {
		if (rows.some((row) => hasColumn(row, column))) continue;
		const { rows: found, total } = await readRows(transport, {
			table,
			query: `${column}ISEMPTY^${column}ISNOTEMPTY`,
			columns: ['sys_id'],
			limit: 1,
		});
		if ((total ?? found.length) > 0) unknown.push(column);
	}
	return unknown;
}

/** Sentences about extra columns that `raw` will not hold: ServiceNow leaves them out without a word. */
export async function missingExtraColumns(
	transport: Transport,
	table: string,
	rows: Row[],
	{ extraColumns, includeRaw }: ServiceNowOptions,
): Promise<string[]> {
	if (extraColumns.length === 0) return [];
	if (!includeRaw) {
		return ["'Extra Columns' has no effect without 'Include Raw Record', as they stand in 'raw'"];
	}
	const missing = extraColumns.filter((column) => !rows.some((row) => hasColumn(row, column)));
	const unknown = await unknownColumns(transport, table, rows, { named: missing });
	const unread = missing.filter((column) => !unknown.includes(column));
	return [
		...(unknown.length > 0 ? [noColumns(unknown, table)] : []),
		...(unread.length > 0
			? [
					`The first records came without ${quoted(unread)} of 'Extra Columns': check the names, and that the user of the credential may read these columns`,
				]
			: []),
	];
}

/** Where there is no summary to warn in. */
export function noExtraColumns(columns: string[], table: string): SettingError {
	return new SettingError(
		noColumns(columns, table),
		"Correct the name in 'Extra Columns': the column's name, not its label, e.g. u_product or location.name.",
		'Extra Columns',
	);
}

function noColumns(columns: string[], table: string): string {
	return `The table ${table} has no column ${quoted(columns)} that this user may query, named in 'Extra Columns'`;
}

export function ignoredColumns(columns: string[], table: string): ApiError {
	return ignored(
		`The table ${table} has no column ${quoted(columns)} that this user may query, so ServiceNow ignored that part of 'Encoded Query'`,
		"Correct the name: 'Copy query' in the filter menu of a ServiceNow list gives the query as it works. The run stopped because it would have read more than you asked for.",
	);
}

export function ignoredFilter(filter: string, row: Row): ApiError {
	const hours =
		filter.startsWith('Created') || filter.startsWith('Updated')
			? " If the dates are off by some hours, set the time zone of the credential's user to GMT."
			: '';
	return ignored(
		`ServiceNow ignored '${filter}': it sent ${valueOf(row, 'number')}, which does not match`,
		`Check the value, and 'Encoded Query' for parts that undo it (e.g. '^OR' at its end). The run stopped because it would have read more than you asked for.${hours}`,
	);
}

function ignored(message: string, description: string): ApiError {
	return new ApiError(message, {
		code: FILTER_IGNORED,
		explanation: { message, description, cause: 'configuration-invalid' },
	});
}

function quoted(columns: string[]): string {
	return columns.map((column) => `'${column}'`).join(', ');
}

function misses(row: Row, columns: string[], wanted: string[] | undefined): boolean {
	if (!wanted || wanted.length === 0) return false;
	const values = columns
		.flatMap((column) => [valueOf(row, column), displayOf(row, column)])
		.filter((value) => value !== '')
		.map((value) => value.toLowerCase());
	return values.length > 0 && !wanted.some((value) => values.includes(value.toLowerCase()));
}
