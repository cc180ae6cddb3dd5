import fc from 'fast-check';

import { checkJql, jqlIn, jqlString } from '../../../../lib/tickets/jira/jql';
import { jiraQuery, searchJql } from '../../../../lib/tickets/jira/query';
import { parseJql, type Row } from '../../../../sandbox/tickets/jira/jql';
import { withoutHanging } from '../../../support/withoutHanging';

const row = (changes: Partial<Row>): Row => ({
	id: 10001,
	number: 1,
	key: 'IT-1',
	project: { id: '10000', key: 'IT', name: 'IT' },
	status: 'Closed',
	statusCategory: 'Done',
	resolution: 'Done',
	issuetype: 'Incident',
	priority: 'Low',
	labels: [],
	created: 1_000_000,
	updated: 1_000_000,
	text: '',
	summary: '',
	...changes,
});
const matches = (jql: string, changes: Partial<Row> = {}) =>
	parseJql(jql, 0, new Set(['it'])).matches(row(changes));

describe('jqlString', () => {
	it('keeps every value a value', () => {
		expect(jqlString('a "b" \\ c')).toBe('"a \\"b\\" \\\\ c"');
		expect(jqlString('two\nlines\u2028three')).toBe('"two lines three"');
	});

	it('is one string to a reader of JQL, whatever the value', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (value) => {
				const label = value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
				const jql = `labels = ${jqlString(value)}`;
				expect(matches(jql, { labels: [label] })).toBe(true);
				expect(matches(jql, { labels: [`${label}x`] })).toBe(false);
			}),
		);
	});

	it('lists each value once and nothing for none', () => {
		expect(jqlIn('labels', ['a', ' a ', '', 'b'])).toBe('labels IN ("a", "b")');
		expect(jqlIn('labels', [' '])).toBeUndefined();
	});
});

describe('checkJql', () => {
	it.each([
		['project = IT', 'project = IT', undefined],
		['project = IT ORDER BY created DESC', 'project = IT', 'ORDER BY created DESC'],
		['project = IT  order   by key', 'project = IT', 'order   by key'],
		['(a = 1)ORDER BY key', '(a = 1)', 'ORDER BY key'],
		['text ~ "order by hand"', 'text ~ "order by hand"', undefined],
		["text ~ 'order by \\' hand'", "text ~ 'order by \\' hand'", undefined],
		['component = reorder by = 1', 'component = reorder by = 1', undefined],
	])('%s', (text, where, orderBy) => {
		expect(checkJql(text)).toEqual(orderBy === undefined ? { where } : { where, orderBy });
	});

	it.each([
		['a = 1) OR (b = 2', /parentheses/],
		['(a = 1', /parentheses/],
		['a = "x', /quotation mark/],
		["a = 'x\\'", /quotation mark/],
		['ORDER BY created', /no condition/],
		['  ', /no condition/],
		['a'.repeat(20_001), /too long/],
	])('refuses %#', (text, message) => {
		expect(() => checkJql(text)).toThrow(message);
	});

	it('is quick with hostile texts', () => {
		withoutHanging(() => {
			for (const text of [
				'order '.repeat(3_300),
				'('.repeat(19_999),
				' '.repeat(20_000),
				'order  '.repeat(2_800),
			]) {
				try {
					checkJql(text);
				} catch {
					// Refused is fine; slow is not.
				}
			}
		});
	});
});

describe('jiraQuery', () => {
	const RESOLVED = 'statusCategory = Done AND resolution IS NOT EMPTY';

	it('asks for resolved tickets of the projects', () => {
		const query = jiraQuery({ projects: ['IT', 'O"PS'] });
		expect(query.where).toBe(`project IN ("IT", "O\\"PS") AND ${RESOLVED}`);
		expect(searchJql(query)).toBe(`${query.where} ORDER BY created ASC, key ASC`);
		expect(searchJql(query, 60_000)).toBe(
			`${query.where} AND created >= 60000 ORDER BY created ASC, key ASC`,
		);
	});

	it('puts a JQL in parentheses, in place of the projects', () => {
		const query = jiraQuery({ projects: ['IT'], jql: 'a = 1 OR b = 2 ORDER BY key' });
		expect(query.where).toBe(`(a = 1 OR b = 2) AND ${RESOLVED}`);
		expect(query.warnings).toEqual([expect.stringContaining("'ORDER BY key' of the JQL")]);
	});

	it('takes all filters together, dates as absolute time', () => {
		const { where } = jiraQuery({
			projects: [],
			includeUnresolved: true,
			issueTypes: ['Incident'],
			tags: ['vpn', 'wifi'],
			createdAfter: 1,
			createdBefore: 2,
			updatedAfter: 3,
		});
		expect(where).toBe(
			'issuetype IN ("Incident") AND labels IN ("vpn", "wifi") AND created >= 1 AND created < 2 AND updated >= 3',
		);
	});

	it('is never without a condition, which Cloud would refuse', () => {
		expect(jiraQuery({ projects: [], includeUnresolved: true }).where).toBe('project IS NOT EMPTY');
	});

	it('goes by resolution for what is new', () => {
		expect(searchJql(jiraQuery({ projects: ['IT'] }, 'resolved'), 5)).toContain(
			' AND resolved >= 5 ORDER BY resolved ASC',
		);
	});
});
