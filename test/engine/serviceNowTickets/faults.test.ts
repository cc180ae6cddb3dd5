import { TICKETS } from '../../../sandbox/tickets/samples';
import { type ServiceNowSandbox } from '../../../sandbox/tickets/serviceNow';
import {
	credentialsFor,
	ENDED,
	incidentKeys,
	manyTickets,
	node,
	readAll,
	run,
	useServers,
} from './support';
import { startNode } from '../harness';

jest.setTimeout(30_000);

const start = useServers();

const MANY = manyTickets(200);
const keys = incidentKeys(MANY);
const incidents = (server: ServiceNowSandbox) =>
	server.requests().filter(({ path }) => path.startsWith('/api/now/table/incident'));

describe('a filter that ServiceNow ignores', () => {
	it('is found by its column', async () => {
		const server = await start();
		const filters = { encodedQuery: 'u_produkt=vpn^active=false' };
		const { error } = await readAll(server, { filters });
		expect(error?.message).toMatch(
			/table incident has no column 'u_produkt' that this user may query/,
		);
		expect(error?.description).toMatch(/would have read more than you asked for/);
		const count = await run(server, { operation: 'count', filters });
		expect(count.error?.message).toMatch(/no column 'u_produkt'/);
	});

	it.each([
		[/^state/, {}, /ignored 'States': it sent INC\d+/, /undo it/],
		[/^sys_created_on/, { createdAfter: '2026-09-01T00:00:00Z' }, /ignored 'Created After'/, /GMT/],
		[
			/^sys_created_on/,
			{ createdBefore: '2025-01-01T00:00:00Z' },
			/ignored 'Created Before'/,
			/GMT/,
		],
		[/^sys_updated_on/, { updatedAfter: '2026-11-01T00:00:00Z' }, /ignored 'Updated After'/, /GMT/],
		[/^category/, { category: 'email' }, /ignored 'Category'/, /undo it/],
		[/^assignment_group/, { assignmentGroup: 'email desk' }, /ignored 'Assignment Group'/, /undo/],
	])('is found by what comes back: %s', async (ignores, filters, message, description) => {
		const server = await start({ ignores });
		for (const operation of ['getAll', 'count']) {
			const { error, outputs } = await run(server, { operation, filters });
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(description);
			expect(outputs).toEqual([]);
		}
	});
});

describe('comments that cannot be read from the journal', () => {
	it.each(['hidden', 'forbidden'] as const)('come from the display text: %s', async (journal) => {
		const open = await start();
		const server = await start({ journal, zoneHours: -5 });
		const options = { includeInternalNotes: true };
		const [expected, { tickets, summary }] = [
			await readAll(open, { options }),
			await readAll(server, { options }),
		];
		expect(summary.warnings).toEqual([
			expect.stringContaining('may not read the table sys_journal_field'),
		]);
		const essence = (all: typeof tickets) =>
			all.map(({ key, messages }) => [
				key,
				messages
					.map(({ role, public: isPublic, createdAt, text }) => ({
						role,
						isPublic,
						createdAt,
						text,
					}))
					.map((message) => JSON.stringify(message))
					.sort(),
			]);
		expect(essence(tickets)).toEqual(essence(expected.tickets));
		const counted = await readAll(server);
		expect(counted.summary.leftOut).toEqual((await readAll(open)).summary.leftOut);
		// Once it is known, nobody knocks at the closed door again.
		const asked = server.requests().filter(({ path }) => path.includes('sys_journal_field'));
		expect(asked).toHaveLength(2);
	});

	it('are none when nobody wrote any', async () => {
		const silent = TICKETS.slice(0, 5).map((ticket) => ({
			...ticket,
			status: 'solved' as const,
			messages: ticket.messages.slice(0, 1),
		}));
		const server = await start({ tickets: silent });
		const { tickets, summary } = await readAll(server);
		expect(tickets.map(({ messages }) => messages)).toEqual([[], [], [], [], []]);
		expect(summary.warnings).toEqual([]);
	});
});

describe('limits of the instance', () => {
	const limited = {
		status: 429,
		headers: { 'retry-after': '20', 'x-ratelimit-rule': 'Integrations' },
		body: { error: { message: 'Rate limit exceeded', detail: null }, status: 'failure' },
	};

	it('waits as long as it is told to', async () => {
		const server = await start();
		server.addFault({ ...limited, path: '/incident', times: 2 });
		const { tickets, sleeps } = await readAll(server);
		expect(tickets).toHaveLength(ENDED.length);
		expect(sleeps).toEqual([20_000, 20_000]);
	});

	it('gives up when that is longer than allowed, and names the rule', async () => {
		const server = await start();
		server.addFault({ ...limited, times: 100 });
		const { error, sleeps } = await readAll(server, { options: { maxWaitSeconds: 30 } });
		expect(sleeps).toEqual([20_000]);
		expect(error).toMatchObject({ httpCode: '429', message: expect.stringContaining('slow down') });
		expect(error?.description).toContain("'Integrations'");
	});

	it('stops waiting when the execution is canceled', async () => {
		const server = await start();
		server.addFault({ ...limited, times: 100 });
		const started = startNode({
			node,
			credentials: credentialsFor(server),
			parameters: {},
			continueOnFail: true,
			onSleep: () => started.cancel(),
		});
		const { status, sleeps } = await started.result;
		expect(status).not.toBe('success');
		expect(sleeps).toEqual([20_000]);
	});

	it('asks for smaller pages when one takes too long, whatever status that comes with', async () => {
		const body = {
			result: [],
			error: { message: 'Transaction cancelled: maximum execution time exceeded', detail: null },
			status: 'failure',
		};
		const server = await start({ tickets: MANY });
		server.addFault({ path: '/incident', status: 200, body });
		server.addFault({ path: '/incident', status: 500, body });
		const { tickets, summary, sleeps } = await readAll(server);
		expect(tickets.map(({ key }) => key)).toEqual(keys);
		expect(sleeps).toEqual([]);
		expect(summary.warnings).toHaveLength(2);
		expect(summary.warnings[1]).toContain('went on with 25');

		server.addFault({ path: '/incident', status: 500, body, times: 10 });
		const { error } = await readAll(server);
		expect(error?.message).toMatch(/gave up on a page because it took too long/);
		expect(error?.description).toMatch(/'Page Size'/);
	});

	it('outlasts a short outage and a broken connection', async () => {
		const server = await start();
		server.addFault({ path: '/incident', status: 503, times: 2 });
		server.addFault({ path: 'sys_journal_field', reset: 'before' });
		const { tickets, sleeps } = await readAll(server);
		expect(tickets).toHaveLength(ENDED.length);
		expect(sleeps).toHaveLength(3);
	});
});

it.each([
	['a dead login', { password: 'wrong-password' }, {}, /does not accept the login/],
	['a user without roles', { user: 'no.roles' }, {}, /login works, but the user may not read/],
	[
		'a hibernating instance',
		{},
		{ html: true, body: '<html><title>Instance Hibernating page</title></html>' },
		/is hibernating/,
	],
	['a login page', {}, { html: true }, /web page instead of data/],
	[
		'a redirect',
		{},
		{ status: 302, headers: { location: 'https://sso.example.com/login' }, body: '' },
		/sends on to another address/,
	],
])('explains %s', async (_what, fields, fault, expected) => {
	const server = await start();
	if (Object.keys(fault).length > 0) server.addFault(fault);
	const { error } = await run(server, {}, { credentials: credentialsFor(server, fields) });
	expect(error?.message).toMatch(expected);
	expect(JSON.stringify([error?.message, error?.description, error?.context])).not.toContain(
		'sandbox-password',
	);
});

it('goes on after an item that fails, and says why', async () => {
	const server = await start();
	const { outputs, error } = await run(
		server,
		{ limit: 1, filters: { category: '={{ $json.category }}' } },
		{
			items: [{ json: { category: 'a^b' } }, { json: { category: 'email' } }],
			continueOnFail: true,
		},
	);
	expect(error).toBeUndefined();
	expect(outputs[0]).toEqual([
		{
			json: { error: expect.objectContaining({ message: expect.stringContaining("'Category'") }) },
			pairedItem: { item: 0 },
		},
		expect.objectContaining({ pairedItem: { item: 1 } }),
	]);
	expect(outputs[1]).toEqual([expect.objectContaining({ pairedItem: { item: 1 } })]);
});

it.each([
	[{ filters: { createdAfter: 'yesterday-ish' } }, /'Created After' is not a date/],
	[{ filters: { tags: 'no-such-tag' } }, /has no tag 'no-such-tag'/],
	[{ filters: { encodedQuery: 'a=1\nb=2' } }, /'Encoded Query' has a line break/],
	[{ options: { extraColumns: 'u_a; drop' } }, /'Extra Columns' has a name/],
	[{ options: { cursor: 'abc' } }, /'Cursor' is not one/],
])('refuses %j before it reads tickets', async (parameters, expected) => {
	const server = await start();
	const { error } = await run(server, parameters);
	expect(error?.message).toMatch(expected);
	expect(incidents(server)).toEqual([]);
});
