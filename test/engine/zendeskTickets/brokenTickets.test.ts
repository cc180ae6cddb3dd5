/** A ticket that Zendesk cannot give, and statuses that it does not have. */
import { ALL, ids, manyTickets, run, upTo, useZendesk } from './support';

jest.setTimeout(30_000);

const start = useZendesk();
const COMMENTS_OF_4 = '/api/v2/tickets/4/comments';
const ALWAYS = { status: 500, body: { error: 'InternalError' }, times: 1_000 };
const KEEP = { onInterruption: 'returnRead', maxWaitSeconds: 2 };
const sorted = (numbers: number[]) => [...numbers].sort((a, b) => a - b);
const without = (count: number, ...left: number[]) =>
	upTo(count).filter((number) => !left.includes(number));

describe('Comments that always answer 500', () => {
	it.each([
		['search export', {}, {}],
		['incremental export', { method: 'incremental' }, {}],
		['a view', {}, { view: { __rl: true, mode: 'id', value: '5001' } }],
	])('cost one ticket of %s, which is counted', async (_name, options, filters) => {
		const sandbox = await start({ tickets: manyTickets(12), pageSize: 5 });
		const parameters = { ...ALL, filters: { ...(ALL.filters as object), ...filters } };
		const whole = await run(sandbox, parameters);
		expect(ids(whole.tickets)).toContain(4);

		sandbox.addFault({ path: COMMENTS_OF_4, ...ALWAYS });
		const result = await run(sandbox, { ...parameters, options: { ...KEEP, ...options } });
		expect(result.error).toBeUndefined();
		expect(sorted(ids(result.tickets))).toEqual(
			sorted(ids(whole.tickets)).filter((id) => id !== 4),
		);
		expect(result.summary).toMatchObject({
			complete: true,
			leftOut: { comments_not_readable: 1 },
			warnings: [expect.stringMatching(/comments of ticket 4, however often/)],
		});
		expect(result.summary.interruption).toBeUndefined();
		expect(result.hints[0].message).toContain('comments_not_readable 1');
	});

	it('end a run that is to fail, and the error names the ticket and the way on', async () => {
		const sandbox = await start({ tickets: manyTickets(12) });
		sandbox.addFault({ path: COMMENTS_OF_4, ...ALWAYS });
		const { error, outputs } = await run(sandbox, { ...ALL, options: { maxWaitSeconds: 2 } });
		expect(error?.message).toContain('cannot give the comments of ticket 4 (500)');
		expect(error?.description).toContain("'On Interruption' of Get Many to Return What Was Read");
		expect(outputs).toEqual([]);
	});

	it('of all tickets are an outage, which breaks the run off; of one here and there they are not', async () => {
		const sandbox = await start({ tickets: manyTickets(30), pageSize: 10 });
		const first = await run(sandbox, { ...ALL, returnAll: false, limit: 10, options: KEEP });
		const { cursor } = first.summary;
		sandbox.addFault({ path: '/comments', ...ALWAYS, times: 40 });
		const broken = await run(sandbox, { ...ALL, options: { ...KEEP, cursor } });
		expect(broken.error?.message).toMatch(/cannot give the comments of ticket \d+/);

		const all = await start({ tickets: manyTickets(30), pageSize: 10 });
		all.addFault({ path: '/api/v2/tickets/(4|14|24)/comments', ...ALWAYS });
		const { tickets, summary } = await run(all, { ...ALL, options: KEEP });
		expect(sorted(ids(tickets))).toEqual(without(30, 4, 14, 24));
		expect(summary.leftOut).toEqual({ comments_not_readable: 3 });
	});

	it('lose no ticket when Zendesk is down altogether', async () => {
		const sandbox = await start({ tickets: manyTickets(10), pageSize: 5 });
		sandbox.addFault({ path: '/api/v2/tickets/', ...ALWAYS, times: 200 });
		const { error, outputs } = await run(sandbox, { ...ALL, options: KEEP });
		expect(error?.message).toMatch(/\(500\)/);
		expect(outputs).toEqual([]);
	});
});

describe('Status by expression', () => {
	it.each(['getAll', 'count'])(
		'%s refuses a word that Zendesk does not have',
		async (operation) => {
			const sandbox = await start({ tickets: manyTickets(3) });
			const { error, outputs } = await run(sandbox, {
				operation,
				filters: { status: '={{ ["resolved"] }}' },
			});
			expect(error?.message).toBe("'Status' is none of Zendesk's: 'resolved'");
			expect(error?.description).toContain('Use new, open, pending, hold, solved, closed');
			expect(outputs).toEqual([]);
			expect(sandbox.log).toEqual([]);
		},
	);

	it('takes one word, and words as people see them', async () => {
		const sandbox = await start({ tickets: manyTickets(3) });
		const { tickets } = await run(sandbox, { ...ALL, filters: { status: '={{ "Solved" }}' } });
		expect(sorted(ids(tickets))).toEqual([1, 2, 3]);
	});
});
