import fc from 'fast-check';

import { Memory } from '../../lib/memory';

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
	const ahead = new Memory(LIMITS);
	ahead.note('a', NOW + 5_000);
	const memory = new Memory(LIMITS);
	memory.learn(ahead.kept(), NOW);
	expect(memory.has('a', NOW)).toBe(false);
	memory.learn(`${ahead.kept()}\n`, NOW + 5_000);
	expect(memory.has('a', NOW + 5_000)).toBe(true);
});

test('what is kept is small: each key once, 17 characters, none that is over', () => {
	const memory = new Memory(LIMITS);
	memory.note('over', NOW - 1_000);
	for (const key of ['long'.repeat(1_000), 'b', 'c', 'b']) memory.note(key, NOW);
	expect(memory.kept()).toMatch(/^(\w{8} [\w-]{8}\n){2}\w{8} [\w-]{8}$/);
	const after = new Memory(LIMITS);
	after.learn(memory.kept(), NOW);
	const keys = ['over', 'long'.repeat(1_000), `${'long'.repeat(999)}short`, 'b', 'c'];
	expect(keys.map((key) => after.has(key, NOW))).toEqual([false, true, false, true, true]);
});

test('of two processes the newest keys are kept, whichever saves', () => {
	const [one, other] = [new Memory(LIMITS), new Memory(LIMITS)];
	for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) one.note(key, NOW + index);
	other.learn(one.kept(), NOW + 10);
	for (const key of ['e', 'a']) other.note(key, NOW + 10);
	one.note('f', NOW + 11);
	one.learn(other.kept(), NOW + 12);
	const after = new Memory(LIMITS);
	after.learn(one.kept(), NOW + 12);
	const known = ['a', 'b', 'c', 'd', 'e', 'f'].filter((key) => after.has(key, NOW + 12));
	expect(known).toEqual(['a', 'd', 'e', 'f']);
	expect(after.has('a', NOW + 1_005)).toBe(true);
});
