/**
 * The stand-in of Salesforce against the documented behaviour. Salesforce publishes no specification of its REST API
 * (each organization makes its own), so the shapes below are those of the REST API Developer Guide and the SOQL and
 * SOSL Reference. The OAuth2 client is n8n's own.
 */
import { createHash, randomBytes } from 'node:crypto';
import { ClientOAuth2 } from '@n8n/client-oauth2';

import { SalesforceClient } from '../../lib/tickets/salesforce/client';
import { TICKETS } from '../../sandbox/tickets/samples';
import {
	DEMO_CLIENT,
	type SalesforceSandbox,
	startSalesforceSandbox,
} from '../../sandbox/tickets/salesforce';

let sandbox: SalesforceSandbox;
let session: string;
let clock = Date.UTC(2026, 10, 21);

beforeAll(async () => {
	sandbox = await startSalesforceSandbox({ pageSize: 5, subqueryPageSize: 1, now: () => clock });
	session = sandbox.sessions.newSession();
});
afterAll(async () => await sandbox.close());

async function get(path: string, authorization = `Bearer ${session}`) {
	const response = await fetch(`${sandbox.url}${path}`, { headers: { authorization } });
	const text = await response.text();
	return { status: response.status, headers: response.headers, body: JSON.parse(text) };
}

const query = async (soql: string) =>
	await get(`/services/data/v66.0/query?q=${encodeURIComponent(soql)}`);

describe('query', () => {
	it('answers pages with attributes, references and relationships', async () => {
		const { status, headers, body } = await query(
			'SELECT Id, Contact.Name, ClosedDate, (SELECT Id, IsPublished FROM CaseComments), (SELECT Name FROM Attachments) FROM Case ORDER BY CreatedDate, Id',
		);
		expect(status).toBe(200);
		expect(headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/15000$/);
		expect(body).toMatchObject({
			totalSize: TICKETS.length,
			done: false,
			nextRecordsUrl: expect.stringMatching(/^\/services\/data\/v66\.0\/query\/01g\w{15}-5$/),
		});
		expect(body.records).toHaveLength(5);
		expect(body.records[0]).toEqual({
			attributes: {
				type: 'Case',
				url: `/services/data/v66.0/sobjects/Case/${body.records[0].Id}`,
			},
			Id: expect.stringMatching(/^500\w{15}$/),
			Contact: {
				attributes: expect.objectContaining({ type: 'Contact' }),
				Name: expect.any(String),
			},
			ClosedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/),
			CaseComments: {
				totalSize: 2,
				done: false,
				nextRecordsUrl: expect.stringMatching(/-1$/),
				records: [expect.objectContaining({ IsPublished: true })],
			},
			Attachments: null,
		});
	});

	it('counts', async () => {
		const { body } = await query('SELECT COUNT() FROM Case WHERE IsClosed = true');
		const closed = TICKETS.filter(({ status }) => status === 'solved' || status === 'closed');
		expect(body).toEqual({ totalSize: closed.length, done: true, records: [] });
	});

	it.each([
		["Subject LIKE '%PRINTER%'", /printer/i],
		["NOT Subject LIKE '%printer%'", /^((?!printer).)*$/is],
		["(Origin = 'Web' OR Origin = 'Email') AND Subject LIKE 'lost%'", /^lost/i],
	])('compares texts without regard to case: %s', async (where, expected) => {
		const { body } = await query(`SELECT Subject FROM Case WHERE ${where} LIMIT 5`);
		expect(body.records.length).toBeGreaterThan(0);
		for (const { Subject } of body.records) expect(Subject).toMatch(expected);
	});

	it.each([
		['SELECT Id FROM Case WHERE Origin = "Web"', 'MALFORMED_QUERY'],
		["SELECT Id FROM Case WHERE Origin = 'Web", 'MALFORMED_QUERY'],
		["SELECT Id FROM Case WHERE Origin = 'a' AND Origin = 'b' OR Origin = 'c'", 'MALFORMED_QUERY'],
		['SELECT Id FROM Case WHERE', 'MALFORMED_QUERY'],
		['SELECT FROM Case', 'MALFORMED_QUERY'],
		["SELECT Id FROM Case WHERE Origin = '\\q'", 'MALFORMED_QUERY'],
		['SELECT Bogus FROM Case', 'INVALID_FIELD'],
		['SELECT Bogus.Name FROM Case', 'INVALID_FIELD'],
		["SELECT Id FROM Case WHERE CreatedDate > '2026-01-01'", 'INVALID_FIELD'],
		["SELECT Id FROM Case WHERE Description = 'x'", 'INVALID_FIELD'],
		["SELECT Id FROM EmailMessage WHERE TextBody LIKE '%x%'", 'INVALID_FIELD'],
		['SELECT Id FROM Ticket', 'INVALID_TYPE'],
		['SELECT (SELECT Id FROM Comments) FROM Case', 'INVALID_TYPE'],
		['SELECT Comments__c FROM Case', 'INVALID_FIELD'],
		['SELECT IsSolution FROM Case', 'INVALID_FIELD'],
	])('refuses %s', async (soql, errorCode) => {
		const { status, body } = await query(soql);
		expect(status).toBe(400);
		expect(body).toEqual([{ errorCode, message: expect.any(String) }]);
	});

	it('ends locators that nobody uses', async () => {
		const { body } = await query('SELECT Id FROM Case');
		const second = await get(body.nextRecordsUrl);
		expect(second.status).toBe(200);
		clock += 16 * 60_000;
		const late = await get(second.body.nextRecordsUrl);
		expect([late.status, late.body[0].errorCode]).toEqual([400, 'INVALID_QUERY_LOCATOR']);
	});

	it('gives every record once, by locators and by key alike', async () => {
		const transport = async <T>({ path, query: search }: { path: string; query?: object }) => {
			const { q } = (search ?? {}) as { q?: string };
			const { status, body } = await get(q ? `${path}?q=${encodeURIComponent(q)}` : path);
			return { status, headers: {}, data: body as T };
		};
		const settings = { transport, baseUrl: sandbox.url, apiVersion: 'v66.0', limitShare: 100 };
		const client = new SalesforceClient(settings);
		const all = await client.queryAll<{ Id: string }>(
			'SELECT Id FROM Case ORDER BY CreatedDate, Id',
		);
		expect(new Set(all.map(({ Id }) => Id)).size).toBe(TICKETS.length);
		const mails = await client.queryAll<{ Status: string }>('SELECT Status FROM EmailMessage');
		expect(new Set(mails.map(({ Status }) => Status))).toEqual(new Set(['1', '3', '5']));
	});
});

it('describes what it has', async () => {
	const { body } = await get('/services/data/v66.0/sobjects/Case/describe');
	expect(body.fields).toContainEqual(
		expect.objectContaining({
			name: 'ContactId',
			relationshipName: 'Contact',
			referenceTo: ['Contact'],
		}),
	);
	expect(body.childRelationships).toContainEqual({
		relationshipName: 'CaseComments',
		childSObject: 'CaseComment',
		field: 'ParentId',
	});
	expect(body.recordTypeInfos[0]).toMatchObject({ developerName: 'Master', master: true });
	const { body: row } = await get('/services/data/v66.0/sobjects/Case/5005e0000000001AAA');
	expect(row).toMatchObject({ Id: '5005e0000000001AAA', CaseNumber: '00001001' });
});

it.each([
	'/services/data/v10.0/query?q=x',
	'/services/data/v66.0/sobjects/Nothing/describe',
	'/nothing',
])('has nothing at %s', async (path) => {
	const { status, body } = await get(path);
	expect([status, body[0].errorCode]).toEqual([404, 'NOT_FOUND']);
});

it('refuses sessions that it does not know', async () => {
	const { status, body } = await get('/services/data/v66.0/query?q=x', 'Bearer 00Dx!nobody');
	expect([status, body]).toEqual([
		401,
		[{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
	]);
});

it('keeps comments within 4,000 bytes', () => {
	for (const { CommentBody } of sandbox.tables.get('CaseComment')!) {
		expect(Buffer.byteLength(String(CommentBody))).toBeLessThanOrEqual(4_000);
	}
});

describe("sign-in with n8n's own OAuth2 client", () => {
	const redirectUri = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
	const client = (clientSecret = DEMO_CLIENT.secret) =>
		new ClientOAuth2({
			clientId: DEMO_CLIENT.id,
			clientSecret,
			accessTokenUri: `${sandbox.url}/services/oauth2/token`,
			authorizationUri: `${sandbox.url}/services/oauth2/authorize`,
			redirectUri,
			scopes: ['api', 'refresh_token'],
			authentication: 'body',
		});
	const userinfo = async (token: string) =>
		await fetch(`${sandbox.url}/services/oauth2/userinfo`, {
			headers: { authorization: `Bearer ${token}` },
		});

	async function signIn(verifier: string, sentVerifier = verifier) {
		const challenge = createHash('sha256').update(verifier).digest('base64url');
		const query = { code_challenge: challenge, code_challenge_method: 'S256' };
		const page = await fetch(client().code.getUri({ query, state: 'st' }), { redirect: 'manual' });
		const back = page.headers.get('location') ?? '';
		expect(back).toMatch(/^http:\/\/127\.0\.0\.1:5678\/rest\/oauth2-credential\/callback\?code=/);
		return await client().code.getToken(back, { body: { code_verifier: sentVerifier } });
	}

	it('gives tokens with the address of the instance, and new ones for old', async () => {
		const token = await signIn(randomBytes(32).toString('base64url'));
		expect(token.data).toMatchObject({ instance_url: sandbox.url, token_type: 'Bearer' });
		expect(token.data.expires_in).toBeUndefined();
		expect((await userinfo(token.accessToken)).status).toBe(200);
		sandbox.sessions.expire();
		session = sandbox.sessions.newSession();
		expect((await userinfo(token.accessToken)).status).toBe(403);
		const renewed = await token.refresh();
		expect(renewed.accessToken).not.toBe(token.accessToken);
		expect((await userinfo(renewed.accessToken)).status).toBe(200);
	});

	it('checks the verifier of PKCE', async () => {
		await expect(signIn('a'.repeat(43), 'b'.repeat(43))).rejects.toMatchObject({
			body: { error: 'invalid_grant' },
		});
	});

	it('gives client credentials a session, unless they ask for refresh_token alone', async () => {
		const token = await client().credentials.getToken();
		expect((await userinfo(token.accessToken)).status).toBe(200);
		await expect(client('wrong').credentials.getToken()).rejects.toMatchObject({
			body: { error: 'invalid_client' },
		});
	});
});
