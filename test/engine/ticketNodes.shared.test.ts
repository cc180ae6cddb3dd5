import { JiraTickets } from '../../nodes/JiraTickets/JiraTickets.node';
import { ServiceNowTickets } from '../../nodes/ServiceNowTickets/ServiceNowTickets.node';
import { LOGINS } from '../../sandbox/tickets/jira';
import { DEMO, startServiceNowSandbox } from '../../sandbox/tickets/serviceNow';
import { runNode, testCredential, useNock } from './harness';
import { classic, run, tickets, useSandbox } from './jiraTickets/support';

jest.setTimeout(30_000);
const nock = useNock();
const start = useSandbox();
const serviceNow = { clientId: DEMO.clientId, clientSecret: DEMO.clientSecret };
const login = { email: LOGINS.email, apiToken: LOGINS.apiToken };

describe('What all ticket nodes share', () => {
	test.each(['abc', 0, -5])('a limit of %j is refused, not read as 1', async (limit) => {
		const sandbox = await start({ tickets: tickets(3) });
		const { error } = await run(classic(sandbox), { limit });
		expect(error?.message).toBe(`'Limit' cannot be '${limit}'`);
		expect(error?.description).toContain("'Return All'");
	});

	test('a limit as text is a number', async () => {
		const sandbox = await start({ tickets: tickets(3) });
		const { outputs } = await run(classic(sandbox), { limit: '={{ "2" }}' });
		expect(outputs[0]).toHaveLength(2);
	});

	test('places of the last 20 queries are kept, however often the filters change', async () => {
		const sandbox = await start({ tickets: tickets(2) });
		const staticData = {};
		for (let query = 1; query <= 23; query++) {
			const filters = { includeUnresolved: true, tags: `tag-${query}` };
			await run(classic(sandbox), { filters, options: { onlyNew: true } }, { staticData });
		}
		const places = Object.keys(Object.values(staticData)[0] as object);
		expect(places).toHaveLength(20);
		expect(places.at(-1)).toContain('tag-23');
	});

	test('nothing found says what that may mean, one ticket is no plural', async () => {
		const sandbox = await start({ tickets: tickets(1) });
		const none = await run(classic(sandbox), { filters: { tags: 'nope' } });
		expect(none.hints[0].message).toMatch(/^0 tickets; nothing matches the filters, or the user/);
		const one = await run(classic(sandbox), {});
		expect(one.hints[0].message).toBe('1 ticket');
	});

	test('an address that never answers is given up after a few seconds', async () => {
		const fault = Object.assign(new Error('getaddrinfo ENOTFOUND acme.atlassian.net'), {
			code: 'ENOTFOUND',
		});
		nock('https://acme.atlassian.net').get('/rest/api/3/myself').times(3).replyWithError(fault);
		const { error, sleeps } = await run({ siteUrl: 'https://acme', ...login }, {});
		expect(error?.message).toContain('could not be resolved');
		expect(sleeps).toHaveLength(2);
		expect(sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(3_000);
	});

	test('a site that has answered is waited for', async () => {
		const sandbox = await start({ tickets: tickets(3) });
		sandbox.addFault({ path: 'search', times: 4, reset: 'before' });
		const { outputs, sleeps } = await run(classic(sandbox), {});
		expect(outputs[0]).toHaveLength(3);
		expect(sleeps).toHaveLength(4);
	});

	test.each([400, 404])('the credential test takes %d for a wrong address', async (status) => {
		nock('https://acme.example').get('/rest/api/3/myself').reply(status, { error: 'Not found' });
		const { message } = await testCredential({
			node: new JiraTickets(),
			method: 'jiraTicketsApiTest',
			credential: 'jiraTicketsApi',
			data: { siteUrl: 'https://acme.example', ...login },
		});
		expect(message).toContain('There is no Jira API at https://acme.example');
		expect(message).toContain("Check 'Site URL'");
		expect(message).not.toMatch(/filter|issue key/);
	});

	test.each(['/', '/now/nav/ui/classic', '/incident_list.do?sysparm_query=active=true'])(
		'ServiceNow OAuth2 takes the address of a page: …%s',
		async (page) => {
			const sandbox = await startServiceNowSandbox({ tickets: tickets(1) });
			try {
				const { error, outputs } = await runNode({
					node: new ServiceNowTickets(),
					parameters: { authentication: 'oAuth2', operation: 'count' },
					credentials: {
						serviceNowTicketsOAuth2Api: {
							...serviceNow,
							instanceUrl: `${sandbox.url}${page}`,
							grantType: 'clientCredentials',
						},
					},
				});
				expect(error).toBeUndefined();
				expect(outputs[0][0].json.count).toBe(1);
			} finally {
				await sandbox.close();
			}
		},
	);
});
