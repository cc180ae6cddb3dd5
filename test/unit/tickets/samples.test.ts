import {
	ARTICLES,
	PEOPLE,
	type SampleTicket,
	type SampleTrait,
	TICKETS,
} from '../../../sandbox/tickets/samples';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00Z$/;
const messages = TICKETS.flatMap((ticket) => ticket.messages);
const having = (trait: SampleTrait) => TICKETS.filter(({ traits }) => traits?.includes(trait));
const textOf = (ticket: SampleTicket) => ticket.messages.map(({ body }) => body).join('\n');
const answers = ({ messages: all }: SampleTicket) =>
	all.filter(({ from, public: open }) => open && PEOPLE[from]?.kind === 'agent');

test('there are at least 64 tickets, numbered in order of creation', () => {
	expect(TICKETS.length).toBeGreaterThanOrEqual(64);
	expect(TICKETS.map(({ number }) => number)).toEqual(TICKETS.map((_, index) => index + 1));
	const created = TICKETS.map(({ createdAt }) => createdAt);
	expect(created).toEqual([...created].sort());
});

test.each(TICKETS.map((ticket) => [ticket.number, ticket] as const))(
	'ticket %d holds together',
	(_, ticket) => {
		expect(PEOPLE[ticket.requester].kind).toBe('requester');
		if (ticket.agent !== undefined) expect(PEOPLE[ticket.agent].kind).toBe('agent');
		expect(ticket.messages[0]).toMatchObject({
			from: ticket.requester,
			public: true,
			at: ticket.createdAt,
		});
		const times = ticket.messages.map(({ at }) => at);
		expect(times).toEqual([...times].sort());
		for (const at of times) expect(at).toMatch(INSTANT);
		const isDone = ticket.status === 'solved' || ticket.status === 'closed';
		expect([ticket.resolution !== undefined, ticket.resolvedAt !== undefined]).toEqual([
			isDone,
			isDone,
		]);
		if (isDone) expect(times).toContain(ticket.resolvedAt);
		expect(Date.parse(times[times.length - 1])).toBeLessThan(Date.parse('2026-11-21'));
	},
);

test('everybody who writes is known, and every message says something', () => {
	for (const { from, body } of messages) {
		expect(from === 'system' || from in PEOPLE).toBe(true);
		expect(body.trim()).not.toBe('');
	}
	const addresses = Object.values(PEOPLE).map(({ email }) => email);
	expect(new Set(addresses).size).toBe(addresses.length);
	for (const address of addresses) expect(address).toMatch(/^[a-z.]+@[a-z-]+\.example$/);
});

test.each<[SampleTrait, number]>([
	['table', 2],
	['code', 2],
	['log', 2],
	['mailQuote', 4],
	['signature', 3],
	['internalNote', 5],
	['secret', 2],
	['personalData', 2],
	['rightToLeft', 2],
	['emoji', 1],
	['long', 1],
	['exactDuplicate', 2],
	['nearDuplicate', 4],
	['unresolved', 4],
	['noAnswer', 3],
	['emptyAnswer', 2],
	['severalProblems', 3],
	['transcript', 1],
	['reopened', 2],
])('the hard case %s is there %d times or more', (trait, count) => {
	expect(having(trait).length).toBeGreaterThanOrEqual(count);
});

describe('the hard cases are what they say', () => {
	test.each<[SampleTrait, RegExp]>([
		['table', /\| --- \|/],
		['code', /^```\w*$/m],
		['log', /ERROR|ZPL/],
		['secret', /sk-proj-|4111 1111 1111 1111/],
		['personalData', /\d{2}\.\d{2}\.19\d{2}/],
		['rightToLeft', /[\u0590-\u06ff]{3}/],
		['emoji', /\u200d/],
		['transcript', /^\(\d\d:\d\d:\d\d\) /m],
	])('%s', (trait, expression) => {
		for (const ticket of having(trait)) expect(textOf(ticket)).toMatch(expression);
	});

	test('internal notes are not public, and one of them holds a word that must not leak', () => {
		const noted = TICKETS.filter(({ messages: all }) => all.some(({ public: open }) => !open));
		expect(having('internalNote')).toEqual(noted);
		const leaks = messages.filter(({ body }) => body.includes('INTERNAL-ONLY-7F3A'));
		expect(leaks.map(({ public: open }) => open)).toEqual([false]);
	});

	test('one comment is longer than 100 KB', () => {
		const longest = Math.max(
			...having('long').flatMap((t) => t.messages.map((m) => m.body.length)),
		);
		expect(longest).toBeGreaterThan(100 * 1024);
		expect(longest).toBeLessThan(110 * 1024);
	});

	test('exact duplicates have the same words, near ones do not', () => {
		expect(new Set(having('exactDuplicate').map(textOf)).size).toBe(1);
		const near = having('nearDuplicate');
		expect(new Set(near.map(textOf)).size).toBe(near.length);
	});

	test('tickets without an answer have none from an agent that everybody sees', () => {
		const silent = TICKETS.filter((ticket) => answers(ticket).length === 0);
		// The answers of a chat stand in its one message.
		const chats = having('transcript');
		expect(silent.filter((ticket) => !chats.includes(ticket))).toEqual(having('noAnswer'));
		for (const { status } of having('unresolved')) expect(['open', 'pending']).toContain(status);
	});

	test('quoted mails are in the body or in the HTML that the mail program wrote', () => {
		for (const { messages: all } of having('mailQuote')) {
			const whole = all.map(({ body, html = '' }) => body + html).join('\n');
			expect(whole).toMatch(/gmail_quote|divRplyFwdMsg|<blockquote type="cite"|wrote:\n>/);
		}
	});

	test('languages and ratings', () => {
		const languages = new Set(TICKETS.map(({ language }) => language));
		expect([...languages].sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'he', 'ja']);
		expect(TICKETS.filter(({ rating }) => rating === 'bad')).toHaveLength(2);
		expect(TICKETS.filter(({ rating }) => rating === 'good').length).toBeGreaterThan(9);
	});
});

test('there are at least 12 articles, two of them not published', () => {
	expect(ARTICLES.length).toBeGreaterThanOrEqual(12);
	expect(ARTICLES.map(({ number }) => number)).toEqual(ARTICLES.map((_, index) => index + 1));
	const hidden = ARTICLES.filter(({ published }) => !published);
	expect(hidden.map(({ body }) => /UNPUBLISHED-[A-Z]+-\d+/.test(body))).toEqual([true, true]);
	for (const { author } of ARTICLES) expect(PEOPLE[author].kind).toBe('agent');
});
