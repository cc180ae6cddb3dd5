import fc from 'fast-check';

import { Memory } from '../../../lib/slack/memory';

const LIMITS = { lifetime: 1_000, maxEntries: 10, maxKept: 4 };
const NOW = 1_700_000_000_000;

test('one of several callers gets a key, and no other that shares one with it', () => {
	const memory = new Memory(LIMITS);
	expect(memory.claim(['a', 'b'], NOW)).toBe(true);
	expect(memory.claim(['a'], NOW)).toBe(false);
	expect(memory.claim(['c', 'b'], NOW)).toBe(false);
	expect(memory.claim(['c'], NOW)).toBe(true);
});

test('forgets with time, and the oldest where there are too many', () => {
	const memory = new Memory(LIMITS);
	memory.claim(['old'], NOW);
	expect(memory.has('old', NOW + 999)).toBe(true);
	expect(memory.claim(['old'], NOW + 1_000)).toBe(true);
	for (let index = 0; index < 100; index++) memory.claim([`k${index}`], NOW + 1_000);
	const known = Array.from({ length: 100 }, (_, index) => memory.has(`k${index}`, NOW + 1_000));
	expect(known.filter(Boolean)).toHaveLength(10);
	expect(known.at(-1)).toBe(true);
});

test('knows the newest after a restart, for the rest of their time', () => {
	const before = new Memory(LIMITS);
	for (const [index, key] of ['a', 'b', 'c', 'd', 'e f'].entries()) before.note(key, NOW + index);
	const after = new Memory(LIMITS);
	after.learn(before.kept(), NOW + 500);
	const known = ['a', 'b', 'c', 'd', 'e f'].filter((key) => after.has(key, NOW + 500));
	expect(known).toEqual(['b', 'c', 'd', 'e f']);
	expect(after.has('b', NOW + 1_001)).toBe(false);
	after.note('g', NOW + 500);
	expect(after.kept().split('\n')).toHaveLength(4);
});

test('learns what another process has kept, and nothing from other values', () => {
	const one = new Memory(LIMITS);
	const other = new Memory(LIMITS);
	one.note('mine', NOW);
	other.note('theirs', NOW);
	one.learn(other.kept(), NOW);
	expect([one.has('mine', NOW), one.has('theirs', NOW)]).toEqual([true, true]);
	const before = one.kept();
	fc.assert(
		fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' })), (kept) => {
			one.learn(kept, NOW);
			expect(one.kept().endsWith(before)).toBe(true);
		}),
	);
});

test('times from the future are not believed', () => {
	const memory = new Memory(LIMITS);
	memory.learn(`${(NOW + 5_000).toString(36)} a`, NOW);
	expect(memory.has('a', NOW)).toBe(false);
});
