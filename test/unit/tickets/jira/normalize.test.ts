import fc from 'fast-check';

import { ticketOf, type TicketRules } from '../../../../lib/tickets/jira/normalize';
import { isLeftOut } from '../../../../lib/tickets/jira/resolutions';
import type { JiraComment, JiraIssue } from '../../../../lib/tickets/jira/types';

const RULES: TicketRules = {
	deployment: 'cloud',
	siteUrl: 'https://acme.atlassian.net',
	customFields: { requestType: 'customfield_1', satisfaction: 'customfield_2' },
	includeInternalNotes: false,
	includeRaw: false,
	stripQuotes: true,
};
const doc = (text: string) => ({
	type: 'doc',
	version: 1,
	content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const CUSTOMER = { accountId: 'c-1', accountType: 'customer', displayName: 'Mira Kowalski' };
const AGENT = {
	accountId: 'a-1',
	accountType: 'atlassian',
	displayName: 'Priya Raman',
	emailAddress: 'priya@acme.example',
};
const BOT = { accountId: 'b-1', accountType: 'app', displayName: 'Automation for Jira' };

const comment = (id: string, changes: Partial<JiraComment> = {}): JiraComment => ({
	id,
	author: AGENT,
	body: doc(`Comment ${id}`),
	created: '2026-01-05T10:31:20.000+0100',
	jsdPublic: true,
	...changes,
});
const ISSUE: JiraIssue = {
	id: '10042',
	key: 'IT-42',
	fields: {
		summary: 'VPN drops',
		description: doc('It drops every hour.'),
		status: { name: 'Closed', statusCategory: { key: 'done' } },
		resolution: { name: 'Done' },
		resolutiondate: '2026-01-06T08:00:00.000+0000',
		created: '2026-01-05T08:00:00.000+0000',
		updated: '2026-01-06T08:00:00.000+0000',
		reporter: CUSTOMER,
		creator: CUSTOMER,
		assignee: AGENT,
		issuetype: { name: 'Incident' },
		labels: ['vpn'],
		components: [{ name: 'Network' }],
		priority: { name: 'High' },
		attachment: [{ filename: 'log.txt' }],
		customfield_1: { requestType: { name: 'Get IT help' } },
		customfield_2: { rating: 5 },
	},
};

it('brings an issue to a ticket', () => {
	expect(ticketOf(ISSUE, [comment('1')], RULES)).toEqual({
		source: 'jira',
		id: '10042',
		key: 'IT-42',
		url: 'https://acme.atlassian.net/browse/IT-42',
		title: 'VPN drops',
		question: 'It drops every hour.',
		messages: [
			{
				id: '1',
				role: 'agent',
				public: true,
				authorId: 'a-1',
				createdAt: '2026-01-05T09:31:20.000Z',
				text: 'Comment 1',
			},
		],
		status: 'Closed',
		resolved: true,
		resolution: 'Done',
		kind: 'Incident',
		category: 'Get IT help',
		priority: 'High',
		tags: ['vpn'],
		language: undefined,
		rating: 'good',
		createdAt: '2026-01-05T08:00:00.000Z',
		updatedAt: '2026-01-06T08:00:00.000Z',
		resolvedAt: '2026-01-06T08:00:00.000Z',
		people: ['Mira Kowalski', 'Priya Raman', 'priya@acme.example'],
		attachments: ['log.txt'],
	});
});

describe('roles', () => {
	const roles = (changes: Partial<JiraComment>, rules: Partial<TicketRules> = {}) =>
		ticketOf(ISSUE, [comment('1', changes)], { ...RULES, ...rules }).messages[0].role;

	it.each([
		['the reporter', CUSTOMER, 'requester'],
		['another customer', { ...CUSTOMER, accountId: 'c-2' }, 'requester'],
		['an agent', AGENT, 'agent'],
		['an app', BOT, 'system'],
		['an account of unknown type', { accountId: 'x', accountType: 'unknown' }, 'agent'],
		['nobody', undefined, 'requester'],
	])('%s', (_who, author, role) => {
		expect(roles({ author })).toBe(role);
	});

	it('knows a reporter who is an agent elsewhere', () => {
		const issue = { ...ISSUE, fields: { ...ISSUE.fields, reporter: AGENT } };
		expect(ticketOf(issue, [comment('1')], RULES).messages[0].role).toBe('requester');
	});

	it('goes by key and name on Data Center', () => {
		const fields = { ...ISSUE.fields, reporter: { key: 'k1', name: 'mira' } };
		const authors = [{ key: 'k1' }, { key: 'k2', name: 'priya' }, { name: 'old' }];
		const comments = authors.map((author, index) => comment(`${index}`, { author }));
		const { messages } = ticketOf({ ...ISSUE, fields }, comments, {
			...RULES,
			deployment: 'dataCenter',
		});
		expect(messages.map(({ role, authorId }) => [role, authorId])).toEqual([
			['requester', 'k1'],
			['agent', 'k2'],
			['agent', 'old'],
		]);
	});
});

describe('what is not for everybody', () => {
	const comments = [
		comment('1'),
		comment('2', { jsdPublic: false }),
		comment('3', { visibility: { type: 'role', value: 'Administrators' } }),
		comment('4', { jsdAuthorCanSeeRequest: false }),
		comment('5', { properties: [{ key: 'sd.public.comment', value: { internal: true } }] }),
		comment('6', { properties: [{ key: 'sd.public.comment', value: { internal: 'true' } }] }),
		comment('7', { properties: [{ key: 'sd.public.comment', value: { internal: false } }] }),
	];

	it('is counted and left out', () => {
		const { messages, leftOut } = ticketOf(ISSUE, comments, RULES);
		expect(messages.map(({ id }) => id)).toEqual(['1', '7']);
		expect(leftOut).toEqual({ internal_note: 3, restricted_comment: 1, comment_of_outsider: 1 });
	});

	it('is read on request, and marked, except mails of outsiders', () => {
		const rules = { ...RULES, includeInternalNotes: true };
		const { messages, leftOut } = ticketOf(ISSUE, comments, rules);
		expect(messages.map(({ id, public: open }) => [id, open])).toEqual([
			['1', true],
			['2', false],
			['3', false],
			['5', false],
			['6', false],
			['7', true],
		]);
		expect(leftOut).toEqual({ comment_of_outsider: 1 });
	});
});

it('puts comments in order of time', () => {
	const at = (time: string) => ({ created: `2026-01-05T${time}.000+0000` });
	const comments = [comment('2', at('11:00:00')), comment('1', at('10:00:00'))];
	expect(ticketOf(ISSUE, comments, RULES).messages.map(({ id }) => id)).toEqual(['1', '2']);
});

it('names people who are mentioned', () => {
	const body = {
		type: 'doc',
		content: [
			{
				type: 'paragraph',
				content: [{ type: 'mention', attrs: { id: 'x', text: '@Hana Sato' } }],
			},
		],
	};
	expect(ticketOf(ISSUE, [comment('1', { body })], RULES).people).toContain('Hana Sato');
});

it('reads ADF, wiki markup and HTML', () => {
	const bodies = [doc('Hello'), '*Hello* {{world}}', '<p>Hello <b>you</b></p>', null, 7];
	const comments = bodies.map((body, index) => comment(String(index), { body }));
	expect(ticketOf(ISSUE, comments, RULES).messages.map(({ text }) => text)).toEqual([
		'Hello',
		'**Hello** `world`',
		'Hello **you**',
		'',
		'',
	]);
});

it.each([
	['a resolution only', { status: { name: 'Open', statusCategory: { key: 'new' } } }, false],
	['a closed status only', { resolution: null }, false],
	['both', {}, true],
])('is resolved with %s: %#', (_what, changes, resolved) => {
	const issue = { ...ISSUE, fields: { ...ISSUE.fields, ...changes } };
	expect(ticketOf(issue, [], RULES).resolved).toBe(resolved);
});

it('holds the record on request, with all comments', () => {
	const { raw } = ticketOf(ISSUE, [comment('1')], { ...RULES, includeRaw: true });
	expect(raw).toMatchObject({ key: 'IT-42', fields: { comment: { comments: [{ id: '1' }] } } });
});

it('makes a ticket of anything', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (fields, comments) => {
			const issue = { id: '1', key: 'IT-1', fields } as JiraIssue;
			const objects = comments.filter((entry) => typeof entry === 'object' && entry !== null);
			const ticket = ticketOf(issue, objects as JiraComment[], RULES);
			expect(typeof ticket.title).toBe('string');
		}),
	);
});

it.each([
	["Won't Do", true],
	['won’t do', true],
	['Done', false],
	[undefined, false],
])('leaves out the resolution %s: %s', (name, expected) => {
	const issue = { fields: { resolution: name === undefined ? null : { name } } };
	expect(isLeftOut(issue, ["Won't Do", 'Duplicate'])).toBe(expected);
});
