/** A stand-in for Salesforce with cases, as far as reading them goes. */
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';

import { type Fault, Faults } from '../../server/faults';
import { type SampleTicket, TICKETS } from '../samples';
import { asStandIn, listen, meet } from '../standIn';

import { Evaluator, type Tables } from './evaluate';
import { Locators, type PagerFault } from './locators';
import { oauthRoutes, Sessions } from './oauth';
import { parseSoql } from './parse';
import { tablesOf } from './records';
import { SalesforceRefusal } from './refusal';
import { describeObject, SCHEMA } from './schema';

export { DEMO_CLIENT } from './oauth';
export type { Fault, PagerFault };

export interface SalesforceSandboxOptions {
	/** 0 (standard) picks a free one. */
	port?: number;
	tickets?: readonly SampleTicket[];
	now?: () => number;
	/** Cases a page; what the batchSize hint says, 2000 at most, by default. */
	pageSize?: number;
	/** Records of a relationship in one answer; 200 by default. */
	subqueryPageSize?: number;
	/** Requests that the organization may send in 24 hours; 15,000 by default. */
	dailyLimit?: number;
	/** Requests already sent. */
	used?: number;
	/** Objects or fields that the organization does not have, e.g. `EmailMessage.IsExternallyVisible`. */
	without?: string[];
}

export interface SalesforceSandbox {
	/** My Domain of the stand-in. */
	url: string;
	close(): Promise<void>;
	addFault(fault: Fault): void;
	clearFaults(): void;
	/** Makes a page of a query go wrong, counted from now. */
	addPagerFault(page: number, fault: PagerFault): void;
	sessions: Sessions;
	/** Ends every nextRecordsUrl. */
	expireLocators(): void;
	/** Method and path with query of every request, decoded, in order. */
	requests: string[];
	/** The records, to be changed by tests. */
	tables: Tables;
	/** Takes new or changed records into account. */
	refresh(): void;
}

export const API_VERSION = 'v66.0';
const VERSIONS = [
	{ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' },
	{ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' },
];

export async function startSalesforceSandbox(
	options: SalesforceSandboxOptions = {},
): Promise<SalesforceSandbox> {
	const { port = 0, tickets = TICKETS, now = Date.now, dailyLimit = 15_000 } = options;
	const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
	const sessions = new Sessions();
	const faults = new Faults();
	const locators = new Locators(API_VERSION, now);
	const requests: string[] = [];
	const tables = tablesOf(tickets);
	let evaluator = new Evaluator(tables, API_VERSION);
	let used = options.used ?? 0;
	let url = '';

	asStandIn(app);
	app.addHook('onRequest', async (request, reply) => {
		requests.push(`${request.method} ${decodeURIComponent(request.url.replace(/\+/g, ' '))}`);
		const fault = faults.take(request.method, decodeURIComponent(request.url));
		if (fault && (await meet(fault, request, reply))) return reply;
		if (!request.url.startsWith('/services/data/')) return;
		checkSession(request, sessions);
		used++;
		void reply.header('sforce-limit-info', `api-usage=${used}/${dailyLimit}`);
		if (used > dailyLimit) {
			throw new SalesforceRefusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
		}
	});
	answerRefusals(app);
	oauthRoutes(app, sessions, () => url);
	dataRoutes(app, { tables, locators, evaluator: () => evaluator, options });
	url = await listen(app, port);
	return {
		url,
		close: async () => await app.close(),
		addFault: (fault) => faults.add(fault),
		clearFaults: () => faults.clear(),
		addPagerFault: (page, fault) => locators.arm(page, fault),
		sessions,
		expireLocators: () => locators.clear(),
		requests,
		tables,
		refresh: () => {
			evaluator = new Evaluator(tables, API_VERSION);
		},
	};
}

function answerRefusals(app: FastifyInstance): void {
	app.setErrorHandler((error: FastifyError | SalesforceRefusal, _request, reply) => {
		const refusal =
			error instanceof SalesforceRefusal
				? error
				: new SalesforceRefusal(error.statusCode ?? 500, 'UNKNOWN_EXCEPTION', error.message);
		return reply.code(refusal.status).send(refusal.body);
	});
	app.setNotFoundHandler((_request, reply) => reply.code(404).send(notFound().body));
}

interface Organization {
	tables: Tables;
	locators: Locators;
	evaluator: () => Evaluator;
	options: SalesforceSandboxOptions;
}

function dataRoutes(
	app: FastifyInstance,
	{ tables, locators, evaluator, options }: Organization,
): void {
	app.get('/services/data', async () => VERSIONS);
	app.get('/services/data/:version/sobjects/:object/:id', async (request) => {
		const { object, id, version } = request.params as Record<string, string>;
		checkVersion(version);
		if (id === 'describe') return described(object, options.without ?? []);
		const row = tables.get(object)?.find(({ Id }) => id.length >= 15 && String(Id).startsWith(id));
		if (!row) throw notFound();
		return row;
	});
	app.get('/services/data/:version/query', async (request) => {
		checkVersion((request.params as { version: string }).version);
		const { q } = request.query as { q?: string };
		const select = parseSoql(q ?? '');
		checkNames(q ?? '', select.from, options.without ?? []);
		const list = (rows: unknown[]) =>
			rows.length === 0 ? null : locators.first(rows, options.subqueryPageSize ?? 200, false);
		const { rows, render } = evaluator().run(select, list);
		if (select.isCount) return { totalSize: rows.length, done: true, records: [] };
		const size = options.pageSize ?? batchSize(request);
		return locators.first(rows.map(render), size, select.from === 'Case');
	});
	app.get('/services/data/:version/query/:locator', async (request) => {
		return locators.next((request.params as { locator: string }).locator);
	});
}

function checkSession({ headers }: FastifyRequest, sessions: Sessions): void {
	if (sessions.isAlive(headers.authorization)) return;
	throw headers.authorization
		? new SalesforceRefusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid')
		: new SalesforceRefusal(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
}

function checkVersion(version: string): void {
	if (!VERSIONS.some((known) => `v${known.version}` === version)) throw notFound();
}

function notFound(): SalesforceRefusal {
	return new SalesforceRefusal(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_queryoptions.htm */
function batchSize({ headers }: FastifyRequest): number {
	const hint = /batchSize=(\d+)/.exec(String(headers['sforce-query-options'] ?? ''))?.[1];
	return Math.min(2000, Math.max(200, Number(hint ?? 2000)));
}

function described(object: string, without: string[]): object {
	if (!Object.hasOwn(SCHEMA, object) || without.includes(object)) throw notFound();
	const description = describeObject(object) as {
		fields: Array<{ name: string }>;
		childRelationships: Array<{ childSObject: string }>;
	};
	return {
		...description,
		fields: description.fields.filter(({ name }) => !without.includes(`${object}.${name}`)),
		childRelationships: description.childRelationships.filter(
			({ childSObject }) => !without.includes(childSObject),
		),
	};
}

/** What the organization lacks is refused wherever it stands in the query. */
function checkNames(soql: string, object: string, without: string[]): void {
	for (const name of without) {
		const [of, field] = name.split('.');
		const reference = field ? `\\b${of}\\.${field}\\b` : `\\b${of}\\.\\w`;
		const own = field ? `(?<!\\.)\\b${field}\\b` : '';
		const isUsed = new RegExp(of === object ? own : reference).test(soql);
		if (!isUsed) continue;
		throw field
			? new SalesforceRefusal(400, 'INVALID_FIELD', `No such column '${field}' on entity '${of}'.`)
			: new SalesforceRefusal(400, 'INVALID_TYPE', `sObject type '${of}' is not supported.`);
	}
}
