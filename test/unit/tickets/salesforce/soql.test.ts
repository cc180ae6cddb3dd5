import fc from 'fast-check';

import {
	soqlCondition,
	soqlIn,
	soqlMoment,
	soqlText,
} from '../../../../lib/tickets/salesforce/soql';
import { parseSoql } from '../../../../sandbox/tickets/salesforce/parse';
import { withoutHanging } from '../../../support/withoutHanging';

const parsedWhere = (condition: string) =>
	parseSoql(`SELECT Id FROM Case WHERE ${condition}`).where;

describe('soqlText', () => {
	it.each([
		['plain', "'plain'"],
		["O'Brien", "'O\\'Brien'"],
		["\\' OR Id != '", "'\\\\\\' OR Id != \\''"],
		['a\nb\tc\r', "'a\\nb\\tc\\r'"],
		['', "''"],
		['😀 % _', "'😀 % _'"],
	])('%j', (value, expected) => {
		expect(soqlText(value)).toBe(expected);
	});

	it('reads back as the same one value, whatever it holds', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
				expect(parsedWhere(`Status = ${soqlText(value)}`)).toEqual({
					kind: 'compare',
					field: 'Status',
					operator: '=',
					value,
				});
			}),
		);
		const nasty = fc.string({ unit: fc.constantFrom("'", '\\', ')', '(', ' OR ', '\n', 'a') });
		fc.assert(
			fc.property(fc.array(nasty, { minLength: 1 }), (values) => {
				expect(parsedWhere(soqlIn('Status', values))).toEqual({
					kind: 'in',
					field: 'Status',
					values,
					negated: false,
				});
			}),
		);
	});
});

describe('soqlMoment', () => {
	it.each<[unknown, string]>([
		['2026-01-31', '2026-01-31T00:00:00Z'],
		['2026-01-31T12:30:00', '2026-01-31T12:30:00Z'],
		['2026-01-31 12:30', '2026-01-31T12:30:00Z'],
		['2026-01-31T12:30:00.999+02:00', '2026-01-31T10:30:00Z'],
		['2026-01-12T08:04:00.000+0000', '2026-01-12T08:04:00Z'],
		[Date.UTC(2026, 0, 31), '2026-01-31T00:00:00Z'],
		[new Date(Date.UTC(2026, 0, 31)), '2026-01-31T00:00:00Z'],
	])('%s', (value, expected) => {
		expect(soqlMoment(value, 'Created After')).toBe(expected);
	});

	it.each(['tomorrow', "2026-01-31' OR Id != '", '', {}, Number.NaN])('refuses %j', (value) => {
		expect(() => soqlMoment(value, 'Created After')).toThrow("'Created After' is not a date");
	});
});

describe('soqlCondition', () => {
	it.each([
		["Origin = 'Web'", "Origin = 'Web'"],
		["  WHERE Origin = 'Web' ", "Origin = 'Web'"],
		["(A__c = 'x' OR B__c = 'y')", "(A__c = 'x' OR B__c = 'y')"],
		["Name__c = 'ORDER BY LIMIT 1; )('", "Name__c = 'ORDER BY LIMIT 1; )('"],
		["Name__c = 'it\\'s ('", "Name__c = 'it\\'s ('"],
		[
			'Limit__c > 3 AND Order__r.Name != null AND For__c = true',
			'Limit__c > 3 AND Order__r.Name != null AND For__c = true',
		],
		['Id IN (SELECT ParentId FROM CaseComment)', 'Id IN (SELECT ParentId FROM CaseComment)'],
	])('takes %s', (text, expected) => {
		expect(soqlCondition(text)).toBe(expected);
	});

	it.each([
		['Id != null) OR (IsDeleted = true', 'closes a parenthesis that is not open'],
		[')(', 'closes a parenthesis that is not open'],
		['(Id != null', 'has a parenthesis that is not closed'],
		["Name = 'x", 'has a quote that is not closed'],
		["Name = 'x\\'", 'has a quote that is not closed'],
		['Id != null order   by Id', 'contains ORDER   BY'],
		['Id != null\nlimit 1', 'contains LIMIT'],
		['Id != null OFFSET 3', 'contains OFFSET'],
		['Id != null GROUP BY Id', 'contains GROUP BY'],
		['Id != null HAVING Id != null', 'contains HAVING'],
		['Id != null ALL ROWS', 'contains ALL ROWS'],
		['Id != null FOR REFERENCE', 'contains FOR'],
		['Id != null WITH SECURITY_ENFORCED', 'contains WITH'],
		['Id != null UPDATE TRACKING', 'contains UPDATE TRACKING'],
		['Id != null; SELECT Id FROM User', 'contains a semicolon'],
		['x'.repeat(4_001), 'is longer than 4000 characters'],
	])('refuses %s', (text, what) => {
		expect(() => soqlCondition(text)).toThrow(`'SOQL Condition' ${what}`);
	});

	it('never lets a condition out of the parentheses that it is put in', () => {
		const piece = fc.constantFrom("'", '\\', '(', ')', ' ', 'a', ' OR ', 'Id', ' = ', '1', ';');
		let taken = 0;
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
				const text = pieces.join('');
				let condition: string;
				try {
					condition = soqlCondition(text);
				} catch {
					return;
				}
				taken++;
				// With texts taken out, the parentheses around it are closed by nothing but the last one.
				const whole = `(${condition.replace(/'(?:[^'\\]|\\.)*'/g, "''")})`;
				let depth = 0;
				[...whole].forEach((character, index) => {
					if (character === '(') depth++;
					if (character === ')') depth--;
					expect(depth > 0 || index === whole.length - 1).toBe(true);
				});
			}),
			{ numRuns: 2_000 },
		);
		expect(taken).toBeGreaterThan(100);
	});

	it.each([
		"'".repeat(2 ** 20),
		'('.repeat(2 ** 20),
		'order '.repeat(2 ** 18),
		' '.repeat(2 ** 20),
	])('is done with a megabyte at once', (text) => {
		withoutHanging(() => {
			try {
				soqlCondition(text);
			} catch (error) {
				expect((error as Error).message).toContain('SOQL Condition');
			}
		});
	});
});
