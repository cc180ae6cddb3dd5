import fc from 'fast-check';

import {
	isoSeconds,
	misfit,
	numericId,
	onlyResolved,
	searchQuery,
	statusesOf,
	type ZendeskFilters,
} from '../../../../lib/tickets/zendesk/query';
import type { ZendeskTicket } from '../../../../lib/tickets/zendesk/types';

const NONE: ZendeskFilters = { tags: [], statuses: [] };

describe('searchQuery', () => {
	it("writes filters in Zendesk's syntax behind the user's own part", () => {
		const filters: ZendeskFilters = {
			query: ' vpn  priority>=high ',
			groupId: '7001',
			brandId: '8001',
			formId: '6001',
			tags: ['a_b-c', 'two words', 'quo"te'],
			statuses: ['solved', 'closed'],
			createdAfter: '2026-01-01T00:00:00Z',
			createdBefore: '2026-02-01T00:00:00Z',
			updatedAfter: '2026-01-02T00:00:00Z',
		};
		expect(searchQuery(filters, ['solved>=2026-01-03'])).toBe(
			'vpn  priority>=high status:solved status:closed group_id:7001 brand_id:8001 ticket_form_id:6001 ' +
				'tags:a_b-c tags:"two words" tags:"quote" created>=2026-01-01T00:00:00Z ' +
				'created<2026-02-01T00:00:00Z updated>=2026-01-02T00:00:00Z solved>=2026-01-03',
		);
		expect(searchQuery(NONE)).toBe('');
	});

	it.each(['type:ticket', 'vpn -type:user', '(type:user)', 'Type : user', '"x" TYPE:group'])(
		'refuses %j',
		(query) => {
			expect(() => searchQuery({ ...NONE, query })).toThrow("'type:'");
		},
	);

	it.each(['ticket_type:incident', 'subtype:x', 'what type', 'custom_field_1:type'])(
		'takes %j',
		(query) => {
			expect(searchQuery({ ...NONE, query })).toBe(query);
		},
	);

	it('lets no tag out of its phrase', () => {
		fc.assert(
			fc.property(fc.string(), (tag) => {
				const term = searchQuery({ ...NONE, tags: [tag] }).replace(/^tags:/, '');
				expect(/^[\w-]+$/.test(term) || /^"[^"]*"$/.test(term)).toBe(true);
			}),
		);
	});
});

describe('statusesOf', () => {
	it('understands the words as people see them', () => {
		expect(statusesOf(['Solved', 'on-hold', 'HOLD', 'On hold', 'closed'])).toEqual([
			'solved',
			'hold',
			'closed',
		]);
		expect(statusesOf([])).toEqual([]);
	});

	it.each(['resolved', 'done', '*', 'deleted', 'solved closed', '__proto__'])(
		'refuses %j, for which Zendesk would find nothing',
		(status) => {
			expect(() => statusesOf(['solved', status])).toThrow(
				`'Status' is none of Zendesk's: '${status}'`,
			);
		},
	);
});

describe('misfit', () => {
	const ticket: ZendeskTicket = {
		id: 1,
		status: 'solved',
		group_id: 7001,
		brand_id: 8001,
		ticket_form_id: 6001,
		tags: ['VPN', 'remote'],
		created_at: '2026-01-10T00:00:00Z',
		updated_at: '2026-01-12T00:00:00Z',
	};
	const cases: Array<[Partial<ZendeskFilters>, string | undefined]> = [
		[{}, undefined],
		[{ statuses: ['closed'] }, 'other_status'],
		[{ groupId: '7002' }, 'other_group'],
		[{ brandId: '8002' }, 'other_brand'],
		[{ formId: '6002' }, 'other_form'],
		[{ tags: ['vpn', 'remote'] }, undefined],
		[{ tags: ['vpn', 'office'] }, 'other_tags'],
		[{ createdAfter: '2026-01-10T00:00:00Z' }, undefined],
		[{ createdAfter: '2026-01-10T00:00:01Z' }, 'other_dates'],
		[{ createdBefore: '2026-01-10T00:00:00Z' }, 'other_dates'],
		[{ updatedAfter: '2026-01-13T00:00:00Z' }, 'other_dates'],
	];
	it.each(cases)('%j gives %s', (filters, reason) => {
		expect(misfit(ticket, { ...NONE, ...filters })).toBe(reason);
	});

	it('counts deleted tickets by themselves, and takes no missing date for a fitting one', () => {
		expect(misfit({ id: 1, status: 'deleted' }, NONE)).toBe('deleted');
		expect(misfit({ id: 1 }, { ...NONE, createdAfter: '2026-01-10T00:00:00Z' })).toBe(
			'other_dates',
		);
	});
});

describe('isoSeconds', () => {
	it.each([
		['2026-01-31', '2026-01-31T00:00:00Z'],
		['2026-01-31T10:00:00.999+02:00', '2026-01-31T08:00:00Z'],
		[0, '1970-01-01T00:00:00Z'],
		['soon', undefined],
		['', undefined],
		[Infinity, undefined],
		[8.64e15, undefined],
	])('%j gives %s', (value, expected) => {
		expect(isoSeconds(value)).toBe(expected);
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.double()), (value) => {
				expect(isoSeconds(value) ?? '2026-01-01T00:00:00Z').toMatch(
					/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
				);
			}),
		);
	});
});

it('takes numbers for IDs only', () => {
	expect(numericId('360001', 'Group')).toBe('360001');
	for (const id of ['Level 2', '1/../2', '', '-1', '1'.repeat(21)]) {
		expect(() => numericId(id, 'Group')).toThrow("'Group' is not an ID");
	}
});

it('knows whether only resolved tickets are asked for', () => {
	expect(onlyResolved({ ...NONE, statuses: ['solved', 'closed'] })).toBe(true);
	expect(onlyResolved({ ...NONE, statuses: ['solved', 'open'] })).toBe(false);
	expect(onlyResolved(NONE)).toBe(false);
});
