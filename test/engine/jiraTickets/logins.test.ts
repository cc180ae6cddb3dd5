import { testCredential, useNock } from '../harness';
import { JiraTickets } from '../../../nodes/JiraTickets/JiraTickets.node';
import { CLOUD_ID, LOGINS } from '../../../sandbox/tickets/jira';
import {
	classic,
	dataCenter,
	expectedKeys,
	getMany,
	keys,
	loadOptions,
	run,
	scoped,
	tickets,
	useSandbox,
} from './support';

jest.setTimeout(30_000);
const nock = useNock();
const start = useSandbox();
const searches = (seen: string[]) => seen.filter((request) => request.includes('/search'));

describe('where the token goes', () => {
	it('does not follow a redirect to another host', async () => {
		const sandbox = await start({ tickets: tickets(1) });
		const headers = { location: 'https://evil.example/rest/api/3/myself' };
		sandbox.addFault({ path: '/myself', status: 302, headers });
		const { error } = await getMany(classic(sandbox));
		expect(error?.message).toContain('sends on to another address');
	});

	it('does not follow a next page on another host', async () => {
		const sandbox = await start();
		const project = (key: string) => ({ key, name: key });
		const page = {
			values: [project('IT')],
			isLast: false,
			nextPage: 'https://evil.example/rest/api/3/project/search?startAt=1',
		};
		sandbox.addFault({ path: 'project/search\\?.*startAt=0', status: 200, body: page });
		expect(await loadOptions(classic(sandbox), 'getProjects')).toEqual([
			{ name: 'IT (IT)', value: 'IT' },
			{ name: 'Website (WEB)', value: 'WEB' },
		]);
	});

	it('does not go to the site where it is one of the gateway', async () => {
		nock('https://acme.atlassian.net', { badheaders: ['authorization'] })
			.get('/_edge/tenant_info')
			.reply(200, { cloudId: CLOUD_ID });
		nock('https://api.atlassian.com', { reqheaders: { authorization: 'Bearer secret-token' } })
			.get(`/ex/jira/${CLOUD_ID}/rest/api/3/myself`)
			.reply(200, { accountId: 'a', active: true })
			.get(`/ex/jira/${CLOUD_ID}/rest/api/3/resolution`)
			.reply(200, [])
			.post(`/ex/jira/${CLOUD_ID}/rest/api/3/search/approximate-count`)
			.reply(200, { count: 3 });
		const credential = {
			siteUrl: 'https://acme.atlassian.net',
			accessKind: 'scoped',
			apiToken: 'secret-token',
		};
		const { outputs } = await run(credential, { operation: 'count' });
		expect(outputs[0][0].json).toEqual({ count: 3, exact: false });
	});
});

describe('logins that do not work', () => {
	it('does not take the silence of Cloud for an empty project', async () => {
		const sandbox = await start({ tickets: tickets(3) });
		const { error } = await getMany({ ...classic(sandbox), apiToken: 'a-dead-token' });
		expect(error?.message).toContain('did not accept the e-mail address and API token');
		expect(error?.description).toContain('may have expired');
		expect(JSON.stringify(error)).not.toContain('a-dead-token');
		expect(searches(sandbox.seen)).toEqual([]);
	});

	it('explains the removed search where Cloud was taken for Data Center', async () => {
		const sandbox = await start({ tickets: tickets(3) });
		sandbox.addFault({ path: '/rest/api/2/myself', status: 200, body: { name: 'demo' } });
		sandbox.addFault({ path: '/rest/api/2/field', status: 200, body: [] });
		const { error } = await getMany({ ...dataCenter(sandbox), siteUrl: sandbox.url });
		expect(error?.message).toContain('The requested API has been removed');
		expect(error?.description).toContain("Choose Cloud as 'Deployment'");
	});

	it.each([
		['Cloud', classic, /^There is no Jira API at http:.* it answered 404/, /choose Data Center/],
		[
			'a gateway',
			scoped,
			/^There is no Jira API at http:.*\/ex\/jira\//,
			/'Cloud ID' and 'Site URL'/,
		],
		['Data Center', dataCenter, /^There is no Jira API at http:/, /needs the context path/],
	])('say that there is no Jira where that is so: %s', async (_name, login, message, help) => {
		const sandbox = await start({ tickets: tickets(3) });
		for (const status of [404, 400]) {
			const body = { message: 'Not Found' };
			sandbox.addFault({ path: '/myself$', status, body });
			const { error } = await getMany(login(sandbox));
			expect(error?.message).toMatch(status === 404 ? message : / it answered 400 /);
			expect(error?.description).toMatch(help);
			expect(`${error?.message} ${error?.description}`).not.toMatch(/key|query|filter/i);
		}
	});

	it("explains Data Center's window", async () => {
		const sandbox = await start({
			tickets: tickets(30, () => ({ createdAt: '2026-01-05T08:00:00Z' })),
			pageSize: 10,
			window: 20,
		});
		const { error, sleeps } = await getMany(dataCenter(sandbox));
		expect(error?.description).toContain('the same minute');
		expect(sleeps).toEqual([]);
	});

	it("reads beyond Data Center's window by date", async () => {
		const sandbox = await start({ tickets: tickets(30), pageSize: 10, window: 20 });
		expect(keys(await getMany(dataCenter(sandbox)))).toEqual(expectedKeys(30));
	});
});

describe("the credential's test", () => {
	const test = async (data: Record<string, unknown>) =>
		await testCredential({
			node: new JiraTickets(),
			method: 'jiraTicketsApiTest',
			credential: 'jiraTicketsApi',
			data: data as never,
		});

	it('names the account', async () => {
		const sandbox = await start();
		for (const login of [classic, scoped, dataCenter]) {
			const credential = login(sandbox);
			expect(await test(credential)).toEqual({
				status: 'OK',
				message: `Connected to ${String(credential.siteUrl)} as Priya Raman`,
			});
		}
		const basic = { authentication: 'basic', username: 'demo', password: LOGINS.password };
		expect((await test({ ...dataCenter(sandbox), ...basic })).status).toBe('OK');
	});

	it.each([
		['a dead token', { apiToken: 'dead-token' }, /may have expired/],
		['a scoped token at the site', { apiToken: LOGINS.scopedToken }, /API Token With Scopes/],
		['a classic token at the gateway', { accessKind: 'scoped' }, /token with scopes needs/],
		['no site', { siteUrl: '' }, /'Site URL' is empty/],
	])('knows %s', async (_what, changes, message) => {
		const sandbox = await start();
		const result = await test({ ...classic(sandbox), ...changes });
		expect(result).toEqual({ status: 'Error', message: expect.stringMatching(message) });
		expect(result.message).not.toContain('dead-token');
	});

	it('knows a wrong site and a web page', async () => {
		const sandbox = await start();
		const page = { siteUrl: 'https://www.example.com', apiToken: 'x' };
		nock('https://www.example.com').get('/rest/api/3/myself').reply(200, '<!doctype html><html>');
		expect((await test({ ...classic(sandbox), ...page })).message).toContain("Check 'Site URL'");
		nock('https://www.example.com').get('/_edge/tenant_info').reply(404, 'no');
		const scopedPage = { ...scoped(sandbox), siteUrl: page.siteUrl };
		expect((await test(scopedPage)).message).toContain('No site of Jira Cloud answers');
		const closed = { ...classic(sandbox), siteUrl: 'http://127.0.0.1:1' };
		expect((await test(closed)).message).toContain('refused');
	});

	it('does not take an answer to nobody for a login', async () => {
		const sandbox = await start();
		sandbox.addFault({ path: '/myself', status: 200, body: {} });
		expect((await test(classic(sandbox))).message).toContain('names no account');
	});
});
