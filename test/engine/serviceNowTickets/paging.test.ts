import { type ServiceNowSandbox } from '../../../sandbox/tickets/serviceNow';
import {
	incidentKeys,
	manyTickets,
	readAll,
	run,
	summaryOf,
	ticketsOf,
	useServers,
} from './support';

jest.setTimeout(30_000);

const start = useServers();

const MANY = manyTickets(200);
const keys = incidentKeys(MANY);
const PAGES_OF_TEN = { pageSize: 10 };
const incidents = (server: ServiceNowSandbox) =>
	server.requests().filter(({ path }) => path.startsWith('/api/now/table/incident'));

it('reads 20 pages, each ticket once, although several have the same second', async () => {
	const server = await start({ tickets: MANY });
	const { tickets, summary } = await readAll(server, { options: PAGES_OF_TEN });
	expect(tickets.map(({ key }) => key)).toEqual(keys);
	expect(summary).toMatchObject({ returned: 200, read: 200, complete: true });
	expect(incidents(server)).toHaveLength(20);
});

it('resumes a run that was cut in page 7 of 20, with every ticket once', async () => {
	let pages = 0;
	const server = await start({
		tickets: MANY,
		onRequest: (path) => {
			if (!path.startsWith('/api/now/table/incident')) return;
			if (++pages === 7) server.addFault({ path: '/incident', reset: 'after' });
		},
	});
	const cut = await readAll(server, {
		options: { ...PAGES_OF_TEN, maxWaitSeconds: 0, onInterruption: 'returnRead' },
	});
	expect(cut.summary).toMatchObject({ returned: 60, complete: false });
	expect(cut.summary.interruption?.message).toMatch(/connection broke off/i);

	const { cursor } = cut.summary;
	const rest = await readAll(server, { options: { ...PAGES_OF_TEN, cursor } });
	expect(rest.summary).toMatchObject({ returned: 140, complete: true });
	expect([...cut.tickets, ...rest.tickets].map(({ key }) => key)).toEqual(keys);
});

it('fails on an interruption unless told otherwise, and then hands on nothing', async () => {
	const server = await start({ tickets: MANY });
	server.addFault({ path: 'sys_journal_field', status: 500, times: 100 });
	const { error, outputs } = await readAll(server, { options: { maxWaitSeconds: 1 } });
	expect(error?.message).toMatch(/cannot answer at the moment \(500\)/);
	expect(outputs[0] ?? []).toEqual([]);
});

it('goes on behind records that access rules hide, also where a whole page is hidden', async () => {
	const hidden = new Set(keys.filter((_, index) => (index >= 20 && index < 55) || index === 70));
	const server = await start({
		tickets: MANY,
		isHidden: (_table, number) => hidden.has(number),
	});
	const { tickets, summary } = await readAll(server, { options: PAGES_OF_TEN });
	expect(tickets.map(({ key }) => key)).toEqual(keys.filter((key) => !hidden.has(key)));
	expect(summary.complete).toBe(true);
	expect(summary.warnings).toEqual([expect.stringContaining('hidden from the user')]);

	const none = await start({ tickets: MANY, isHidden: () => true });
	const nothing = await readAll(none, { options: PAGES_OF_TEN });
	expect(nothing.summary).toMatchObject({ returned: 0, complete: true });
	expect(nothing.summary.warnings).toHaveLength(1);
});

it('reads to the end of an instance that sends smaller pages than asked for', async () => {
	const server = await start({ tickets: MANY, pageSize: 30 });
	const { tickets } = await readAll(server);
	expect(tickets.map(({ key }) => key)).toEqual(keys);
	expect(tickets.every(({ messages }) => messages.length === 1)).toBe(true);
});

it('never follows a next link, so the login stays with the instance', async () => {
	const foreign = await start();
	const server = await start({ tickets: MANY, linkOrigin: foreign.url });
	const { tickets } = await readAll(server, { options: PAGES_OF_TEN });
	expect(tickets).toHaveLength(200);
	expect(foreign.requests()).toEqual([]);
});

it('loses nothing when records vanish or leave the filter while pages are read', async () => {
	const server = await start({ tickets: MANY });
	const first = await run(server, { limit: 25, options: PAGES_OF_TEN });
	const rows = server.database.get('incident')!.rows;
	// The record at which the next page begins, and one before it.
	const taken = ticketsOf(first).map(({ key }) => key);
	rows.splice(
		rows.findIndex(({ number }) => number === taken[19]),
		1,
	);
	rows.find(({ number }) => number === taken[3])!.state = '2';
	const { cursor } = summaryOf(first);
	const rest = await readAll(server, { options: { ...PAGES_OF_TEN, cursor } });
	expect([...taken, ...rest.tickets.map(({ key }) => key)]).toEqual(keys);
});

it('stops when the instance reads dates as local ones, which would skip records', async () => {
	for (const queryZoneHours of [5, -5]) {
		const server = await start({ tickets: MANY, queryZoneHours });
		const { error } = await readAll(server, { options: PAGES_OF_TEN });
		expect(error?.message).toMatch(/does not read dates in queries as UTC/);
		expect(error?.description).toMatch(/time zone of the credential's user to GMT/);
	}
});
