import {
	caseConditions,
	caseQuery,
	countQuery,
	emailQuery,
	feedQuery,
	namedCase,
	oneCase,
} from '../../../../lib/tickets/salesforce/query';
import { parseSoql } from '../../../../sandbox/tickets/salesforce/parse';

describe('caseConditions', () => {
	it('reads closed cases by default, whatever their status is called', () => {
		expect(caseConditions({})).toEqual(['IsClosed = true']);
		expect(caseConditions({ includeUnresolved: true })).toEqual([]);
	});

	it('joins everything that is set, and leaves out what is empty', () => {
		expect(
			caseConditions({
				where: "A__c = 'x' OR B__c = 'y'",
				status: ['Solved', ' ', "Won't do"],
				origin: 'Web, Email',
				reason: [],
				recordType: '',
				createdAfter: '2026-01-01',
				createdBefore: '',
				closedBefore: 0,
			}),
		).toEqual([
			'IsClosed = true',
			"Status IN ('Solved','Won\\'t do')",
			"Origin IN ('Web','Email')",
			'CreatedDate >= 2026-01-01T00:00:00Z',
			'ClosedDate < 1970-01-01T00:00:00Z',
			"(A__c = 'x' OR B__c = 'y')",
		]);
	});
});

describe('caseQuery', () => {
	it('orders, limits and goes on behind a case', () => {
		const soql = caseQuery({
			select: ['Id', 'CaseNumber'],
			conditions: ['IsClosed = true'],
			order: 'CreatedDate',
			after: { at: '2026-01-12T08:04:00.000+0000', id: "500'x" },
			limit: 20,
		});
		expect(soql).toBe(
			"SELECT Id,CaseNumber FROM Case WHERE IsClosed = true AND (CreatedDate > 2026-01-12T08:04:00Z OR (CreatedDate = 2026-01-12T08:04:00Z AND Id > '500\\'x')) ORDER BY CreatedDate, Id LIMIT 20",
		);
		expect(() => parseSoql(soql)).not.toThrow();
	});

	it('has no WHERE without conditions', () => {
		expect(caseQuery({ select: ['Id'], conditions: [], order: 'ClosedDate' })).toBe(
			'SELECT Id FROM Case ORDER BY ClosedDate, Id',
		);
		expect(countQuery([])).toBe('SELECT COUNT() FROM Case');
		expect(countQuery(['A = 1', 'B = 2'])).toBe('SELECT COUNT() FROM Case WHERE A = 1 AND B = 2');
	});

	it('leaves drafts and what the feed repeats out', () => {
		expect(emailQuery(['Id'], ['500a', '500b'])).toBe(
			"SELECT Id FROM EmailMessage WHERE ParentId IN ('500a','500b') AND Status != '5' ORDER BY ParentId, MessageDate, Id",
		);
		expect(feedQuery(['Id'], ['500a'])).not.toContain('CaseCommentPost');
	});

	it('fits into an address with 200 ids and the longest condition', () => {
		const ids = Array.from({ length: 200 }, () => '5005e0000000001AAA');
		expect(encodeURIComponent(emailQuery(['Id', 'TextBody', 'HtmlBody'], ids)).length).toBeLessThan(
			8_000,
		);
	});
});

describe('namedCase', () => {
	const page = 'https://acme.lightning.force.com/lightning';

	it.each([
		[' 00001026 ', '00001026'],
		['5005e0000000001AAA', '5005e0000000001AAA'],
		[`${page}/r/Case/5005e0000000001AAA/view`, '5005e0000000001AAA'],
		[`${page}/r/Case/5005e0000000001/view?ws=%2Flightning%2Fr%2FCase`, '5005e0000000001'],
		[`${page}/r/5005e0000000001AAA/related/CaseComments/view`, '5005e0000000001AAA'],
		['HTTPS://acme.my.salesforce.com/5005e0000000001#top', '5005e0000000001'],
	])('%s', (entered, expected) => {
		expect(namedCase(entered)).toBe(expected);
	});

	it.each([
		[' ', "'Case' is empty"],
		[`${page}/o/Case/list?filterName=Recent`, "'Case' is an address without the ID of a case"],
		[`${page}/r/Account/0015e0000000001AAA/view`, 'without the ID of a case'],
		// 14, 16 and 19 characters.
		[`${page}/r/Case/5005e000000000/view`, 'without the ID of a case'],
		[`${page}/r/Case/5005e0000000001A/view`, 'without the ID of a case'],
		[`${page}/r/Case/5005e0000000001AAAA/view`, 'without the ID of a case'],
		['https://', 'without the ID of a case'],
	])('refuses %j', (entered, message) => {
		expect(() => namedCase(entered)).toThrow(message);
	});
});

describe('oneCase', () => {
	it.each([
		['5005e0000000001AAA', "Id = '5005e0000000001AAA'"],
		['5005e0000000001', "Id = '5005e0000000001'"],
		['00001026', "CaseNumber IN ('00001026')"],
		[' 1026 ', "CaseNumber IN ('1026','00001026')"],
		['IT-2026-7', "CaseNumber IN ('IT-2026-7')"],
		["') OR Id != ('", "CaseNumber IN ('\\') OR Id != (\\'')"],
	])('%s', (wanted, expected) => {
		expect(oneCase(wanted)).toBe(expected);
	});
});
