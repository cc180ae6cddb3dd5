import type { IDataObject } from 'n8n-workflow';

import { useNock } from '../harness';
import { ALL, EXPORT, ids, manyTickets, run, upTo, useZendesk } from './support';

// Two hundred requests pass through; a busy machine needs its time for them.
jest.setTimeout(30_000);

useNock();
const start = useZendesk();

/** 200 tickets on 20 pages; no limits, which other tests are about. */
const LARGE = { pageSize: 10, limits: { account: 1e6, incremental: 1e6, searchExport: 1e6 } };
const CURSOR = '^/api/v2/incremental/tickets';

describe.each([
	['search export', { method: 'searchExport' }, EXPORT],
	['search export with comments in bulk', { comments: 'bulk' }, EXPORT],
	['incremental export', { method: 'incremental' }, CURSOR],
])('A connection cut in page 7 of 20, by %s', (_name, options: IDataObject, path) => {
	it('hands on six pages, and the rest behind the cursor: every ticket exactly once', async () => {
		const sandbox = await start({ ...LARGE, tickets: manyTickets(200) });
		let pages = 0;
		const list = sandbox.log.push.bind(sandbox.log);
		sandbox.log.push = (...lines) => {
			if (new RegExp(path).test(lines[0].slice(4)) && ++pages === 6) {
				sandbox.addFault({ path, times: 50, reset: 'before' });
			}
			return list(...lines);
		};
		const parameters = { ...ALL, options: { ...options, onInterruption: 'returnRead' } };
		const first = await run(sandbox, parameters);
		expect(first.error).toBeUndefined();
		expect(first.tickets).toHaveLength(60);
		expect(first.summary).toMatchObject({
			returned: 60,
			complete: false,
			interruption: { message: expect.stringContaining('ECONNRESET') },
		});
		expect(first.hints[0].message).toContain('broke off');
		// It was tried again before it was given up.
		expect(first.sleeps.length).toBeGreaterThan(2);

		const whole = await start({ ...LARGE, tickets: manyTickets(200) });
		const resumed = {
			...ALL,
			options: { ...options, cursor: first.summary.cursor },
		};
		// The site is part of the query, so it has to be the same one.
		const moved = await run(whole, resumed);
		expect(moved.error?.message).toContain("'Cursor' belongs to another query");

		while (sandbox.log.length > 0 && (await drain(sandbox.url, path)));
		const second = await run(sandbox, resumed);
		expect(second.error).toBeUndefined();
		expect(second.summary).toMatchObject({ returned: 140, complete: true });
		const all = [...ids(first.tickets), ...ids(second.tickets)];
		expect([...all].sort((a, b) => a - b)).toEqual(upTo(200));
	});
});

/** Uses the faults up that are left; answers whether there may be more. */
async function drain(url: string, path: string): Promise<boolean> {
	return await fetch(`${url}${path.slice(1)}`).then(
		() => false,
		() => true,
	);
}

describe('An interruption', () => {
	it('fails by default, and hands on nothing', async () => {
		const sandbox = await start({ ...LARGE, tickets: manyTickets(30) });
		sandbox.addFault({ path: 'page%5Bafter%5D', times: 50, status: 500, body: { error: 'x' } });
		const { error, outputs } = await run(sandbox, ALL);
		expect(error?.message).toContain('500');
		expect(outputs).toEqual([]);
	});
});

/** Time that has passed between two runs. The engine's own clock is put on top of it. */
const clock = { offset: 0 };
const realNow = Date.now;
beforeEach(() => {
	clock.offset = 0;
	Date.now = () => realNow() + clock.offset;
});
afterEach(() => {
	Date.now = realNow;
});

describe('A search cursor', () => {
	it.each([
		['is not sent any more after an hour', 61],
		['that Zendesk refuses is no end', 0],
	])('%s: the reading goes on by date', async (_name, minutes) => {
		let late = 0;
		const tickets = manyTickets(45);
		// Several tickets of one second around the border of the pages.
		for (const at of [20, 21, 22, 23, 24, 25, 26]) {
			tickets[at].createdAt = tickets[23].createdAt;
		}
		const sandbox = await start({ ...LARGE, tickets, now: () => Date.now() + late });
		const parts: number[] = [];
		let cursor = '';
		for (let part = 0; part < 3; part++) {
			const last = part === 2;
			const parameters = {
				...ALL,
				returnAll: last,
				...(last ? {} : { limit: 20 }),
				options: { cursor },
			};
			clock.offset = part * minutes * 60_000;
			const { summary, tickets: read, error } = await run(sandbox, parameters);
			expect(error).toBeUndefined();
			parts.push(...ids(read));
			cursor = summary.cursor!;
			// Only the stand-in's clock goes on, as if the node's were slow.
			if (minutes === 0) late += 2 * 3_600_000;
		}
		expect([...parts].sort((a, b) => a - b)).toEqual(upTo(45));
	});
});

describe('Only New Since Last Run', () => {
	const hour = 3_600_000;
	const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

	it.each([
		['search export', 'searchExport'],
		['incremental export', 'incremental'],
	])('brings what was solved since, by %s', async (_name, method) => {
		const tickets = manyTickets(12);
		tickets[11].status = 'open';
		delete tickets[11].resolvedAt;
		const sandbox = await start({ ...LARGE, tickets });
		const staticData: IDataObject = {};
		const runAgain = async () => {
			const { tickets: read, error } = await run(
				sandbox,
				{ operation: 'getAll', returnAll: true, options: { onlyNew: true, method } },
				{ staticData },
			);
			expect(error).toBeUndefined();
			return ids(read).sort((a, b) => a - b);
		};

		expect(await runAgain()).toEqual(upTo(11));
		clock.offset += hour;
		expect(await runAgain()).toEqual([]);

		// One is solved, and an old one closed by Zendesk's own automation.
		Object.assign(tickets[11], { status: 'solved', resolvedAt: iso(Date.now()) });
		tickets[0].status = 'closed';
		tickets[0].messages.push({
			from: 'system',
			public: false,
			at: iso(Date.now()),
			body: 'Closed.',
		});
		clock.offset += hour;
		expect(await runAgain()).toEqual([12]);
		clock.offset += hour;
		expect(await runAgain()).toEqual([]);

		const [fresh] = manyTickets(1);
		const at = iso(Date.now());
		tickets.push({
			...fresh,
			number: 13,
			createdAt: at,
			resolvedAt: at,
			messages: fresh.messages.map((message) => ({ ...message, at })),
		});
		clock.offset += 2 * 60_000;
		expect(await runAgain()).toEqual([13]);
		clock.offset += 2 * 60_000;
		expect(await runAgain()).toEqual([]);
	});

	it.each([
		['searchExport', undefined],
		['incremental', undefined],
		['searchExport', ['open', 'solved']],
		['incremental', ['open', 'solved']],
	])('brings what was solved once more, or changed, by %s of %j', async (method, status) => {
		const tickets = manyTickets(12);
		const sandbox = await start({ ...LARGE, tickets });
		const staticData: IDataObject = {};
		const runAgain = async () => {
			const filters = status ? { status } : {};
			const parameters = { ...ALL, filters, options: { onlyNew: true, method } };
			return ids((await run(sandbox, parameters, { staticData })).tickets);
		};
		expect(await runAgain()).toHaveLength(12);
		for (const index of [11, 0, 11, 11]) {
			clock.offset += 2 * 60_000;
			const at = iso(Date.now());
			tickets[index].resolvedAt = at;
			tickets[index].messages.push({ from: 'priya', public: true, at, body: 'Solved again.' });
			clock.offset += 2 * 60_000;
			expect(await runAgain()).toEqual([index + 1]);
			expect(await runAgain()).toEqual([]);
		}
	});

	it('begins at the start when the filters were changed', async () => {
		const sandbox = await start({ tickets: manyTickets(4) });
		const staticData: IDataObject = {};
		const read = async (tags: string) => {
			const filters = { tags };
			const parameters = { ...ALL, filters, options: { onlyNew: true } };
			return ids((await run(sandbox, parameters, { staticData })).tickets);
		};
		expect(await read('even')).toEqual([3, 1]);
		expect(await read('even')).toEqual([]);
		expect(await read('odd')).toEqual([4, 2]);
	});
});

it('refuses what is no cursor', async () => {
	const sandbox = await start();
	const { error } = await run(sandbox, { ...ALL, options: { cursor: 'abc' } });
	expect(error?.message).toContain("'Cursor' is not one");
	expect(sandbox.log).toEqual([]);
});
