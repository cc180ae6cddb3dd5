/** Reads cases page by page, with everything said about them. */
import { ApiError } from '../../http/errors';
import type { Ticket, TicketCount, TicketReader } from '../types';

import { type CaseOptions, CaseSource } from './caseSource';
import type { SalesforceClient } from './client';
import type { SalesforceTicket } from './normalize';
import { CasePager } from './pager';
import {
	caseConditions,
	type CaseFilters,
	type CaseOrder,
	countQuery,
	namedCase,
	oneCase,
} from './query';

export type { CaseOptions };

export interface CaseReaderSettings {
	client: SalesforceClient;
	filters: CaseFilters;
	options?: CaseOptions;
	/** By when cases were closed, for runs that go on where the last one ended: a case closed today may be years old. */
	newlyClosed?: boolean;
	/** Cases in one page, where fewer than Salesforce's own 200 are wanted. */
	pageSize?: number;
}

/** Salesforce's smallest batch. */
export const FULL_PAGE = 200;

/** @throws SettingError for filters that cannot be used */
export function createSalesforceReader(settings: CaseReaderSettings): TicketReader {
	const { client, filters, newlyClosed } = settings;
	const byClosing = newlyClosed === true && filters.includeUnresolved !== true;
	const order: CaseOrder = byClosing ? 'ClosedDate' : 'CreatedDate';
	const conditions = caseConditions(filters);
	const pager = new CasePager(new CaseSource(client, settings.options ?? {}), {
		conditions: byClosing ? [...conditions, 'ClosedDate != null'] : conditions,
		order,
		limit: (settings.pageSize ?? FULL_PAGE) < FULL_PAGE ? settings.pageSize : undefined,
	});
	return {
		query: { system: 'salesforce', site: client.baseUrl, order, conditions },
		...(byClosing ? { momentOf: ({ resolvedAt }: Ticket) => resolvedAt } : {}),
		readPage: async (position) => await pager.read(position),
	};
}

/**
 * @param numberOrId - `00001026`, `1026`, an id of 15 or 18 characters, or the address of the case's page
 * @throws ApiError when there is no such case; SettingError for nothing, or the address of something else
 */
export async function getCase(
	client: SalesforceClient,
	numberOrId: string,
	options: CaseOptions = {},
): Promise<SalesforceTicket> {
	const wanted = namedCase(numberOrId);
	const source = new CaseSource(client, options);
	const query = { conditions: [oneCase(wanted)], order: 'CreatedDate', limit: 2 } as const;
	const { records } = await source.firstPage(query);
	const record = records.find(({ CaseNumber }) => CaseNumber === wanted) ?? records[0];
	if (record === undefined) throw noCase(wanted);
	return (await source.tickets([record], () => {}))[0];
}

export async function countCases(
	client: SalesforceClient,
	filters: CaseFilters,
): Promise<TicketCount> {
	const { totalSize } = await client.query(countQuery(caseConditions(filters)));
	return { count: totalSize, exact: true };
}

function noCase(wanted: string): ApiError {
	return new ApiError(`No case ${wanted.slice(0, 100)}`, {
		code: 'NOT_FOUND',
		explanation: {
			message: `There is no case '${wanted.slice(0, 100)}', or the user of the credential may not see it`,
			description:
				'Enter a case number as Salesforce shows it (00001026), or an ID that begins with 500.',
		},
	});
}
