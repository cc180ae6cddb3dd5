/** Pages, and what goes wrong with them. */
import type { IDataObject } from 'n8n-workflow';

import { useNock } from '../harness';

import {
	json,
	keys,
	numbers,
	plainTickets,
	remembering,
	run,
	signedIn,
	start,
	useSalesforce,
} from './support';

const nock = useNock();
const salesforce = useSalesforce();
const ALL = { returnAll: true };

it("follows Salesforce's own next links, word for word", async () => {
	const sandbox = await salesforce({ tickets: plainTickets(95), pageSize: 20 });
	const result = await run(sandbox, ALL);
	expect(keys(result)).toEqual(numbers(1, 95));
	const pages = sandbox.requests.filter((request) => request.includes('/query/01g'));
	expect(pages).toHaveLength(4);
	expect(pages[0]).toMatch(/^GET \/services\/data\/v66\.0\/query\/01g5e\d{10}AAA-20$/);
});

it('asks for pages of 200 at most', async () => {
	const sandbox = await salesforce({ tickets: plainTickets(450) });
	const result = await run(sandbox, ALL);
	expect(keys(result)).toEqual(numbers(1, 450));
	const mails = sandbox.requests.filter((request) => request.includes('FROM EmailMessage'));
	expect(mails.map((request) => request.split("'500").length - 1)).toEqual([200, 200, 50]);
});

it('does not follow a next link to another server, and hands on what it has', async () => {
	const sandbox = await salesforce({ tickets: plainTickets(60), pageSize: 20 });
	const foreign = nock('https://attacker.example').get(/.*/).reply(200, {});
	sandbox.addPagerFault(2, 'foreign');
	const failed = await run(sandbox, ALL);
	expect(failed.error?.message).toContain('leads to another server (attacker.example)');

	sandbox.addPagerFault(2, 'foreign');
	const options = { onInterruption: 'returnRead' };
	const partial = await run(sandbox, { ...ALL, options });
	expect(keys(partial)).toEqual(numbers(1, 20));
	expect(json(partial, 1)).toMatchObject([
		{ complete: false, interruption: { message: expect.stringContaining('attacker.example') } },
	]);
	expect(foreign.isDone()).toBe(false);
	nock.cleanAll();
});

it('goes on behind the last case when a locator repeats itself', async () => {
	const sandbox = await salesforce({ tickets: plainTickets(100), pageSize: 20 });
	sandbox.addPagerFault(3, 'repeat');
	const result = await run(sandbox, ALL);
	expect(result.error).toBeUndefined();
	expect(keys(result)).toEqual(numbers(1, 100));
	expect(sandbox.requests.filter((request) => request.includes('CreatedDate > '))).toHaveLength(1);
});

it.each([1, 3])('is not ended by an empty page: %i', async (page) => {
	const sandbox = await salesforce({ tickets: plainTickets(100), pageSize: 20 });
	sandbox.addPagerFault(page, 'empty');
	const result = await run(sandbox, ALL);
	expect(keys(result)).toEqual(numbers(1, 100));
	expect(json(result, 1)).toMatchObject([{ complete: true }]);
});

it('goes on behind the last case when a locator has ended', async () => {
	const sandbox = await salesforce({ tickets: plainTickets(60), pageSize: 20 });
	const body = [{ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }];
	sandbox.addFault({ path: '/query/01g', status: 400, body });
	const result = await run(sandbox, ALL);
	expect(keys(result)).toEqual(numbers(1, 60));
});

it('resumes a run that was cut in page 7 of 20, with every case exactly once', async () => {
	const sandbox = await salesforce({ tickets: plainTickets(400), pageSize: 20 });
	const credential = signedIn(sandbox);
	const path = '/query(/01g|\\?q=SELECT.*FROM Case)';
	const options = { onInterruption: 'returnRead', maxWaitSeconds: 5 };
	// A fault without effect lets six pages through.
	sandbox.addFault({ path, times: 6 });
	sandbox.addFault({ path, reset: 'before', times: 20 });
	const first = await run(sandbox, { ...ALL, options }, { credential });
	expect(keys(first)).toEqual(numbers(1, 120));
	expect(first.sleeps.length).toBeGreaterThan(0);
	const [summary] = json(first, 1);
	expect(summary).toMatchObject({
		complete: false,
		returned: 120,
		interruption: { message: expect.stringContaining('The connection broke off') },
	});

	sandbox.clearFaults();
	sandbox.expireLocators();
	const second = await run(
		sandbox,
		{ ...ALL, options: { cursor: summary.cursor } },
		{ credential },
	);
	expect(keys(second)).toEqual(numbers(121, 400));
	expect(json(second, 1)).toMatchObject([{ complete: true, returned: 280 }]);
});

it('fails with what went wrong when nothing is to be handed on half', async () => {
	const sandbox = await salesforce({ tickets: plainTickets(60), pageSize: 20 });
	sandbox.addFault({ path: '/query/01g', reset: 'before', times: 20 });
	const result = await run(sandbox, { ...ALL, options: { maxWaitSeconds: 5 } });
	expect(result.error?.message).toContain('The connection broke off');
	expect(result.outputs).toEqual([]);
});

it('tries again where that may help', async () => {
	const sandbox = await salesforce({ tickets: plainTickets(30), pageSize: 20 });
	sandbox.addFault({ path: '/query/01g', reset: 'before' });
	const body = [{ errorCode: 'SERVER_UNAVAILABLE', message: 'try later' }];
	sandbox.addFault({
		path: 'FROM EmailMessage',
		status: 503,
		body,
		headers: { 'retry-after': '7' },
	});
	const result = await run(sandbox, ALL);
	expect(keys(result)).toEqual(numbers(1, 30));
	expect(result.sleeps).toHaveLength(2);
	expect(result.sleeps).toContain(7000);
});

it('stops when the execution is canceled', async () => {
	const sandbox = await salesforce({ tickets: plainTickets(60), pageSize: 20 });
	sandbox.addFault({ path: '/query/01g', reset: 'before' });
	const running = start(sandbox, ALL, { onSleep: () => running.cancel() });
	const { status, run: kept } = await running.result;
	expect([status, kept.status]).toContain('canceled');
	expect(sandbox.requests.filter((request) => request.includes('/query/01g'))).toHaveLength(1);
});

describe('Only New Since Last Run', () => {
	const options = { onlyNew: true };

	it('hands on cases that were closed since, however old they are', async () => {
		const tickets = plainTickets(30);
		tickets[2] = { ...tickets[2], status: 'open', resolvedAt: undefined };
		const sandbox = await salesforce({ tickets, pageSize: 20 });
		const memory: IDataObject = {};
		const node = remembering(memory);
		const first = await run(sandbox, { ...ALL, options }, { node });
		expect(keys(first)).toHaveLength(29);
		const second = await run(sandbox, { ...ALL, options }, { node });
		expect(second.error).toBeUndefined();
		expect(keys(second)).toEqual([]);

		const reopened = sandbox.tables.get('Case')![2];
		const ClosedDate = '2026-03-01T00:00:00.000+0000';
		Object.assign(reopened, { IsClosed: true, Status: 'Closed', ClosedDate });
		const third = await run(sandbox, { ...ALL, options }, { node });
		expect(keys(third)).toEqual(['00001003']);
		expect(keys(await run(sandbox, { ...ALL, options }, { node }))).toEqual([]);
		expect(Object.keys(memory)).toHaveLength(1);
	});

	it('hands on a case again that was closed once more, the last one too', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(30), pageSize: 20 });
		const node = remembering({});
		const again = async () => keys(await run(sandbox, { ...ALL, options }, { node }));
		expect(await again()).toHaveLength(30);
		for (const [index, day] of [29, 0, 29].entries()) {
			const [{ CaseNumber }] = [sandbox.tables.get('Case')![day]];
			const ClosedDate = `2026-03-0${index + 1}T00:00:00.000+0000`;
			Object.assign(sandbox.tables.get('Case')![day], { ClosedDate });
			expect(await again()).toEqual([CaseNumber]);
			expect(await again()).toEqual([]);
		}
	});

	it('sees cases that came after a run ended, while its locators were still alive', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(40), pageSize: 20 });
		const cases = sandbox.tables.get('Case')!;
		const late = cases.splice(35);
		sandbox.refresh();
		const node = remembering({});
		expect(keys(await run(sandbox, { ...ALL, options }, { node }))).toEqual(numbers(1, 35));
		cases.push(...late);
		sandbox.refresh();
		expect(keys(await run(sandbox, { ...ALL, options }, { node }))).toEqual(numbers(36, 40));
	});
});
