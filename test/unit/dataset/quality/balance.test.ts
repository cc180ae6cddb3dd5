import fc from 'fast-check';

import { Balance, type BalanceOptions } from '../../../../lib/dataset/quality/balance';
import { quotaOf } from '../../../../lib/dataset/quality/quota';
import { siftItems } from '../../../../lib/dataset/quality/sift';
import { chat, jsonl, NASTY_LINES, sentence, siftText } from './support';

const of = (category: string | undefined, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		question: `${String(category)} ${index}`,
		answer: 'a',
		...(category === undefined ? {} : { category }),
	}));

const RECORDS = [...of('big', 60), ...of('small', 10), ...of('tiny', 2), ...of(undefined, 8)];

async function balance(records: object[], options: Partial<BalanceOptions>) {
	const judge = new Balance({
		classField: 'category',
		target: { kind: 'cap', cap: 5 },
		...options,
	});
	const sifted = await siftItems(records, judge);
	const report = judge.report();
	const after = Object.fromEntries(report.classes.map((entry) => [entry.class, entry.after]));
	return { ...sifted, report, after };
}

describe('Balance', () => {
	test('caps each class, keeps the order, and says why others are left out', async () => {
		const { kept, leftOut, after, report, counts } = await balance(RECORDS, {});
		expect(after).toEqual({ big: 5, small: 5, tiny: 2, none: 5 });
		expect(kept).toHaveLength(17);
		expect([...kept].sort((a, b) => a - b)).toEqual(kept);
		expect(leftOut).toHaveLength(63);
		expect(leftOut[0].why).toEqual({
			code: 'class_full',
			reason: expect.stringContaining('big'),
			class: 'big',
		});
		expect(counts).toEqual({ read: 80, kept: 17, leftOut: 63, unreadable: 0 });
		expect(report.classes[0]).toEqual({ class: 'big', before: 60, after: 5 });
		expect(report).toMatchObject({ result: 17, addedCopies: 0, repeatedRecords: 0 });
	});

	test('the seed chooses', async () => {
		const first = await balance(RECORDS, { seed: 1 });
		expect((await balance(RECORDS, { seed: 1 })).kept).toEqual(first.kept);
		expect((await balance(RECORDS, { seed: 2 })).kept).not.toEqual(first.kept);
	});

	test('the choice has no favourites', async () => {
		const times = new Map<number, number>();
		for (let seed = 0; seed < 200; seed++) {
			const { kept } = await balance(of('a', 20), { seed });
			for (const place of kept) times.set(place, (times.get(place) ?? 0) + 1);
		}
		// 50 expected; 25 and 80 are four standard deviations away and more.
		for (let place = 0; place < 20; place++) {
			expect(times.get(place)).toBeGreaterThan(25);
			expect(times.get(place)).toBeLessThan(80);
		}
	});

	test('equal sizes: that of the smallest, or larger with copies', async () => {
		const down = await balance(RECORDS, { target: { kind: 'equal' } });
		expect(down.after).toEqual({ big: 2, small: 2, tiny: 2, none: 2 });
		const up = await balance(RECORDS, { target: { kind: 'equal', maxCopies: 5 } });
		expect(up.after).toEqual({ big: 10, small: 10, tiny: 10, none: 10 });
		expect(up.kept.filter((place) => place === 70)).toHaveLength(5);
		expect(up.report).toMatchObject({ result: 40 });
		expect(up.report.addedCopies).toBe(up.kept.length - new Set(up.kept).size);
	});

	test('shares, and only of the classes that are named', async () => {
		const shares = [
			{ class: 'big', value: 3 },
			{ class: 'small', value: 1 },
		];
		const { after } = await balance(RECORDS, { target: { kind: 'share', shares } });
		expect(after).toEqual({ big: 30, small: 10, tiny: 0, none: 0 });
	});

	test('weights, and the classes that are not named stay', async () => {
		const weights = [
			{ class: 'big', value: 0.5 },
			{ class: 'tiny', value: 3 },
		];
		const { after } = await balance(RECORDS, { target: { kind: 'weight', weights, maxCopies: 3 } });
		expect(after).toEqual({ big: 30, small: 10, tiny: 6, none: 8 });
		const capped = await balance(RECORDS, { target: { kind: 'weight', weights } });
		expect(capped.after).toMatchObject({ tiny: 2 });
	});

	test('of several tags the rarest one counts', async () => {
		const records = [
			...Array.from({ length: 20 }, () => ({ tags: ['common'] })),
			...Array.from({ length: 3 }, () => ({ tags: ['common', 'rare'] })),
			{ tags: [] },
		];
		const { after } = await balance(records, { classField: 'tags' });
		expect(after).toEqual({ common: 5, rare: 3, none: 1 });
	});

	test('names of Object.prototype are classes as others are', async () => {
		const records = [...of('constructor', 7), ...of('__proto__', 6)];
		const { report } = await balance(records, {});
		expect(report.classes).toEqual([
			{ class: 'constructor', before: 7, after: 5 },
			{ class: '__proto__', before: 6, after: 5 },
		]);
	});

	test('a field with a different text in each record is no class, and memory stays bounded', async () => {
		const records = Array.from({ length: 10_050 }, (_, index) => ({ category: `text ${index}` }));
		const { report, counts } = await balance(records, {});
		expect(report.tooManyClasses).toBe(true);
		expect(report.classes).toHaveLength(1000);
		expect(report.classes[0]).toEqual({ class: 'other', before: 50, after: 5 });
		expect(counts.kept).toBe(10_005);
	});

	test('in a file: a path into the example, copies beside each other, the field left out', async () => {
		const records = [
			chat(sentence(1), 'A', { metadata: { kind: 'x' } }),
			chat(sentence(2), 'B', { metadata: { kind: 'y' } }),
			chat(sentence(3), 'C', { metadata: { kind: 'y' } }),
		];
		const nested = new Balance({
			classField: 'metadata.kind',
			target: { kind: 'equal', maxCopies: 2 },
			dropClassField: true,
		});
		const { kept } = await siftText(jsonl(records), nested);
		expect(kept.map((line) => JSON.parse(line) as object)).toEqual(
			[records[0], records[0], records[1], records[2]].slice(0, kept.length),
		);
		const flat = [
			{ ...chat('q'), kind: 'a' },
			{ ...chat('r'), kind: 'b' },
		];
		const dropped = await siftText(
			jsonl(flat),
			new Balance({ classField: 'kind', target: { kind: 'cap', cap: 9 }, dropClassField: true }),
		);
		expect(dropped.kept).toEqual([JSON.stringify(chat('q')), JSON.stringify(chat('r'))]);
	});

	test.each(NASTY_LINES)('survives %s', async (_, line) => {
		const judge = new Balance({ classField: 'category', target: { kind: 'cap', cap: 1 } });
		const { sifted } = await siftText(`${line}\n${line}\n`, judge);
		expect(sifted.counts.read).toBe(2);
	});
});

describe('quotaOf', () => {
	test('never asks for more than there is, and equal classes are equal', () => {
		const sizes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(sizes, fc.integer({ min: 1, max: 10 }), (all, maxCopies) => {
				const names = all.map(String);
				const quotas = quotaOf({ kind: 'equal', maxCopies }, names, all);
				quotas.forEach((quota, at) => expect(quota).toBeLessThanOrEqual(all[at] * maxCopies));
				expect(new Set(quotas).size).toBe(1);
				const total = quotas.reduce((sum, quota) => sum + quota, 0);
				const before = all.reduce((sum, size) => sum + size, 0);
				expect(total).toBeLessThanOrEqual(before + all.length);
			}),
		);
	});

	test.each([
		[{ kind: 'cap' as const, cap: 0 }, [0, 0]],
		[{ kind: 'cap' as const, cap: -5 }, [0, 0]],
		[{ kind: 'share' as const, shares: [] }, [0, 0]],
		[{ kind: 'weight' as const, weights: [{ class: 'a', value: NaN }] }, [0, 20]],
	])('%p gives %p', (target, expected) =>
		expect(quotaOf(target, ['a', 'b'], [10, 20])).toEqual(expected),
	);
});
