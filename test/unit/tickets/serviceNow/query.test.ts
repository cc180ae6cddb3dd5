import fc from 'fast-check';

import {
	encode,
	from,
	guarded,
	inOrder,
	parseEncodedQuery,
	queryOf,
} from '../../../../lib/tickets/serviceNow/query';
import { TABLES } from '../../../../lib/tickets/serviceNow/tables';
import type { ServiceNowFilters } from '../../../../lib/tickets/serviceNow/types';
import { withoutHanging } from '../../../support/withoutHanging';

const { incident, knowledgeArticle, requestItem } = TABLES;
const text = (filters: ServiceNowFilters, table = incident, labels: string[] = []) =>
	encode(queryOf(table, filters, labels));

it('reads what is resolved by default, of each table', () => {
	expect(text({})).toBe('stateIN6,7');
	expect(text({}, TABLES.case)).toBe('stateIN6,3');
	expect(text({}, requestItem)).toBe('state=3');
	expect(text({}, knowledgeArticle)).toBe('workflow_state=published');
});

it('joins all filters', () => {
	const filters = {
		encodedQuery: 'priority=1^ORpriority=2',
		states: ['7'],
		categories: ['network', 'vpn'],
		assignmentGroups: ['Service Desk', 'd'.repeat(32)],
		createdAfter: Date.UTC(2026, 0, 2, 3, 4, 5),
		createdBefore: Date.UTC(2026, 1, 1),
		updatedAfter: Date.UTC(2026, 2, 1),
	};
	expect(text(filters, incident, ['a1', 'b2']).split('^')).toEqual([
		'priority=1',
		'ORpriority=2',
		'state=7',
		'categoryINnetwork,vpn',
		`assignment_group=${'d'.repeat(32)}`,
		'ORassignment_group.name=Service Desk',
		'sys_tags.a1=a1',
		'ORsys_tags.b2=b2',
		'sys_created_on>=2026-01-02 03:04:05',
		'sys_created_on<2026-02-01 00:00:00',
		'sys_updated_on>=2026-03-01 00:00:00',
	]);
});

it('leaves states to a query that names them, and to *', () => {
	expect(text({ encodedQuery: 'stateIN1,2' })).toBe('stateIN1,2');
	expect(text({ encodedQuery: 'stateIN1,2', states: ['1'] })).toBe('stateIN1,2^state=1');
	expect(text({ states: ['*'] })).toBe('');
	expect(text({ encodedQuery: 'workflow_state=draft' }, knowledgeArticle)).toBe(
		'workflow_state=draft^workflow_state=published',
	);
});

it('adds its conditions to each query that ^NQ joins', () => {
	expect(text({ encodedQuery: 'a=1^NQb=2^ORb=3' })).toBe('a=1^stateIN6,7^NQb=2^ORb=3^stateIN6,7');
});

it.each([
	['  active=true  ', ['active=true'], ['active']],
	[
		'active=true^ORDERBYnumber^ORDERBYDESCsys_created_on^GROUPBYstate^EQ',
		['active=true'],
		['active'],
	],
	['^active=true^', ['active=true'], ['active']],
	[
		'short_descriptionLIKEa^^ORDERBYb^c=1',
		['short_descriptionLIKEa^^ORDERBYb^c=1'],
		['short_description', 'c'],
	],
	[
		'caller_id.vip=true^ORu_x_1ISNOTEMPTY',
		['caller_id.vip=true^ORu_x_1ISNOTEMPTY'],
		['caller_id.vip', 'u_x_1'],
	],
	['123TEXTQUERY321=vpn', ['123TEXTQUERY321=vpn'], []],
	['sys_tags.abc=abc', ['sys_tags.abc=abc'], []],
	[
		'RLQUERYtask_sla.task,>=1^stage=breached^ENDRLQUERY^active=true',
		['RLQUERYtask_sla.task,>=1^stage=breached^ENDRLQUERY^active=true'],
		['active'],
	],
	['', [''], []],
])('reads %j', (typed, alternatives, named) => {
	expect(parseEncodedQuery(typed)).toEqual({ alternatives, named });
});

it('refuses a query with a line break, or one that no address can hold', () => {
	expect(() => parseEncodedQuery('a=1\nb=2')).toThrow(/line break/);
	expect(() => parseEncodedQuery('a'.repeat(6_001))).toThrow(/longer than 6000/);
});

it.each(['a^b', 'a\nb', 'a\rb', 'javascript:gs.x()', ' JavaScript:x'])(
	'keeps the value %j out of the query',
	(value) => {
		expect(() => guarded(value, 'Category')).toThrow(/'Category' has a value that cannot stand/);
		expect(() => text({ categories: [value] })).toThrow("'Category'");
		expect(() => text({ assignmentGroups: [value] })).toThrow("'Assignment Group'");
		expect(() => text({ states: [value] })).toThrow("'States'");
	},
);

it('begins a page at a record, in an order that does not change', () => {
	const anchor = { at: '2026-01-02 03:04:05', id: 'f1' };
	const query = encode(
		{ alternatives: ['a=1', 'b=2'], conditions: ['c=3'], named: [] },
		from('sys_created_on', anchor),
	);
	const behind =
		'sys_created_on>=2026-01-02 03:04:05^sys_created_on>2026-01-02 03:04:05^ORsys_id>=f1';
	expect(inOrder(query, 'sys_created_on')).toBe(
		`a=1^c=3^${behind}^NQb=2^c=3^${behind}^ORDERBYsys_created_on^ORDERBYsys_id`,
	);
	expect(inOrder('', 'sys_updated_on')).toBe('ORDERBYsys_updated_on^ORDERBYsys_id');
});

it('never lets a typed value open a condition of its own', () => {
	fc.assert(
		fc.property(
			fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }),
			(values) => {
				try {
					const conditions = text({ categories: values, states: ['*'] }).split('^');
					expect(conditions).toHaveLength(1);
				} catch (error) {
					expect((error as Error).name).toBe('SettingError');
				}
			},
		),
	);
});

it('reads any query, and a long one at once', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom('^', 'OR', 'NQ', 'ORDERBY', 'a=1', 'x') }),
			(typed) => {
				const { alternatives } = parseEncodedQuery(typed);
				expect(alternatives.length).toBeGreaterThan(0);
				expect(alternatives.join('^NQ')).not.toMatch(/(^|[^^])\^ORDERBY/);
			},
		),
	);
	withoutHanging(() => {
		parseEncodedQuery('^'.repeat(6_000));
		parseEncodedQuery('a'.repeat(6_000));
	});
});
