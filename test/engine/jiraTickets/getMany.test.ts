import type { IDataObject } from 'n8n-workflow';

import { TICKETS } from '../../../sandbox/tickets/samples';
import { useNock } from '../harness';
import {
	classic,
	dataCenter,
	expectedKeys,
	getMany,
	json,
	keys,
	run,
	scoped,
	summary,
	tickets,
	useSandbox,
} from './support';

jest.setTimeout(30_000);
useNock();
const start = useSandbox();

const RESOLVED = TICKETS.filter(({ status }) => status === 'solved' || status === 'closed');
const LEARNED = ['fixed', 'answered'];
const learned = RESOLVED.filter(({ resolution }) => LEARNED.includes(resolution!));

describe.each([
	['Cloud', classic],
	['Cloud with a scoped token', scoped],
	['Data Center', dataCenter],
])('%s', (_name, login) => {
	it('reads all resolved samples, several pages', async () => {
		const sandbox = await start({ pageSize: 7 });
		const result = await getMany(login(sandbox), { projects: ['IT'], onlyAnswered: false });
		expect(result.error).toBeUndefined();
		expect(keys(result)).toEqual(learned.map(({ number }) => `IT-${number}`));
		const { returned, read, leftOut, complete, cursor, warnings } = summary(result);
		expect({ returned, read, complete, warnings }).toEqual({
			returned: learned.length,
			read: learned.length,
			complete: true,
			warnings: [],
		});
		const notes = learned.flatMap((ticket) => ticket.messages.filter((said) => !said.public));
		expect(leftOut).toEqual({
			resolution: RESOLVED.length - learned.length,
			internal_note: notes.length,
		});
		expect(typeof cursor).toBe('string');
	});

	it('leaves out tickets without a public answer of an agent', async () => {
		const [answered, noted, asked] = tickets(3);
		noted.messages[1].public = false;
		asked.messages[1].from = 'mira';
		const sandbox = await start({ tickets: [answered, noted, asked] });
		const result = await getMany(login(sandbox));
		expect(keys(result)).toEqual(['IT-1']);
		expect(summary(result).leftOut).toEqual({ no_agent_answer: 2 });
	});

	it('reads internal notes on request', async () => {
		const [ticket] = tickets(1);
		ticket.messages.push({ from: 'jonas', public: false, at: ticket.resolvedAt!, body: 'Psst' });
		const sandbox = await start({ tickets: [ticket] });
		const without = await getMany(login(sandbox));
		expect(JSON.stringify(without.outputs)).not.toContain('Psst');
		expect(summary(without).leftOut).toEqual({ internal_note: 1 });
		const included = await getMany(login(sandbox), { options: { includeInternalNotes: true } });
		expect(json(included)[0].messages).toMatchObject([
			{ role: 'agent', public: true, text: 'Answer 1' },
			{ role: 'agent', public: false, text: 'Psst' },
		]);
		expect(summary(included).leftOut).toEqual({});
	});

	it('stops at the limit and goes on from the cursor', async () => {
		const sandbox = await start({ tickets: tickets(10), pageSize: 4 });
		const first = await run(login(sandbox), { limit: 6 });
		expect(keys(first)).toEqual(expectedKeys(6));
		expect(summary(first)).toMatchObject({ returned: 6, complete: false });
		const { cursor } = summary(first);
		const rest = await getMany(login(sandbox), { options: { cursor } });
		expect(keys(rest)).toEqual(expectedKeys(4, 7));
		expect(summary(rest).complete).toBe(true);
	});

	it('goes on after an import of many tickets in the same minute', async () => {
		const at = '2026-01-05T08:00:00Z';
		const sandbox = await start({ tickets: tickets(23, () => ({ createdAt: at })), pageSize: 4 });
		const seen: unknown[] = [];
		let cursor: unknown = '';
		for (let turn = 0; turn < 10; turn++) {
			const part = await run(login(sandbox), { limit: 5, options: { cursor } });
			expect(part.error).toBeUndefined();
			seen.push(...keys(part));
			({ cursor } = summary(part));
			if (summary(part).complete) break;
		}
		expect(seen).toEqual(expectedKeys(23));
	});

	it('goes on where the connection was cut in page 7 of 20, every ticket once', async () => {
		const sandbox = await start({ tickets: tickets(100), pageSize: 5 });
		sandbox.addFault({ method: 'POST', path: '/search', after: 6, times: 8, reset: 'before' });
		const options = { onInterruption: 'returnRead' };
		const cut = await getMany(login(sandbox), { options });
		expect(keys(cut)).toEqual(expectedKeys(keys(cut).length));
		expect(keys(cut).length).toBeGreaterThan(20);
		expect(keys(cut).length).toBeLessThan(35);
		expect(summary(cut)).toMatchObject({
			complete: false,
			interruption: { message: expect.stringContaining('connection broke off') },
		});
		expect(cut.sleeps).toHaveLength(7);
		const rest = await getMany(login(sandbox), { options: { cursor: summary(cut).cursor } });
		expect([...keys(cut), ...keys(rest)]).toEqual(expectedKeys(100));
	});

	it('hands on nothing of a broken run by default', async () => {
		const sandbox = await start({ tickets: tickets(9), pageSize: 3 });
		sandbox.addFault({ method: 'POST', path: '/search', after: 1, times: 8, reset: 'before' });
		const { outputs, error } = await getMany(login(sandbox));
		expect(outputs.flat()).toEqual([]);
		expect(error?.message).toContain('connection broke off');
	});

	it('waits as long as Jira asks', async () => {
		const sandbox = await start({ tickets: tickets(2) });
		sandbox.addFault({
			path: '/search',
			times: 2,
			status: 429,
			headers: { 'retry-after': '17', 'ratelimit-reason': 'jira-burst-based' },
		});
		const result = await getMany(login(sandbox));
		expect(keys(result)).toEqual(expectedKeys(2));
		expect(result.sleeps).toEqual([17_000, 17_000]);
	});

	it('gives up when the waits would be longer than allowed, and names the limit', async () => {
		const sandbox = await start({ tickets: tickets(2) });
		sandbox.addFault({
			path: '/search',
			times: 9,
			status: 429,
			headers: { 'retry-after': '17', 'ratelimit-reason': 'jira-burst-based' },
		});
		const { error, sleeps } = await getMany(login(sandbox), { options: { maxWaitSeconds: 40 } });
		expect(sleeps).toEqual([17_000, 17_000]);
		expect(error?.message).toContain('Jira asks to slow down (jira-burst-based)');
		expect(error?.description).toContain('asks to wait 17 s');
		expect(error?.httpCode).toBe('429');
	});

	it('outlasts a 503', async () => {
		const sandbox = await start({ tickets: tickets(2) });
		sandbox.addFault({ path: '/search', status: 503, times: 2, body: {} });
		const result = await getMany(login(sandbox));
		expect(keys(result)).toEqual(expectedKeys(2));
		expect(result.sleeps).toHaveLength(2);
	});

	it('takes no web page for data', async () => {
		const sandbox = await start({ tickets: tickets(2) });
		sandbox.addFault({ path: '/search', html: true });
		const { error, sleeps } = await getMany(login(sandbox));
		expect(error?.message).toContain('There is no Jira API');
		expect(error?.description).toContain("Check 'Site URL'");
		expect(sleeps).toEqual([]);
	});
});

describe('what is new since the last run', () => {
	const memory: IDataObject = {};
	beforeEach(() => {
		for (const name of Object.keys(memory)) delete memory[name];
		const { Workflow } = require('n8n-workflow') as typeof import('n8n-workflow');
		jest.spyOn(Workflow.prototype, 'getStaticData').mockReturnValue(memory);
	});
	afterEach(() => jest.restoreAllMocks());

	it.each([
		['Cloud', classic],
		['Data Center', dataCenter],
	])(
		'%s: a ticket that was open at the last run comes when it is resolved',
		async (_name, login) => {
			const all = tickets(5);
			const solved = { status: all[1].status, resolution: all[1].resolution };
			Object.assign(all[1], { status: 'open', resolution: undefined, resolvedAt: undefined });
			const sandbox = await start({ tickets: all, pageSize: 2 });
			const options = { onlyNew: true };
			expect(keys(await getMany(login(sandbox), { options }))).toEqual([
				'IT-1',
				'IT-3',
				'IT-4',
				'IT-5',
			]);
			expect(keys(await getMany(login(sandbox), { options }))).toEqual([]);
			Object.assign(all[1], { ...solved, resolvedAt: '2026-01-06T08:00:00Z' });
			expect(keys(await getMany(login(sandbox), { options }))).toEqual(['IT-2']);
			expect(keys(await getMany(login(sandbox), { options }))).toEqual([]);
		},
	);

	it('hands on a ticket again that was resolved once more, within the minute too', async () => {
		const all = tickets(3);
		all[2].resolvedAt = '2026-02-01T08:00:10Z';
		const sandbox = await start({ tickets: all });
		const again = async () => keys(await getMany(classic(sandbox), { options: { onlyNew: true } }));
		expect(await again()).toEqual(expectedKeys(3));
		for (const resolvedAt of ['2026-02-01T08:00:40Z', '2026-02-02T08:00:00Z']) {
			all[2].resolvedAt = resolvedAt;
			expect(await again()).toEqual(['IT-3']);
			expect(await again()).toEqual([]);
		}
	});

	it('counts a change of an open ticket as new where open ones are read', async () => {
		const all = tickets(2);
		const sandbox = await start({ tickets: all });
		const parameters = {
			options: { onlyNew: true },
			filters: { includeUnresolved: true },
			onlyAnswered: false,
		};
		expect(keys(await getMany(classic(sandbox), parameters))).toEqual(expectedKeys(2));
		all[0].messages.push({ from: 'mira', public: true, at: '2026-02-01T08:00:00Z', body: 'Again' });
		expect(keys(await getMany(classic(sandbox), parameters))).toEqual(['IT-1']);
	});
});
