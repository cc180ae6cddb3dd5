/** A stand-in of Jira Cloud (at the root and behind the gateway's path) and Data Center (under /jira). */
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';

import { type SampleTicket, TICKETS } from '../samples';
import { asStandIn, listen, meet } from '../standIn';

import { type JiraFault, JiraFaults } from './faults';
import { Refusal } from './refusal';
import { cloudRoutes, dataCenterRoutes } from './routes';
import { Site, type SiteOptions } from './site';

export { CLOUD_ID, LOGINS } from './logins';
export type { JiraFault } from './faults';

export interface JiraSandboxOptions extends Partial<SiteOptions> {
	/** 0 (standard) picks a free one. */
	port?: number;
}

export interface JiraSandbox {
	/** The site of Cloud; Data Center is at `dataCenterUrl`. */
	url: string;
	dataCenterUrl: string;
	/** The last requests that came, e.g. `POST /rest/api/3/search/jql`. */
	seen: string[];
	tickets: SampleTicket[];
	close(): Promise<void>;
	/** Makes the next matching requests go wrong. */
	addFault(fault: JiraFault): void;
}

const CONTEXT_PATH = '/jira';
const MAX_SEEN = 1_000;

/** Starts the stand-in on this machine. */
export async function startJiraSandbox(options: JiraSandboxOptions = {}): Promise<JiraSandbox> {
	const { port = 0, ...rest } = options;
	const tickets = rest.tickets ?? TICKETS;
	const site = new Site({
		now: Date.now,
		pageSize: 100,
		inlineComments: 20,
		window: 10_000,
		...rest,
		tickets,
	});
	const faults = new JiraFaults();
	const seen: string[] = [];
	const met = new WeakMap<FastifyRequest, JiraFault>();
	const app = Fastify({ forceCloseConnections: true, bodyLimit: 10 * 1024 * 1024 });
	let url = '';
	asStandIn(app);
	app.addHook('onRequest', async (request, reply) => {
		seen.push(`${request.method} ${request.url}`);
		if (seen.length > MAX_SEEN) seen.shift();
		const fault = faults.take(request.method, request.url);
		if (!fault) return;
		met.set(request, fault);
		if (await meet(fault, request, reply)) return reply;
	});
	answerRefusals(app);
	const surface = { site, faultOf: (request: FastifyRequest) => met.get(request), url: () => url };
	cloudRoutes(app, surface);
	dataCenterRoutes(app, surface, CONTEXT_PATH);
	url = await listen(app, port);
	return {
		url,
		dataCenterUrl: `${url}${CONTEXT_PATH}`,
		seen,
		tickets,
		addFault: (fault) => faults.add(fault),
		close: async () => await app.close(),
	};
}

function answerRefusals(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		const refusal =
			error instanceof Refusal
				? error
				: new Refusal(
						(error as { statusCode?: number }).statusCode ?? 500,
						`The sandbox failed: ${(error as Error).message}`,
					);
		return reply
			.code(refusal.status)
			.headers({ 'atl-traceid': '5a4d0c1b000040008000', ...refusal.headers })
			.send(refusal.body());
	});
	app.setNotFoundHandler(async (request) => {
		throw new Refusal(404, `null for uri: ${request.url.split('?')[0]}`);
	});
}
