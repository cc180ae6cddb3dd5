import { ZendeskTicketsOAuth2Api } from '../../../../credentials/ZendeskTicketsOAuth2Api.credentials';
import { ApiError } from '../../../../lib/http/errors';
import type { ApiRequest, Transport } from '../../../../lib/http/types';
import {
	apiTokenHeaders,
	zendeskSecrets,
	zendeskSite,
} from '../../../../lib/tickets/zendesk/connection';
import { zendeskError } from '../../../../lib/tickets/zendesk/errors';
import { CommentEvents } from '../../../../lib/tickets/zendesk/events';
import type { TicketEventsAnswer } from '../../../../lib/tickets/zendesk/types';
import { ZendeskUsers } from '../../../../lib/tickets/zendesk/users';

/** Answers in turn, and keeps what was asked. */
function scripted(answers: unknown[]): { transport: Transport; asked: ApiRequest[] } {
	const asked: ApiRequest[] = [];
	const transport = (async (request: ApiRequest) => {
		asked.push(request);
		return { status: 200, headers: {}, data: answers[asked.length - 1] };
	}) as Transport;
	return { transport, asked };
}

describe('The site', () => {
	it.each([
		['acme', 'https://acme.zendesk.com'],
		[' Acme-2 ', 'https://acme-2.zendesk.com'],
		['acme.zendesk.com', 'https://acme.zendesk.com'],
		['https://acme.zendesk.com/agent/', 'https://acme.zendesk.com'],
		['https://help.acme.example', 'https://help.acme.example'],
		['http://127.0.0.1:8790/', 'http://127.0.0.1:8790'],
	])('%j is %s, for requests and for signing in alike', (subdomain, site) => {
		expect(zendeskSite({ subdomain })).toBe(site);
		expect(signInUrl('authUrl', subdomain)).toBe(`${site}/oauth/authorizations/new`.toLowerCase());
		expect(signInUrl('accessTokenUrl', subdomain)).toBe(`${site}/oauth/tokens`);
	});

	it.each(['', 'http://acme.zendesk.com', 'https://user:pass@acme.zendesk.com', 'ftp://acme'])(
		'%j is refused',
		(subdomain) => {
			expect(() => zendeskSite({ subdomain })).toThrow("'Subdomain'");
		},
	);

	it('never gets a client secret in clear', () => {
		expect(signInUrl('accessTokenUrl', 'http://acme.zendesk.com')).toBe(
			'https://acme.zendesk.com/oauth/tokens',
		);
		expect(signInUrl('accessTokenUrl', 'http://127.0.0.1.evil.example/x')).toBe(
			'https://127.0.0.1.evil.example/oauth/tokens',
		);
	});
});

/** What n8n makes of the expression in the credential. */
function signInUrl(name: string, subdomain: string): string {
	const { properties } = new ZendeskTicketsOAuth2Api();
	const value = String(properties.find((property) => property.name === name)?.default);
	const expression = /^=\{\{(.*)\}\}$/.exec(value)![1];
	const evaluate = new Function('$self', `return ${expression}`) as (self: object) => string;
	return evaluate({ subdomain }).replace('Acme-2', 'acme-2');
}

describe('The API token', () => {
	it('is sent with the address as Zendesk wants it', () => {
		const wanted = `Basic ${Buffer.from('a@b.example/token:abc123').toString('base64')}`;
		for (const email of ['a@b.example', ' a@b.example/token ']) {
			expect(apiTokenHeaders({ email, apiToken: ' abc123 ' })).toEqual({ Authorization: wanted });
		}
	});

	it('and all else that is secret is known to the scrubber', () => {
		const oauthTokenData = { access_token: 'access-1', refresh_token: 'refresh-1' };
		expect(
			zendeskSecrets({ email: 'a@b.example', apiToken: 'abc', clientSecret: 's', oauthTokenData }),
		).toEqual(['abc', 's', 'a@b.example/token:abc', 'access-1', 'refresh-1']);
	});
});

describe('Refusals', () => {
	const target = {
		method: 'GET',
		path: '/api/v2/x.json',
		baseUrl: 'https://acme.zendesk.com',
	} as const;
	const refusal = (status: number, body: unknown, headers: Record<string, string> = {}) =>
		zendeskError(target, { status, headers, body: JSON.stringify(body) }, 0);

	it.each([
		[{ error: 'RecordNotFound', description: 'Not found' }, 'Not found'],
		[{ error: { title: 'Forbidden', message: 'No access' } }, 'No access'],
		[{ errors: [{ code: 'X', title: 'Bad', detail: 'page[size]' }] }, 'page[size]'],
		[{ error: 'invalid_token', error_description: 'It ended' }, 'It ended'],
		[{ error: "Couldn't authenticate you" }, "Couldn't authenticate you"],
		[{ errors: [null] }, 'Zendesk answered 400'],
		[null, 'Zendesk answered 400'],
		[{ error: 5 }, 'Zendesk answered 400'],
	])('%j says %j', (body, message) => {
		expect(refusal(400, body).message).toBe(message);
	});

	it('know how long to wait from either kind of header', () => {
		expect(refusal(429, {}, { 'retry-after': '12' }).details.retryAfterMs).toBe(12_000);
		const newer = { 'ratelimit-remaining': '0', 'ratelimit-reset': '7' };
		expect(refusal(429, {}, newer).details.retryAfterMs).toBe(7_000);
		expect(refusal(429, {}).details.retryAfterMs).toBeUndefined();
	});
});

describe('ZendeskUsers', () => {
	it('asks for a hundred at a time, and for nobody twice', async () => {
		const ids = Array.from({ length: 130 }, (_, index) => index + 1);
		const user = (id: number) => ({ id, name: `Person ${id}` });
		const { transport, asked } = scripted([
			{ users: ids.slice(1, 100).map(user) },
			{ users: ids.slice(100).map(user) },
		]);
		const users = new ZendeskUsers(transport);
		users.add([user(130)]);
		const found = await users.get([...ids, -1, null, undefined, 5]);
		expect(found.size).toBe(129);
		expect(asked.map(({ query }) => String(query?.ids).split(',').length)).toEqual([100, 29]);
		await users.get([1, 2]);
		expect(asked).toHaveLength(2);
	});
});

describe('CommentEvents', () => {
	const NOW = 2_000_000_000_000;
	const comment = (id: number, body = `c${id}`) => ({
		id,
		event_type: 'Comment',
		html_body: body,
		public: true,
	});
	const event = (ticket: number, timestamp: number, ...children: object[]) => ({
		ticket_id: ticket,
		timestamp,
		child_events: children as never,
	});
	const page = (end: number | null, events: object[], more = true): TicketEventsAnswer => ({
		ticket_events: events as never,
		end_time: end,
		end_of_stream: !more,
		next_page: `https://evil.example/?start_time=${end}`,
	});
	const ticket = (id: number, created: number, updated: number) => ({
		id,
		created_at: new Date(created * 1_000).toISOString(),
		updated_at: new Date(updated * 1_000).toISOString(),
	});
	const commentIds = (events: CommentEvents, of: ReturnType<typeof ticket>) =>
		events.of(of)?.map(({ id }) => id);

	it('joins pages whose borders overlap', async () => {
		const { transport, asked } = scripted([
			page(20, [event(1, 10, comment(1)), event(1, 20, comment(2))]),
			page(30, [event(1, 20, comment(2)), event(2, 30, comment(3))], false),
		]);
		const events = await CommentEvents.read(transport, 5, NOW);
		expect(asked.map(({ query }) => query?.start_time)).toEqual([5, 20]);
		expect(asked.every(({ path }) => path === '/api/v2/incremental/ticket_events.json')).toBe(true);
		expect(commentIds(events, ticket(1, 10, 20))).toEqual([1, 2]);
		expect(commentIds(events, ticket(2, 30, 30))).toEqual([3]);
	});

	it('vouches for no ticket that was there before, or changed afterwards', async () => {
		const { transport } = scripted([page(30, [event(1, 10, comment(1))], false)]);
		const events = await CommentEvents.read(transport, 5, NOW);
		expect(events.of(ticket(1, 4, 10))).toBeUndefined();
		expect(events.of(ticket(1, 10, 31))).toBeUndefined();
		expect(events.of(ticket(9, 10, 20))).toBeUndefined();
	});

	it.each(['CommentPrivacyChange', 'CommentRedactionEvent', 'AttachmentRedactionEvent'])(
		'vouches for no ticket with a %s',
		async (kind) => {
			const change = { id: 9, event_type: kind };
			const { transport } = scripted([
				page(30, [event(1, 10, comment(1)), event(1, 11, change)], false),
			]);
			const events = await CommentEvents.read(transport, 5, NOW);
			expect(events.of(ticket(1, 10, 20))).toBeUndefined();
		},
	);

	it('passes a second that does not come to its end', async () => {
		const stuck = page(20, [event(1, 20, comment(1))]);
		const { transport, asked } = scripted([
			page(20, [event(2, 10, comment(5))]),
			stuck,
			page(40, [event(3, 40, comment(7))], false),
		]);
		const events = await CommentEvents.read(transport, 5, NOW);
		expect(asked.map(({ query }) => query?.start_time)).toEqual([5, 20, 21]);
		expect(events.of(ticket(1, 20, 20))).toBeUndefined();
		expect(commentIds(events, ticket(3, 40, 40))).toEqual([7]);
	});

	it('goes on over an empty page that is not the end', async () => {
		const { transport } = scripted([page(20, []), page(30, [event(1, 25, comment(1))], false)]);
		const events = await CommentEvents.read(transport, 5, NOW);
		expect(commentIds(events, ticket(1, 25, 25))).toEqual([1]);
	});

	it('stops where memory ends, and begins no later than Zendesk allows', async () => {
		const { transport, asked } = scripted([
			page(NOW / 1_000 - 50, [event(1, 10, comment(1, 'x'.repeat(2_000)))]),
			page(30, [], false),
		]);
		const events = await CommentEvents.read(transport, 3e9, NOW, 1_000);
		expect(asked.map(({ query }) => query?.start_time)).toEqual([NOW / 1_000 - 61]);
		expect(events.of(ticket(1, 3e9, 3e9))).toBeUndefined();
	});

	it('refuses an answer without events', async () => {
		const { transport } = scripted([{ hello: 'world' }]);
		await expect(CommentEvents.read(transport, 5, NOW)).rejects.toThrow(ApiError);
	});
});
