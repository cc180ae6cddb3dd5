import { ARTICLES, PEOPLE, TICKETS } from '../../../sandbox/tickets/samples';
import {
	type ServiceNowSandbox,
	startServiceNowSandbox,
} from '../../../sandbox/tickets/serviceNow';
import { ENDED, keyOf, readAll, run, summaryOf, ticketsOf } from './support';

jest.setTimeout(30_000);

let server: ServiceNowSandbox;
beforeAll(async () => {
	server = await startServiceNowSandbox();
});
afterAll(async () => await server.close());

it.each([
	['incident', 'INC', 'incident'],
	['case', 'CS', 'case'],
	['requestItem', 'RITM', 'requestItem'],
])('reads every resolved %s with its comments', async (resource, prefix, kind) => {
	const { tickets, summary, error, hints } = await readAll(server, { resource });
	expect(error).toBeUndefined();
	expect(tickets.map(({ key }) => key)).toEqual(ENDED.map((sample) => keyOf(prefix, sample)));
	expect(summary).toMatchObject({ returned: ENDED.length, complete: true, warnings: [] });
	for (const [index, ticket] of tickets.entries()) {
		const sample = ENDED[index];
		expect(ticket).toMatchObject({
			source: 'serviceNow',
			kind,
			resolved: true,
			category: sample.category,
			createdAt: new Date(sample.createdAt).toISOString(),
			url: `${server.url}/${tableOf(resource)}.do?sys_id=${ticket.id}`,
		});
		expect(ticket.people).toContain(PEOPLE[sample.requester].name);
		const shown = sample.messages
			.slice(1)
			.filter((message) => message.public && message.body.trim());
		// The order of entries of the same second is up to the instance.
		expect(ticket.messages.map(({ createdAt, role }) => `${createdAt} ${role}`).sort()).toEqual(
			shown
				.map(({ at, from }) => {
					const role = from === 'system' ? 'system' : PEOPLE[from].kind;
					return `${new Date(at).toISOString()} ${role}`;
				})
				.sort(),
		);
	}
	expect(hints[0].message).toContain(`${ENDED.length} tickets`);
});

const tableOf = (resource: string) =>
	({ incident: 'incident', case: 'sn_customerservice_case', requestItem: 'sc_req_item' })[resource];

it('reads published articles: the title asks, the text answers', async () => {
	const published = ARTICLES.filter((article) => article.published);
	expect(published.length).toBeLessThan(ARTICLES.length);
	const { tickets } = await readAll(server, { resource: 'knowledgeArticle', onlyAnswered: true });
	expect(tickets.map(({ title }) => title).sort()).toEqual(
		published.map(({ title }) => title).sort(),
	);
	for (const ticket of tickets) {
		expect(ticket).toMatchObject({
			kind: 'article',
			question: ticket.title,
			messages: [],
			language: 'en',
		});
		expect(ticket.resolutionText).not.toMatch(/<(p|li|h\d|strong)\b/);
		expect(ticket.resolutionText!.length).toBeGreaterThan(20);
	}
});

it('counts internal notes and leaves them out, or hands them on', async () => {
	const secret = 'INTERNAL-ONLY-7F3A';
	const notes = ENDED.flatMap(({ messages }) => messages.slice(1)).filter(
		(message) => !message.public,
	);
	expect(notes.length).toBeGreaterThan(0);

	const without = await readAll(server);
	expect(without.summary.leftOut).toEqual({ internal_note: notes.length });
	expect(JSON.stringify(without.outputs)).not.toContain(secret);
	expect(without.tickets.every(({ messages }) => messages.every((message) => message.public))).toBe(
		true,
	);

	const { tickets, summary } = await readAll(server, { options: { includeInternalNotes: true } });
	expect(summary.leftOut).toEqual({});
	const read = tickets.flatMap(({ messages }) => messages).filter((message) => !message.public);
	expect(read).toHaveLength(notes.length);
	expect(JSON.stringify(read)).toContain(secret);
});

it('takes HTML out of [code], with or without the quoted mail', async () => {
	const sample = ENDED.find(
		({ traits, messages }) =>
			traits?.includes('mailQuote') && messages.some(({ html }) => html?.includes('gmail_quote')),
	)!;
	const messageOf = async (stripQuotes: boolean) => {
		const { tickets } = await readAll(server, { options: { stripQuotes } });
		return tickets.find(({ key }) => key === keyOf('INC', sample))!.messages[0].text;
	};
	const stripped = await messageOf(true);
	expect(stripped).toContain('The mailbox is there.');
	expect(stripped).not.toMatch(/\[\/?code\]|wrote:|<div|Service Desk, extension/);
	expect(await messageOf(false)).toMatch(/wrote:/);
});

it('tells a mail from outside by its address, and takes that line off', async () => {
	const sample = ENDED.find(({ requester }) => requester === 'dana')!;
	const { tickets } = await readAll(server);
	const { messages, people } = tickets.find(({ key }) => key === keyOf('INC', sample))!;
	const last = messages.at(-1)!;
	expect(last).toMatchObject({ role: 'requester', authorId: 'guest' });
	expect(last.text).not.toContain('reply from');
	expect(people).toContain(PEOPLE.dana.email);
});

it('leaves out what no agent has answered; notes on closing are an answer', async () => {
	const { tickets, summary } = await readAll(server, { onlyAnswered: true });
	const silent = ENDED.filter(({ messages }) =>
		messages.every(
			({ from, public: isPublic, body }) =>
				!(isPublic && PEOPLE[from]?.kind === 'agent' && body.trim()),
		),
	);
	expect(silent.length).toBeGreaterThan(0);
	expect(summary.leftOut.no_agent_answer).toBe(silent.length);
	expect(tickets).toHaveLength(ENDED.length - silent.length);

	// One with notes on closing, but without any comment.
	const [row] = server.database
		.get('incident')!
		.rows.filter(({ number }) => number === keyOf('INC', silent[0]));
	row.close_notes = 'Restarted the print server';
	const again = await readAll(server, { onlyAnswered: true });
	row.close_notes = '';
	expect(again.tickets.map(({ resolutionText }) => resolutionText)).toContain(
		'Restarted the print server',
	);
});

it('stops at the limit and goes on from its cursor', async () => {
	const first = await run(server, { limit: 7, onlyAnswered: false });
	expect(summaryOf(first)).toMatchObject({ returned: 7, complete: false });
	const { cursor } = summaryOf(first);
	const rest = await readAll(server, { options: { cursor } });
	expect(rest.summary.complete).toBe(true);
	expect([...ticketsOf(first), ...rest.tickets].map(({ key }) => key)).toEqual(
		ENDED.map((sample) => keyOf('INC', sample)),
	);
	const other = await run(server, { resource: 'case', options: { cursor } });
	expect(other.error?.message).toMatch(/'Cursor' belongs to another query/);
});

it('honours filters, states and dates in the terms of ServiceNow', async () => {
	const keys = async (filters: object) => {
		const { tickets, error } = await readAll(server, { filters: { ...filters } });
		expect(error).toBeUndefined();
		return tickets.map(({ key }) => key);
	};
	const expected = (of: typeof TICKETS) => of.map((sample) => keyOf('INC', sample));
	expect(await keys({ states: '7' })).toEqual(
		expected(TICKETS.filter(({ status }) => status === 'closed')),
	);
	expect(await keys({ states: '*' })).toEqual(expected(TICKETS));
	expect(await keys({ encodedQuery: 'state=2' })).toEqual(
		expected(TICKETS.filter(({ status }) => status === 'open')),
	);
	expect(await keys({ encodedQuery: 'priority=1^ORpriority=2^ORDERBYDESCnumber' })).toEqual(
		expected(ENDED.filter(({ priority }) => priority === 'urgent' || priority === 'high')),
	);
	expect(await keys({ encodedQuery: 'priority=1^NQpriority=4' })).toEqual(
		expected(ENDED.filter(({ priority }) => priority === 'urgent' || priority === 'low')),
	);
	expect(await keys({ category: 'network, email' })).toEqual(
		expected(ENDED.filter(({ category }) => category === 'network' || category === 'email')),
	);
	expect(await keys({ assignmentGroup: 'access desk' })).toEqual(
		expected(ENDED.filter(({ category }) => category === 'access')),
	);
	expect(await keys({ tags: 'shared, lockout' })).toEqual(
		expected(ENDED.filter(({ tags }) => tags.includes('shared') || tags.includes('lockout'))),
	);
	const middle = ENDED[Math.floor(ENDED.length / 2)].createdAt;
	expect(await keys({ createdAfter: middle })).toEqual(
		expected(ENDED.filter(({ createdAt }) => createdAt >= middle)),
	);
	expect(await keys({ createdBefore: middle })).toEqual(
		expected(ENDED.filter(({ createdAt }) => createdAt < middle)),
	);
});

it('reads tags, names of attachments and further columns on request', async () => {
	const { tickets } = await readAll(server, {
		options: {
			includeTags: true,
			includeAttachments: true,
			includeRaw: true,
			extraColumns: 'active, opened_by.email',
			concurrency: 2,
		},
	});
	const byKey = new Map(tickets.map((ticket) => [ticket.key, ticket]));
	for (const sample of ENDED) {
		const ticket = byKey.get(keyOf('INC', sample))!;
		expect([...ticket.tags].sort()).toEqual([...sample.tags].sort());
		const files = sample.messages.flatMap(({ attachments = [] }) => attachments);
		expect([...(ticket.attachments ?? [])].sort()).toEqual(files.sort());
		const { record } = ticket.raw as { record: Record<string, unknown>; journal: unknown[] };
		expect(record['opened_by.email']).toEqual(
			expect.objectContaining({ value: PEOPLE[sample.requester].email }),
		);
		expect(record).toHaveProperty('active');
	}
	const plain = await readAll(server);
	expect(plain.tickets.every((ticket) => !('raw' in ticket) && !('attachments' in ticket))).toBe(
		true,
	);
});

it('honours the parameters of each item, and pairs tickets and summaries with it', async () => {
	const result = await run(
		server,
		{
			limit: '={{ $json.limit }}',
			onlyAnswered: false,
			filters: { states: '={{ $json.states }}' },
		},
		{ items: [{ json: { limit: 2, states: '7' } }, { json: { limit: 3, states: '6' } }] },
	);
	expect(result.outputs[0].map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual([
		['Closed', { item: 0 }],
		['Closed', { item: 0 }],
		['Resolved', { item: 1 }],
		['Resolved', { item: 1 }],
		['Resolved', { item: 1 }],
	]);
	expect(result.outputs[1].map(({ json, pairedItem }) => [json.returned, pairedItem])).toEqual([
		[2, { item: 0 }],
		[3, { item: 1 }],
	]);
});
