import { inParallel } from '../../../../lib/tickets/jira/parallel';

it('keeps the order and the limit', async () => {
	let running = 0;
	let most = 0;
	const results = await inParallel([5, 1, 3, 2, 4], 2, async (turns) => {
		most = Math.max(most, ++running);
		for (let turn = 0; turn < turns; turn++) await Promise.resolve();
		running--;
		return turns * 10;
	});
	expect(results).toEqual([50, 10, 30, 20, 40]);
	expect(most).toBe(2);
});

it('begins nothing new after a failure', async () => {
	const begun: number[] = [];
	const work = async (entry: number) => {
		begun.push(entry);
		await Promise.resolve();
		if (entry === 2) throw new Error('no');
		return entry;
	};
	await expect(inParallel([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow('no');
	expect(begun.length).toBeLessThan(6);
});

it('does nothing for nothing', async () => {
	expect(await inParallel([], 3, async () => 1)).toEqual([]);
});
