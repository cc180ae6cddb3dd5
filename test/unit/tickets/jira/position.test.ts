import fc from 'fast-check';

import {
	packIds,
	type Place,
	placeBehind,
	placeOf,
	positionOf,
	unpackIds,
} from '../../../../lib/tickets/jira/position';
import type { JiraIssue } from '../../../../lib/tickets/jira/types';

const issue = (id: number, created: string): JiraIssue => ({
	id: String(id),
	fields: { created: `2026-01-05T${created}.000+0000` },
});
const START = placeOf(undefined);

describe('ids', () => {
	it('makes ranges', () => {
		expect(packIds(new Set(['3', '1', '2', '7', 'x']))).toBe('1-3,7');
		expect(packIds(new Set())).toBe('');
	});

	it('come back as they were', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat({ max: 5_000 })), (numbers) => {
				const ids = new Set(numbers.map(String));
				expect(new Set(unpackIds(packIds(ids)))).toEqual(ids);
			}),
		);
	});

	it.each(['1-999999999999999', 'a', '1-2-3', '-1', '01', '1,,2', '5-', '1e3'])(
		'refuses %s of a cursor that somebody made up',
		(text) => {
			expect(() => unpackIds(text)).toThrow("'Cursor' is not one that this node has made");
		},
	);
});

describe('placeBehind', () => {
	it('moves to the minute of the last issue and keeps the ids read in it', () => {
		const place = placeBehind(
			START,
			[issue(1, '10:00:10'), issue(2, '10:05:20'), issue(3, '10:05:59')],
			'created',
		);
		expect(place).toEqual({
			page: 1,
			since: Date.parse('2026-01-05T10:05:00Z'),
			until: Date.parse('2026-01-05T10:05:59Z'),
			ids: new Set(['2', '3']),
			startAt: 0,
		});
	});

	it('passes over what it has read while the minute stays the same', () => {
		const first = placeBehind(START, [issue(1, '10:05:10')], 'created');
		const second = placeBehind(first, [issue(1, '10:05:10'), issue(2, '10:05:11')], 'created');
		expect([second.ids, second.startAt, second.page]).toEqual([new Set(['1', '2']), 2, 2]);
		const third = placeBehind(second, [issue(3, '10:06:00')], 'created');
		expect([third.ids, third.startAt]).toEqual([new Set(['3']), 0]);
	});

	it('goes on over issues without a date, and an empty page', () => {
		const first = placeBehind(START, [{ id: '1' }, { id: '2', fields: {} }], 'resolved');
		expect(first).toEqual({ page: 1, since: undefined, ids: new Set(['1', '2']), startAt: 2 });
		expect(placeBehind(first, [], 'resolved')).toEqual({ ...first, page: 2 });
	});

	it('never loses or repeats an issue, wherever pages end', () => {
		const issues = fc.array(fc.nat({ max: 300 }), { maxLength: 60 });
		fc.assert(
			fc.property(issues, fc.integer({ min: 1, max: 7 }), (minutes, pageSize) => {
				const all = minutes
					.map((tenSeconds, index) => ({ id: index + 1, at: tenSeconds * 10_000 }))
					.sort((a, b) => a.at - b.at || a.id - b.id)
					.map(({ id, at }) => ({
						id: String(id),
						fields: { created: new Date(at).toISOString() },
					}));
				const read: string[] = [];
				let place: Place = START;
				for (let pages = 0; pages < 500; pages++) {
					place = placeOf(JSON.parse(JSON.stringify(positionOf(place))));
					const { since = -Infinity, startAt, ids } = place;
					const window = all.filter(({ fields }) => Date.parse(fields.created) >= since);
					const page = window.slice(startAt, startAt + pageSize);
					read.push(...page.map(({ id }) => id).filter((id) => !ids.has(id)));
					if (startAt + page.length >= window.length) break;
					place = placeBehind(place, page, 'created');
				}
				expect(read.sort()).toEqual(all.map(({ id }) => id).sort());
			}),
		);
	});
});

describe('placeOf', () => {
	it.each([
		[{}],
		[{ page: 1 }],
		[{ page: -1, ids: '', startAt: 0 }],
		[{ page: 1, ids: '', startAt: 0, since: 'x' }],
		[{ page: 1.5, ids: '', startAt: 0 }],
		[{ page: 1, ids: 7, startAt: 0 }],
	])('refuses %j', (position) => {
		expect(() => placeOf(position)).toThrow("'Cursor' is not one that this node has made");
	});
});
