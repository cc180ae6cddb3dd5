import { inParallel } from '../../lib/inParallel';

describe('inParallel', () => {
	it('keeps to its width and to the order', async () => {
		let open = 0;
		let widest = 0;
		const work = async (item: number) => {
			widest = Math.max(widest, ++open);
			for (let turn = 0; turn < 5 - item; turn++) await Promise.resolve();
			open--;
			return item === 3 ? undefined : item * 2;
		};
		expect(await inParallel([1, 2, 3, 4, 5], 2, work)).toEqual([2, 4, undefined, 8, 10]);
		expect(widest).toBe(2);
		expect(await inParallel([], 3, work)).toEqual([]);
	});

	it('begins nothing more after a failure, and waits for what is under way', async () => {
		const begun: number[] = [];
		const done: number[] = [];
		const work = async (item: number) => {
			begun.push(item);
			if (item === 2) throw new Error('broken');
			for (let turn = 0; turn < 9; turn++) await Promise.resolve();
			done.push(item);
		};
		await expect(inParallel([1, 2, 3, 4], 2, work)).rejects.toThrow('broken');
		expect([begun, done]).toEqual([[1, 2], [1]]);
	});
});
