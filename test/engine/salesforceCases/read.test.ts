/** What is read of a case, and how filters and options change it. */
import type { IDataObject } from 'n8n-workflow';

import { TICKETS } from '../../../sandbox/tickets/samples';
import { useNock } from '../harness';

import { json, keys, numbers, paired, plainTickets, run, useSalesforce } from './support';

useNock();
const salesforce = useSalesforce();

type Json = IDataObject & { messages: Array<IDataObject & { text: string }> };
const INTERNAL = 'INTERNAL-ONLY-7F3A';
const closed = TICKETS.filter(({ status }) => status === 'solved' || status === 'closed');
const caseQueryOf = ({ requests }: { requests: string[] }) =>
	requests.find((request) => / FROM Case( |$)/.test(request));
const byTitle = (tickets: IDataObject[], title: string) =>
	tickets.find((ticket) => ticket.title === title) as Json;

describe('Get Many', () => {
	it('reads closed cases with everything said about them, and sums up', async () => {
		const sandbox = await salesforce();
		const result = await run(sandbox, { returnAll: true, onlyAnswered: false });
		expect(result.error).toBeUndefined();
		expect(json(result).map(({ title }) => title)).toEqual(closed.map(({ subject }) => subject));
		expect(json(result, 1)).toEqual([
			{
				returned: closed.length,
				read: closed.length,
				leftOut: { internal_note: expect.any(Number) },
				warnings: [],
				complete: true,
				cursor: expect.any(String),
			},
		]);
		expect(paired(result)).toEqual(closed.map(() => ({ item: 0 })));
		expect(paired(result, 1)).toEqual([{ item: 0 }]);
		// One query for the cases and their comments, one for all mails, and three descriptions.
		expect(sandbox.requests).toHaveLength(5);
	});

	it('tells people apart, and leaves drafts, quotes and signatures out', async () => {
		const sandbox = await salesforce();
		const tickets = json(await run(sandbox, { returnAll: true }));
		const [mail] = [byTitle(tickets, 'Re: Shared mailbox for the returns team')];
		expect(mail).toMatchObject({
			source: 'salesforce',
			id: expect.stringMatching(/^500\w{15}$/),
			key: expect.stringMatching(/^0000\d{4}$/),
			url: `${sandbox.url}/lightning/r/Case/${mail.id as string}/view`,
			question: expect.stringContaining('Could you set up a shared mailbox'),
			status: 'Closed',
			resolved: true,
			kind: 'case',
			category: 'Email',
			priority: 'Medium',
			language: 'en-US',
			createdAt: '2025-09-22T11:05:00.000Z',
			resolvedAt: expect.any(String),
		});
		expect(mail.messages.map(({ role, public: open }) => [role, open])).toEqual([
			['agent', true],
			['requester', true],
		]);
		expect(mail.people).toEqual(expect.arrayContaining(['Chloe Bennett', 'Priya Raman']));
		expect(mail.messages[0].text).toContain('choose *From* in the message');
		const all = JSON.stringify(tickets);
		expect(all).not.toContain('DRAFT-NEVER-SENT');
		expect(all).not.toContain('gmail');
		expect(JSON.stringify(mail)).not.toContain('extension 4000');
		expect(all).not.toContain(INTERNAL);
		const bySite = byTitle(tickets, 'Which printer is on which floor?');
		expect(bySite.messages.map(({ role }) => role)).toEqual(['agent', 'requester']);
		expect(bySite.messages[0].text).toContain('| Floor | Queue | Prints |');
	});

	it('keeps quotes where it is told to', async () => {
		const sandbox = await salesforce();
		const where = "Subject = 'Re: Shared mailbox for the returns team'";
		const [mail] = json(
			await run(sandbox, { filters: { where }, options: { stripQuotes: false } }),
		);
		expect(JSON.stringify(mail)).toContain('extension 4000');
	});

	it('names attachments of cases and mails', async () => {
		const sandbox = await salesforce();
		const tickets = json(
			await run(sandbox, { returnAll: true, filters: { includeUnresolved: true } }),
		);
		const found = (tickets as Json[]).flatMap((ticket) => [
			...((ticket.attachments ?? []) as string[]),
			...ticket.messages.flatMap((message) => (message.attachments ?? []) as string[]),
		]);
		const sent = TICKETS.flatMap(({ messages }) => messages).flatMap(
			(each) => each.attachments ?? [],
		);
		expect(sent.length).toBeGreaterThan(0);
		expect(found.sort()).toEqual(sent.sort());
	});

	it('counts internal comments, or hands them on', async () => {
		const sandbox = await salesforce();
		const filters = { where: "Subject = 'Account locked three times this week'" };
		const without = await run(sandbox, { filters });
		expect(json(without)).toMatchObject([{ leftOut: { internal_note: 2 } }]);
		expect(json(without, 1)).toMatchObject([{ leftOut: { internal_note: 2 } }]);
		expect(JSON.stringify(json(without))).not.toContain(INTERNAL);

		const withThem = await run(sandbox, { filters, options: { includeInternalNotes: true } });
		const [ticket] = json(withThem) as Json[];
		expect(ticket.leftOut).toBeUndefined();
		expect(ticket.messages.filter((message) => message.public === false)).toHaveLength(2);
		expect(json(withThem, 1)).toMatchObject([{ leftOut: {} }]);
		expect(JSON.stringify(ticket)).toContain(INTERNAL);
	});

	it('leaves unanswered cases out unless it is told otherwise, and counts them', async () => {
		const sandbox = await salesforce();
		const unanswered = plainTickets(1)[0];
		const mixed = [...plainTickets(3)];
		mixed[1] = { ...mixed[1], messages: [unanswered.messages[0]] };
		const other = await salesforce({ tickets: mixed });
		const strict = await run(other, { returnAll: true });
		expect(keys(strict)).toEqual(['00001001', '00001003']);
		expect(json(strict, 1)).toMatchObject([{ returned: 2, leftOut: { no_agent_answer: 1 } }]);
		const lax = await run(other, { returnAll: true, onlyAnswered: false });
		expect(keys(lax)).toEqual(numbers(1, 3));
		expect(sandbox.requests).toEqual([]);
	});

	it('hands on raw records, fields by name, and the solution that agents write down', async () => {
		const sandbox = await salesforce();
		const options = {
			includeRaw: true,
			extraFields: 'product__c, Origin',
			resolutionField: 'Resolution__c',
		};
		const [ticket] = json(await run(sandbox, { limit: 1, options })) as Json[];
		expect(ticket.resolutionText).toMatch(/^Ended as \*\*\w+\*\*$/);
		expect(ticket.fields).toEqual({ Product__c: expect.any(String), Origin: expect.any(String) });
		expect(ticket.raw).toMatchObject({
			Id: ticket.id,
			CaseNumber: ticket.key,
			CaseComments: expect.any(Array),
			EmailMessages: expect.any(Array),
		});
		expect(JSON.stringify(ticket)).not.toContain('access_token');
	});

	it('names the nearest field when one is misspelt', async () => {
		const sandbox = await salesforce();
		const { error } = await run(sandbox, { options: { extraFields: 'Produkt__c' } });
		expect(error?.message).toBe(
			"'Extra Fields': cases have no field 'Produkt__c'; did you mean 'Product__c'?",
		);
		expect(sandbox.requests).toHaveLength(1);
	});

	it('reads posts of the feed on request, without telling comments twice', async () => {
		const sandbox = await salesforce();
		const filters = { where: "Subject = 'Which printer is on which floor?'" };
		const [plain] = json(await run(sandbox, { filters })) as Json[];
		expect(JSON.stringify(plain)).not.toContain('CHATTER');

		const options = { includeFeed: true };
		const [ticket] = json(await run(sandbox, { filters, options })) as Json[];
		const texts = ticket.messages.map(({ text }) => text);
		expect(texts).toContain('CHATTER-PUBLIC: see **the guide** too.');
		expect(texts).toContain('CHATTER-REPLY');
		expect(new Set(texts).size).toBe(texts.length);
		expect(texts).toHaveLength(plain.messages.length + 2);
		expect(ticket.leftOut).toEqual({ internal_note: 1 });
	});

	it('says so where there is no Chatter', async () => {
		const sandbox = await salesforce({ without: ['FeedItem'] });
		const result = await run(sandbox, { limit: 1, options: { includeFeed: true } });
		expect(result.error).toBeUndefined();
		expect(json(result, 1)).toMatchObject([{ warnings: [expect.stringContaining('Chatter')] }]);
	});

	it.each([
		[['EmailMessage.IsExternallyVisible']],
		[['EmailMessage']],
		[['Case.Reason', 'Case.RecordTypeId', 'Case.Language']],
		[['Attachment', 'ContentDocumentLink']],
		[['Contact.Email']],
		[['Contact']],
	])('asks only for what the organization has: without %s', async (without) => {
		const sandbox = await salesforce({ without });
		const result = await run(sandbox, { returnAll: true, onlyAnswered: false });
		expect(result.error).toBeUndefined();
		expect(json(result)).toHaveLength(closed.length);
	});

	it('does without names of attachments where the organization refuses to tell them', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(2) });
		const body = [{ errorCode: 'MALFORMED_QUERY', message: 'no such relationship' }];
		sandbox.addFault({ path: 'FROM ContentDocumentLinks.*FROM Case', status: 400, body });
		const result = await run(sandbox, {});
		expect(keys(result)).toEqual(numbers(1, 2));
		expect(json(result, 1)).toMatchObject([
			{ warnings: ['Names of attachments could not be read'] },
		]);
	});

	it('reads comments to the end when a case has many', async () => {
		const [ticket] = plainTickets(1);
		const comments = Array.from({ length: 25 }, (_, index) => ({
			from: index % 2 ? 'mira' : 'priya',
			public: true,
			at: new Date(Date.UTC(2026, 0, 2, 0, index)).toISOString(),
			body: `Comment ${index}`,
		}));
		const messages = [ticket.messages[0], ...comments];
		const sandbox = await salesforce({ tickets: [{ ...ticket, messages }], subqueryPageSize: 10 });
		const [read] = json(await run(sandbox)) as Json[];
		expect(read.messages.map(({ text }) => text)).toEqual(comments.map(({ body }) => body));
		expect(sandbox.requests.filter((request) => request.includes('/query/'))).toHaveLength(2);
	});

	it('stops at the limit, and goes on behind it with the cursor', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(30) });
		const first = await run(sandbox, { limit: 7 });
		expect(keys(first)).toEqual(numbers(1, 7));
		expect(json(first, 1)).toMatchObject([{ returned: 7, complete: false }]);
		const { cursor } = json(first, 1)[0];
		const second = await run(sandbox, { returnAll: true, options: { cursor } });
		expect(keys(second)).toEqual(numbers(8, 30));
		expect(json(second, 1)).toMatchObject([{ complete: true }]);
	});

	it('refuses a cursor of another query', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(3) });
		const { cursor } = json(await run(sandbox, { limit: 1 }), 1)[0];
		const filters = { priority: ['High'] };
		const { error } = await run(sandbox, { filters, options: { cursor } });
		expect(error?.message).toContain('belongs to another query');
	});
});

describe('filters', () => {
	it.each<[string, IDataObject, string]>([
		['includeUnresolved', { includeUnresolved: true }, 'FROM Case ORDER BY'],
		['status', { status: ['Solved', 'Closed'] }, "Status IN ('Solved','Closed')"],
		['status as a text', { status: '={{ "Solved, Closed" }}' }, "Status IN ('Solved','Closed')"],
		['origin', { origin: ['Email'] }, "Origin IN ('Email')"],
		['reason', { reason: ['Payroll'] }, "Reason IN ('Payroll')"],
		['priority', { priority: ['High'] }, "Priority IN ('High')"],
		['type', { type: ['Problem'] }, "Type IN ('Problem')"],
		['recordType', { recordType: ['HR_Request'] }, "RecordType.DeveloperName IN ('HR_Request')"],
		[
			'createdAfter',
			{ createdAfter: '2025-10-01T00:00:00Z' },
			'CreatedDate >= 2025-10-01T00:00:00Z',
		],
		[
			'createdBefore',
			{ createdBefore: '2025-10-01T00:00:00Z' },
			'CreatedDate < 2025-10-01T00:00:00Z',
		],
		[
			'updatedAfter as a DateTime',
			{ updatedAfter: '={{ DateTime.fromISO("2025-10-01T02:00:00+02:00") }}' },
			'LastModifiedDate >= 2025-10-01T00:00:00Z',
		],
		['closedAfter', { closedAfter: '2025-10-01T00:00:00Z' }, 'ClosedDate >= 2025-10-01T00:00:00Z'],
		['closedBefore', { closedBefore: '2025-10-01T00:00:00Z' }, 'ClosedDate < 2025-10-01T00:00:00Z'],
		[
			'where',
			{ where: "WHERE Origin = 'Web' OR Origin = 'Phone'" },
			"AND (Origin = 'Web' OR Origin = 'Phone')",
		],
	])('%s', async (_name, filters, expected) => {
		const sandbox = await salesforce();
		const many = await run(sandbox, { returnAll: true, onlyAnswered: false, filters });
		expect(many.error).toBeUndefined();
		expect(caseQueryOf(sandbox)).toContain(expected);
		const count = await run(sandbox, { operation: 'count', filters });
		expect(json(count)).toEqual([{ count: json(many).length, exact: true }]);
		expect(json(many).length).toBeGreaterThan(0);
	});

	it.each([
		["x') OR (Name != '", "Status IN ('x\\') OR (Name != \\'')"],
		["x\\') OR (Id != '", "Status IN ('x\\\\\\') OR (Id != \\'')"],
		["x'); DELETE", "Status IN ('x\\'); DELETE')"],
	])('a value stays a value: %s', async (value, expected) => {
		const sandbox = await salesforce();
		const result = await run(sandbox, { filters: { status: [value] } });
		expect(result.error).toBeUndefined();
		expect(json(result)).toEqual([]);
		expect(caseQueryOf(sandbox)).toContain(expected);
	});

	it.each([
		["Origin = 'Web') OR (IsClosed = false", 'closes a parenthesis that is not open'],
		["Origin = 'Web' ORDER BY Id DESC", 'contains ORDER BY'],
		["Origin = 'Web' LIMIT 1", 'contains LIMIT'],
		["Origin = 'Web'; SELECT Id FROM User", 'contains a semicolon'],
		["Origin = 'Web", 'has a quote that is not closed'],
		["(Origin = 'Web'", 'has a parenthesis that is not closed'],
		["Origin = 'Web' FOR VIEW", 'contains FOR'],
	])('a condition that is more than one is never sent: %s', async (where, message) => {
		const sandbox = await salesforce();
		const { error } = await run(sandbox, { filters: { where } });
		expect(error?.message).toBe(`'SOQL Condition' ${message}`);
		expect(sandbox.requests).toEqual([]);
	});

	it('refuses what is no date', async () => {
		const sandbox = await salesforce();
		const { error } = await run(sandbox, { filters: { closedAfter: 'yesterday-ish' } });
		expect(error?.message).toBe("'Closed After' is not a date: yesterday-ish");
		expect(sandbox.requests).toEqual([]);
	});
});

describe('Get', () => {
	it.each(['00001003', '1003', '5005e0000000003', '5005e0000000003AAA'])(
		'finds a case by %s',
		async (caseId) => {
			const sandbox = await salesforce({ tickets: plainTickets(5) });
			const result = await run(sandbox, { operation: 'get', caseId });
			expect(result.error).toBeUndefined();
			expect(json(result)).toMatchObject([
				{ key: '00001003', question: 'Question 3', messages: [{ text: 'Answer 3' }] },
			]);
			expect(json(result, 1)).toEqual([]);
		},
	);

	it('finds a case by the address of its page, and says which address is none', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(5) });
		const pages = 'https://acme.lightning.force.com/lightning/r';
		const found = await run(sandbox, {
			operation: 'get',
			caseId: `${pages}/Case/5005e0000000003AAA/view`,
		});
		expect(keys(found)).toEqual(['00001003']);
		const account = { operation: 'get', caseId: `${pages}/Account/0015e0000000003AAA/view` };
		const { error } = await run(sandbox, account);
		expect(error?.message).toContain("'Case' is an address without the ID of a case");
		expect(error?.description).toContain('/lightning/r/Case/500');
	});

	it("takes each item's own parameters, and pairs results with items", async () => {
		const sandbox = await salesforce({ tickets: plainTickets(5) });
		const result = await run(
			sandbox,
			{ operation: 'get', caseId: '={{ $json.case }}' },
			{ items: [{ json: { case: '1002' } }, { json: { case: '1004' } }] },
		);
		expect(keys(result)).toEqual(['00001002', '00001004']);
		expect(paired(result)).toEqual([{ item: 0 }, { item: 1 }]);
		// Fields are asked for once, however many cases there are.
		expect(sandbox.requests.filter((request) => request.endsWith('/describe'))).toHaveLength(3);
	});

	it('says that there is no such case, and goes on where it may', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(2) });
		const failed = await run(sandbox, { operation: 'get', caseId: '99999999' });
		expect(failed.error?.message).toContain("There is no case '99999999'");
		const items = ['99999999', '', '1002'].map((value) => ({ json: { case: value } }));
		const result = await run(
			sandbox,
			{ operation: 'get', caseId: '={{ $json.case }}' },
			{ items, continueOnFail: true },
		);
		expect(json(result)).toMatchObject([
			{ error: { message: expect.stringContaining('There is no case') } },
			{ error: { message: "'Case' is empty" } },
			{ key: '00001002' },
		]);
		expect(paired(result)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('does not let a number break out of its quotes', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(2) });
		const { error } = await run(sandbox, { operation: 'get', caseId: "x') OR (Id != '" });
		expect(error?.message).toContain('There is no case');
		expect(caseQueryOf(sandbox)).toContain("CaseNumber IN ('x\\') OR (Id != \\'')");
	});
});

describe('several items', () => {
	it('reads each with its own filters and options', async () => {
		const sandbox = await salesforce({ tickets: plainTickets(6) });
		const result = await run(
			sandbox,
			{
				limit: '={{ $json.limit }}',
				filters: { where: '={{ $json.where }}' },
				options: { includeRaw: '={{ $json.raw }}' },
			},
			{
				items: [
					{ json: { limit: 2, where: '', raw: false } },
					{ json: { limit: 50, where: "CaseNumber > '00001004'", raw: true } },
				],
			},
		);
		expect(result.error).toBeUndefined();
		expect(keys(result)).toEqual([...numbers(1, 2), ...numbers(5, 6)]);
		expect(paired(result)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }, { item: 1 }]);
		expect(json(result).map((ticket) => 'raw' in ticket)).toEqual([false, false, true, true]);
		expect(json(result, 1).map(({ returned }) => returned)).toEqual([2, 2]);
		expect(paired(result, 1)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});
