import fc from 'fast-check';

import type { JsonValue } from '../../../lib/dataset/types';
import { ItemFields } from '../../../lib/privacy/itemFields';
import { mapTexts } from '../../../lib/privacy/mapTexts';
import { peopleIn } from '../../../lib/privacy/people';

test('a copy with nothing changed is the same value', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(mapTexts(value as JsonValue, ({ text }) => text)).toEqual(value);
		}),
	);
});

test('texts, names that may be private and large numbers are visited in order, with the field they are in', () => {
	const seen: unknown[] = [];
	const value = { a: 'x', list: ['y', 12345678, 5], 'k@example.com': true, role: 'z' };
	const mapped = mapTexts(
		value,
		({ text, field }) => {
			seen.push([text, field]);
			return text.toUpperCase();
		},
		(field) => field === 'role',
	);
	expect(mapped).toEqual({ a: 'X', list: ['Y', 12345678, 5], 'K@EXAMPLE.COM': true, role: 'z' });
	expect(seen).toEqual([
		['x', 'a'],
		['y', 'list'],
		['12345678', 'list'],
		['k@example.com', undefined],
	]);
});

test('depth, __proto__ and names that become the same lose nothing', () => {
	let deep: JsonValue = 'x';
	for (let level = 0; level < 100_000; level++) deep = level % 2 === 0 ? [deep] : { a: deep };
	let copy = mapTexts(deep, () => 'y');
	for (let level = 0; level < 100_000; level++)
		copy = Array.isArray(copy) ? copy[0] : (copy as { a: JsonValue }).a;
	expect(copy).toBe('y');
	const proto = JSON.parse('{"__proto__": {"polluted": "x"}}') as JsonValue;
	const mapped = mapTexts(proto, ({ text }) => text);
	expect(JSON.stringify(mapped)).toBe('{"__proto__":{"polluted":"x"}}');
	expect(({} as { polluted?: string }).polluted).toBeUndefined();
	expect(mapTexts({ 'a1@b.cc': 1, 'a2@b.cc': 2 }, () => 'same')).toEqual({ same: 1, same_: 2 });
});

test('fields of an item are taken out and put back, everything else stays the same object', () => {
	const item = { a: { b: ['x', 'y'], c: 1 }, 'd.e': 'z', f: { g: 1 } };
	const fields = new ItemFields('a.b[1], d.e, nothing');
	expect(fields.take(item)).toEqual({ 'a.b[1]': 'y', 'd.e': 'z' });
	const changed = fields.put(item, { 'a.b[1]': 'Y', 'd.e': 'Z' });
	expect(changed).toEqual({ a: { b: ['x', 'Y'], c: 1 }, 'd.e': 'Z', f: { g: 1 } });
	expect(changed.f).toBe(item.f);
	expect(item.a.b[1]).toBe('y');
	expect(new ItemFields(' , ').isLimited).toBe(false);
});

test('people in whatever shape a record gives them', () => {
	expect(peopleIn('Jane Doe, bob@example.com;\nX')).toEqual(['Jane Doe', 'bob@example.com']);
	expect(peopleIn([{ name: 'Jane', email: 'j@example.com', id: 4 }, 'Bob', null, 7])).toEqual([
		'Jane',
		'j@example.com',
		'Bob',
	]);
	expect(peopleIn(undefined)).toEqual([]);
	expect(peopleIn({ displayName: 'Jane', url: 'https://example.com' })).toEqual(['Jane']);
});
