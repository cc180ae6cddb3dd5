import fc from 'fast-check';

import { CanceledError } from '../../../lib/http/canceled';
import { runPool } from '../../../lib/qa/pool';

/** Lets everything that is ready run. */
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

/** Tasks that end when told to, in any order. */
class Bench {
	readonly begun: number[] = [];
	running = 0;
	most = 0;
	private readonly ends = new Map<number, (error?: unknown) => void>();

	readonly work = async (_item: unknown, index: number): Promise<string> => {
		this.begun.push(index);
		this.most = Math.max(this.most, ++this.running);
		await new Promise<void>((resolve, reject) => {
			this.ends.set(index, (error) => (error ? reject(error) : resolve()));
		});
		this.running--;
		return `done ${index}`;
	};

	end(index: number, error?: unknown): void {
		this.ends.get(index)!(error);
		this.ends.delete(index);
	}

	get open(): number[] {
		return [...this.ends.keys()];
	}
}

it('keeps the order, begins each task once and never runs more than allowed', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 0, max: 20 }),
			fc.integer({ min: 1, max: 8 }),
			fc.infiniteStream(fc.nat()),
			async (count, concurrency, choices) => {
				const bench = new Bench();
				const items = Array.from({ length: count }, (_, index) => index);
				const pool = runPool(items, bench.work, { concurrency });
				for (let ended = 0; ended < count; ended++) {
					await settle();
					// As many as may run do run: nobody waits for a slow neighbour.
					expect(bench.running).toBe(Math.min(concurrency, count - ended));
					bench.end(bench.open[choices.next().value % bench.open.length]);
				}
				expect(await pool).toEqual(items.map((index) => ({ value: `done ${index}` })));
				expect(bench.begun).toEqual(items);
				expect(bench.most).toBe(Math.min(concurrency, count));
			},
		),
		{ numRuns: 50 },
	);
});

it('begins nothing more after a failure, and waits for what is under way', async () => {
	const bench = new Bench();
	const pool = runPool([0, 1, 2, 3], bench.work, { concurrency: 2 });
	const broken = new Error('broken');
	bench.end(1, broken);
	await settle();
	expect(bench.begun).toEqual([0, 1]);
	bench.end(0);
	expect(await pool).toEqual([
		{ value: 'done 0' },
		{ error: broken },
		{ skipped: true },
		{ skipped: true },
	]);
});

it('goes on after failures where that is wanted', async () => {
	const work = async (item: number) => {
		if (item % 2 === 1) throw new Error(`odd ${item}`);
		return item;
	};
	const seen: unknown[] = [];
	const goesOn = (error: unknown) => seen.push(error) > 0;
	const settled = await runPool([0, 1, 2, 3], work, { concurrency: 3, goesOn });
	expect(settled).toEqual([
		{ value: 0 },
		{ error: new Error('odd 1') },
		{ value: 2 },
		{ error: new Error('odd 3') },
	]);
	expect(seen).toHaveLength(2);
});

it.each([0, -3, Number.NaN, 1.9])('takes a concurrency of %p for one', async (concurrency) => {
	const bench = new Bench();
	const pool = runPool([0, 1], bench.work, { concurrency });
	await settle();
	expect(bench.begun).toEqual([0]);
	bench.end(0);
	await settle();
	bench.end(1);
	expect(await pool).toHaveLength(2);
});

describe('when canceled', () => {
	it('throws at once, whatever is under way, and begins nothing more', async () => {
		const controller = new AbortController();
		const bench = new Bench();
		const pool = runPool([0, 1, 2], bench.work, { concurrency: 2, signal: controller.signal });
		await settle();
		controller.abort();
		await expect(pool).rejects.toThrow(CanceledError);
		bench.end(0);
		bench.end(1, new Error('too late'));
		await settle();
		expect(bench.begun).toEqual([0, 1]);
	});

	it('does not begin at all', async () => {
		const bench = new Bench();
		const signal = AbortSignal.abort();
		await expect(runPool([0], bench.work, { concurrency: 1, signal })).rejects.toThrow(
			CanceledError,
		);
		expect(bench.begun).toEqual([]);
	});

	it('is told of it even when the last task ends in the same moment', async () => {
		const controller = new AbortController();
		const work = async () => controller.abort();
		const pool = runPool([0], work, { concurrency: 1, signal: controller.signal });
		await expect(pool).rejects.toThrow(CanceledError);
	});
});
