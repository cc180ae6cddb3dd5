import fc from 'fast-check';

import { articleTicket, taskTicket } from '../../../../lib/tickets/serviceNow/normalize';
import { TABLES } from '../../../../lib/tickets/serviceNow/tables';
import type { JournalEntry, Row } from '../../../../lib/tickets/serviceNow/types';
import { withoutHanging } from '../../../support/withoutHanging';

const SITE = 'https://acme.service-now.com';
const ID = 'a'.repeat(32);
const row: Row = {
	sys_id: ID,
	number: 'INC0010023',
	short_description: 'VPN drops',
	description: 'It drops every hour.\r\n\r\nSince Monday.',
	close_notes: 'Updated the client to 5.2',
	state: { display_value: 'Closed', value: '7' },
	priority: { display_value: '3 - Moderate', value: '3' },
	category: { display_value: 'Network', value: 'network' },
	close_code: { display_value: 'Solved (Permanently)', value: 'Solved (Permanently)' },
	sys_created_by: 'jane.doe',
	sys_created_on: { display_value: '01/02/2026 11:00', value: '2026-01-02 10:00:00' },
	sys_updated_on: '2026-01-04 10:00:00',
	resolved_at: '2026-01-03 10:00:00',
	'caller_id.name': 'Jane Doe',
	'caller_id.email': 'jane@acme.example',
	'caller_id.user_name': 'Jane.Doe',
	'assigned_to.name': 'Sam Agent',
	'assigned_to.email': 'sam@acme.example',
	'assigned_to.user_name': 'sam',
};
const options = { includeInternalNotes: false, includeRaw: false, stripQuotes: true };
const entry = (
	id: string,
	author: string,
	text: string,
	more: Partial<JournalEntry> = {},
): JournalEntry => ({
	id,
	recordId: ID,
	element: 'comments',
	author,
	createdAt: `2026-01-02T1${id}:00:00.000Z`,
	text,
	...more,
});
const ticket = (entries: JournalEntry[] = [], changes: Row = {}, more = {}) =>
	taskTicket(
		SITE,
		TABLES.incident,
		{ row: { ...row, ...changes }, entries },
		{ ...options, ...more },
	);

it('makes an incident a ticket', () => {
	expect(
		ticket([entry('2', 'sam', 'Please restart.'), entry('1', 'jane.doe', 'Still there')]),
	).toEqual({
		source: 'serviceNow',
		id: ID,
		key: 'INC0010023',
		kind: 'incident',
		url: `${SITE}/incident.do?sys_id=${ID}`,
		title: 'VPN drops',
		question: 'It drops every hour.\n\nSince Monday.',
		messages: [
			{
				id: '1',
				role: 'requester',
				public: true,
				authorId: 'jane.doe',
				createdAt: '2026-01-02T11:00:00.000Z',
				text: 'Still there',
			},
			{
				id: '2',
				role: 'agent',
				public: true,
				authorId: 'sam',
				createdAt: '2026-01-02T12:00:00.000Z',
				text: 'Please restart.',
			},
		],
		status: 'Closed',
		resolved: true,
		resolution: 'Solved (Permanently)',
		resolutionText: 'Updated the client to 5.2',
		category: 'Network',
		priority: '3 - Moderate',
		tags: [],
		createdAt: '2026-01-02T10:00:00.000Z',
		updatedAt: '2026-01-04T10:00:00.000Z',
		resolvedAt: '2026-01-03T10:00:00.000Z',
		people: ['Jane Doe', 'jane@acme.example', 'Sam Agent', 'sam@acme.example'],
	});
});

it('asks with the title where there is no description, and leaves out what is empty', () => {
	const bare = ticket([], {
		description: '',
		close_notes: ' ',
		close_code: '',
		resolved_at: '',
		closed_at: '2026-01-05 10:00:00',
	});
	expect(bare.question).toBe('VPN drops');
	expect(bare.resolvedAt).toBe('2026-01-05T10:00:00.000Z');
	for (const name of ['resolutionText', 'resolution', 'attachments', 'leftOut', 'raw']) {
		expect(bare).not.toHaveProperty(name);
	}
});

it('counts work notes, or hands them on as not public', () => {
	const notes = [
		entry('1', 'sam', 'Looks like her router', { element: 'work_notes' }),
		entry('2', 'sam', 'Hi'),
	];
	const without = ticket(notes);
	expect(without.messages.map(({ text }) => text)).toEqual(['Hi']);
	expect(without.leftOut).toEqual({ internal_note: 1 });
	const { messages, leftOut } = ticket(notes, {}, { includeInternalNotes: true });
	expect(messages.map(({ public: isPublic }) => isPublic)).toEqual([false, true]);
	expect(leftOut).toBeUndefined();
});

it.each([
	['jane.doe', 'x', 'requester'],
	['JANE.DOE', 'x', 'requester'],
	['Jane Doe', 'x', 'requester'],
	['sam', 'x', 'agent'],
	['somebody.else', 'x', 'agent'],
	['system', 'x', 'system'],
	['', 'x', 'system'],
	['guest', 'x', 'system'],
	['guest', 'reply from: jane@acme.example\n\nx', 'requester'],
	['guest', 'reply from: boss@elsewhere.example\r\n\r\nx', 'requester'],
	['sam', 'reply from: sam@acme.example\n\nx', 'agent'],
])('takes an entry of %j that says %j for one of the %s', (author, text, role) => {
	expect(ticket([entry('1', author, text)]).messages).toMatchObject([{ role, text: 'x' }]);
});

it('notes the address of a mail among the people', () => {
	const { people } = ticket([entry('1', 'guest', 'reply from: boss@elsewhere.example\n\nx')]);
	expect(people).toContain('boss@elsewhere.example');
	const mailed = ticket([], { description: 'received from: jane@home.example\n\nHelp!' });
	expect(mailed.question).toBe('Help!');
	expect(mailed.people).toContain('jane@home.example');
});

it('takes whoever opened it for the requester when users cannot be read', () => {
	const hidden = { 'caller_id.name': '', 'caller_id.email': '', 'caller_id.user_name': '' };
	const { messages } = ticket([entry('1', 'jane.doe', 'a'), entry('2', 'sam', 'b')], hidden);
	expect(messages.map(({ role }) => role)).toEqual(['requester', 'agent']);
	const byAgent = ticket([entry('1', 'sam', 'b')], { ...hidden, sys_created_by: 'sam' });
	expect(byAgent.messages[0].role).toBe('agent');
});

it('makes HTML between [code] and [/code] Markdown, in all texts', () => {
	const html = '[code]<p>Use <b>Settings</b></p><ul><li>one</li></ul>[/code]';
	const { messages, question, resolutionText } = ticket([entry('1', 'sam', html)], {
		description: html,
		close_notes: html,
	});
	for (const text of [messages[0].text, question, resolutionText]) {
		expect(text).toBe('Use **Settings**\n\n- one');
	}
});

it('cuts quoted mails unless told otherwise', () => {
	const text = 'Done.\n\nOn Mon, 22 Sep 2025 at 13:05, Jane Doe <jane@acme.example> wrote:\n> Help';
	expect(ticket([entry('1', 'sam', text)]).messages[0].text).toBe('Done.');
	expect(ticket([entry('1', 'sam', text)], {}, { stripQuotes: false }).messages[0].text).toContain(
		'wrote:',
	);
});

it('makes an article a question and its answer', () => {
	const article: Row = {
		sys_id: ID,
		number: 'KB0010001',
		short_description: 'Reset your password',
		text: '<h2>Steps</h2><p>Open&nbsp;<a href="https://id.acme.example">the portal</a>.</p>',
		workflow_state: { display_value: 'Published', value: 'published' },
		language: 'en',
		meta: 'password, login',
		'kb_category.label': 'Accounts',
		sys_created_on: '2026-01-02 10:00:00',
		'author.name': 'Sam Agent',
	};
	expect(
		articleTicket(SITE, TABLES.knowledgeArticle, { row: article, tags: ['sso'] }, options),
	).toEqual({
		source: 'serviceNow',
		id: ID,
		key: 'KB0010001',
		kind: 'article',
		url: `${SITE}/kb_view.do?sysparm_article=KB0010001`,
		title: 'Reset your password',
		question: 'Reset your password',
		messages: [],
		status: 'Published',
		resolved: true,
		resolutionText: '## Steps\n\nOpen [the portal](https://id.acme.example).',
		category: 'Accounts',
		tags: ['sso', 'password', 'login'],
		language: 'en',
		createdAt: '2026-01-02T10:00:00.000Z',
		people: ['Sam Agent'],
	});
	const wiki = { ...article, text: '', wiki: "== Steps ==\nOpen '''it'''" };
	expect(articleTicket(SITE, TABLES.knowledgeArticle, { row: wiki }, options).resolutionText).toBe(
		"== Steps ==\nOpen '''it'''",
	);
});

it('takes any record', () => {
	const anything = fc.dictionary(
		fc.constantFrom(...Object.keys(row), '__proto__', 'constructor'),
		fc.anything({ maxDepth: 2 }),
	);
	fc.assert(
		fc.property(anything, fc.string(), fc.string(), (odd, author, text) => {
			const made = taskTicket(
				SITE,
				TABLES.incident,
				{ row: odd, entries: [entry('1', author, text)] },
				options,
			);
			expect(typeof made.title).toBe('string');
			expect(made.messages.length).toBeLessThanOrEqual(1);
		}),
	);
});

it('is quick on hostile text', () => {
	withoutHanging(() => {
		for (const text of [
			`reply from: ${'a@'.repeat(500_000)}`,
			' '.repeat(1_000_000),
			'reply from: '.repeat(90_000),
		]) {
			ticket([entry('1', 'guest', text)]);
		}
	});
});
