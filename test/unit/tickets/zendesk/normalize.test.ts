import fc from 'fast-check';

import { type NormalizeOptions, toTicket } from '../../../../lib/tickets/zendesk/normalize';
import type {
	Conversation,
	ZendeskComment,
	ZendeskTicket,
	ZendeskUser,
} from '../../../../lib/tickets/zendesk/types';
import { withoutHanging } from '../../../support/withoutHanging';

const OPTIONS: NormalizeOptions = {
	site: 'https://acme.zendesk.com',
	includeInternalNotes: false,
	includeRaw: false,
	stripQuotes: true,
};
const PEOPLE = new Map<number, ZendeskUser>([
	[1, { id: 1, name: 'Mira Kowalski', email: 'mira@example.com', role: 'end-user' }],
	[2, { id: 2, name: 'Priya Raman', email: 'priya@example.com', role: 'agent' }],
	[3, { id: 3, name: 'Ada Admin', role: 'admin' }],
	[4, { id: 4, name: 'Paul Participant', role: 'end-user' }],
]);
const TICKET: ZendeskTicket = {
	id: 42,
	subject: 'VPN',
	status: 'solved',
	requester_id: 1,
	submitter_id: 1,
	assignee_id: 2,
	created_at: '2026-01-10T08:00:00Z',
	updated_at: '2026-01-12T08:00:00Z',
	tags: ['vpn'],
};

let lastId = 100;
function comment(author: number | null, text: string, more: object = {}): ZendeskComment {
	lastId += 1;
	return {
		id: lastId,
		type: 'Comment',
		author_id: author,
		html_body: `<div class="zd-comment" dir="auto"><p>${text}</p></div>`,
		public: true,
		created_at: `2026-01-10T08:00:${String(lastId % 60).padStart(2, '0')}Z`,
		...more,
	};
}

function normalize(
	comments: ZendeskComment[],
	ticket: Partial<ZendeskTicket> = {},
	options: Partial<NormalizeOptions> = {},
) {
	const conversation: Conversation = {
		ticket: { ...TICKET, ...ticket },
		comments,
		users: PEOPLE,
	};
	return toTicket(conversation, { ...OPTIONS, ...options });
}

/** The messages behind a question. */
function answersOf(
	comments: ZendeskComment[],
	...rest: [Partial<ZendeskTicket>?, Partial<NormalizeOptions>?]
) {
	const question = comment(1, 'Question', { id: 1, created_at: '2026-01-01T00:00:00Z' });
	return normalize([question, ...comments], ...rest).messages;
}

beforeEach(() => {
	lastId = 100;
});

describe('Roles', () => {
	it('come from the requester, the role of the author, and -1 for the system', () => {
		const messages = answersOf([
			comment(1, 'Help'),
			comment(2, 'Done'),
			comment(3, 'By the way'),
			comment(4, 'Me too'),
			comment(-1, 'Closed by a rule'),
			comment(null, 'Nobody'),
		]);
		expect(messages.map(({ role }) => role)).toEqual([
			'requester',
			'agent',
			'agent',
			'requester',
			'system',
			'system',
		]);
	});

	it('of people who were deleted come from what they did for the ticket', () => {
		const said = [comment(1, 'Help'), comment(77, 'Done'), comment(78, 'Me too')];
		const messages = answersOf(said, { assignee_id: 77 });
		expect(messages.map(({ role }) => role)).toEqual(['requester', 'agent', 'requester']);
	});

	it('take an agent who asks for themselves for the requester', () => {
		const said = [comment(2, 'My screen is dark'), comment(2, 'Black, that is')];
		const { question, messages } = normalize(said, { requester_id: 2 });
		expect([question, messages[0].role]).toEqual(['My screen is dark', 'requester']);
	});
});

describe('The question', () => {
	it("is the requester's first message, which is not told a second time", () => {
		const ticket = normalize([comment(1, 'Help'), comment(2, 'Done')]);
		expect(ticket.question).toBe('Help');
		expect(ticket.messages.map(({ text }) => text)).toEqual(['Done']);
	});

	it('stays in its place where an agent spoke first', () => {
		const said = [comment(2, 'Your licence ends'), comment(1, 'How do I renew?'), comment(2, 'So')];
		const ticket = normalize(said, { submitter_id: 2 });
		expect(ticket.question).toBe('How do I renew?');
		expect(ticket.messages.map(({ role }) => role)).toEqual(['agent', 'requester', 'agent']);
	});

	it('is what an agent entered on behalf of the requester, which is then no answer', () => {
		const ticket = normalize([comment(2, 'Mira called: VPN is slow'), comment(2, 'Fixed')], {
			submitter_id: 2,
		});
		expect(ticket.question).toBe('Mira called: VPN is slow');
		expect(ticket.messages.map(({ text }) => text)).toEqual(['Fixed']);
	});

	it('is no internal note, and the subject where nothing else is left', () => {
		const hidden = comment(2, 'secret', { public: false });
		expect(normalize([hidden]).question).toBe('VPN');
		expect(normalize([hidden]).leftOut).toEqual({ internal_note: 1 });
		expect(normalize([hidden], {}, { includeInternalNotes: true }).question).toBe('secret');
	});
});

describe('Text', () => {
	it('comes from HTML, else from what was typed, else from the plain form', () => {
		const texts = answersOf([
			comment(1, 'a <strong>b</strong>'),
			comment(1, '', { html_body: null, body: 'typed **c**', plain_body: 'typed c' }),
			comment(1, '', { html_body: '', body: '', plain_body: 'd&nbsp;&amp; <e>\nf' }),
		]).map(({ text }) => text);
		expect(texts).toEqual(['a **b**', 'typed **c**', expect.stringMatching(/^d & \\?<e>.*\nf$/)]);
	});

	it('loses quotes and signatures, if asked to', () => {
		const html =
			'<div class="zd-comment"><p>Thanks, works.</p><div class="gmail_quote">On Monday Priya wrote:<blockquote>Try again</blockquote></div></div>';
		const said = [comment(1, '', { html_body: html })];
		expect(answersOf(said)[0].text).toBe('Thanks, works.');
		const whole = answersOf(said, {}, { stripQuotes: false })[0].text;
		expect(whole).toContain('Try again');
	});

	it('of a voice comment is its transcription', () => {
		const voice = comment(1, 'Call from: +1 555', {
			type: 'VoiceComment',
			data: { transcription_text: 'My badge does not open the door.' },
		});
		expect(answersOf([voice])[0].text).toBe('My badge does not open the door.');
		const silent = comment(1, 'Call from: +1 555', { type: 'VoiceComment', data: {} });
		expect(answersOf([silent])[0].text).toContain('Call from');
	});

	it('of a messaging transcript is split by speaker', () => {
		const body =
			'(10:02:11) Mira Kowalski: Hello\nstill there?\n(10:02:40) Answer Bot: Try the help centre\n(10:03:00) Priya Raman: I am here';
		const [only, ...none] = [comment(1, '', { html_body: null, body, plain_body: body })];
		expect(none).toEqual([]);
		const ticket = normalize([only], { via: { channel: 'messaging' } });
		expect(ticket.messages.map(({ id, role, text }) => [id, role, text])).toEqual([
			['101#2', 'system', 'Try the help centre'],
			['101#3', 'agent', 'I am here'],
		]);
		expect(ticket.question).toBe('Hello\nstill there?');
		expect(answersOf([only], { via: { channel: 'email' } })).toHaveLength(1);
	});
});

describe('The ticket', () => {
	it.each([
		['good', 'good'],
		['good_with_comment', 'good'],
		['bad', 'bad'],
		['badwithcomment', 'bad'],
		['offered', undefined],
		[null, undefined],
	])('has for the score %s the rating %s', (score, rating) => {
		expect(normalize([], { satisfaction_rating: { score } }).rating).toBe(rating);
	});

	it('is named by form, else by group, else by brand', () => {
		const ticket = { ticket_form_id: 6, group_id: 7, brand_id: 8 };
		const names = {
			forms: new Map([[6, 'Incident']]),
			groups: new Map([[7, 'Network']]),
			brands: new Map([[8, 'IT']]),
		};
		expect(normalize([], ticket, names).category).toBe('Incident');
		expect(normalize([], ticket, { ...names, forms: new Map() }).category).toBe('Network');
		expect(normalize([], ticket, { brands: names.brands }).category).toBe('IT');
		expect(normalize([], ticket)).not.toHaveProperty('category');
	});

	it('names attachments, people and times', () => {
		const ticket = normalize([
			comment(1, 'x', { attachments: [{ file_name: 'a.png' }, {}, { file_name: '' }] }),
			comment(2, 'y', { attachments: [{ file_name: 'a.png' }], created_at: 'never' }),
		]);
		expect(ticket.attachments).toEqual(['a.png']);
		expect(ticket.people).toEqual([
			'Mira Kowalski',
			'mira@example.com',
			'Priya Raman',
			'priya@example.com',
			'Ada Admin',
			'Paul Participant',
		]);
		expect(ticket.createdAt).toBe('2026-01-10T08:00:00.000Z');
		expect(ticket.messages.some((message) => 'createdAt' in message)).toBe(true);
	});

	it('is one whatever the records hold', () => {
		const anything = fc.anything({ maxDepth: 2 });
		const comments = fc.array(
			fc.record({
				id: fc.oneof(fc.integer(), fc.string()),
				type: fc.constantFrom('Comment', 'VoiceComment', undefined),
				author_id: anything,
				html_body: fc.oneof(fc.string(), anything),
				body: fc.oneof(fc.string(), anything),
				plain_body: fc.oneof(fc.string(), anything),
				public: anything,
				created_at: fc.oneof(fc.string(), fc.constant('2026-01-01T00:00:00Z')),
				attachments: anything,
				data: fc.option(fc.object({ maxDepth: 1 })),
			}),
		);
		const tickets = fc.record({
			id: fc.integer(),
			status: fc.string(),
			subject: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
			tags: anything,
			via: fc.constantFrom({ channel: 'messaging' }, undefined),
		});
		fc.assert(
			fc.property(tickets, comments, (ticket, said) => {
				const result = normalize(said as ZendeskComment[], ticket as ZendeskTicket);
				expect(typeof result.question).toBe('string');
				expect(result.messages.every(({ text }) => typeof text === 'string')).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	it('of a megabyte is done in a moment', () => {
		const hostile = ['<', '<div>', '&nbsp', '(10:00:00) a:\n', '> ', '&#x'].map((piece) =>
			piece.repeat(1_000_000 / piece.length),
		);
		for (const text of hostile) {
			const said = [
				comment(1, '', { html_body: text, via: { channel: 'chat' } }),
				comment(1, '', { html_body: null, body: '', plain_body: text, via: { channel: 'chat' } }),
			];
			withoutHanging(() => normalize(said));
		}
	}, 60_000);
});
