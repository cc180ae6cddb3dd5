import { ApiError } from '../../http/errors';
import type { QueryValue, Transport } from '../../http/types';

import { serviceNowError } from './errors';
import type { Row } from './types';

export interface RowsRequest {
	table: string;
	/** Encoded query. */
	query: string;
	columns: string[];
	limit: number;
	offset?: number;
	/** `false` gives stored values, `all` both them and what people see. */
	display?: 'false' | 'all';
}

export interface Rows {
	rows: Row[];
	/** Records of the query, those that the user may not see counted in; absent where the instance does not say. */
	total?: number;
	/** Where the next page begins; absent on the last one. Access rules are applied after the limit, so a page may be empty. */
	nextOffset?: number;
}

/** Far more than a query brings that was meant to be read whole. */
const MAX_ROWS_PAGES = 500;

/**
 * One page of a table.
 *
 * @throws ApiError, also for an error that comes with status 200 behind a part of the records
 */
export async function readRows(transport: Transport, request: RowsRequest): Promise<Rows> {
	const { limit, offset = 0 } = request;
	const path = `/api/now/table/${request.table}`;
	const { data, headers, status } = await transport<{ result?: unknown; error?: unknown } | null>({
		method: 'GET',
		path,
		query: parameters(request),
	});
	if (data?.error) {
		const body = JSON.stringify({ error: data.error });
		throw serviceNowError({ method: 'GET', path }, { status, headers, body }, 0);
	}
	if (!Array.isArray(data?.result)) throw unknownShape(path);
	const rows = data.result.filter(
		(row): row is Row => typeof row === 'object' && row !== null && !Array.isArray(row),
	);
	const total = countOf(headers['x-total-count']);
	const isFull = rows.length >= limit;
	return { rows, total, nextOffset: nextOffset(headers.link, total, offset, limit, isFull) };
}

/** All records of a query that is known to be small, with how many there are. */
export async function readAllRows(
	transport: Transport,
	request: Omit<RowsRequest, 'offset'>,
): Promise<{ rows: Row[]; total: number }> {
	const rows: Row[] = [];
	let offset: number | undefined = 0;
	for (let page = 0; page < MAX_ROWS_PAGES; page++) {
		const answer: Rows = await readRows(transport, { ...request, offset });
		for (const row of answer.rows) rows.push(row);
		offset = answer.nextOffset;
		if (offset === undefined) return { rows, total: answer.total ?? rows.length };
	}
	throw new ApiError(`The table ${request.table} has no end`, { code: 'invalid_list' });
}

/** What `ask` brings; undefined when the user may not read the table. */
export async function ifAllowed<T>(ask: () => Promise<T>): Promise<T | undefined> {
	try {
		return await ask();
	} catch (cause) {
		return notAllowed(cause);
	}
}

function notAllowed(cause: unknown): undefined {
	if (cause instanceof ApiError && cause.details.status === 403) return undefined;
	throw cause;
}

/** A number that the instance counts itself. */
export async function readCount(
	transport: Transport,
	table: string,
	query: string,
): Promise<number | undefined> {
	const { data } = await transport<{ result?: { stats?: { count?: unknown } } } | null>({
		method: 'GET',
		path: `/api/now/stats/${table}`,
		query: { sysparm_query: query, sysparm_count: true },
	});
	return countOf(String(data?.result?.stats?.count ?? ''));
}

function parameters({
	query,
	columns,
	limit,
	offset = 0,
	display = 'false',
}: RowsRequest): Record<string, QueryValue> {
	return {
		sysparm_query: query,
		sysparm_fields: columns.join(','),
		sysparm_limit: limit,
		sysparm_offset: offset,
		sysparm_display_value: display,
		sysparm_exclude_reference_link: true,
	};
}

/** Addresses in the Link header are never followed; only the number is taken from them. */
function nextOffset(
	link: string | undefined,
	total: number | undefined,
	offset: number,
	limit: number,
	isFull: boolean,
): number | undefined {
	const end = offset + limit;
	const next = link?.search(/rel="?next\b/) ?? -1;
	if (link !== undefined && next >= 0) {
		const address = link.slice(link.lastIndexOf('<', next), next);
		const linked = Number(/[?&]sysparm_offset=(\d{1,12})/.exec(address)?.[1] ?? end);
		return linked > offset ? linked : end;
	}
	if (total !== undefined) return end < total ? end : undefined;
	return link === undefined && isFull ? end : undefined;
}

function countOf(text: string | undefined): number | undefined {
	return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
}

function unknownShape(path: string): ApiError {
	return new ApiError(`${path} answered in an unknown shape`, {
		code: 'invalid_list',
		path,
		explanation: {
			message: `ServiceNow answered ${path} without records`,
			description:
				"Check 'Instance URL' in the credential: something other than the Table API answers there.",
			cause: 'configuration-invalid',
		},
	});
}
