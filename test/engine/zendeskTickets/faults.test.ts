import { useNock, startNode } from '../harness';
import { ZendeskTickets } from '../../../nodes/ZendeskTickets/ZendeskTickets.node';
import { ZENDESK_DEMO } from '../../../sandbox/tickets/zendesk';
import {
	adminOf,
	agentOf,
	ALL,
	EXPORT,
	ids,
	manyTickets,
	run,
	tokenFields,
	upTo,
	useZendesk,
} from './support';

jest.setTimeout(30_000);

const nock = useNock();
const start = useZendesk();

const PAGES = { pageSize: 5 };
const sorted = (numbers: number[]) => [...numbers].sort((a, b) => a - b);

describe('Rate limits', () => {
	it('waits as long as Retry-After says', async () => {
		const sandbox = await start({ tickets: manyTickets(3) });
		const fault = { status: 429, headers: { 'retry-after': '37' }, body: { error: 'TooMany' } };
		sandbox.addFault({ path: EXPORT, ...fault });
		sandbox.addFault({ path: '/comments.json', ...fault });
		const { tickets, sleeps, error } = await run(sandbox, ALL);
		expect(error).toBeUndefined();
		expect(sleeps).toEqual([37_000, 37_000]);
		expect(tickets).toHaveLength(3);
	});

	it('keeps within ten exports a minute by doing what Zendesk says', async () => {
		const sandbox = await start({ tickets: manyTickets(120), ...PAGES });
		const options = { method: 'incremental' };
		const parameters = { ...ALL, filters: { tags: 'none' }, options };
		const { summary, sleeps, error } = await run(sandbox, parameters);
		expect(error).toBeUndefined();
		expect(summary.leftOut.other_tags).toBe(120);
		expect(sleeps.length).toBeGreaterThanOrEqual(2);
		expect(Math.min(...sleeps)).toBeGreaterThan(30_000);
	});

	it("gives up after 'Max Wait', and says what the limit is", async () => {
		const sandbox = await start({ tickets: manyTickets(3) });
		const headers = {
			'retry-after': '90',
			'x-rate-limit': '400',
			'x-rate-limit-remaining': '0',
		};
		sandbox.addFault({ path: EXPORT, times: 9, status: 429, headers, body: {} });
		const { error, sleeps } = await run(sandbox, { ...ALL, options: { maxWaitSeconds: 200 } });
		expect(sleeps).toEqual([90_000, 90_000]);
		expect(error?.message).toContain('slow down');
		expect(error?.description).toContain('The limit is 400 requests a minute, 0 are left');
		expect(error?.description).toContain('asks to wait 90 s');
	});

	it.each([409, 503, 500, 502])('tries again after %d', async (status) => {
		const sandbox = await start({ tickets: manyTickets(2) });
		sandbox.addFault({ path: EXPORT, status, body: { error: 'busy' } });
		const { tickets, sleeps } = await run(sandbox, ALL);
		expect([tickets.length, sleeps.length]).toEqual([2, 1]);
	});
});

describe('Answers that are none', () => {
	it('names a login page that comes with status 200', async () => {
		const sandbox = await start();
		sandbox.addFault({ path: EXPORT, html: true, body: '<!DOCTYPE html><title>Sign in</title>' });
		const { error } = await run(sandbox, ALL);
		expect(error?.message).toContain('web page instead of data');
		expect(error?.description).toContain('single sign-on');
	});

	it('names JSON that holds no tickets', async () => {
		const sandbox = await start();
		sandbox.addFault({ path: EXPORT, status: 200, body: { hello: 'world' } });
		const { error } = await run(sandbox, ALL);
		expect(error?.message).toContain('did not answer with a list');
	});

	it('follows no redirect with the credential', async () => {
		const sandbox = await start();
		const headers = { location: 'https://elsewhere.example/login' };
		sandbox.addFault({ path: EXPORT, status: 302, headers, body: '' });
		const { error } = await run(sandbox, ALL);
		expect(error?.message).toContain('sends on to another address');
	});
});

describe('Pagers that go wrong', () => {
	const record = (id: number) => ({
		id,
		subject: `Question ${id}`,
		status: 'solved',
		requester_id: 9001,
		created_at: '2026-01-05T08:00:00Z',
		updated_at: '2026-01-05T09:00:00Z',
		tags: [],
	});
	const page = (records: object[], cursor: string | null, link: string | null = null) => ({
		results: records,
		tickets: records,
		meta: { has_more: cursor !== null, after_cursor: cursor },
		links: { next: link, prev: null },
		after_cursor: cursor,
		end_of_stream: false,
	});

	it.each([
		['search export', {}, {}, EXPORT],
		['incremental export', {}, { method: 'incremental' }, '/incremental/tickets'],
		['a view', { view: { __rl: true, mode: 'id', value: '5001' } }, {}, '/views/5001/tickets'],
	])('a repeated cursor ends %s with an error', async (_name, filters, options, path) => {
		const sandbox = await start({ tickets: manyTickets(3) });
		sandbox.addFault({ path, times: 3, status: 200, body: page([record(1)], 'again') });
		const { error } = await run(sandbox, { ...ALL, filters, options });
		expect(error?.message).toContain('same page twice');
		expect(sandbox.log.filter((line) => new RegExp(path).test(line.slice(4)))).toHaveLength(2);
	});

	it('a repeated cursor among the comments of a ticket is an error too', async () => {
		const sandbox = await start({ tickets: manyTickets(1) });
		const body = { comments: [], meta: { has_more: true, after_cursor: 'again' } };
		sandbox.addFault({ path: '/comments.json', times: 3, status: 200, body });
		const { error } = await run(sandbox, ALL);
		expect(error?.message).toContain('same page twice');
	});

	it('an empty page in the middle is no end', async () => {
		const sandbox = await start({ tickets: manyTickets(12), ...PAGES });
		const real = (await (
			await fetch(`${sandbox.url}/api/v2/search/export.json?filter[type]=ticket&query=`, {
				headers: basic(),
			})
		).json()) as { meta: { after_cursor: string } };
		sandbox.addFault({ path: EXPORT, status: 200, body: page([], real.meta.after_cursor) });
		const { tickets, error } = await run(sandbox, ALL);
		expect(error).toBeUndefined();
		expect(sorted(ids(tickets))).toEqual(upTo(7));
	});

	it('never follows a link to another host, and needs none', async () => {
		const foreign = nock('https://evil.example').get(/.*/).optionally().reply(200, page([], null));
		const sandbox = await start({ tickets: manyTickets(12), ...PAGES });
		const answer = page(
			[record(1), record(2)],
			'c3RhcnQ=',
			'https://evil.example/api?page[after]=x',
		);
		sandbox.addFault({ path: EXPORT, status: 200, body: answer });
		sandbox.addFault({ path: 'c3RhcnQ', status: 200, body: page([record(3)], null) });
		const { tickets, error } = await run(sandbox, ALL);
		expect(error).toBeUndefined();
		expect(sorted(ids(tickets))).toEqual([1, 2, 3]);
		expect(foreign.isDone() && nock.pendingMocks().length === 0).toBe(true);
	});

	it('takes a cursor out of a link of its own site only', async () => {
		const sandbox = await start({ tickets: manyTickets(3) });
		const own = `${sandbox.url}/api/v2/search/export.json?page%5Bafter%5D=linked`;
		const withLink = (link: string) => ({
			...page([record(1)], null, link),
			meta: { has_more: true, after_cursor: null },
		});
		sandbox.addFault({ path: EXPORT, status: 200, body: withLink(own) });
		sandbox.addFault({ path: 'linked', status: 200, body: page([record(2)], null) });
		expect(sorted(ids((await run(sandbox, ALL)).tickets))).toEqual([1, 2]);

		const foreign = 'https://evil.example/api?page%5Bafter%5D=linked';
		sandbox.addFault({ path: EXPORT, status: 200, body: withLink(foreign) });
		const { error } = await run(sandbox, ALL);
		expect(error?.message).toContain('another server (evil.example)');
	});
});

describe('Rights', () => {
	it('tells a dead token, with the dates at which tokens end', async () => {
		const sandbox = await start();
		const dead = { ...tokenFields(sandbox.url, ZENDESK_DEMO.adminEmail), apiToken: 'dead-token-1' };
		const { error, run: kept } = await run(sandbox, ALL, {
			credentials: { zendeskTicketsApi: dead },
		});
		expect(error?.message).toContain('does not accept the credential');
		expect(error?.description).toMatch(/2026-10-27.*2027-04-30/);
		expect(error?.description).toContain('Request ID: sandbox-1');
		expect(JSON.stringify(kept)).not.toContain('dead-token-1');
	});

	it.each([{ method: 'incremental' }, { comments: 'bulk' }])(
		'tells an agent that %j is for administrators',
		async (options) => {
			const sandbox = await start();
			const credentials = agentOf(sandbox);
			const { error } = await run(sandbox, { ...ALL, options }, { credentials });
			expect(error?.message).toContain('Only administrators');
			expect(error?.description).toContain('Search Export');
		},
	);

	it('tells an end user that tickets of others are not for them', async () => {
		const sandbox = await start();
		const fields = tokenFields(sandbox.url, 'mira.kowalski@alderbrook.example');
		const { error } = await run(sandbox, ALL, { credentials: { zendeskTicketsApi: fields } });
		expect(error?.description).toContain('has to belong to an agent');
	});

	it('tells a subdomain that does not exist', async () => {
		nock('https://nobody.zendesk.com')
			.get('/api/v2/search/export.json')
			.query(true)
			.reply(404, {
				error: { title: 'No help desk at nobody.zendesk.com', message: 'There is no help desk' },
			});
		const sandbox = await start();
		const fields = tokenFields('nobody', ZENDESK_DEMO.adminEmail);
		const { error } = await run(sandbox, ALL, { credentials: { zendeskTicketsApi: fields } });
		expect(error?.message).toBe('There is no Zendesk at https://nobody.zendesk.com');
	});

	it('explains the end of an ordinary search, should it ever come', async () => {
		const sandbox = await start();
		sandbox.addFault({
			path: EXPORT,
			status: 422,
			body: {
				error: 'invalid',
				description:
					'Invalid search: Requested response size was greater than Search Response Limits',
			},
		});
		const { error } = await run(sandbox, ALL);
		expect(error?.message).toContain('first 1,000 results');
	});
});

describe('Items', () => {
	it('goes on after an item that fails, and links each output to its input', async () => {
		const sandbox = await start({ tickets: manyTickets(4) });
		const result = await run(
			sandbox,
			{ ...ALL, filters: { query: '={{ $json.query }}', tags: '={{ $json.tag }}' } },
			{
				items: [{ json: { query: 'type:user', tag: 'odd' } }, { json: { query: '', tag: 'even' } }],
				continueOnFail: true,
			},
		);
		expect(result.status).toBe('success');
		expect(
			result.outputs[0].map(({ json, pairedItem }) => [json.id ?? 'error', pairedItem]),
		).toEqual([
			['error', { item: 0 }],
			['3', { item: 1 }],
			['1', { item: 1 }],
		]);
		expect(result.outputs[0][0].json.error).toMatchObject({
			message: expect.stringContaining("'type:'"),
		});
		expect(result.outputs[1].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});

	it('leaves a ticket out that was deleted while it was read', async () => {
		const sandbox = await start({ tickets: manyTickets(3) });
		sandbox.addFault({
			path: '/tickets/2/comments',
			status: 404,
			body: { error: 'RecordNotFound' },
		});
		const { tickets, summary } = await run(sandbox, ALL);
		expect(ids(tickets)).toEqual([3, 1]);
		expect(summary.leftOut).toEqual({ deleted: 1 });
	});

	it('stops when the execution is stopped', async () => {
		const sandbox = await start({ tickets: manyTickets(3) });
		const headers = { 'retry-after': '60' };
		sandbox.addFault({ path: EXPORT, times: 9, status: 429, headers, body: {} });
		const started = startNode({
			node: new ZendeskTickets(),
			parameters: { authentication: 'apiToken', ...ALL },
			credentials: adminOf(sandbox),
			continueOnFail: true,
			onSleep: () => started.cancel(),
		});
		const { sleeps, run: kept } = await started.result;
		expect(kept.status).toBe('canceled');
		expect(sleeps).toHaveLength(1);
		expect(sandbox.log).toHaveLength(1);
	});
});

function basic(): Record<string, string> {
	const pair = `${ZENDESK_DEMO.adminEmail}/token:${ZENDESK_DEMO.apiToken}`;
	return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
