/** The parts of Jira's API that tickets are read by, for each door. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { JiraFault } from './faults';
import { CLOUD_ID, type Door, isKnown } from './logins';
import {
	commentsOf,
	FEEDBACK,
	type Flavour,
	ISSUE_TYPES,
	issueOf,
	LANGUAGE,
	PROJECTS,
	REQUEST_TYPE,
	RESOLUTIONS,
	userOf,
} from './native';
import { Refusal } from './refusal';
import type { Site } from './site';

interface Query {
	[name: string]: string | undefined;
}

export interface Surface {
	site: Site;
	/** The fault of this request, where it is one of a search. */
	faultOf: (request: FastifyRequest) => JiraFault | undefined;
	/** `http://127.0.0.1:<port>` */
	url: () => string;
}

const GONE =
	'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046';

/** Jira Cloud at its site and behind the gateway. */
export function cloudRoutes(app: FastifyInstance, surface: Surface): void {
	app.get('/_edge/tenant_info', async () => ({ cloudId: CLOUD_ID }));
	for (const [prefix, door] of [
		['', 'site'],
		[`/ex/jira/${CLOUD_ID}`, 'gateway'],
	] as const) {
		cloudApi(app, surface, prefix, door);
		common(app, surface, { prefix, door, flavour: 'cloud' });
	}
}

/** Jira Data Center under a context path. */
export function dataCenterRoutes(app: FastifyInstance, surface: Surface, prefix: string): void {
	const { site, url } = surface;
	app.post(`${prefix}/rest/api/2/search`, async (request) => {
		isKnown(request.headers.authorization, 'dataCenter');
		return site.dataCenterPage(request.body as Record<string, unknown>, url() + prefix);
	});
	app.get(`${prefix}/rest/api/2/project`, async (request) => {
		isKnown(request.headers.authorization, 'dataCenter');
		return PROJECTS.map((project) => ({ ...project, self: `${url()}${prefix}/${project.id}` }));
	});
	common(app, surface, { prefix, door: 'dataCenter', flavour: 'dataCenter' });
}

function cloudApi(app: FastifyInstance, surface: Surface, prefix: string, door: Door): void {
	const { site, faultOf, url } = surface;
	const api = `${prefix}/rest/api/3`;
	app.post(`${api}/search/jql`, async (request) => {
		const known = isKnown(request.headers.authorization, door);
		const body = request.body as Record<string, unknown>;
		return site.cloudPage(body, url() + prefix, known, faultOf(request)?.search);
	});
	app.post(`${api}/search/approximate-count`, async (request) => {
		const known = isKnown(request.headers.authorization, door);
		return { count: site.count((request.body as { jql?: unknown }).jql, known) };
	});
	for (const version of [2, 3]) {
		app.all(`${prefix}/rest/api/${version}/search`, async () => {
			throw new Refusal(410, GONE);
		});
	}
	app.get(`${api}/project/search`, async (request) => {
		const known = isKnown(request.headers.authorization, door);
		return projectPage(known ? PROJECTS : [], request.query as Query, url() + prefix);
	});
}

interface Side {
	prefix: string;
	door: Door;
	flavour: Flavour;
}

function common(app: FastifyInstance, { site, url }: Surface, { prefix, door, flavour }: Side) {
	const api = `${prefix}/rest/api/${flavour === 'cloud' ? 3 : 2}`;
	const base = () => url() + prefix;
	const known = (request: FastifyRequest) => isKnown(request.headers.authorization, door);
	app.get(`${api}/myself`, async (request, reply) => {
		if (!known(request)) return refuseNobody(reply);
		return { ...userOf('priya', flavour, base()), locale: 'en_US' };
	});
	app.get(`${api}/field`, async (request) => (known(request) ? fieldList() : []));
	app.get(`${api}/issuetype`, async (request) => {
		const types = known(request) ? ISSUE_TYPES : [];
		return types.map((type) => ({ ...type, self: `${base()}/rest/api/issuetype/${type.id}` }));
	});
	app.get(`${api}/resolution`, async (request) => {
		const all = known(request) ? Object.values(RESOLUTIONS) : [];
		return all.map((one) => ({ ...one, self: `${base()}/rest/api/resolution/${one.id}` }));
	});
	app.get(`${api}/issue/:issue`, async (request) => {
		const ticket = site.find(known(request) ? issueIn(request) : '');
		const inline = flavour === 'cloud' ? site.options.inlineComments : Infinity;
		const issue = issueOf(ticket, flavour, base(), inline);
		const { fields } = request.query as Query;
		if (fields === undefined) return issue;
		const wanted = fields.split(',');
		const kept = Object.entries(issue.fields).filter(([name]) => wanted.includes(name));
		return { ...issue, fields: Object.fromEntries(kept) };
	});
	app.get(`${api}/issue/:issue/comment`, async (request) => {
		const ticket = site.find(known(request) ? issueIn(request) : '');
		const { startAt = '0', maxResults, expand } = request.query as Query;
		const all = commentsOf(ticket, flavour, base(), expand === 'properties');
		const size = Math.min(Number(maxResults ?? 100), 100);
		const from = Number(startAt);
		const comments = flavour === 'cloud' ? all.slice(from, from + size) : all.slice(from);
		return { startAt: from, maxResults: size, total: all.length, comments };
	});
}

function refuseNobody(reply: FastifyReply) {
	return reply
		.code(401)
		.header('x-seraph-loginreason', 'AUTHENTICATED_FAILED')
		.type('text/plain')
		.send('Client must be authenticated to access this resource.');
}

function issueIn(request: FastifyRequest): string {
	return (request.params as { issue: string }).issue;
}

function projectPage(
	projects: typeof PROJECTS,
	{ startAt = '0', maxResults = '50' }: Query,
	base: string,
) {
	const from = Number(startAt);
	const size = Math.min(Number(maxResults), 100);
	const values = projects
		.slice(from, from + size)
		.map((project) => ({ ...project, self: `${base}/rest/api/3/project/${project.id}` }));
	const isLast = from + size >= projects.length;
	return {
		self: `${base}/rest/api/3/project/search`,
		startAt: from,
		maxResults: size,
		total: projects.length,
		isLast,
		values,
	};
}

function fieldList() {
	const custom = (id: string, name: string, type: string) => ({
		id,
		key: id,
		name,
		custom: true,
		orderable: true,
		navigable: true,
		searchable: true,
		clauseNames: [`cf[${id.slice(12)}]`, name],
		schema: {
			type: 'any',
			custom: `com.atlassian.servicedesk${type}`,
			customId: Number(id.slice(12)),
		},
	});
	return [
		{
			id: 'summary',
			key: 'summary',
			name: 'Summary',
			custom: false,
			orderable: true,
			navigable: true,
			searchable: true,
			clauseNames: ['summary'],
			schema: { type: 'string', system: 'summary' },
		},
		custom(REQUEST_TYPE, 'Request Type', ':vp-origin'),
		custom(FEEDBACK, 'Satisfaction', ':sd-request-feedback'),
		custom(
			LANGUAGE,
			'Request language',
			'.servicedesk-lingo-integration-plugin:sd-request-language',
		),
	];
}
