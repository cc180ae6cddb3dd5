import type { IDataObject } from 'n8n-workflow';

import { PEOPLE, type SampleTicket, TICKETS } from '../../../sandbox/tickets/samples';
import type { Ticket } from '../../../lib/tickets/types';
import { useNock } from '../harness';
import { agentOf, ALL, ids, manyTickets, run, upTo, useZendesk } from './support';

// Two hundred requests pass through; a busy machine needs its time for them.
jest.setTimeout(30_000);

useNock();
const start = useZendesk();

const SOLVED = TICKETS.filter(({ status }) => status === 'solved' || status === 'closed');
const numbers = (samples: SampleTicket[]) => samples.map(({ number }) => number);
const sorted = (tickets: Ticket[]) => ids(tickets).sort((a, b) => a - b);
const isAgent = (key: string) => PEOPLE[key]?.kind === 'agent';

describe('Get Many', () => {
	it('reads what is solved or closed by default, with the rights of an agent', async () => {
		const sandbox = await start();
		const parameters = { operation: 'getAll', returnAll: true, onlyAnswered: false };
		const result = await run(sandbox, parameters, { credentials: agentOf(sandbox) });
		expect(result.error).toBeUndefined();
		expect(sorted(result.tickets)).toEqual(numbers(SOLVED));
		expect(result.summary).toMatchObject({ returned: SOLVED.length, complete: true, warnings: [] });
		expect(result.outputs[0].every(({ pairedItem }) => pairedItem !== undefined)).toBe(true);
		expect(result.outputs[1][0].pairedItem).toEqual({ item: 0 });
	});

	it('brings every public comment with its role, time and attachments', async () => {
		const sandbox = await start();
		const { tickets } = await run(sandbox, ALL);
		expect(sorted(tickets)).toEqual(numbers(TICKETS));
		for (const sample of TICKETS.filter(({ traits }) => !traits?.includes('transcript'))) {
			const ticket = tickets.find(({ id }) => Number(id) === sample.number)!;
			const shown = sample.messages.filter((message) => message.public);
			const [question, ...answers] = shown;
			expect(question.from).toBe(sample.requester);
			expect(ticket.question).not.toBe('');
			expect(ticket.messages.map(({ role, createdAt }) => [role, createdAt])).toEqual(
				answers.map(({ from, at }) => [
					from === sample.requester ? 'requester' : isAgent(from) ? 'agent' : expect.any(String),
					new Date(at).toISOString(),
				]),
			);
			expect(ticket.attachments ?? []).toEqual([
				...new Set(shown.flatMap(({ attachments = [] }) => attachments)),
			]);
			expect(ticket.leftOut?.internal_note ?? 0).toBe(sample.messages.length - shown.length);
			expect(ticket).toMatchObject({
				source: 'zendesk',
				key: `#${sample.number}`,
				url: `${sandbox.url}/agent/tickets/${sample.number}`,
				title: sample.subject,
				status: sample.status,
				resolved: sample.resolvedAt !== undefined,
				priority: sample.priority,
				kind: 'incident',
				tags: sample.tags,
				people: expect.arrayContaining([
					PEOPLE[sample.requester].name,
					PEOPLE[sample.requester].email,
				]),
			});
			expect(ticket.resolvedAt).toBe(
				sample.resolvedAt && new Date(sample.resolvedAt).toISOString(),
			);
			expect(ticket.rating).toBe(sample.rating);
			expect(ticket).not.toHaveProperty('raw');
		}
	});

	it('counts internal notes, or reads them on request', async () => {
		const sandbox = await start();
		const notes = TICKETS.flatMap(({ messages }) => messages).filter((one) => !one.public).length;
		expect(notes).toBeGreaterThan(2);
		const without = await run(sandbox, ALL);
		expect(without.summary.leftOut.internal_note).toBe(notes);
		expect(without.tickets.flatMap(({ messages }) => messages).every((one) => one.public)).toBe(
			true,
		);
		const included = await run(sandbox, { ...ALL, options: { includeInternalNotes: true } });
		expect(included.summary.leftOut).not.toHaveProperty('internal_note');
		const all = included.tickets.flatMap(({ messages }) => messages);
		expect(all.filter((one) => !one.public)).toHaveLength(notes);
	});

	it('adds the raw record on request', async () => {
		const sandbox = await start({ tickets: manyTickets(1) });
		const { tickets } = await run(sandbox, { ...ALL, options: { includeRaw: true } });
		expect(tickets[0].raw).toMatchObject({
			ticket: { id: 1, subject: 'Question 1' },
			comments: [{ public: true }, { public: true }],
			metric_set: { ticket_id: 1, reopens: 0 },
		});
	});

	it('cuts quotes and signatures, or leaves them', async () => {
		const sandbox = await start();
		const length = (tickets: Ticket[]) =>
			tickets.flatMap(({ messages }) => messages).reduce((sum, { text }) => sum + text.length, 0);
		const cut = await run(sandbox, ALL);
		const whole = await run(sandbox, { ...ALL, options: { stripQuotes: false } });
		expect(length(whole.tickets)).toBeGreaterThan(length(cut.tickets) + 100);
	});

	it('leaves out tickets without an answer, counted', async () => {
		const sandbox = await start();
		const { summary, tickets } = await run(sandbox, { ...ALL, onlyAnswered: true });
		const answered = TICKETS.filter(
			({ messages, traits }) =>
				// Both sides of a chat are in one comment.
				traits?.includes('transcript') ||
				messages.some(({ from, public: open }) => open && isAgent(from)),
		);
		expect(sorted(tickets)).toEqual(numbers(answered));
		expect(summary.leftOut.no_agent_answer).toBe(TICKETS.length - answered.length);
		expect(summary.read).toBe(TICKETS.length);
	});

	it('splits a chat that Zendesk keeps as one comment', async () => {
		const chat = TICKETS.find(({ traits }) => traits?.includes('transcript'))!;
		const sandbox = await start({ tickets: [chat] });
		const { tickets } = await run(sandbox, ALL);
		const { messages, people, question } = tickets[0];
		expect(messages.length).toBeGreaterThan(3);
		expect(new Set(messages.map(({ role }) => role))).toEqual(new Set(['requester', 'agent']));
		expect(chat.messages[0].body).toContain(question);
		expect(messages.map(({ text }) => text).join(' ')).not.toMatch(/\(\d\d:\d\d:\d\d\)/);
		expect(people).toEqual(
			expect.arrayContaining([PEOPLE[chat.requester].name, PEOPLE[chat.agent!].name]),
		);
	});

	it('stops at the limit, and goes on behind it with the cursor', async () => {
		const sandbox = await start({ tickets: manyTickets(25), pageSize: 10 });
		const seen: number[] = [];
		let cursor = '';
		for (const expected of [12, 12, 1]) {
			const parameters = { ...ALL, returnAll: false, limit: 12, options: { cursor } };
			const { tickets, summary } = await run(sandbox, parameters);
			expect(tickets).toHaveLength(expected);
			seen.push(...ids(tickets));
			cursor = summary.cursor!;
		}
		expect(seen.sort((a, b) => a - b)).toEqual(upTo(25));
	});

	it('reads little more than what the limit asks for', async () => {
		const sandbox = await start({ tickets: manyTickets(60) });
		await run(sandbox, { ...ALL, returnAll: false, limit: 12 });
		expect(sandbox.log.filter((line) => line.includes('/comments.json'))).toHaveLength(12);
	});

	it("honours each item's own parameters", async () => {
		const sandbox = await start({ tickets: manyTickets(8) });
		const result = await run(
			sandbox,
			{
				operation: 'getAll',
				returnAll: false,
				limit: '={{ $json.limit }}',
				filters: { tags: '={{ $json.tag }}' },
				options: { includeRaw: '={{ $json.raw }}' },
			},
			{
				items: [
					{ json: { tag: 'even', limit: 2, raw: true } },
					{ json: { tag: 'odd', limit: 3, raw: false } },
				],
			},
		);
		const [first, second] = [0, 1].map((item) =>
			result.outputs[0].filter(({ pairedItem }) => (pairedItem as { item: number }).item === item),
		);
		expect(first.map(({ json }) => json.id)).toEqual(['7', '5']);
		expect(second.map(({ json }) => json.id)).toEqual(['8', '6', '4']);
		expect([first[0].json.raw, second[0].json.raw]).toEqual([expect.any(Object), undefined]);
		expect(result.outputs[1].map(({ json }) => json.returned)).toEqual([2, 3]);
	});
});

describe('Filters', () => {
	const reads = async (filters: IDataObject, options: IDataObject = {}) => {
		const sandbox = await start();
		const result = await run(sandbox, { ...ALL, filters: { status: [], ...filters }, options });
		expect(result.error).toBeUndefined();
		return { ...result, sandbox };
	};
	const locator = (value: number) => ({ __rl: true, mode: 'id', value: String(value) });
	const cases: Array<[string, IDataObject, (sample: SampleTicket) => boolean]> = [
		['status', { status: ['open', 'pending'] }, ({ status }) => /open|pending/.test(status)],
		['group', { group: locator(7003) }, ({ category }) => category === 'software'],
		['brand', { brand: locator(8002) }, ({ category }) => /payroll|policies/.test(category)],
		['form', { form: locator(6001) }, () => true],
		['tags', { tags: TICKETS[0].tags.join(', ') }, ({ number }) => number === 1],
		[
			'dates',
			{ createdAfter: '2025-10-01', createdBefore: '2025-12-01T00:00:00Z' },
			({ createdAt }) => createdAt >= '2025-10-01' && createdAt < '2025-12-01',
		],
		[
			'changes',
			{ updatedAfter: '2025-12-01T00:00:00Z' },
			({ messages, resolvedAt = '' }) =>
				resolvedAt >= '2025-12-01' || messages.some(({ at }) => at >= '2025-12-01'),
		],
	];

	it.each(cases)('by %s in search export', async (_name, filters, fits) => {
		const { tickets } = await reads(filters);
		const expected = numbers(TICKETS.filter(fits));
		expect(expected.length).toBeGreaterThan(0);
		expect(sorted(tickets)).toEqual(expected);
	});

	it.each(cases)('by %s in incremental export, by the node', async (_name, filters, fits) => {
		const { tickets, summary } = await reads(filters, { method: 'incremental' });
		const expected = numbers(TICKETS.filter(fits));
		expect(sorted(tickets)).toEqual(expected);
		expect(summary.read).toBe(expected.length);
	});

	it('sends a query as it is', async () => {
		const { tickets, sandbox } = await reads({ query: 'printer priority>=high' });
		expect(decodeURIComponent(sandbox.log[0])).toContain('query=printer priority>=high&');
		for (const { priority } of tickets) expect(priority).toMatch(/high|urgent/);
	});

	it('reads a view, and filters what it holds', async () => {
		const { tickets, summary, sandbox } = await reads({ view: locator(5001), status: ['closed'] });
		expect(sorted(tickets)).toEqual(numbers(TICKETS.filter(({ status }) => status === 'closed')));
		expect(summary.leftOut.other_status).toBe(
			TICKETS.filter(({ status }) => status === 'solved').length,
		);
		expect(sandbox.log[0]).toContain('/api/v2/views/5001/tickets.json');
	});

	it.each([
		["'type:'", { query: 'type:ticket vpn' }, {}],
		["'Query' and 'View'", { query: 'vpn', view: locator(5001) }, {}],
		['knows no search', { query: 'vpn' }, { method: 'incremental' }],
		['knows no views', { view: locator(5001) }, { method: 'incremental' }],
		["'Only New Since Last Run'", { view: locator(5001) }, { onlyNew: true }],
		["'Group' is not an ID", { group: { __rl: true, mode: 'id', value: 'Level 2' } }, {}],
		["'Created After' is not a date", { createdAfter: 'soon' }, {}],
	])('explains %s and asks nothing', async (words, filters, options) => {
		const sandbox = await start();
		const { error } = await run(sandbox, { ...ALL, filters, options });
		expect(error?.message).toContain(words);
		expect(error?.description).toBeTruthy();
		expect(sandbox.log).toEqual([]);
	});
});

describe('Ways of reading', () => {
	const byId = (tickets: Ticket[]) =>
		[...tickets]
			.sort((a, b) => Number(a.id) - Number(b.id))
			.map(({ url: _url, ...ticket }) => ticket);

	it('all bring the same tickets', async () => {
		const sandbox = await start();
		const search = await run(sandbox, ALL);
		const bulk = await run(sandbox, { ...ALL, options: { comments: 'bulk' } });
		const incremental = await run(sandbox, { ...ALL, options: { method: 'incremental' } });
		expect(byId(bulk.tickets)).toEqual(byId(search.tickets));
		expect(byId(incremental.tickets)).toEqual(byId(search.tickets));
	});

	it('asks for comments in bulk once, however many tickets there are', async () => {
		const sandbox = await start({ tickets: manyTickets(30), pageSize: 40 });
		const options = { method: 'incremental', comments: 'bulk' };
		const { tickets } = await run(sandbox, { ...ALL, options });
		expect(tickets).toHaveLength(30);
		expect(sandbox.log.filter((line) => line.includes('/comments.json'))).toEqual([]);
		const streams = sandbox.log.filter((line) => line.includes('ticket_events'));
		expect(streams.length).toBeGreaterThan(1);
		// Pages overlap by the events of one second.
		for (const ticket of tickets) expect(ticket.messages).toHaveLength(1);
	});

	it('asks one by one where the stream does not show all of a ticket', async () => {
		const samples = manyTickets(3);
		const sandbox = await start({ tickets: samples });
		const comment = (id: number, more: object = {}) => ({
			id,
			event_type: 'Comment',
			author_id: 1,
			body: 'from the stream',
			public: true,
			created_at: '2026-01-05T08:00:00Z',
			...more,
		});
		const event = (id: number, children: object[]) => ({
			ticket_id: id,
			timestamp: 1_767_600_000,
			child_events: children,
		});
		sandbox.addFault({
			path: 'ticket_events',
			status: 200,
			body: {
				ticket_events: [
					event(1, [comment(1)]),
					event(1, [{ id: 5, event_type: 'CommentPrivacyChange', comment_id: 1, public: false }]),
					event(2, [comment(2)]),
				],
				end_of_stream: true,
				end_time: Date.parse('2026-02-01') / 1_000,
			},
		});
		const { tickets } = await run(sandbox, { ...ALL, options: { comments: 'bulk' } });
		const asked = sandbox.log.filter((line) => line.includes('/comments.json'));
		expect(asked.map((line) => /tickets\/(\d+)/.exec(line)?.[1])).toEqual(['3', '1']);
		const texts = new Map(tickets.map(({ id, question }) => [id, question]));
		expect([texts.get('1'), texts.get('2')]).toEqual(['How do I do thing 1?', 'from the stream']);
	});

	it('reads all pages of the comments of one ticket', async () => {
		const [sample] = manyTickets(1);
		const more = Array.from({ length: 23 }, (_, index) => ({
			...sample.messages[index % 2],
			body: `Message ${index}`,
			at: `2026-01-06T08:${String(index + 10)}:00Z`,
		}));
		const long = { ...sample, messages: [...sample.messages, ...more] };
		const sandbox = await start({ tickets: [long], pageSize: 10 });
		const { tickets } = await run(sandbox, ALL);
		expect(tickets[0].messages).toHaveLength(24);
		expect(sandbox.log.filter((line) => line.includes('/comments.json'))).toHaveLength(3);
	});
});
