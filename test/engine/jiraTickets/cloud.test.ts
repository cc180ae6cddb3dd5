import { runListSearch } from '../harness';
import { JiraTickets } from '../../../nodes/JiraTickets/JiraTickets.node';
import {
	classic,
	dataCenter,
	expectedKeys,
	getMany,
	json,
	keys,
	loadOptions,
	run,
	startRun,
	summary,
	tickets,
	useSandbox,
} from './support';

jest.setTimeout(30_000);
const start = useSandbox();
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const searches = (seen: string[]) => seen.filter((request) => request.includes('/search'));

describe('pages of Cloud', () => {
	it('go on over an empty page', async () => {
		const sandbox = await start({ tickets: tickets(9), pageSize: 3 });
		sandbox.addFault({ path: 'search/jql', after: 1, times: 2, search: 'emptyPage' });
		const result = await getMany(classic(sandbox));
		expect(keys(result)).toEqual(expectedKeys(9));
		expect(searches(sandbox.seen)).toHaveLength(5);
	});

	it('go on by date where a token repeats itself', async () => {
		const sandbox = await start({ tickets: tickets(12), pageSize: 3 });
		sandbox.addFault({ path: 'search/jql', after: 1, search: 'repeatedToken' });
		const result = await getMany(classic(sandbox));
		expect(keys(result)).toEqual(expectedKeys(12));
		expect(summary(result)).toMatchObject({
			complete: true,
			warnings: [expect.stringContaining('repeated a page token')],
		});
	});

	it('come to an end where the token repeats itself for ever', async () => {
		const sandbox = await start({ tickets: tickets(4), pageSize: 4 });
		const page = { issues: [], isLast: false, nextPageToken: 'again' };
		sandbox.addFault({ path: 'search/jql', times: 50, status: 200, body: page });
		const { error } = await getMany(classic(sandbox));
		expect(error?.message).toContain('the same page again and again');
		expect(searches(sandbox.seen).length).toBeLessThan(5);
	});

	it('hand on the warnings of Jira', async () => {
		const sandbox = await start();
		const page = { issues: [], isLast: true, warnings: ['The result set was truncated.'] };
		sandbox.addFault({ path: 'search/jql', status: 200, body: page });
		const result = await getMany(classic(sandbox));
		expect(summary(result).warnings).toEqual(['Jira warns: The result set was truncated.']);
		expect(result.hints[0]).toMatchObject({ type: 'warning' });
	});

	it('do not depend on tokens, which expire: a cursor is good for years', async () => {
		let now = Date.UTC(2026, 5, 1);
		const sandbox = await start({ tickets: tickets(9), pageSize: 2, now: () => now });
		const first = await run(classic(sandbox), { limit: 5 });
		now += 400 * 24 * 60 * 60 * 1000;
		const rest = await getMany(classic(sandbox), { options: { cursor: summary(first).cursor } });
		expect([...keys(first), ...keys(rest)]).toEqual(expectedKeys(9));
	});

	it('read comments that the search has cut, a few at a time', async () => {
		const long = tickets(6, ({ messages }) => ({
			messages: [
				...messages,
				...Array.from({ length: 130 }, (_, index) => ({
					from: index % 2 ? 'priya' : 'mira',
					public: true,
					at: new Date(Date.UTC(2026, 1, 1, 0, index)).toISOString(),
					body: `Word ${index}`,
				})),
			],
		}));
		const sandbox = await start({ tickets: long, inlineComments: 20 });
		const result = await getMany(classic(sandbox), { options: { concurrency: 2 } });
		expect(json(result).map(({ messages }) => (messages as unknown[]).length)).toEqual(
			Array(6).fill(131),
		);
		const asked = sandbox.seen.filter((request) => request.includes('/comment?'));
		expect(asked).toHaveLength(12);
	});
});

describe('what is asked for', () => {
	it('holds all filters, each item its own, with expressions', async () => {
		const all = tickets(6, ({ number }) => ({
			tags: number % 2 ? ['vpn'] : ['wifi'],
			category: number > 3 ? 'access' : 'network',
		}));
		const sandbox = await start({ tickets: all });
		const result = await getMany(
			classic(sandbox),
			{ projects: '={{ $json.project }}', filters: { tags: '={{ $json.tag }}' } },
			{
				items: [{ json: { project: 'IT', tag: 'vpn' } }, { json: { project: 'it', tag: 'wifi' } }],
			},
		);
		expect(result.outputs[0].map(({ json: { key }, pairedItem }) => [key, pairedItem])).toEqual([
			['IT-1', { item: 0 }],
			['IT-3', { item: 0 }],
			['IT-5', { item: 0 }],
			['IT-2', { item: 1 }],
			['IT-4', { item: 1 }],
			['IT-6', { item: 1 }],
		]);
		expect(result.outputs[1].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
		expect(sandbox.seen.filter((request) => request.includes('/myself'))).toHaveLength(1);
	});

	it.each([
		[{ createdAfter: '2026-01-05T08:03:00Z', createdBefore: '2026-01-05T08:05:00Z' }, [3, 4]],
		[{ createdAfter: '2026-01-05T09:05:00+01:00' }, [5, 6]],
		[{ issueTypes: ['Service Request'] }, [6]],
		[{ jql: 'key in (IT-2, IT-4) OR key = IT-1 ORDER BY created DESC' }, [1, 2, 4]],
		[{ tags: 'nothing, wifi' }, []],
		[{ excludedResolutions: '' }, [1, 2, 3, 4, 5, 6]],
		[{ excludedResolutions: 'done' }, []],
		[{ includeUnresolved: true }, [1, 2, 3, 4, 5, 6]],
	])('%j', async (filters, numbers) => {
		const all = tickets(6, ({ number }) => ({ category: number === 6 ? 'access' : 'network' }));
		const sandbox = await start({ tickets: all });
		const result = await getMany(classic(sandbox), { projects: ['WEB', 'IT'], filters });
		expect(result.error).toBeUndefined();
		expect(keys(result)).toEqual(numbers.map((number) => `IT-${number}`));
	});

	it('refuses what would reach beyond its parentheses', async () => {
		const sandbox = await start({ tickets: tickets(1) });
		const { error } = await getMany(classic(sandbox), { filters: { jql: 'a = 1) OR (b = 2' } });
		expect(error?.message).toBe("'JQL' has parentheses that do not match");
		expect(sandbox.seen).toEqual([]);
	});

	it('says what Jira does not understand, and goes on with the next item', async () => {
		const sandbox = await start({ tickets: tickets(1) });
		const result = await getMany(
			classic(sandbox),
			{ filters: { jql: '={{ $json.jql }}' } },
			{
				items: [{ json: { jql: 'colour = red' } }, { json: { jql: 'key = IT-1' } }],
				continueOnFail: true,
			},
		);
		const [failed, ticket] = result.outputs[0];
		expect(failed).toMatchObject({
			json: {
				error: {
					message: expect.stringContaining("Field 'colour' does not exist"),
					status: 400,
					requestId: '5a4d0c1b000040008000',
				},
			},
			pairedItem: { item: 0 },
		});
		expect(ticket).toMatchObject({ json: { key: 'IT-1' }, pairedItem: { item: 1 } });
	});

	it('refuses a cursor of another query', async () => {
		const sandbox = await start({ tickets: tickets(3) });
		const first = await run(classic(sandbox), { limit: 1 });
		const options = { cursor: summary(first).cursor };
		const { error } = await getMany(classic(sandbox), { options, filters: { tags: 'vpn' } });
		expect(error?.message).toContain('belongs to another query');
	});

	it('holds the raw record on request', async () => {
		const sandbox = await start({ tickets: tickets(1) });
		expect(json(await getMany(classic(sandbox)))[0]).not.toHaveProperty('raw');
		const raw = await getMany(classic(sandbox), { options: { includeRaw: true } });
		expect(json(raw)[0].raw).toMatchObject({ key: 'IT-1', fields: { summary: 'Ticket 1' } });
	});
});

it('stops when the execution is stopped', async () => {
	const sandbox = await start({ tickets: tickets(9), pageSize: 3 });
	sandbox.addFault({ path: 'search/jql', after: 1, times: 8, status: 503, body: {} });
	const stopped = startRun(
		classic(sandbox),
		{ returnAll: true },
		{ onSleep: (_ms, count) => (count === 2 ? stopped.cancel() : undefined) },
	);
	const { run: kept, sleeps } = await stopped.result;
	expect([kept.status, sleeps.length]).toEqual(['canceled', 2]);
});

it('asks for small pages where few tickets are wanted', async () => {
	const sandbox = await start({ tickets: tickets(60) });
	await run(dataCenter(sandbox), { limit: 3 });
	const comments = sandbox.seen.filter((request) => request.includes('/comment?'));
	expect(comments).toHaveLength(20);
});

describe('Get and Count', () => {
	it.each([
		['Cloud', classic, false],
		['Data Center', dataCenter, true],
	])('%s', async (_name, login, exact) => {
		const all = tickets(7);
		Object.assign(all[0], { status: 'open', resolution: undefined, resolvedAt: undefined });
		const sandbox = await start({ tickets: all });
		const count = await run(login(sandbox), { operation: 'count', projects: ['IT'] });
		expect(count.outputs[0]).toEqual([{ json: { count: 6, exact }, pairedItem: { item: 0 } }]);
		const get = await run(
			login(sandbox),
			{ operation: 'get', issue: byId('={{ $json.id }}') },
			{ items: [{ json: { id: 'IT-3' } }, { json: { id: 10001 } }] },
		);
		expect(json(get)).toMatchObject([
			{ key: 'IT-3', question: 'Question 3', resolved: true, category: 'Get help with network' },
			{ key: 'IT-1', resolved: false, language: 'en' },
		]);
		expect(get.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it.each([
		['Cloud', classic, false],
		['Data Center', dataCenter, true],
	])(
		'counts in %s what would be handed on, as resolutions to leave out are',
		async (_name, login, exact) => {
			const all = tickets(9);
			Object.assign(all[0], { status: 'open', resolution: undefined, resolvedAt: undefined });
			for (const index of [3, 4]) Object.assign(all[index], { resolution: 'duplicate' });
			Object.assign(all[6], { resolution: 'wontFix' });
			const sandbox = await start({ tickets: all });
			const count = async (filters: object) => {
				const { outputs } = await run(login(sandbox), {
					operation: 'count',
					filters: { ...filters },
				});
				return outputs[0][0].json;
			};
			expect(await count({})).toEqual({ count: 5, exact });
			expect(keys(await getMany(login(sandbox)))).toHaveLength(5);
			expect(await count({ includeUnresolved: true })).toEqual({ count: 6, exact });
			expect(await count({ excludedResolutions: 'duplicate, Nothing of This Site' })).toEqual({
				count: 6,
				exact,
			});
			expect(await count({ excludedResolutions: '' })).toEqual({ count: 8, exact });

			sandbox.addFault({ path: '/resolution$', status: 403, body: { errorMessages: ['no'] } });
			expect(await count({})).toEqual({ count: 8, exact: false });
		},
	);

	it('takes a link', async () => {
		const sandbox = await start({ tickets: tickets(3) });
		for (const path of ['browse', 'servicedesk/customer/portal/7']) {
			const issue = {
				__rl: true,
				mode: 'url',
				value: `https://acme.atlassian.net/${path}/IT-2?x=1`,
			};
			const { outputs } = await run(classic(sandbox), { operation: 'get', issue });
			expect(outputs[0][0].json.key).toBe('IT-2');
		}
	});

	it.each([
		['IT-99', /^Jira has no such ticket, or the account may not see it: Issue does not exist/],
		['../../myself', /no key or ID/],
		[' ', /is empty/],
	])('refuses %s', async (value, message) => {
		const sandbox = await start({ tickets: tickets(1) });
		const { error } = await run(classic(sandbox), { operation: 'get', issue: byId(value) });
		expect(error?.message).toMatch(message);
	});
});

describe('lists', () => {
	it.each([
		['Cloud', classic],
		['Data Center', dataCenter],
	])('%s', async (_name, login) => {
		const sandbox = await start({ tickets: tickets(3) });
		expect(await loadOptions(login(sandbox), 'getProjects')).toEqual([
			{ name: 'IT Service Desk (IT)', value: 'IT' },
			{ name: 'Website (WEB)', value: 'WEB' },
		]);
		expect(await loadOptions(login(sandbox), 'getIssueTypes')).toEqual([
			{ name: 'Incident', value: 'Incident' },
			{ name: 'Service Request', value: 'Service Request' },
		]);
		const search = async (filter?: string) => {
			const { results } = await runListSearch({
				node: new JiraTickets(),
				method: 'searchIssues',
				filter,
				credentials: { jiraTicketsApi: login(sandbox) },
			});
			return results.map(({ name }) => name);
		};
		expect(await search()).toEqual(['IT-3: Ticket 3', 'IT-2: Ticket 2', 'IT-1: Ticket 1']);
		expect(await search('answer 2')).toEqual(['IT-2: Ticket 2']);
		expect(await search('it-1')).toEqual(['IT-1: Ticket 1']);
		const unknown = {
			errorMessages: ["An issue with key 'IT-99' does not exist for field 'key'."],
		};
		sandbox.addFault({ method: 'POST', path: '/search', status: 400, body: unknown });
		expect(await search('IT-99')).toEqual([]);
	});
});
