/**
 * The stand-in against what ServiceNow's documents say of the Table API, since there is no public machine-readable
 * description: https://github.com/ServiceNow/ServiceNowDocs (Table API, Aggregate API, encoded queries).
 */
import { ARTICLES, PEOPLE, TICKETS } from '../../sandbox/tickets/samples';
import {
	DEMO,
	type ServiceNowSandbox,
	type ServiceNowSandboxOptions,
	startServiceNowSandbox,
} from '../../sandbox/tickets/serviceNow';

const servers: ServiceNowSandbox[] = [];
const start = async (options: ServiceNowSandboxOptions = {}) => {
	const server = await startServiceNowSandbox(options);
	servers.push(server);
	return server;
};
let server: ServiceNowSandbox;
beforeAll(async () => {
	server = await start();
});
afterAll(async () => {
	await Promise.all(servers.map(async (one) => await one.close()));
});

const basic = (user: string, password: string) => ({
	authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const LOGIN = basic(DEMO.user, DEMO.password);

async function get(
	path: string,
	parameters: Record<string, string> = {},
	headers: Record<string, string> = LOGIN,
	at: ServiceNowSandbox = server,
) {
	const response = await fetch(`${at.url}${path}?${new URLSearchParams(parameters)}`, { headers });
	const { result, error } = (await response.json()) as {
		result: Array<Record<string, unknown>>;
		error?: { message: string; detail: string | null };
	};
	return { status: response.status, headers: response.headers, result, error };
}

const table = async (
	name: string,
	query: string,
	more: Record<string, string> = {},
	at?: ServiceNowSandbox,
) => await get(`/api/now/table/${name}`, { sysparm_query: query, ...more }, LOGIN, at);

it('holds every sample as incident, case and request item, and every article', async () => {
	for (const name of ['incident', 'sn_customerservice_case', 'sc_req_item']) {
		expect((await table(name, '')).result).toHaveLength(TICKETS.length);
	}
	expect((await table('kb_knowledge', '')).result).toHaveLength(ARTICLES.length);
	expect((await table('sys_user', '')).result).toHaveLength(Object.keys(PEOPLE).length);
	const messages = TICKETS.flatMap((ticket) => ticket.messages.slice(1));
	const journal = await table('sys_journal_field', 'name=incident');
	expect(journal.result).toHaveLength(messages.length);
	const notes = await table('sys_journal_field', 'name=incident^element=work_notes');
	expect(notes.result).toHaveLength(messages.filter((message) => !message.public).length);
});

it('has sys_ids and dates in the form of ServiceNow', async () => {
	for (const { sys_id: id, sys_created_on: date } of (await table('incident', '')).result) {
		expect(id).toMatch(/^[0-9a-f]{32}$/);
		expect(date).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
	}
});

it('shows values as asked for: stored, shown, both', async () => {
	const zoned = await start({ zoneHours: 2 });
	const one = async (mode: string, more = {}) =>
		(
			await table(
				'incident',
				'state=7',
				{
					sysparm_limit: '1',
					sysparm_fields:
						'state,caller_id,caller_id.user_name,sys_created_on,no_such_column,comments',
					sysparm_display_value: mode,
					...more,
				},
				zoned,
			)
		).result[0];
	const stored = await one('false');
	expect(stored).toMatchObject({
		state: '7',
		caller_id: {
			link: expect.stringContaining('/api/now/table/sys_user/'),
			value: expect.any(String),
		},
		comments: '',
	});
	expect(stored).not.toHaveProperty('no_such_column');
	expect(await one('false', { sysparm_exclude_reference_link: 'true' })).toMatchObject({
		caller_id: expect.stringMatching(/^[0-9a-f]{32}$/),
	});
	const shown = await one('true');
	expect(shown.state).toBe('Closed');
	const both = await one('all');
	expect(both).toMatchObject({
		state: { display_value: 'Closed', value: '7' },
		'caller_id.user_name': {
			display_value: stored['caller_id.user_name'],
			value: stored['caller_id.user_name'],
		},
		comments: { value: '' },
	});
	const created = both.sys_created_on as { display_value: string; value: string };
	const hours =
		(Date.parse(`${created.display_value}Z`) - Date.parse(`${created.value}Z`)) / 3_600_000;
	expect(hours).toBe(2);
	expect(shown.comments).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d - .+ \(Additional comments\)\n/);
});

it('understands encoded queries', async () => {
	const numbers = async (query: string) =>
		(await table('incident', query)).result.map(({ number }) => Number(String(number).slice(3)));
	const expected = (keep: (ticket: (typeof TICKETS)[number]) => boolean) =>
		TICKETS.filter(keep).map(({ number }) => number);
	const order = '^ORDERBYnumber';
	expect(await numbers(`stateIN6,7${order}`)).toEqual(
		expected(({ status }) => status === 'solved' || status === 'closed'),
	);
	expect(await numbers(`state=7^priority=1^ORpriority=2${order}`)).toEqual(
		expected(
			({ status, priority }) =>
				status === 'closed' && (priority === 'urgent' || priority === 'high'),
		),
	);
	expect(await numbers(`state=2^NQstate=3${order}`)).toEqual(
		expected(({ status }) => status === 'open' || status === 'pending'),
	);
	expect(await numbers(`short_descriptionLIKEprinter${order}`)).toEqual(
		expected(({ subject }) => subject.toLowerCase().includes('printer')),
	);
	const from = '2025-10-01 00:00:00';
	expect(await numbers(`sys_created_on>=${from}${order}`)).toEqual(
		expected(({ createdAt }) => createdAt >= '2025-10-01'),
	);
	expect(await numbers(`sys_created_on<${from}^ORDERBYDESCnumber`)).toEqual(
		expected(({ createdAt }) => createdAt < '2025-10-01').reverse(),
	);
	expect(await numbers(`caller_id.user_name=grace.nwosu${order}`)).toEqual(
		expected(({ requester }) => requester === 'grace'),
	);
	expect(await numbers('stateISEMPTY^stateISNOTEMPTY')).toEqual([]);
});

it('ignores what it does not understand, so that more comes than was asked for', async () => {
	const all = TICKETS.length;
	for (const query of ['u_typo=1', 'state~~6', 'u_typoISEMPTY^u_typoISNOTEMPTY']) {
		expect((await table('incident', query)).headers.get('x-total-count')).toBe(String(all));
	}
	expect((await table('incident', 'state=7^u_typo=1')).result.length).toBeLessThan(all);
});

it('pages with links and a total, and applies access rules after the limit', async () => {
	const hiding = await start({ isHidden: (_table, number) => /0[1-9]$/.test(number) });
	const page = async (offset: number) =>
		await table(
			'incident',
			'ORDERBYnumber',
			{ sysparm_limit: '5', sysparm_offset: String(offset), sysparm_fields: 'number' },
			hiding,
		);
	const first = await page(0);
	expect(first.result).toEqual([]);
	expect(first.headers.get('x-total-count')).toBe(String(TICKETS.length));
	const link = first.headers.get('link')!;
	expect(link).toMatch(/sysparm_offset=5&[^>]*>;rel="next"/);
	expect(link).toMatch(/rel="first".*rel="last"/);
	expect((await page(5)).result).toEqual([{ number: 'INC0000010' }]);
	const last = await page(TICKETS.length - 1);
	expect(last.headers.get('link')).not.toContain('rel="next"');
});

it('counts', async () => {
	const { result } = await get('/api/now/stats/incident', {
		sysparm_count: 'true',
		sysparm_query: 'state=7',
	});
	const closed = TICKETS.filter(({ status }) => status === 'closed').length;
	expect(result).toEqual({ stats: { count: String(closed) } });
});

it.each([
	['no login', '/api/now/table/incident', {}, 401, 'User Not Authenticated'],
	[
		'a wrong password',
		'/api/now/table/incident',
		basic(DEMO.user, 'x'),
		401,
		'User Not Authenticated',
	],
	['a wrong key', '/api/now/table/incident', { 'x-sn-apikey': 'x' }, 401, 'User Not Authenticated'],
	[
		'no role',
		'/api/now/table/incident',
		basic(DEMO.userWithoutRoles, DEMO.password),
		403,
		'User Not Authorized',
	],
	['an unknown table', '/api/now/table/u_nothing', LOGIN, 400, 'Invalid table u_nothing'],
	['an unknown record', '/api/now/table/incident/0', LOGIN, 404, 'No Record found'],
	['another address', '/api/now/v9', LOGIN, 400, 'Requested URI does not represent any resource'],
])('refuses %s in the words of ServiceNow', async (_what, path, headers, status, message) => {
	const answer = await get(path, {}, headers as Record<string, string>);
	expect(answer.status).toBe(status);
	expect(answer.error?.message).toBe(message);
	expect(answer.headers.get('x-transaction-id')).toBeTruthy();
});

it('gives tokens to those who have a grant, and takes them for a while', async () => {
	let now = Date.UTC(2026, 10, 21);
	const timed = await start({ now: () => now });
	const token = async (form: Record<string, string>) => {
		const body = new URLSearchParams({
			client_id: DEMO.clientId,
			client_secret: DEMO.clientSecret,
			...form,
		});
		const response = await fetch(`${timed.url}/oauth_token.do`, { method: 'POST', body });
		const answer = (await response.json()) as Record<string, unknown>;
		return { ...answer, status: response.status, token: String(answer.access_token) };
	};
	const issued = await token({ grant_type: 'client_credentials' });
	expect(issued).toMatchObject({
		status: 200,
		token_type: 'Bearer',
		expires_in: 1800,
		scope: 'useraccount',
	});
	const bearer = { authorization: `Bearer ${issued.token}` };
	const ask = async () =>
		(await get('/api/now/table/sys_user', { sysparm_limit: '1' }, bearer, timed)).status;
	expect(await ask()).toBe(200);
	now += 1_801_000;
	expect(await ask()).toBe(401);
	const refused: Array<Record<string, string>> = [
		{ grant_type: 'client_credentials', client_secret: 'x' },
		{ grant_type: 'refresh_token', refresh_token: 'x' },
		{ grant_type: 'password' },
	];
	for (const form of refused) {
		expect(await token(form)).toMatchObject({ status: 401, error_description: 'access_denied' });
	}
	const back = await fetch(
		`${timed.url}/oauth_auth.do?response_type=code&state=s1&redirect_uri=${encodeURIComponent('http://127.0.0.1:5678/callback')}`,
		{ redirect: 'manual' },
	);
	expect(back.headers.get('location')).toBe(
		'http://127.0.0.1:5678/callback?code=sandbox-code&state=s1',
	);
});

it('meets faults as told, once', async () => {
	server.addFault({ path: '/incident', status: 429, headers: { 'retry-after': '1' } });
	expect((await table('incident', '')).status).toBe(429);
	expect((await table('incident', '')).status).toBe(200);
	server.addFault({ reset: 'before' });
	await expect(table('incident', '')).rejects.toThrow();
	server.addFault({ reset: 'after' });
	await expect(table('incident', '')).rejects.toThrow();
	expect((await table('incident', '')).status).toBe(200);
});
