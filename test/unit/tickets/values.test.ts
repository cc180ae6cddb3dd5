import { entriesOf, isoOf, listOf, objectOf, textOf, unique } from '../../../lib/tickets/values';

it('takes what is there and nothing else', () => {
	expect([textOf(' a '), textOf(' '), textOf(7)]).toEqual(['a', undefined, undefined]);
	expect(listOf([1, null, undefined, 2])).toEqual([1, 2]);
	expect(listOf('ab' as never)).toEqual([]);
	expect([objectOf({}), objectOf([]), objectOf(null)]).toEqual([{}, undefined, undefined]);
	expect(unique([' a', 'a', undefined, ' '])).toEqual(['a']);
});

it('reads dates with any zone', () => {
	expect(isoOf('2026-01-05T10:31:20.000+0100')).toBe('2026-01-05T09:31:20.000Z');
	expect(isoOf('2026-01-05T10:31:20Z')).toBe('2026-01-05T10:31:20.000Z');
	for (const odd of ['', 'soon', 5, null, '1'.repeat(1e6)]) expect(isoOf(odd)).toBeUndefined();
});

it('splits lists that people type', () => {
	expect(entriesOf(' a, b,,\nb\nc ')).toEqual(['a', 'b', 'c']);
	expect(entriesOf(['x', ' x ', 7, {}])).toEqual(['x', '7']);
	expect(entriesOf(undefined)).toEqual([]);
});
