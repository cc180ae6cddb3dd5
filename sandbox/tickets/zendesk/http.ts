/** The HTTP side: loopback guard, faults, limits, who is asking, and the routes. */
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';

import { PEOPLE } from '../samples';
import { asStandIn, meet } from '../standIn';
import { ADMIN, userOf } from './records';
import { DEMO } from './oauth';
import { deadToken, notFound, Refusal, unauthenticated } from './refusal';
import { listRoutes } from './routes/lists';
import { exportRoutes } from './routes/exports';
import { ticketRoutes } from './routes/tickets';
import type { ZendeskState } from './state';

export type Caller = ReturnType<typeof userOf> | typeof ADMIN | undefined;

const callers = new WeakMap<FastifyRequest, Caller>();

export function buildHttp(state: ZendeskState): FastifyInstance {
	const app = Fastify({
		forceCloseConnections: true,
		routerOptions: { ignoreTrailingSlash: true },
	});
	asStandIn(app);
	app.addHook('onRequest', async (request, reply) => {
		void reply.header('x-zendesk-request-id', `sandbox-${++state.requests}`);
		const fault = state.faults.take(request.method, request.url);
		state.log.push(`${request.method} ${request.url}`);
		if (fault && (await meet(fault, request, reply))) return reply;
		if (!request.url.startsWith('/api/')) return;
		callers.set(request, callerOf(request, state));
		void reply.headers(state.limits.take(request.url.split('?')[0]));
	});
	app.setErrorHandler((error: FastifyError | Refusal, _request, reply) => {
		const refusal =
			error instanceof Refusal
				? error
				: new Refusal(error.statusCode ?? 500, { error: 'sandbox', description: error.message });
		return reply
			.code(refusal.status)
			.headers(refusal.headers)
			.type('application/json; charset=utf-8')
			.send(refusal.body);
	});
	app.setNotFoundHandler(() => {
		throw notFound();
	});
	state.oauth.routes(app);
	ticketRoutes(app, state);
	exportRoutes(app, state);
	listRoutes(app, state);
	return app;
}

/** Who asks; undefined is an anonymous visitor. */
export function callerFrom(request: FastifyRequest): Caller {
	return callers.get(request);
}

function callerOf(request: FastifyRequest, { oauth }: ZendeskState): Caller {
	const header = request.headers.authorization;
	if (header === undefined) return undefined;
	const bearer = /^Bearer (.+)$/i.exec(header)?.[1];
	if (bearer !== undefined) {
		if (oauth.isAlive(bearer)) return ADMIN;
		throw deadToken();
	}
	const basic = /^Basic (.+)$/i.exec(header)?.[1] ?? '';
	const [user, token] = Buffer.from(basic, 'base64').toString().split(':');
	const email = user.replace(/\/token$/, '').toLowerCase();
	if (token !== DEMO.apiToken || !user.endsWith('/token')) throw unauthenticated();
	if (email === ADMIN.email) return ADMIN;
	const key = Object.keys(PEOPLE).find((one) => PEOPLE[one].email === email);
	if (key === undefined) throw unauthenticated();
	return userOf(key);
}
