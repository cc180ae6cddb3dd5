import {
	displayOf,
	hasColumn,
	instantOf,
	storedDate,
	valueOf,
} from '../../../../lib/tickets/serviceNow/cells';
import type { Row } from '../../../../lib/tickets/serviceNow/types';

const row = {
	state: { display_value: 'Resolved', value: '6' },
	number: 'INC1',
	count: 3,
	active: true,
	odd: { display_value: null, value: 'kept' },
	nothing: null,
	list: [],
} as Row;

it('reads stored and shown values, in every display mode', () => {
	expect(valueOf(row, 'state')).toBe('6');
	expect(displayOf(row, 'state')).toBe('Resolved');
	expect([valueOf(row, 'number'), displayOf(row, 'number')]).toEqual(['INC1', 'INC1']);
	expect([valueOf(row, 'count'), valueOf(row, 'active')]).toEqual(['3', 'true']);
	expect(displayOf(row, 'odd')).toBe('kept');
	for (const column of ['nothing', 'list', 'missing', '__proto__', 'constructor', 'toString']) {
		expect([valueOf(row, column), displayOf(row, column)]).toEqual(['', '']);
	}
	expect(hasColumn(row, 'nothing')).toBe(true);
	expect(hasColumn(row, 'toString')).toBe(false);
});

it('takes stored dates as UTC and writes them so', () => {
	expect(instantOf('2026-01-02 10:00:00')).toBe('2026-01-02T10:00:00.000Z');
	expect(storedDate(Date.UTC(2026, 0, 2, 10))).toBe('2026-01-02 10:00:00');
	for (const odd of ['', '02/01/2026', '2026-13-41 10:00:00', '2026-01-02']) {
		expect(instantOf(odd)).toBeUndefined();
	}
});
