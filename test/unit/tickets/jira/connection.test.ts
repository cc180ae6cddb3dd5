import {
	apiBaseOf,
	cloudIdOf,
	jiraConnection,
	secretsOf,
} from '../../../../lib/tickets/jira/connection';
import { jiraErrors } from '../../../../lib/tickets/jira/errors';
import { judgeMyself } from '../../../../lib/tickets/jira/identity';

const CLOUD_ID = '1f2e3d4c-5b6a-7988-a7b6-c5d4e3f2a1b0';
const CLOUD = { siteUrl: 'acme.atlassian.net', email: 'a@b.example', apiToken: 'tok-1' };
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('jiraConnection', () => {
	it('sends a classic token with the e-mail address to the site', () => {
		const connection = jiraConnection(CLOUD);
		expect(connection).toMatchObject({
			deployment: 'cloud',
			siteUrl: 'https://acme.atlassian.net',
			headers: { Authorization: basic('a@b.example:tok-1') },
		});
		expect(apiBaseOf(connection)).toBe('https://acme.atlassian.net');
	});

	it('takes the site from whatever page was copied', () => {
		const siteUrl = 'https://acme.atlassian.net/jira/servicedesk/projects/IT/queues?x=1#y';
		expect(jiraConnection({ ...CLOUD, siteUrl }).siteUrl).toBe('https://acme.atlassian.net');
	});

	it('sends a token with scopes to the gateway', () => {
		const scoped = jiraConnection({ ...CLOUD, accessKind: 'scoped', cloudId: CLOUD_ID });
		expect(apiBaseOf(scoped)).toBe(`https://api.atlassian.com/ex/jira/${CLOUD_ID}`);
		expect(scoped.headers.Authorization).toBe(basic('a@b.example:tok-1'));
		const service = jiraConnection({ ...CLOUD, email: ' ', accessKind: 'scoped' });
		expect(service.headers.Authorization).toBe('Bearer tok-1');
		expect(apiBaseOf(service, CLOUD_ID)).toContain(CLOUD_ID);
		expect(() => apiBaseOf(service)).toThrow("'Cloud ID'");
	});

	it('has the gateway at a stand-in itself', () => {
		const local = { ...CLOUD, siteUrl: 'http://127.0.0.1:9', accessKind: 'scoped' };
		expect(apiBaseOf(jiraConnection(local), CLOUD_ID)).toBe(
			`http://127.0.0.1:9/ex/jira/${CLOUD_ID}`,
		);
	});

	it('knows the logins of Data Center, and its context path', () => {
		const site = { deployment: 'dataCenter', siteUrl: 'https://tools.acme.com/jira/' };
		const token = jiraConnection({ ...site, personalAccessToken: 'pat', ignoreSslIssues: true });
		expect(token).toMatchObject({
			siteUrl: 'https://tools.acme.com/jira',
			headers: { Authorization: 'Bearer pat' },
			ignoreSslIssues: true,
		});
		const user = { authentication: 'basic', username: 'u', password: 'p:w' };
		expect(jiraConnection({ ...site, ...user }).headers.Authorization).toBe(basic('u:p:w'));
	});

	it.each([
		['no site', { ...CLOUD, siteUrl: '' }, "'Site URL' is empty"],
		['http', { ...CLOUD, siteUrl: 'http://acme.atlassian.net' }, 'https://'],
		['no token', { ...CLOUD, apiToken: '' }, "'API Token' is empty"],
		['no e-mail', { ...CLOUD, email: '' }, "'E-Mail' is empty"],
		['a header in the token', { ...CLOUD, apiToken: 'a\r\nx: y' }, 'line break'],
		[
			'a path as cloud id',
			{ ...CLOUD, accessKind: 'scoped', cloudId: '../../x/y/z/1' },
			"'Cloud ID'",
		],
		['no PAT', { deployment: 'dataCenter', siteUrl: 'https://j.example' }, 'Personal Access'],
	])('refuses %s', (_what, fields, message) => {
		expect(() => jiraConnection(fields)).toThrow(message);
	});

	it('names every secret', () => {
		expect(secretsOf({ ...CLOUD, password: 'pw', username: 'u' })).toEqual([
			'tok-1',
			'pw',
			'a@b.example:tok-1',
			'u:pw',
		]);
	});

	it('takes a cloud id from the site only in its own shape', () => {
		expect(cloudIdOf({ cloudId: CLOUD_ID })).toBe(CLOUD_ID);
		expect(cloudIdOf({ cloudId: '../../evil' })).toBeUndefined();
		expect(cloudIdOf(null)).toBeUndefined();
	});
});

it.each([
	[{ accountId: 'a', displayName: 'Priya' }, 'Priya'],
	[{ name: 'priya' }, 'priya'],
])('knows whose login it is: %j', (body, name) => {
	expect(judgeMyself(body)).toBe(name);
});

it.each([[null], [{}], ['text'], [{ accountId: 'a', active: false }]])(
	'takes %j for no login',
	(body) => {
		expect(judgeMyself(body)).toHaveProperty('details.explanation.description');
	},
);

describe('jiraErrors', () => {
	const target = { method: 'GET' as const, path: '/x', baseUrl: 'https://acme.atlassian.net' };
	const error = (
		status: number,
		body: unknown = {},
		headers: Record<string, string> = {},
		access = { deployment: 'cloud' as 'cloud' | 'dataCenter', scoped: false },
	) => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return jiraErrors(access)(target, { status, headers, body: text }, 1_000);
	};
	const DC = { deployment: 'dataCenter' as const, scoped: false };

	it('says what Jira says', () => {
		const body = {
			errorMessages: ["The value 'X' does not exist for the field 'project'."],
			errors: { fields: 'wrong' },
		};
		const { message, details } = error(400, body, { 'atl-traceid': 'trace-1' });
		expect(message).toBe("The value 'X' does not exist for the field 'project'. fields: wrong");
		expect(details.requestId).toBe('trace-1');
		expect(details.explanation?.message).toContain('does not understand the query');
	});

	it.each([
		['a dead token', error(401), /may have expired/],
		['a scoped one', error(401, {}, {}, { deployment: 'cloud', scoped: true }), /read:jira-work/],
		['a dead PAT', error(401, {}, {}, DC), /personal access token may have expired/],
		[
			'a CAPTCHA',
			error(403, '', { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; x' }, DC),
			/Log in to Jira in a browser/,
		],
		['no permission', error(403), /browse the project/],
		['a missing issue', error(404), /Check the key of the ticket/],
		['the old search on Cloud', error(410, {}, {}, DC), /Choose Cloud as 'Deployment'/],
		['the old search behind a proxy', error(410), /search\/jql/],
		['a web page', error(200, '<html>', { 'content-type': 'text/html' }), /Check 'Site URL'/],
		['an outage', error(503), /tried again several times/],
	])('tells what to do about %s', (_what, { details }, description) => {
		expect(details.explanation?.description).toMatch(description);
	});

	it('names the limit that was met, and waits until its end', () => {
		const limited = error(
			429,
			{},
			{
				'ratelimit-reason': 'jira-burst-based',
				'x-ratelimit-reset': '1970-01-01T00:00:05Z',
			},
		);
		expect(limited.details.explanation?.message).toContain('(jira-burst-based)');
		expect(limited.details.retryAfterMs).toBe(4_000);
		expect(error(429, {}, { 'retry-after': '7' }).details.retryAfterMs).toBe(7_000);
	});

	it('does not try a search beyond the window again', () => {
		const body = { errorMessages: ['Search limit exceeded. … platform limit of 10,000'] };
		const { details } = error(500, body, {}, DC);
		expect(details.shouldRetry).toBe(false);
		expect(details.explanation?.description).toContain('10,000 tickets');
	});
});
