import fc from 'fast-check';

import { fileNames } from '../../../../lib/tickets/salesforce/messages';
import { toTicket } from '../../../../lib/tickets/salesforce/normalize';
import type { CaseConversation, CaseRecord } from '../../../../lib/tickets/salesforce/types';

const NOTHING: CaseConversation = { comments: [], emails: [], feedItems: [], attachments: [] };
const OPTIONS = { baseUrl: 'https://acme.my.salesforce.com' };
const CASE: CaseRecord = { Id: '5005e0000000001AAA', CaseNumber: '00001026', IsClosed: true };
const at = (minute: number) => `2026-01-12T08:${String(minute).padStart(2, '0')}:00.000+0000`;

it('makes a ticket of the barest record', () => {
	expect(toTicket({ Id: '500x' }, NOTHING, OPTIONS)).toEqual({
		source: 'salesforce',
		id: '500x',
		key: '500x',
		url: 'https://acme.my.salesforce.com/lightning/r/Case/500x/view',
		title: '',
		question: '',
		messages: [],
		status: '',
		resolved: false,
		kind: 'case',
		tags: [],
		people: [],
	});
});

it.each([
	['Standard', 'agent'],
	[undefined, 'agent'],
	['CspLitePortal', 'requester'],
	['PowerCustomerSuccess', 'requester'],
	['CustomerSuccess', 'requester'],
	['Guest', 'requester'],
	['AutomatedProcess', 'system'],
	['CloudIntegrationUser', 'system'],
])('a comment of a user of type %s is by %s', (UserType, role) => {
	const comments = [
		{ Id: '00a1', CommentBody: 'Hello', IsPublished: true, CreatedBy: { Name: 'Jo', UserType } },
	];
	const ticket = toTicket({ ...CASE, Description: 'Hi' }, { ...NOTHING, comments }, OPTIONS);
	expect(ticket.messages).toMatchObject([{ role, public: true, text: 'Hello' }]);
	expect(ticket.people).toEqual(role === 'system' ? [] : ['Jo']);
});

it('puts mails, comments and posts in order of time', () => {
	const ticket = toTicket(
		{ ...CASE, Description: 'It broke.' },
		{
			attachments: [],
			comments: [{ Id: '00a1', CommentBody: 'second', IsPublished: true, CreatedDate: at(2) }],
			emails: [
				{ Id: '02s3', Incoming: true, TextBody: 'third', MessageDate: at(3) },
				{ Id: '02s1', Incoming: false, HtmlBody: '<p>first, <b>bold</b></p>', MessageDate: at(1) },
			],
			feedItems: [
				{
					Id: '0D54',
					Body: 'fourth',
					Visibility: 'AllUsers',
					CreatedDate: at(4),
					FeedComments: { records: [{ Id: '0D75', CommentBody: 'fifth', CreatedDate: at(5) }] },
				},
			],
		},
		OPTIONS,
	);
	expect(ticket.messages.map(({ text, role }) => [text, role])).toEqual([
		['first, **bold**', 'agent'],
		['second', 'agent'],
		['third', 'requester'],
		['fourth', 'agent'],
		['fifth', 'agent'],
	]);
	expect(ticket.messages[0].createdAt).toBe('2026-01-12T08:01:00.000Z');
});

describe('the question', () => {
	const mail = (TextBody: string, more = {}) => ({ Id: '02s1', Incoming: true, TextBody, ...more });

	it('is the description, and the mail it came from is not told twice', () => {
		const emails = [mail('My  laptop\r\ndoes not start. '), mail('And now?', { Id: '02s2' })];
		const ticket = toTicket(
			{ ...CASE, Description: 'My laptop does not start.' },
			{ ...NOTHING, emails },
			OPTIONS,
		);
		expect(ticket.question).toBe('My laptop does not start.');
		expect(ticket.messages.map(({ text }) => text)).toEqual(['And now?']);
	});

	it('is the whole mail where the description was cut, with its attachments', () => {
		const whole = 'word '.repeat(8_000).trim();
		const records = [{ ContentDocument: { Title: 'screen', FileExtension: 'png' } }];
		const emails = [mail(whole, { ContentDocumentLinks: { records } })];
		const ticket = toTicket(
			{ ...CASE, Description: whole.slice(0, 32_000) },
			{ ...NOTHING, emails },
			OPTIONS,
		);
		expect(ticket.question).toBe(whole);
		expect(ticket.messages).toEqual([]);
		expect(ticket.attachments).toEqual(['screen.png']);
	});

	it('is the first public message of the requester where there is no description', () => {
		const emails = [
			mail('From us', { Id: '02s0', Incoming: false, MessageDate: at(1) }),
			mail('Please help', { MessageDate: at(2) }),
		];
		const ticket = toTicket(CASE, { ...NOTHING, emails }, OPTIONS);
		expect(ticket.question).toBe('Please help');
		expect(ticket.messages.map(({ text }) => text)).toEqual(['From us']);
	});
});

it('keeps internal comments and mails out, and counts them', () => {
	const conversation = {
		...NOTHING,
		comments: [
			{ Id: '00a1', CommentBody: 'secret', IsPublished: false },
			{ Id: '00a2', CommentBody: 'unsure' },
			{ Id: '00a3', CommentBody: 'open', IsPublished: true },
		],
		emails: [{ Id: '02s1', Incoming: false, TextBody: 'inside', IsExternallyVisible: false }],
		feedItems: [
			{ Id: '0D51', Body: 'team only', Visibility: 'InternalUsers' },
			{ Id: '0D52', Body: 'no customers here' },
		],
	};
	const ticket = toTicket(CASE, conversation, OPTIONS);
	expect(ticket.messages.map(({ text }) => text)).toEqual(['open']);
	expect(ticket.leftOut).toEqual({ internal_note: 5 });
	const all = toTicket(CASE, conversation, { ...OPTIONS, includeInternalNotes: true });
	expect(all.messages).toHaveLength(6);
	expect(all.leftOut).toBeUndefined();
});

it('drops what is empty, and keeps a mail that only carries a file', () => {
	const records = [{ Name: 'log.txt' }];
	const emails = [
		{ Id: '02s1', Incoming: false, TextBody: ' \n', HtmlBody: null },
		{ Id: '02s2', Incoming: false, TextBody: null, Attachments: { records } },
	];
	const { messages } = toTicket({ ...CASE, Description: 'x' }, { ...NOTHING, emails }, OPTIONS);
	expect(messages).toMatchObject([{ id: '02s2', text: '', attachments: ['log.txt'] }]);
});

it('reads rich fields as Markdown, and other values as they are', () => {
	const record = {
		...CASE,
		Fix__c: '<p>Restart <b>twice</b></p>',
		Level__c: 3,
		Gone__c: null,
	};
	const options = {
		...OPTIONS,
		resolutionField: 'Fix__c',
		extraFields: ['Level__c', 'Gone__c', 'Fix__c'],
		richText: new Set(['Fix__c']),
	};
	const ticket = toTicket(record, NOTHING, options);
	expect(ticket.resolutionText).toBe('Restart **twice**');
	expect(ticket.fields).toEqual({ Level__c: 3, Gone__c: null, Fix__c: 'Restart **twice**' });
	expect(
		toTicket(record, NOTHING, { ...options, resolutionField: 'Gone__c' }).resolutionText,
	).toBeUndefined();
});

it('names files with their endings once', () => {
	expect(
		fileNames(
			[{ Name: 'a.txt' }, { Name: null }],
			[
				{ ContentDocument: { Title: 'b', FileExtension: 'pdf' } },
				{ ContentDocument: { Title: 'c.PDF', FileExtension: 'pdf' } },
				{ ContentDocument: { Title: 'a.txt', FileExtension: null } },
				{ ContentDocument: null },
			],
		),
	).toEqual(['a.txt', 'b.pdf', 'c.PDF']);
});

it('survives whatever stands in the fields', () => {
	const anything = fc.anything({ maxDepth: 2 });
	const names = ['CaseNumber', 'Subject', 'Description', 'Status', 'Reason', 'Type', 'Language'];
	const references = ['Contact', 'Owner', 'CreatedBy', 'RecordType', 'CreatedDate', 'Fix__c'];
	const fields = Object.fromEntries([...names, ...references].map((name) => [name, anything]));
	fc.assert(
		fc.property(fc.record(fields), anything, (values, value) => {
			const child = { Id: '1', CommentBody: value, TextBody: value, HtmlBody: value, Body: value };
			const more = { CreatedDate: value, Attachments: value, FeedComments: { records: [value] } };
			const children = [{ ...child, ...more }] as never[];
			const ticket = toTicket(
				{ Id: '500x', ...values } as CaseRecord,
				{ comments: children, emails: children, feedItems: children, attachments: [] },
				{ ...OPTIONS, includeInternalNotes: true, resolutionField: 'Fix__c', includeRaw: true },
			);
			expect(ticket).toMatchObject({ source: 'salesforce', id: '500x' });
			expect(typeof ticket.question).toBe('string');
		}),
	);
});
