/** What filters are picked from, and the tickets of a view. */
import type { FastifyInstance } from 'fastify';

import { BRANDS, FORMS, GROUPS, ticketRecord, VIEWS } from '../records';
import { notFound } from '../refusal';
import { matches, termsOf } from '../search';
import type { ZendeskState } from '../state';
import { cursorPage } from './paging';
import { requireAgent } from './tickets';

const LISTS = { views: VIEWS, groups: GROUPS, brands: BRANDS, ticket_forms: FORMS };
/** Conditions of the views, in the words of a search. */
const CONDITIONS: Record<string, string> = {
	5001: 'status>=solved',
	5002: 'status<solved',
};

export function listRoutes(app: FastifyInstance, state: ZendeskState): void {
	for (const [name, entries] of Object.entries(LISTS)) {
		app.get(`/api/v2/${name}.json`, async (request) => {
			requireAgent(request);
			const { items, ...rest } = cursorPage<object>(entries, request, state);
			return { [name]: items, ...rest };
		});
	}

	app.get<{ Params: { id: string } }>('/api/v2/views/:id/tickets.json', async (request) => {
		requireAgent(request);
		const found = ticketsOf(state, request.params.id);
		const records = found.map((sample) => ticketRecord(sample, state.url));
		const { items, ...rest } = cursorPage(records, request, state);
		return { tickets: items, ...rest };
	});

	app.get<{ Params: { id: string } }>('/api/v2/views/:id/count.json', async (request) => {
		requireAgent(request);
		const { id } = request.params;
		const value = ticketsOf(state, id).length;
		const url = `${state.url}/api/v2/views/${id}/count.json`;
		return { view_count: { view_id: Number(id), url, value, pretty: String(value), fresh: true } };
	});
}

function ticketsOf({ tickets }: ZendeskState, id: string) {
	const condition = CONDITIONS[id];
	if (condition === undefined) throw notFound();
	const terms = termsOf(condition);
	return tickets.filter((sample) => matches(sample, terms));
}
