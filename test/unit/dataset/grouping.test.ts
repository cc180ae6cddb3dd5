import { groupRecords, type GroupOptions } from '../../../lib/dataset/grouping';

const ROWS = [
	{ ticket: 'A', at: '2026-01-02', n: 10 },
	{ ticket: 'B', at: '2026-01-01', n: 1 },
	{ ticket: 'A', at: '2026-01-01', n: 9 },
	{ ticket: null, at: '2026-01-01', n: 1 },
	{ ticket: 'A', at: '2026-01-03' },
	{ ticket: '', n: 5 },
];

const group = (options: Partial<GroupOptions> = {}, rows: Array<Record<string, unknown>> = ROWS) =>
	[...groupRecords(rows, { groupField: 'ticket', ...options })].map(({ value, indexes }) => [
		value,
		...indexes,
	]);

describe('groupRecords', () => {
	test('keeps the order in which groups and records first appear', () => {
		expect(group()).toEqual([
			['A', 0, 2, 4],
			['B', 1],
			[undefined, 3],
			[undefined, 5],
		]);
	});

	test('sorts within a group by date or number, records without a value last', () => {
		expect(group({ orderField: 'at' })[0]).toEqual(['A', 2, 0, 4]);
		expect(group({ orderField: 'n' })[0]).toEqual(['A', 2, 0, 4]);
		expect(group({ orderField: 'missing' })[0]).toEqual(['A', 0, 2, 4]);
		const mixed = [2, '10', 'b', '9', 'a', null].map((n) => ({ ticket: 1, n }));
		expect(group({ orderField: 'n' }, mixed)).toEqual([['1', 0, 3, 1, 4, 2, 5]]);
	});

	test('hands over records together with their places', () => {
		const [first] = groupRecords(ROWS, { groupField: 'ticket', orderField: 'at' });
		expect(first.records).toEqual([ROWS[2], ROWS[0], ROWS[4]]);
	});

	test('contiguous: a group ends where the next begins, and is handed over at once', () => {
		expect(group({ contiguous: true })).toEqual([
			['A', 0],
			['B', 1],
			['A', 2],
			[undefined, 3],
			['A', 4],
			[undefined, 5],
		]);
		let read = 0;
		function* endless() {
			for (; ; read++) yield { ticket: Math.floor(read / 3) };
		}
		const groups = groupRecords(endless(), { groupField: 'ticket', contiguous: true });
		expect(groups.next().value).toMatchObject({ value: '0', indexes: [0, 1, 2] });
		expect(read).toBe(3);
	});

	test('numbers, texts and objects are told apart by what they look like', () => {
		const rows = [1, '1', { a: 1 }, { a: 1 }, '__proto__', false].map((ticket) => ({ ticket }));
		expect(group({}, rows)).toEqual([
			['1', 0, 1],
			['{"a":1}', 2, 3],
			['__proto__', 4],
			['false', 5],
		]);
	});
});
