import fc from 'fast-check';

import { normalizeRecord, type NormalizerOptions } from '../../../../lib/tickets/normalizer';
import type { Ticket } from '../../../../lib/tickets/types';

const OPTIONS: NormalizerOptions = {
	includeInternalNotes: false,
	includeRaw: false,
	stripQuotes: true,
};

function ticketOf(preset: string, record: object, options: Partial<NormalizerOptions> = {}) {
	return normalizeRecord(preset, record as Record<string, unknown>, { ...OPTIONS, ...options });
}

describe('pages', () => {
	test('Confluence: a v2 page with its document as a string', () => {
		const document = {
			type: 'doc',
			content: [
				{ type: 'paragraph', content: [{ type: 'text', text: 'Call the desk.' }] },
				{
					type: 'bulletList',
					content: [
						{
							type: 'listItem',
							content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Extension 12' }] }],
						},
					],
				},
			],
		};
		const { ticket, published } = ticketOf('confluence', {
			id: '98765',
			status: 'current',
			title: 'How do I reset my password?',
			createdAt: '2026-02-03T10:00:00.000Z',
			version: { number: 3, createdAt: '2026-05-06T07:08:09.000Z' },
			body: { atlas_doc_format: { value: JSON.stringify(document) } },
			_links: { webui: '/spaces/IT/pages/98765', base: 'https://acme.atlassian.net/wiki' },
		});
		expect(published).toBe(true);
		expect(ticket).toMatchObject({
			source: 'confluence',
			id: '98765',
			kind: 'article',
			title: 'How do I reset my password?',
			question: 'How do I reset my password?',
			resolutionText: 'Call the desk.\n\n- Extension 12',
			url: 'https://acme.atlassian.net/wiki/spaces/IT/pages/98765',
			updatedAt: '2026-05-06T07:08:09.000Z',
			resolved: true,
			messages: [],
		});
	});

	test.each([
		[
			'storage',
			{ storage: { value: '<p>Call the <strong>desk</strong>.</p>' } },
			'Call the **desk**.',
		],
		['view', { view: { value: '<p>Call.</p>' } }, 'Call.'],
		['plain text', { plainText: { value: 'Call <desk>.' } }, 'Call <desk>.'],
	])('Confluence: a body as %s', (_, body, answer) => {
		const { ticket } = ticketOf('confluence', { id: '1', title: 'T', status: 'current', body });
		expect(ticket.resolutionText).toBe(answer);
	});

	test.each(['draft', 'archived', 'trashed'])('Confluence: a page that is %s', (status) =>
		expect(ticketOf('confluence', { id: '1', title: 'T', status }).published).toBe(false),
	);

	test('Notion: a page of the API with its Markdown merged in', () => {
		const { ticket, published } = ticketOf('notion', {
			object: 'page',
			id: 'c0ffee',
			url: 'https://www.notion.so/c0ffee',
			in_trash: false,
			created_time: '2026-01-02T03:04:00.000Z',
			properties: {
				Tags: { type: 'multi_select', multi_select: [{ name: 'vpn' }, { name: 'mac' }] },
				Question: {
					type: 'title',
					title: [{ plain_text: 'How do I get ' }, { plain_text: 'VPN?' }],
				},
			},
			markdown: '# Steps\n\n1. Ask.',
		});
		expect(published).toBe(true);
		expect(ticket).toMatchObject({
			title: 'How do I get VPN?',
			resolutionText: '# Steps\n\n1. Ask.',
			tags: ['vpn', 'mac'],
			createdAt: '2026-01-02T03:04:00.000Z',
		});
	});

	test('Notion: a simplified page and one whose blocks were fetched', () => {
		const simple = { id: '1', name: 'VPN', property_status: 'Draft', content: 'Text' };
		expect(ticketOf('notion', simple)).toMatchObject({
			published: false,
			ticket: { title: 'VPN', status: 'Draft', resolutionText: 'Text' },
		});
		const blocks = [
			{ type: 'paragraph', paragraph: { rich_text: [{ plain_text: 'One.' }] } },
			{ type: 'to_do', content: 'Two.' },
		];
		expect(ticketOf('notion', { id: '1', name: 'A', blocks }).ticket.resolutionText).toBe(
			'One.\n\nTwo.',
		);
		expect(ticketOf('notion', { id: '1', name: 'A', in_trash: true }).published).toBe(false);
	});
});

describe('desks', () => {
	const freshdesk = {
		id: 42,
		subject: 'Printer',
		description: '<div>It does not print.</div>',
		status: 4,
		requester_id: 7,
		requester: { name: 'Ana Lima', email: 'ana@acme.example' },
		tags: ['printer'],
		created_at: '2026-03-01T08:00:00Z',
		stats: { resolved_at: '2026-03-01T09:00:00Z' },
		conversations: [
			{
				id: 2,
				body: '<div>Restart it.</div>',
				incoming: false,
				private: false,
				user_id: 9,
				created_at: '2026-03-01T08:30:00Z',
			},
			{
				id: 1,
				body_text: 'Any news?',
				incoming: true,
				private: false,
				user_id: 7,
				created_at: '2026-03-01T08:10:00Z',
			},
			{
				id: 3,
				body: 'Ana again',
				incoming: false,
				private: true,
				user_id: 9,
				created_at: '2026-03-01T08:40:00Z',
			},
		],
	};

	test('Freshdesk: public conversation in order of time, notes counted', () => {
		const { ticket } = ticketOf('freshdesk', freshdesk, { siteUrl: 'https://acme.freshdesk.com' });
		expect(ticket).toMatchObject({
			key: '#42',
			question: 'It does not print.',
			status: 'Resolved',
			resolved: true,
			resolvedAt: '2026-03-01T09:00:00.000Z',
			url: 'https://acme.freshdesk.com/a/tickets/42',
			leftOut: { internal_note: 1 },
			people: expect.arrayContaining(['Ana Lima', 'ana@acme.example']),
		});
		expect(ticket.messages.map(({ role, text }) => [role, text])).toEqual([
			['requester', 'Any news?'],
			['agent', 'Restart it.'],
		]);
	});

	test('internal notes on request, with their mark', () => {
		const { ticket } = ticketOf('freshdesk', freshdesk, { includeInternalNotes: true });
		expect(ticket.messages.map((message) => message.public)).toEqual([true, true, false]);
		expect(ticket.leftOut).toBeUndefined();
	});

	test('Freshdesk: open is not resolved', () =>
		expect(ticketOf('freshdesk', { ...freshdesk, status: 2 }).ticket.resolved).toBe(false));

	test('Intercom: parts with words, roles by author', () => {
		const { ticket } = ticketOf('intercom', {
			id: '215',
			state: 'closed',
			created_at: 1_767_225_600,
			source: {
				subject: '<p>Login</p>',
				body: '<p>I cannot log in.</p>',
				author: { name: 'Bo', email: 'bo@x.example' },
			},
			conversation_rating: { rating: 5 },
			conversation_parts: {
				conversation_parts: [
					{
						id: '1',
						part_type: 'assignment',
						body: null,
						author: { type: 'bot' },
						created_at: 1_767_225_601,
					},
					{
						id: '2',
						part_type: 'comment',
						body: '<p>Clear the cache.</p>',
						author: { type: 'admin', name: 'Al' },
						created_at: 1_767_225_700,
					},
					{
						id: '3',
						part_type: 'note',
						body: 'VIP',
						author: { type: 'admin' },
						created_at: 1_767_225_800,
					},
					{
						id: '4',
						part_type: 'comment',
						body: 'Thanks',
						author: { type: 'user' },
						created_at: 1_767_225_900,
					},
				],
			},
		});
		expect(ticket).toMatchObject({
			title: 'Login',
			question: 'I cannot log in.',
			resolved: true,
			rating: 'good',
			createdAt: '2026-01-01T00:00:00.000Z',
			leftOut: { internal_note: 1 },
		});
		expect(ticket.messages.map(({ id, role }) => [id, role])).toEqual([
			['2', 'agent'],
			['4', 'requester'],
		]);
	});

	test.each([
		['the API', { id: '5', properties: { subject: 'S', content: 'C', hs_pipeline_stage: '4' } }],
		[
			'n8n’s node',
			{
				objectId: 5,
				properties: {
					subject: { value: 'S' },
					content: { value: 'C' },
					hs_pipeline_stage: { value: '4' },
				},
			},
		],
	])('HubSpot: a ticket of %s', (_, record) =>
		expect(ticketOf('hubSpot', record).ticket).toMatchObject({
			id: '5',
			title: 'S',
			question: 'C',
			resolved: true,
		}),
	);

	test('HubSpot: messages merged in under a name of the user', () => {
		const record = {
			id: '5',
			properties: { subject: 'S', closed_date: '2026-01-01T00:00:00Z' },
			mails: [
				{
					id: 'a',
					direction: 'INCOMING',
					text: 'Help',
					type: 'MESSAGE',
					createdAt: '2026-01-01T00:00:00Z',
				},
				{
					id: 'b',
					direction: 'OUTGOING',
					richText: '<p>Here</p>',
					type: 'MESSAGE',
					createdAt: '2026-01-01T01:00:00Z',
				},
			],
		};
		const { ticket } = ticketOf('hubSpot', record, { messagesField: 'mails' });
		expect(ticket.messages.map(({ role, text }) => [role, text])).toEqual([
			['requester', 'Help'],
			['agent', 'Here'],
		]);
	});

	test('GitHub: maintainers answer, bots are nobody, not planned is not solved', () => {
		const issue = {
			id: 1000,
			number: 7,
			title: 'Crash',
			body: '**It** crashes',
			state: 'closed',
			state_reason: 'completed',
			html_url: 'https://github.com/a/b/issues/7',
			user: { login: 'ann' },
			labels: [{ name: 'bug' }],
			comments: 3,
			comment_list: [
				{
					id: 1,
					body: 'Use v2',
					user: { login: 'max' },
					author_association: 'MEMBER',
					created_at: '2026-01-01T00:00:00Z',
				},
				{
					id: 2,
					body: 'stale',
					user: { login: 'bot', type: 'Bot' },
					author_association: 'NONE',
					created_at: '2026-01-02T00:00:00Z',
				},
				{
					id: 3,
					body: 'same here',
					user: { login: 'zoe' },
					author_association: 'NONE',
					created_at: '2026-01-03T00:00:00Z',
				},
			],
		};
		const { ticket } = ticketOf('gitHub', issue);
		expect(ticket).toMatchObject({
			key: '#7',
			question: '**It** crashes',
			resolved: true,
			tags: ['bug'],
		});
		expect(ticket.messages.map(({ role }) => role)).toEqual(['agent', 'system', 'requester']);
		const { comment_list: _, ...bare } = issue;
		expect(ticketOf('gitHub', bare).ticket.messages).toEqual([]);
		expect(ticketOf('gitHub', { ...issue, state_reason: 'not_planned' }).ticket.resolved).toBe(
			false,
		);
	});
});

describe('systems with a node of their own', () => {
	test('Jira: an issue of REST v2', () => {
		const { ticket } = ticketOf('jira', {
			id: '10001',
			key: 'IT-1',
			self: 'https://acme.atlassian.net/rest/api/2/issue/10001',
			fields: {
				summary: 'VPN',
				description: '*Please* help',
				status: { name: 'Done', statusCategory: { key: 'done' } },
				resolution: { name: 'Done' },
				reporter: { accountId: 'a', displayName: 'Ana Lima', accountType: 'customer' },
				comment: {
					comments: [
						{
							id: '1',
							body: 'Use {{vpn.acme.example}}',
							author: { accountId: 'b', accountType: 'atlassian' },
							jsdPublic: true,
							created: '2026-01-05T10:31:20.000+0000',
						},
						{
							id: '2',
							body: 'VIP',
							author: { accountId: 'b', accountType: 'atlassian' },
							jsdPublic: false,
							created: '2026-01-05T11:31:20.000+0000',
						},
					],
				},
			},
		});
		expect(ticket).toMatchObject({
			source: 'jira',
			key: 'IT-1',
			url: 'https://acme.atlassian.net/browse/IT-1',
			question: '**Please** help',
			resolved: true,
			leftOut: { internal_note: 1 },
		});
		expect(ticket.messages).toHaveLength(1);
		expect(ticket.messages[0]).toMatchObject({ role: 'agent', text: 'Use `vpn.acme.example`' });
	});

	test('Zendesk: a ticket without comments, and one with them', () => {
		const record = {
			id: 35,
			url: 'https://acme.zendesk.com/api/v2/tickets/35.json',
			subject: 'Badge',
			description: 'My badge is lost.',
			status: 'solved',
			requester_id: 7,
			created_at: '2026-01-05T10:00:00Z',
			tags: ['badge'],
		};
		expect(ticketOf('zendesk', record).ticket).toMatchObject({
			question: 'My badge is lost.',
			messages: [],
			resolved: true,
			url: 'https://acme.zendesk.com/agent/tickets/35',
		});
		const comments = [
			{
				id: 1,
				author_id: 7,
				html_body: '<p>My badge is lost.</p>',
				public: true,
				created_at: '2026-01-05T10:00:00Z',
			},
			{
				id: 2,
				author_id: 9,
				html_body: '<p>Come by.</p>',
				public: true,
				created_at: '2026-01-05T11:00:00Z',
			},
		];
		const users = [{ id: 9, role: 'agent', name: 'Max' }];
		const { ticket } = ticketOf('zendesk', { ...record, comments, users });
		expect(ticket.question).toBe('My badge is lost.');
		expect(ticket.messages.map(({ role, text }) => [role, text])).toEqual([['agent', 'Come by.']]);
	});

	test('ServiceNow: an incident with its journal as text, and an article', () => {
		const { ticket } = ticketOf('serviceNow', {
			sys_id: 'abc',
			number: 'INC0010023',
			short_description: 'No sound',
			description: 'The speakers are silent.',
			state: '6',
			close_notes: 'Driver reinstalled.',
			comments:
				'2026-01-02 10:00:00 - Jane Doe (Additional comments)\nPlease reinstall the driver.\n\n',
		});
		expect(ticket).toMatchObject({
			key: 'INC0010023',
			question: 'The speakers are silent.',
			resolutionText: 'Driver reinstalled.',
			resolved: true,
		});
		expect(ticket.url).toBeUndefined();
		expect(ticket.messages.map(({ text }) => text)).toEqual(['Please reinstall the driver.']);
		const article = {
			number: 'KB0001',
			short_description: 'Q?',
			text: '<p>A.</p>',
			workflow_state: 'draft',
		};
		expect(ticketOf('serviceNow', article)).toMatchObject({
			published: false,
			ticket: { question: 'Q?', resolutionText: 'A.' },
		});
	});

	test('Salesforce: a case with the comments of a subquery', () => {
		const { ticket } = ticketOf(
			'salesforce',
			{
				Id: '500x',
				CaseNumber: '00001042',
				Subject: 'Invoice',
				Description: 'Where is it?',
				Status: 'Closed',
				IsClosed: true,
				CreatedDate: '2026-01-05T10:00:00.000+0000',
				CaseComments: {
					records: [
						{
							Id: 'c1',
							CommentBody: 'In the portal.',
							IsPublished: true,
							CreatedBy: { UserType: 'Standard' },
							CreatedDate: '2026-01-05T11:00:00.000+0000',
						},
						{
							Id: 'c2',
							CommentBody: 'Late payer',
							IsPublished: false,
							CreatedBy: { UserType: 'Standard' },
							CreatedDate: '2026-01-05T12:00:00.000+0000',
						},
					],
				},
			},
			{ siteUrl: 'https://acme.my.salesforce.com' },
		);
		expect(ticket).toMatchObject({
			key: '00001042',
			question: 'Where is it?',
			resolved: true,
			url: 'https://acme.my.salesforce.com/lightning/r/Case/500x/view',
			leftOut: { internal_note: 1 },
		});
		expect(ticket.messages.map(({ role, text }) => [role, text])).toEqual([
			['agent', 'In the portal.'],
		]);
	});
});

describe('fields of any item', () => {
	test('are read by their paths', () => {
		const record = {
			nr: 12,
			meta: { topic: 'HR', 'sent at': '2026-04-05 06:07:08' },
			q: 'How many days off?',
			a: '<p>Thirty.</p>',
			state: 'Done',
			labels: 'leave, vacation',
			who: 'Ana Lima, ana@x.example',
		};
		const fields = {
			id: 'nr',
			question: 'q',
			answer: 'a',
			status: 'state',
			resolvedValues: ['done', 'closed'],
			category: 'meta.topic',
			tags: 'labels',
			createdAt: 'meta["sent at"]',
			people: ['who'],
		};
		expect(ticketOf('fields', record, { fields }).ticket).toMatchObject({
			source: 'fields',
			id: '12',
			key: '12',
			question: 'How many days off?',
			resolutionText: 'Thirty.',
			resolved: true,
			category: 'HR',
			tags: ['leave', 'vacation'],
			createdAt: '2026-04-05T06:07:08.000Z',
			people: ['Ana Lima', 'ana@x.example'],
		});
		expect(ticketOf('fields', { ...record, state: 'open' }, { fields }).ticket.resolved).toBe(
			false,
		);
	});

	test('messages of any API, in our names or in others', () => {
		const record = {
			subject: 'S',
			thread: [
				{ author: { role: 'agent', name: 'Max' }, body: 'Two', created_at: '2026-01-02T00:00:00Z' },
				{ role: 'requester', text: 'One', createdAt: '2026-01-01T00:00:00Z' },
				{ role: 'agent', text: 'Secret', internal: true },
			],
		};
		const { ticket } = ticketOf('fields', record, {
			messagesField: 'thread',
			fields: { title: 'subject' },
		});
		expect(ticket.messages.map(({ role, text }) => [role, text])).toEqual([
			['requester', 'One'],
			['agent', 'Two'],
		]);
		expect(ticket).toMatchObject({ question: 'S', leftOut: { internal_note: 1 } });
	});
});

describe('whatever comes', () => {
	const PRESETS = [
		'confluence',
		'fields',
		'freshdesk',
		'gitHub',
		'hubSpot',
		'intercom',
		'jira',
		'notion',
		'salesforce',
		'serviceNow',
		'zendesk',
	];
	/** Their normalizers rely on what their own API promises. */
	const OWN_SYSTEMS = ['jira', 'salesforce', 'serviceNow', 'zendesk'];
	const NAMES = [
		...[
			'id',
			'body',
			'fields',
			'comments',
			'comment',
			'description',
			'status',
			'tags',
			'properties',
		],
		...['conversations', 'messages', 'records', 'CaseComments', 'EmailMessages', 'users', 'user'],
		...[
			'value',
			'results',
			'content',
			'type',
			'markdown',
			'version',
			'Id',
			'created_at',
			'__proto__',
		],
	];
	const hostile = fc.letrec((tie) => ({
		value: fc.oneof(
			{ depthSize: 'small' },
			fc.jsonValue(),
			fc.string(),
			fc.array(tie('value'), { maxLength: 4 }),
			fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 6 }),
		),
	})).value;

	test.each(PRESETS)(
		'%s gives a ticket of the right shape, or says that this is no such record',
		(preset) => {
			fc.assert(
				fc.property(fc.dictionary(fc.constantFrom(...NAMES), hostile), (record) => {
					const fields = { question: 'body', answer: 'content', tags: 'tags', people: ['users'] };
					let ticket: Ticket;
					try {
						({ ticket } = ticketOf(preset, record, { fields }));
					} catch (error) {
						expect(error).toMatchObject({ name: 'SettingError', setting: 'Source' });
						expect(OWN_SYSTEMS).toContain(preset);
						return;
					}
					expect(typeof ticket.question).toBe('string');
					expect(Array.isArray(ticket.messages)).toBe(true);
					expect(ticket.people.every((name) => typeof name === 'string')).toBe(true);
					for (const { text, role } of ticket.messages) {
						expect(typeof text).toBe('string');
						expect(['requester', 'agent', 'system']).toContain(role);
					}
				}),
			);
		},
	);

	test('a source that does not exist is named', () =>
		expect(() => ticketOf('lotusNotes', {})).toThrow('lotusNotes'));

	test('the record itself comes back on request, and is never changed', () => {
		const record = Object.freeze({ id: 1, subject: 'S', conversations: Object.freeze([]) });
		expect(ticketOf('freshdesk', record, { includeRaw: true }).ticket.raw).toBe(record);
	});
});
