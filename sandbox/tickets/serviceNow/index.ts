import Fastify, { type FastifyInstance } from 'fastify';

import { type Fault, Faults } from '../../server/faults';
import { RequestLog } from '../../server/requestLog';
import { ARTICLES, PEOPLE, TICKETS } from '../samples';
import type { SampleArticle, SampleTicket } from '../samples/types';
import { asStandIn, listen, meet } from '../standIn';

import { Logins, oauthRoutes } from './login';
import { buildDatabase } from './records';
import { tableRoutes } from './routes';
import type { Database } from './tables';

export { DEMO } from './login';

export interface ServiceNowSandboxOptions {
	/** 0 (standard) picks a free one. */
	port?: number;
	tickets?: SampleTicket[];
	articles?: SampleArticle[];
	now?: () => number;
	/** The most records a request brings, whatever it asks for. */
	pageSize?: number;
	/** Whether access rules hide a record from the user: it counts, and takes a place in its page. */
	isHidden?: (table: string, number: string) => boolean;
	/** What becomes of those who ask for sys_journal_field; `open` lets them read it. */
	journal?: 'open' | 'hidden' | 'forbidden';
	/** Hours by which the clock of the user is ahead of UTC; shown in display values only. */
	zoneHours?: number;
	/** Hours by which dates in queries are read wrongly, as by an instance that takes them for local ones. */
	queryZoneHours?: number;
	/** Sends neither X-Total-Count nor Link, as proxies do that let only known headers through. */
	withoutTotal?: boolean;
	/** Conditions that the instance ignores, as it does with what it does not understand. */
	ignores?: RegExp;
	/** Told of each request before faults are looked for, so that one can be added for it. */
	onRequest?: (path: string) => void;
	/** Host of the addresses in Link headers, e.g. of a proxy that was set up badly. */
	linkOrigin?: string;
}

export interface ServiceNowSandbox {
	url: string;
	close(): Promise<void>;
	addFault(fault: Fault): void;
	/** Requests so far: method, path with query, status. */
	requests(): Array<{ method: string; path: string; status: number | null }>;
	/** The records, to be changed between requests. */
	database: Database;
	/** All OAuth tokens end now. */
	revokeTokens(): void;
}

/** A stand-in for a ServiceNow instance: Table API, aggregates and OAuth, with the samples as its records. */
export async function startServiceNowSandbox(
	options: ServiceNowSandboxOptions = {},
): Promise<ServiceNowSandbox> {
	const { port = 0, tickets = TICKETS, articles = ARTICLES, now = Date.now } = options;
	const database = buildDatabase(tickets, articles, PEOPLE);
	const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
	const faults = new Faults();
	const log = new RequestLog(5_000);
	const logins = new Logins(now);
	hooks(app, faults, log, options);
	oauthRoutes(app, logins);
	tableRoutes(app, { database, logins, options });
	app.setNotFoundHandler(async (_request, reply) => {
		const message = 'Requested URI does not represent any resource';
		await reply.code(400).send({ error: { message, detail: null }, status: 'failure' });
	});
	const url = await listen(app, port);
	return {
		url,
		close: async () => await app.close(),
		addFault: (fault) => faults.add(fault),
		requests: () => log.show().recent,
		database,
		revokeTokens: () => logins.revoke(),
	};
}

function hooks(
	app: FastifyInstance,
	faults: Faults,
	log: RequestLog,
	{ onRequest }: ServiceNowSandboxOptions,
): void {
	asStandIn(app);
	app.addHook('onRequest', async (request, reply) => {
		const seen = log.add({ method: request.method, path: request.url, status: null });
		onRequest?.(request.url);
		const fault = faults.take(request.method, request.url);
		void reply.header('x-transaction-id', `sandbox${log.show().recent.length}`);
		reply.raw.on('finish', () => (seen.status = reply.raw.statusCode));
		if (fault && (await meet(fault, request, reply))) return reply;
	});
}
