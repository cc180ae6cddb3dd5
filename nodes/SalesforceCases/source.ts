/** Get Many, Get and Count of Salesforce. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { SalesforceClient } from '../../lib/tickets/salesforce/client';
import { countCases, createSalesforceReader, getCase } from '../../lib/tickets/salesforce/reader';
import type { TicketSource } from '../shared/tickets/run';

import { connectSalesforce } from './connection';
import {
	caseFilters,
	caseOptions,
	connectionOptions,
	onlyNew,
	pageSize,
	single,
} from './parameters';

/** One for each execution: an organization's fields are asked once, however many items there are. */
export function salesforceSource(): TicketSource {
	const clients = new Map<string, SalesforceClient>();
	return {
		async reader(ctx, itemIndex) {
			const filters = caseFilters(ctx, itemIndex);
			return {
				reader: createSalesforceReader({
					client: await connected(ctx, itemIndex, clients),
					filters,
					options: caseOptions(ctx, itemIndex),
					newlyClosed: onlyNew(ctx, itemIndex),
					pageSize: pageSize(ctx, itemIndex),
				}),
			};
		},
		async get(ctx, itemIndex) {
			const wanted = single(ctx, itemIndex);
			const client = await connected(ctx, itemIndex, clients);
			return await getCase(client, wanted, caseOptions(ctx, itemIndex));
		},
		async count(ctx, itemIndex) {
			const filters = caseFilters(ctx, itemIndex);
			return await countCases(await connected(ctx, itemIndex, clients), filters);
		},
	};
}

async function connected(
	ctx: IExecuteFunctions,
	itemIndex: number,
	clients: Map<string, SalesforceClient>,
): Promise<SalesforceClient> {
	const options = connectionOptions(ctx, itemIndex);
	const client = await connectSalesforce(ctx, itemIndex, options);
	const place = JSON.stringify([client.baseUrl, options] as unknown as IDataObject);
	const known = clients.get(place) ?? client;
	clients.set(place, known);
	return known;
}
