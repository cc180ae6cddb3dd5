import { PEOPLE, TICKETS } from '../../../sandbox/tickets/samples';
import { DEMO, type ServiceNowSandbox } from '../../../sandbox/tickets/serviceNow';
import { sysId } from '../../../sandbox/tickets/serviceNow/tables';
import {
	credentialsFor,
	ENDED,
	keyOf,
	manyTickets,
	node,
	readAll,
	run,
	ticketsOf,
	useServers,
} from './support';
import { runNode } from '../harness';

jest.setTimeout(30_000);

const start = useServers();

const noted = ENDED.find(({ traits }) => traits?.includes('internalNote'))!;
const open = TICKETS.find(({ status }) => status === 'open')!;

describe('Get', () => {
	const get = { operation: 'get' };

	it('finds a record by number or sys_id, whatever its state, for each item', async () => {
		const server = await start();
		const items = [
			{ json: { id: keyOf('INC', noted).toLowerCase() } },
			{ json: { id: ` ${sysId('incident', String(open.number))} ` } },
		];
		const result = await run(server, { ...get, recordId: '={{ $json.id }}' }, { items });
		expect(result.error).toBeUndefined();
		const [first, second] = ticketsOf(result);
		expect(first).toMatchObject({
			key: keyOf('INC', noted),
			title: noted.subject,
			status: 'Closed',
			resolution: 'Solution provided',
			leftOut: { internal_note: 2 },
			resolvedAt: new Date(noted.resolvedAt!).toISOString(),
			people: expect.arrayContaining([PEOPLE[noted.requester].email, PEOPLE[noted.agent!].name]),
		});
		expect(first.messages.length).toBeGreaterThan(0);
		expect(second).toMatchObject({ key: keyOf('INC', open), resolved: false });
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
		expect(result.outputs[1] ?? []).toEqual([]);
	});

	it('gives notes and the raw record on request', async () => {
		const server = await start();
		const options = { includeInternalNotes: true, includeRaw: true, extraColumns: 'active' };
		const [ticket] = ticketsOf(
			await run(server, { ...get, recordId: keyOf('INC', noted), options }),
		);
		expect(ticket.messages.filter((message) => !message.public)).toHaveLength(2);
		expect(ticket).not.toHaveProperty('leftOut');
		expect(ticket.raw).toMatchObject({
			record: { active: { value: 'false' }, state: { value: '7', display_value: 'Closed' } },
			journal: expect.arrayContaining([expect.objectContaining({ element: 'work_notes' })]),
		});
	});

	it.each([
		['incident', 'INC9999999', /has no INC9999999 in incident/],
		['incident', '={{ "" }}', /'Number or Sys ID' is empty/],
		['incident', 'INC1^ORnumber=INC0000001', /cannot stand in a query/],
		['case', 'INC0000001', /has no INC0000001 in sn_customerservice_case/],
		['knowledgeArticle', 'KB9999999', /has no KB9999999/],
	])('says what is wrong with %s %j', async (resource, recordId, expected) => {
		const server = await start();
		const { error } = await run(server, { ...get, resource, recordId });
		expect(error?.message).toMatch(expected);
	});

	it('refuses drafts of articles', async () => {
		const server = await start();
		const draft = server.database
			.get('kb_knowledge')!
			.rows.find((row) => row.workflow_state === 'draft')!;
		const { error } = await run(server, {
			...get,
			resource: 'knowledgeArticle',
			recordId: draft.number,
		});
		expect(error?.description).toMatch(/Only published articles/);
	});

	it('says that an instance does not have the table', async () => {
		const server = await start();
		server.database.delete('sn_customerservice_case');
		const { error } = await run(server, { ...get, resource: 'case', recordId: 'CS0000001' });
		expect(error?.message).toMatch(/does not have this table/);
		expect(error?.description).toMatch(/Customer Service Management/);
	});
});

describe('Count', () => {
	const count = { operation: 'count' };

	it('counts what Get Many would ask for, with the filters of each item', async () => {
		const server = await start();
		const items = [{ json: { states: '' } }, { json: { states: '7' } }, { json: { states: '*' } }];
		const { outputs, error } = await run(
			server,
			{ ...count, filters: { states: '={{ $json.states }}' } },
			{ items },
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([
			{ json: { count: ENDED.length, exact: true }, pairedItem: { item: 0 } },
			{
				json: { count: TICKETS.filter(({ status }) => status === 'closed').length, exact: true },
				pairedItem: { item: 1 },
			},
			{ json: { count: TICKETS.length, exact: true }, pairedItem: { item: 2 } },
		]);
	});

	it('is not exact where records are hidden, and works without the header', async () => {
		const hidden = await start({
			tickets: manyTickets(30),
			isHidden: (_table, number) => number.endsWith('3'),
		});
		expect((await run(hidden, count)).outputs[0][0].json).toEqual({ count: 30, exact: false });

		const silent = await start({ tickets: manyTickets(30), withoutTotal: true });
		expect((await run(silent, count)).outputs[0][0].json).toEqual({ count: 30, exact: true });
		expect(silent.requests().at(-1)!.path).toMatch(/^\/api\/now\/stats\/incident/);
		expect((await readAll(silent, { options: { pageSize: 10 } })).tickets).toHaveLength(30);
	});
});

describe('Authentication', () => {
	it('sends an API key', async () => {
		const server = await start();
		const credentials = credentialsFor(server, { authentication: 'apiKey', apiKey: DEMO.apiKey });
		expect(ticketsOf(await run(server, { limit: 2 }, { credentials }))).toHaveLength(2);
		const wrong = credentialsFor(server, { authentication: 'apiKey', apiKey: 'now_wrong_value' });
		const { error } = await run(server, {}, { credentials: wrong });
		expect(error?.message).toMatch(/does not accept the login/);
		expect(JSON.stringify([error?.message, error?.description, error?.context])).not.toContain(
			'now_wrong_value',
		);
	});

	const oAuth2 = async (server: ServiceNowSandbox, more: object) =>
		await runNode({
			node,
			parameters: { authentication: 'oAuth2', limit: 3 },
			credentials: {
				serviceNowTicketsOAuth2Api: {
					instanceUrl: `${server.url}/`,
					clientId: DEMO.clientId,
					clientSecret: DEMO.clientSecret,
					...more,
				},
			},
		});

	it('gets a token with client credentials', async () => {
		const server = await start();
		const result = await oAuth2(server, { grantType: 'clientCredentials' });
		expect(result.error).toBeUndefined();
		expect(ticketsOf(result)).toHaveLength(3);
		expect(server.requests()[0]).toMatchObject({
			method: 'POST',
			path: '/oauth_token.do',
			status: 200,
		});
	});

	it('renews a token that has ended', async () => {
		const server = await start();
		const result = await oAuth2(server, {
			grantType: 'authorizationCode',
			oauthTokenData: {
				access_token: 'ended',
				refresh_token: 'sandbox-refresh',
				token_type: 'Bearer',
			},
		});
		expect(result.error).toBeUndefined();
		expect(ticketsOf(result)).toHaveLength(3);
		expect(
			server
				.requests()
				.map(({ path, status }) => [path.split('?')[0], status])
				.slice(0, 3),
		).toEqual([
			['/api/now/table/incident', 401],
			['/oauth_token.do', 200],
			['/api/now/table/incident', 200],
		]);
	});

	it('says that a connection has to be made anew', async () => {
		const server = await start();
		const { error, sleeps } = await oAuth2(server, {
			grantType: 'authorizationCode',
			oauthTokenData: {
				access_token: 'ended-access',
				refresh_token: 'ended-refresh',
				token_type: 'Bearer',
			},
		});
		expect(error).toBeDefined();
		const shown = JSON.stringify([error?.message, error?.description, error?.context]);
		for (const secret of ['ended-access', 'ended-refresh', DEMO.clientSecret]) {
			expect(shown).not.toContain(secret);
		}
		expect(error?.message).toMatch(/gave no OAuth2 token/);
		expect(error?.description).toMatch(/connect it again/);
		expect(sleeps).toEqual([]);

		const apart = await start();
		apart.addFault({ path: '/api/now', status: 401, times: 2 });
		const refused = await oAuth2(apart, { grantType: 'clientCredentials' });
		expect(refused.error?.message).toMatch(/does not accept the login/);

		const never = await oAuth2(server, { grantType: 'authorizationCode' });
		expect(never.error?.message).toMatch(/gave no OAuth2 token: OAuth credentials not connected/);
	});
});

it('hands on what is new or was resolved since the last run', async () => {
	let runs = 0;
	const changed = keyOf('INC', open);
	// The second item reads again, as a later run would: until then one more was resolved.
	const onRequest = (path: string) => {
		if (!path.startsWith('/api/now/table/incident') || ++runs !== 2) return;
		const row = server.database.get('incident')!.rows.find(({ number }) => number === changed)!;
		row.state = '6';
		row.sys_updated_on = '2026-11-20 08:00:00';
	};
	const server = await start({ onRequest });
	const { outputs } = await run(
		server,
		{ returnAll: true, onlyAnswered: false, options: { onlyNew: true, pageSize: 1000 } },
		{ items: [{ json: {} }, { json: {} }, { json: {} }] },
	);
	const byItem = [0, 1, 2].map((item) =>
		outputs[0].filter(({ pairedItem }) => (pairedItem as { item: number }).item === item),
	);
	expect(byItem[0]).toHaveLength(ENDED.length);
	expect(byItem[1].map(({ json }) => json.key)).toEqual([changed]);
	expect(byItem[2]).toEqual([]);
	expect(outputs[1].map(({ json }) => json.returned)).toEqual([ENDED.length, 1, 0]);
});

it('hands on a record again that changed since, be it the last one that was read', async () => {
	const server = await start({ tickets: manyTickets(12) });
	const rowOf = (key: string) =>
		server.database.get('incident')!.rows.find(({ number }) => number === key)!;
	let cursor = '';
	const again = async (limit?: number) => {
		const options = { onlyNew: true, pageSize: 10, cursor };
		const { tickets, summary } = await readAll(server, {
			options,
			...(limit ? { returnAll: false, limit } : {}),
		});
		({ cursor } = summary as { cursor: string });
		return tickets.map(({ key }) => key);
	};
	const [first, ...more] = await again(5);
	rowOf(first).sys_updated_on = '2026-11-20 08:00:00';
	const rest = await again();
	expect(rest).toHaveLength(8);
	expect(rest.at(-1)).toBe(first);
	expect(await again()).toEqual([]);
	for (const [index, key] of [first, more[0], more[0]].entries()) {
		rowOf(key).sys_updated_on = `2026-11-20 09:00:0${index}`;
		expect(await again()).toEqual([key]);
		expect(await again()).toEqual([]);
	}
});
