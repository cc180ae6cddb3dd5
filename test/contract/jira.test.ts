/** The stand-in of Jira Cloud, and what we send to it, against Atlassian's own OpenAPI document. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

import type { ApiRequest, Transport } from '../../lib/http/types';
import { findCustomFields } from '../../lib/tickets/jira/customFields';
import { assertLogin } from '../../lib/tickets/jira/identity';
import { listIssueTypes, listProjects, listResolvedIssues } from '../../lib/tickets/jira/lists';
import type { TicketRules } from '../../lib/tickets/jira/normalize';
import { jiraQuery } from '../../lib/tickets/jira/query';
import { countIssues, createJiraReader, getIssue } from '../../lib/tickets/jira/reader';
import { readTickets } from '../../lib/tickets/readTickets';
import { type JiraSandbox, LOGINS, startJiraSandbox } from '../../sandbox/tickets/jira';

type Json = Record<string, unknown>;

/** Outside of the repository; where it is absent the checks against it are reported as skipped. */
const PATH = join(__dirname, '../../../shared/specs/jira-cloud-v3.json');
const describeWithDocument = existsSync(PATH) ? describe : describe.skip;
const basic = `Basic ${Buffer.from(`${LOGINS.email}:${LOGINS.apiToken}`).toString('base64')}`;

class JiraDocument {
	private readonly document = JSON.parse(readFileSync(PATH, 'utf8')) as Json;

	private readonly ajv = new Ajv2020({
		strict: false,
		validateSchema: false,
		allErrors: true,
		formats: { int32: true, int64: true, double: true },
	});

	private readonly operations: Array<{ method: string; pattern: RegExp; operation: Json }>;

	constructor() {
		addFormats(this.ajv);
		this.ajv.addSchema(this.document, 'jira');
		const paths = this.document.paths as Record<string, Record<string, Json>>;
		this.operations = Object.entries(paths).flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, operation]) => ({
				method: method.toUpperCase(),
				pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
				operation,
			})),
		);
	}

	answerMisfits(method: string, path: string, status: number, answer: unknown): string[] {
		const responses = this.find(method, path).responses as Record<string, Json>;
		const described = responses[String(status)];
		if (!described) return [`${method} ${path} has no answer ${status}`];
		return this.misfits(`${method} ${path} ${status}`, described, answer);
	}

	requestMisfits(method: string, path: string, body: unknown): string[] {
		const request = this.find(method, path).requestBody as Json;
		return this.misfits(`${method} ${path} request`, request, body);
	}

	/** Query parameters that the document does not know. */
	unknownParameters(method: string, path: string, names: string[]): string[] {
		const parameters = (this.find(method, path).parameters ?? []) as Array<{ name: string }>;
		const known = new Set(parameters.map(({ name }) => name));
		return names.filter((name) => !known.has(name));
	}

	private find(method: string, path: string): Json {
		const found = this.operations.find(
			(entry) => entry.method === method && entry.pattern.test(path),
		);
		if (!found) throw new Error(`the document has no ${method} ${path}`);
		return found.operation;
	}

	private misfits(name: string, holder: Json, value: unknown): string[] {
		const content = holder.content as Record<string, { schema: Json }> | undefined;
		const schema = content?.['application/json']?.schema;
		if (!schema) return [];
		const validate = this.ajv.compile(absolute(schema) as Json);
		if (validate(value)) return [];
		return (validate.errors ?? []).map(
			({ instancePath, message, params }) =>
				`${name}: ${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
		);
	}
}

function absolute(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(absolute);
	if (typeof schema !== 'object' || schema === null) return schema;
	return Object.fromEntries(
		Object.entries(schema).map(([key, value]) => [
			key,
			key === '$ref' ? String(value).replace(/^#/, 'jira#') : absolute(value),
		]),
	);
}

if (!existsSync(PATH)) console.warn(`Skipped: no ${PATH}`);

describeWithDocument("Atlassian's document (skipped where ../shared/specs is not present)", () => {
	let document: JiraDocument;
	let sandbox: JiraSandbox;
	beforeAll(async () => {
		document = new JiraDocument();
		sandbox = await startJiraSandbox({ pageSize: 9, inlineComments: 1 });
	});
	afterAll(async () => await sandbox.close());

	const seen: string[] = [];
	const misfits: string[] = [];

	/** Sends as n8n would and holds both sides against the document. */
	const transport = (async ({ method, path, query = {}, body }: ApiRequest) => {
		const url = new URL(sandbox.url + path);
		const names = Object.entries(query).filter(([, value]) => value !== undefined);
		for (const [name, value] of names) url.searchParams.set(name, String(value));
		const response = await fetch(url, {
			method,
			headers: {
				Authorization: basic,
				...(body ? { 'Content-Type': 'application/json' } : {}),
			},
			body: body && JSON.stringify(body),
		});
		const data: unknown = await response.json();
		seen.push(`${method} ${path.replace(/\d{5,}|IT-\d+/, '{id}')}`);
		misfits.push(
			...document.answerMisfits(method, path, response.status, data),
			...(body ? document.requestMisfits(method, path, body) : []),
			...document.unknownParameters(
				method,
				path,
				names.map(([name]) => name),
			),
		);
		return { status: response.status, headers: {}, data };
	}) as Transport;

	it('is kept by every request of a run and by every answer', async () => {
		await assertLogin(transport, { deployment: 'cloud', scoped: false });
		const customFields = await findCustomFields(transport, 'cloud');
		expect(Object.keys(customFields)).toHaveLength(3);
		const rules: TicketRules = {
			deployment: 'cloud',
			siteUrl: sandbox.url,
			customFields,
			includeInternalNotes: true,
			includeRaw: false,
			stripQuotes: true,
		};
		const query = jiraQuery({ projects: ['IT'], includeUnresolved: true });
		const settings = {
			transport,
			query,
			rules,
			excludedResolutions: [],
			concurrency: 1,
			pageSize: 100,
		};
		let read = 0;
		for await (const page of readTickets(createJiraReader(settings))) read += page.length;
		expect(read).toBe(sandbox.tickets.length);
		await getIssue({ transport, rules }, 'IT-1');
		await countIssues(transport, { rules, query, excludedResolutions: ['Duplicate'] });
		await listProjects(transport, 'cloud');
		await listIssueTypes(transport, 'cloud');
		await listResolvedIssues(transport, 'cloud', 'printer');

		expect(misfits).toEqual([]);
		expect([...new Set(seen)].sort()).toEqual([
			'GET /rest/api/3/field',
			'GET /rest/api/3/issue/{id}',
			'GET /rest/api/3/issue/{id}/comment',
			'GET /rest/api/3/issuetype',
			'GET /rest/api/3/myself',
			'GET /rest/api/3/project/search',
			'GET /rest/api/3/resolution',
			'POST /rest/api/3/search/approximate-count',
			'POST /rest/api/3/search/jql',
		]);
	});

	it.each([
		['POST', '/rest/api/3/search/jql', { jql: 'colour = red' }, 400],
		['POST', '/rest/api/3/search/jql', { jql: 'ORDER BY key' }, 400],
		['POST', '/rest/api/3/search/jql', { jql: 'key = IT-1', nextPageToken: 'made up' }, 400],
		['GET', '/rest/api/3/issue/IT-9999', undefined, 404],
	])('is kept by refusals: %s %s %j', async (method, path, body, status) => {
		const response = await fetch(sandbox.url + path, {
			method,
			headers: { Authorization: basic, ...(body && { 'Content-Type': 'application/json' }) },
			body: body && JSON.stringify(body),
		});
		expect(response.status).toBe(status);
		const answer: unknown = await response.json();
		expect(document.answerMisfits(method, path, status, answer)).toEqual([]);
		expect(answer).toHaveProperty('errorMessages');
	});

	it('is a judge: it refuses a page with a member of the wrong type', () => {
		const page = { issues: [{ id: 10001 }] };
		expect(document.answerMisfits('POST', '/rest/api/3/search/jql', 200, page)).not.toEqual([]);
	});
});
