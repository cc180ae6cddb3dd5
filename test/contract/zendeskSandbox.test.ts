/**
 * Zendesk publishes no document that may lie here, so the stand-in is held to what its pages say:
 * https://developer.zendesk.com/api-reference/ticketing/introduction/
 */
import { SearchReader } from '../../lib/tickets/zendesk/searchReader';
import {
	startZendeskSandbox,
	ZENDESK_DEMO,
	type ZendeskSandbox,
	type ZendeskSandboxOptions,
} from '../../sandbox/tickets/zendesk';
import { TICKETS } from '../../sandbox/tickets/samples';

interface Answer {
	status: number;
	headers: Headers;
	body: Record<string, unknown>;
}

const HOUR = 3_600_000;
let sandbox: ZendeskSandbox;
let now = Date.parse('2026-11-21T09:00:00Z');

async function begin(options: ZendeskSandboxOptions = {}): Promise<void> {
	sandbox = await startZendeskSandbox({ now: () => now, ...options });
}

afterEach(async () => await sandbox.close());

async function ask(path: string, headers: Record<string, string> = admin()): Promise<Answer> {
	const response = await fetch(`${sandbox.url}/api/v2/${path}`, { headers });
	const body = (await response.json()) as Record<string, unknown>;
	return { status: response.status, headers: response.headers, body };
}

function admin(): Record<string, string> {
	return basic(ZENDESK_DEMO.adminEmail);
}

function basic(email: string, token = ZENDESK_DEMO.apiToken): Record<string, string> {
	const pair = Buffer.from(`${email}/token:${token}`).toString('base64');
	return { Authorization: `Basic ${pair}` };
}

async function tokens(body: Record<string, string>): Promise<Answer> {
	const { clientId: client_id, clientSecret: client_secret } = ZENDESK_DEMO;
	const response = await fetch(`${sandbox.url}/oauth/tokens`, {
		method: 'POST',
		body: new URLSearchParams({ client_id, client_secret, ...body }),
	});
	const answer = (await response.json()) as Record<string, unknown>;
	return { status: response.status, headers: response.headers, body: answer };
}

const bearer = (token: unknown) => ({ Authorization: `Bearer ${String(token)}` });

describe('Who asks', () => {
	it('may be an administrator, an agent, an end user or nobody', async () => {
		await begin();
		const roleOf = async (headers: Record<string, string>) => {
			const { user } = (await ask('users/me.json', headers)).body as {
				user: { id: number | null; role: string };
			};
			return [user.id === null, user.role];
		};
		expect(await roleOf(admin())).toEqual([false, 'admin']);
		expect(await roleOf(basic(ZENDESK_DEMO.agentEmail))).toEqual([false, 'agent']);
		const endUser = basic('mira.kowalski@alderbrook.example');
		expect(await roleOf(endUser)).toEqual([false, 'end-user']);
		expect(await roleOf({})).toEqual([true, 'end-user']);
		expect((await ask('users/me.json', basic(ZENDESK_DEMO.adminEmail, 'x'))).status).toBe(401);
		expect((await ask('users/me.json', bearer('x'))).body.error).toBe('invalid_token');
		expect((await ask('tickets/1.json', endUser)).status).toBe(403);
		expect((await ask('tickets/1.json', {})).status).toBe(401);
		const agent = basic(ZENDESK_DEMO.agentEmail);
		const exported = await ask('incremental/tickets/cursor.json?start_time=1', agent);
		expect(exported.status).toBe(403);
	});
});

describe('OAuth', () => {
	const redirect = 'http://localhost:5678/rest/oauth2-credential/callback';

	async function consent(): Promise<URL> {
		const query = new URLSearchParams({
			response_type: 'code',
			client_id: ZENDESK_DEMO.clientId,
			redirect_uri: redirect,
			scope: 'read',
			state: 'a"b',
		});
		const page = await fetch(`${sandbox.url}/oauth/authorizations/new?${query}`);
		const html = await page.text();
		expect(html).toContain('Allow n8n to read your tickets?');
		const fields = [...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
			([, name, value]) => [name, value.replace(/&quot;/g, '"')] as [string, string],
		);
		const allowed = await fetch(`${sandbox.url}/oauth/authorizations/new`, {
			method: 'POST',
			body: new URLSearchParams(fields),
			redirect: 'manual',
		});
		expect(allowed.status).toBe(302);
		return new URL(allowed.headers.get('location')!);
	}

	it('goes from consent over a code to tokens, and from refresh token to new ones', async () => {
		await begin();
		const target = await consent();
		expect(target.origin + target.pathname).toBe(redirect);
		expect(target.searchParams.get('state')).toBe('a"b');
		const code = target.searchParams.get('code')!;
		const exchange = { grant_type: 'authorization_code', code, redirect_uri: redirect };
		const first = await tokens(exchange);
		expect(first.body).toMatchObject({ token_type: 'bearer', scope: 'read' });
		// As long as nobody asks for a time.
		expect(first.body).not.toHaveProperty('expires_in');
		expect((await tokens(exchange)).body.error).toBe('invalid_grant');
		expect((await ask('tickets/1.json', bearer(first.body.access_token))).status).toBe(200);

		const refresh = {
			grant_type: 'refresh_token',
			refresh_token: String(first.body.refresh_token),
		};
		const second = await tokens(refresh);
		expect((await ask('tickets/1.json', bearer(first.body.access_token))).status).toBe(401);
		expect((await ask('tickets/1.json', bearer(second.body.access_token))).status).toBe(200);
		expect((await tokens(refresh)).body.error).toBe('invalid_grant');
	});

	it('lets a code live for two minutes', async () => {
		await begin();
		const code = (await consent()).searchParams.get('code')!;
		now += 121_000;
		const late = await tokens({ grant_type: 'authorization_code', code, redirect_uri: redirect });
		expect([late.status, late.body.error]).toEqual([400, 'invalid_grant']);
	});

	it('gives client credentials a token without refresh token, for as long as asked', async () => {
		await begin();
		const { body } = await tokens({ grant_type: 'client_credentials', expires_in: '600' });
		expect(body).toMatchObject({ expires_in: 600 });
		expect(body).not.toHaveProperty('refresh_token');
		expect((await ask('tickets/1.json', bearer(body.access_token))).status).toBe(200);
		now += 601_000;
		expect((await ask('tickets/1.json', bearer(body.access_token))).status).toBe(401);
		const wrong = { grant_type: 'client_credentials', client_secret: 'x' };
		expect((await tokens(wrong)).body.error).toBe('invalid_client');
		expect((await tokens({ grant_type: 'password' })).body.error).toBe('unsupported_grant_type');
	});
});

describe('Exports', () => {
	const EXPORT = 'search/export.json?filter[type]=ticket';

	it('hand out at most 1,000 search results and 100 comments a page', async () => {
		await begin();
		expect((await ask(`${EXPORT}&query=status:solved&page[size]=1000`)).status).toBe(200);
		for (const path of [
			`${EXPORT}&query=x&page[size]=1001`,
			'tickets/1/comments.json?page[size]=101',
		]) {
			const { status, body } = await ask(path);
			expect([status, body.errors]).toEqual([
				400,
				[expect.objectContaining({ code: 'InvalidPaginationParameter' })],
			]);
		}
	});

	it('want the type beside the query, not in it', async () => {
		await begin();
		expect((await ask(`${EXPORT}&query=type:ticket`)).status).toBe(422);
		expect((await ask('search/export.json?query=vpn')).status).toBe(422);
	});

	it('come by date of creation, with a cursor that lives for an hour', async () => {
		await begin({ pageSize: 7 });
		const first = await ask(`${EXPORT}&query=created>=2000-01-01`);
		const { results, meta, links } = first.body as {
			results: Array<{ created_at: string; result_type: string }>;
			meta: { after_cursor: string; has_more: boolean };
			links: { next: string };
		};
		const dates = results.map(({ created_at: at }) => at);
		expect(dates).toEqual([...dates].sort().reverse());
		expect(results[0].result_type).toBe('ticket');
		expect(meta.has_more).toBe(true);
		expect(new URL(links.next).searchParams.get('page[after]')).toBe(meta.after_cursor);
		const next = `${EXPORT}&query=created>=2000-01-01&page[after]=${encodeURIComponent(meta.after_cursor)}`;
		expect((await ask(next)).status).toBe(200);
		now += HOUR + 1_000;
		expect((await ask(next)).status).toBe(422);
	});

	it('leave out the last minute, and refuse to begin within it', async () => {
		const solved = { ...TICKETS[0], number: 900, messages: TICKETS[0].messages.slice(0, 1) };
		const at = new Date(now - 30_000).toISOString();
		const tickets = [{ ...solved, createdAt: at, resolvedAt: at }];
		await begin({ tickets });
		const path = 'incremental/tickets/cursor.json?start_time=1';
		expect((await ask(path)).body).toMatchObject({ tickets: [], end_of_stream: true });
		now += 60_000;
		const later = (await ask(path)).body as { tickets: unknown[]; after_cursor: string };
		expect(later.tickets).toHaveLength(1);
		const again = `incremental/tickets/cursor.json?cursor=${encodeURIComponent(later.after_cursor)}`;
		now += 48 * HOUR;
		expect((await ask(again)).body).toMatchObject({ tickets: [], end_of_stream: true });
		const tooRecent = await ask(
			`incremental/tickets/cursor.json?start_time=${Math.floor(now / 1_000)}`,
		);
		expect([tooRecent.status, tooRecent.body.error]).toEqual([422, 'StartTimeTooRecent']);
	});

	it('show comments among the events on request only, and the border of a page twice', async () => {
		await begin({ pageSize: 10 });
		type Events = {
			ticket_events: Array<{ id: number; child_events: object[] }>;
			end_time: number;
		};
		const path = 'incremental/ticket_events.json?start_time=';
		const bare = (await ask(`${path}1`)).body as unknown as Events;
		expect(JSON.stringify(bare)).not.toContain('html_body');
		const first = (await ask(`${path}1&include=comment_events`)).body as unknown as Events;
		expect(JSON.stringify(first)).toContain('html_body');
		const next = (await ask(`${path}${first.end_time}&include=comment_events`))
			.body as unknown as Events;
		const before = first.ticket_events.map(({ id }) => id);
		expect(before).toContain(next.ticket_events[0].id);
		expect(before).not.toContain(next.ticket_events.at(-1)!.id);
	});

	it('may be asked ten times a minute', async () => {
		await begin();
		const path = 'incremental/tickets/cursor.json?start_time=1';
		for (let count = 0; count < 10; count++) expect((await ask(path)).status).toBe(200);
		const refused = await ask(path);
		expect(refused.status).toBe(429);
		const wait = Number(refused.headers.get('retry-after'));
		expect(wait).toBeGreaterThan(0);
		expect((await ask('tickets/1.json')).headers.get('x-rate-limit')).toBe('400');
		now += wait * 1_000;
		expect((await ask(path)).status).toBe(200);
	});
});

describe('Faults', () => {
	it('come as asked for', async () => {
		await begin();
		sandbox.addFault({ path: 'tickets/1', status: 503, body: { error: 'busy' } });
		expect((await ask('tickets/1.json')).status).toBe(503);
		sandbox.addFault({ path: 'tickets/1', reset: 'before' });
		await expect(ask('tickets/1.json')).rejects.toThrow('fetch failed');
		expect((await ask('tickets/1.json')).status).toBe(200);
	});

	it('do not let a page of the Internet in', async () => {
		await begin();
		const foreign = { ...admin(), origin: 'https://evil.example' };
		expect((await ask('tickets/1.json', foreign)).status).toBe(403);
	});
});

it('can be read by what reads Zendesk', async () => {
	await begin({ pageSize: 8 });
	const transport = async <T>({ path, query = {} }: { path: string; query?: object }) => {
		const url = new URL(path, sandbox.url);
		for (const [name, value] of Object.entries(query)) {
			if (value !== undefined) url.searchParams.set(name, String(value));
		}
		const response = await fetch(url, { headers: admin() });
		return { status: response.status, headers: {}, data: (await response.json()) as T };
	};
	const reader = new SearchReader({
		transport,
		surroundings: { sleep: async () => {}, now: () => now },
		site: sandbox.url,
		filters: { tags: [], statuses: [] },
		comments: 'perTicket',
		concurrency: 2,
		includeInternalNotes: true,
		includeRaw: false,
		stripQuotes: false,
	});
	const { tickets, next } = await reader.readPage(undefined);
	expect(tickets).toHaveLength(8);
	expect(next).toMatchObject({ cursor: expect.any(String), edge: { ids: expect.any(Array) } });
});
