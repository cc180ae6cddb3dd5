import { TICKETS } from '../../../sandbox/tickets/samples';
import { runListSearch, testCredential, useNock } from '../harness';
import { ZendeskTickets } from '../../../nodes/ZendeskTickets/ZendeskTickets.node';
import { ZENDESK_DEMO } from '../../../sandbox/tickets/zendesk';
import {
	adminOf,
	agentOf,
	manyTickets,
	oauthFields,
	run,
	tokenFields,
	useZendesk,
} from './support';

jest.setTimeout(30_000);

const nock = useNock();
const start = useZendesk();

describe('Get', () => {
	it('brings one ticket by its number or its address, for each item', async () => {
		const sandbox = await start();
		const result = await run(
			sandbox,
			{
				operation: 'get',
				ticketId: '={{ $json.id }}',
				options: { includeInternalNotes: '={{ $json.notes }}' },
			},
			{
				items: [
					{ json: { id: '#2', notes: false } },
					{ json: { id: `${sandbox.url}/agent/tickets/5`, notes: true } },
				],
				credentials: agentOf(sandbox),
			},
		);
		expect(result.error).toBeUndefined();
		expect(result.tickets.map(({ id, title }) => [id, title])).toEqual(
			[2, 5].map((number) => [String(number), TICKETS[number - 1].subject]),
		);
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
		expect(result.tickets[1].resolvedAt).toBe(new Date(TICKETS[4].resolvedAt!).toISOString());
	});

	it('explains a number that does not exist or is none, and goes on', async () => {
		const sandbox = await start({ tickets: manyTickets(1) });
		const items = ['99', 'abc', '1'].map((id) => ({ json: { id } }));
		const parameters = { operation: 'get', ticketId: '={{ $json.id }}' };
		const { outputs } = await run(sandbox, parameters, { items, continueOnFail: true });
		expect(outputs[0].map(({ json }) => json.error ?? json.id)).toEqual([
			expect.objectContaining({ message: expect.stringContaining('nothing there') }),
			expect.objectContaining({ message: expect.stringContaining('not an ID') }),
			'1',
		]);
		const stopped = await run(sandbox, parameters, { items });
		expect(stopped.error?.context.itemIndex).toBe(0);
	});
});

describe('Count', () => {
	it('counts what the filters of each item match', async () => {
		const sandbox = await start();
		const result = await run(
			sandbox,
			{
				operation: 'count',
				filters: { status: '={{ $json.status }}', query: '={{ $json.query }}' },
			},
			{
				items: [
					{ json: { status: ['closed'], query: '' } },
					{ json: { status: [], query: 'printer' } },
				],
				credentials: agentOf(sandbox),
			},
		);
		expect(result.error).toBeUndefined();
		const closed = TICKETS.filter(({ status }) => status === 'closed').length;
		expect(result.outputs[0].map(({ json }) => json)).toEqual([
			{ count: closed, exact: true },
			{ count: expect.any(Number), exact: true },
		]);
		expect(decodeURIComponent(sandbox.log[0])).toContain('query=type:ticket status:closed');
	});

	it('counts solved and closed ones without filters, and says when a number is an estimate', async () => {
		const sandbox = await start({ tickets: manyTickets(5) });
		expect((await run(sandbox, { operation: 'count' })).outputs[0][0].json).toEqual({
			count: 5,
			exact: true,
		});
		const filters = { tags: 'even, many' };
		expect((await run(sandbox, { operation: 'count', filters })).outputs[0][0].json.exact).toBe(
			false,
		);
	});

	it('waits until a view has been counted', async () => {
		const sandbox = await start({ tickets: manyTickets(5) });
		const view = { __rl: true, mode: 'id', value: '5001' };
		const pending = { view_count: { view_id: 5001, value: null, fresh: false } };
		const path = '/views/5001/count';
		sandbox.addFault({ path, status: 200, body: pending });
		const { outputs, sleeps } = await run(sandbox, { operation: 'count', filters: { view } });
		expect(outputs[0][0].json).toEqual({ count: 5, exact: false });
		expect(sleeps).toHaveLength(1);
		sandbox.addFault({ path, times: 9, status: 200, body: pending });
		const { error } = await run(sandbox, { operation: 'count', filters: { view } });
		expect(error?.message).toContain('has not finished counting');
	});
});

describe('Lists', () => {
	const search = async (method: string, filter?: string) => {
		const sandbox = await start();
		return await runListSearch({
			node: new ZendeskTickets(),
			method,
			filter,
			parameters: { authentication: 'apiToken', operation: 'getAll' },
			credentials: adminOf(sandbox),
		});
	};

	it.each([
		['searchViews', 'Recently solved tickets', '5001'],
		['searchGroups', 'Access', '7001'],
		['searchBrands', 'Alderbrook IT', '8001'],
		['searchForms', 'Default Ticket Form', '6001'],
	])('%s loads from the API', async (method, name, value) => {
		expect((await search(method)).results).toContainEqual({ name, value });
	});

	it('filters by words', async () => {
		const { results } = await search('searchGroups', 'net');
		expect(results.map(({ name }) => name)).toEqual(['Network']);
	});

	it('explains why a list cannot be loaded', async () => {
		const sandbox = await start();
		const fields = {
			...tokenFields(sandbox.url, ZENDESK_DEMO.adminEmail),
			apiToken: 'dead-token-1',
		};
		const searching = runListSearch({
			node: new ZendeskTickets(),
			method: 'searchGroups',
			parameters: { authentication: 'apiToken', operation: 'getAll' },
			credentials: { zendeskTicketsApi: fields },
		});
		await expect(searching).rejects.toThrow('does not accept the credential');
	});
});

describe('Credential test', () => {
	const node = new ZendeskTickets();
	const byToken = async (data: object) =>
		await testCredential({
			node,
			method: 'zendeskTicketsApiTest',
			credential: 'zendeskTicketsApi',
			data: data as never,
		});
	const byOAuth = async (data: object) =>
		await testCredential({
			node,
			method: 'zendeskTicketsOAuth2ApiTest',
			credential: 'zendeskTicketsOAuth2Api',
			data: data as never,
		});

	it('says who one is, and what that allows', async () => {
		const { url } = await start();
		expect(await byToken(tokenFields(url, ZENDESK_DEMO.adminEmail))).toEqual({
			status: 'OK',
			message: expect.stringMatching(/Sandbox Admin, an administrator/),
		});
		expect(await byToken(tokenFields(url, ZENDESK_DEMO.agentEmail))).toEqual({
			status: 'OK',
			message: expect.stringMatching(/Priya Raman, an agent.*administrators only/),
		});
	});

	it('tells an end user', async () => {
		const { url } = await start();
		const { status, message } = await byToken(tokenFields(url, 'mira.kowalski@alderbrook.example'));
		expect(status).toBe('Error');
		expect(message).toContain('is an end user');
	});

	it('tells a dead token, also one that Zendesk takes for an anonymous visitor', async () => {
		const sandbox = await start();
		const dead = { ...tokenFields(sandbox.url, ZENDESK_DEMO.adminEmail), apiToken: 'dead-token-1' };
		expect((await byToken(dead)).message).toContain('does not accept the credential');
		const body = { user: { id: null, name: 'Anonymous user', role: 'end-user' } };
		sandbox.addFault({ path: 'users/me', status: 200, body });
		expect((await byToken(dead)).message).toContain('anonymous visitor');
	});

	it('tells a wrong subdomain, a login page and a site that is not there', async () => {
		nock('https://nobody.zendesk.com')
			.get('/api/v2/users/me.json')
			.reply(404, { error: { title: 'No help desk at nobody.zendesk.com' } });
		expect((await byToken(tokenFields('nobody', 'a@b.example'))).message).toContain(
			'There is no Zendesk at https://nobody.zendesk.com',
		);
		const sandbox = await start();
		sandbox.addFault({ path: 'users/me', html: true });
		expect((await byToken(tokenFields(sandbox.url, 'a@b.example'))).message).toContain(
			'web page instead of data',
		);
		expect((await byToken(tokenFields('http://127.0.0.1:9', 'a@b.example'))).message).toMatch(
			/refused|Nothing answers/,
		);
	});

	it.each([
		[{ subdomain: '', email: 'a@b.example', apiToken: 'x' }, "'Subdomain' is empty"],
		[{ subdomain: 'http://acme.zendesk.com', email: 'a', apiToken: 'x' }, 'https://'],
		[{ subdomain: 'acme', email: '', apiToken: 'x' }, "'Email' is empty"],
		[{ subdomain: 'acme', email: 'a@b.example', apiToken: '' }, "'API Token' is empty"],
	])('refuses %j without asking', async (data, words) => {
		const { status, message } = await byToken(data);
		expect([status, message]).toEqual(['Error', expect.stringContaining(words)]);
	});

	it('tests OAuth2 with its token, and says when there is none', async () => {
		const sandbox = await start();
		const oauthTokenData = sandbox.issueToken();
		expect(await byOAuth(oauthFields(sandbox.url, { oauthTokenData }))).toMatchObject({
			status: 'OK',
		});
		sandbox.expireTokens();
		expect((await byOAuth(oauthFields(sandbox.url, { oauthTokenData }))).message).toContain(
			'connect it again',
		);
		expect((await byOAuth(oauthFields(sandbox.url))).message).toContain('not connected yet');
	});
});
