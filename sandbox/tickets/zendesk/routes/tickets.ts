/** Who am I, single tickets, their comments, people. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { callerFrom } from '../http';
import { allUsers, authorsOf, commentRecords, metricSet, ticketRecord } from '../records';
import { badPage, forbidden, unauthenticated } from '../refusal';
import { requireTicket, type ZendeskState } from '../state';
import { cursorPage, queryOf } from './paging';

const MAX_MANY = 100;

export function ticketRoutes(app: FastifyInstance, state: ZendeskState): void {
	app.get('/api/v2/users/me.json', async (request) => {
		const user = callerFrom(request) ?? {
			id: null,
			name: 'Anonymous user',
			email: 'invalid@example.com',
			role: 'end-user',
		};
		return { user: { url: null, active: true, verified: true, ...user } };
	});

	app.get('/api/v2/users/show_many.json', async (request) => {
		requireAgent(request);
		const ids = new Set(idsOf(request));
		const users = allUsers().filter(({ id }) => ids.has(String(id)));
		return { users, next_page: null, previous_page: null, count: users.length };
	});

	app.get('/api/v2/tickets/show_many.json', async (request) => {
		requireAgent(request);
		const ids = new Set(idsOf(request));
		const samples = state.tickets.filter(({ number }) => ids.has(String(number)));
		return {
			tickets: samples.map((sample) => ticketRecord(sample, state.url)),
			...(sideloads(request, 'metric_sets') ? { metric_sets: samples.map(metricSet) } : {}),
			next_page: null,
			previous_page: null,
			count: samples.length,
		};
	});

	app.get<{ Params: { id: string } }>('/api/v2/tickets/:id', async (request) => {
		requireAgent(request);
		const sample = requireTicket(state, request.params.id);
		return {
			ticket: ticketRecord(sample, state.url),
			...(sideloads(request, 'metric_sets') ? { metric_sets: [metricSet(sample)] } : {}),
		};
	});

	app.get<{ Params: { id: string } }>('/api/v2/tickets/:id/comments.json', async (request) => {
		requireAgent(request);
		const sample = requireTicket(state, request.params.id);
		const { items, ...rest } = cursorPage(commentRecords(sample, state.url), request, state);
		const users = sideloads(request, 'users') ? { users: authorsOf(sample) } : {};
		return { comments: items, ...users, ...rest };
	});
}

export function requireAgent(request: FastifyRequest): void {
	const caller = callerFrom(request);
	if (caller === undefined) throw unauthenticated();
	if (caller.role === 'end-user') throw forbidden();
}

export function requireAdmin(request: FastifyRequest): void {
	requireAgent(request);
	if (callerFrom(request)?.role !== 'admin') throw forbidden();
}

export function sideloads(request: FastifyRequest, name: string): boolean {
	return (queryOf(request).include ?? '').split(',').includes(name);
}

function idsOf(request: FastifyRequest): string[] {
	const ids = (queryOf(request).ids ?? '').split(',').filter(Boolean);
	if (ids.length > MAX_MANY) throw badPage(`ids takes up to ${MAX_MANY}`);
	return ids;
}
