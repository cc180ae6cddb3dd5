/** Doing many things at once, but not too many, and handing the results on in order. */
import { CanceledError } from '../http/canceled';

export interface PoolOptions {
	/** How many tasks run at the same time; values below 1 count as 1. */
	concurrency: number;
	/** Ends everything: no task is begun any more, and the pool throws at once. */
	signal?: AbortSignal;
	/** Whether to begin further tasks after one has failed; by default none. Tasks under way are waited for. */
	goesOn?: (error: unknown) => boolean;
}

/** What became of one task; `skipped` ones were never begun. */
export type Settled<R> = { value: R } | { error: unknown } | { skipped: true };

/**
 * Runs `work` on each item, `concurrency` of them at a time, in the order of the items. A task begins as soon as
 * another one ends; nothing waits for a slow neighbour.
 *
 * @returns one entry an item, in the order of the items, whatever ended first. Failures are entries as well.
 * @throws CanceledError when the signal is aborted; what tasks under way come to is then not looked at any more
 */
export async function runPool<T, R>(
	items: readonly T[],
	work: (item: T, index: number) => Promise<R>,
	{ concurrency, signal, goesOn = () => false }: PoolOptions,
): Promise<Array<Settled<R>>> {
	const settled = Array.from({ length: items.length }, (): Settled<R> => ({ skipped: true }));
	let next = 0;
	let stopped = false;
	const worker = async (): Promise<void> => {
		while (next < items.length && !stopped && !signal?.aborted) {
			const index = next++;
			const outcome = await settle(work, items[index], index);
			settled[index] = outcome;
			if ('error' in outcome && !goesOn(outcome.error)) stopped = true;
		}
	};
	const workers = Array.from({ length: workersFor(concurrency, items.length) }, worker);
	await unlessAborted(Promise.all(workers), signal);
	return settled;
}

function workersFor(concurrency: number, items: number): number {
	const wanted = Number.isNaN(concurrency) ? 1 : Math.max(1, Math.floor(concurrency));
	return Math.min(wanted, items);
}

async function settle<T, R>(
	work: (item: T, index: number) => Promise<R>,
	item: T,
	index: number,
): Promise<Settled<R>> {
	try {
		return { value: await work(item, index) };
	} catch (error) {
		return { error };
	}
}

async function unlessAborted(work: Promise<unknown>, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted) throw new CanceledError();
	let onAbort = () => {};
	const aborted = new Promise<never>((_resolve, reject) => {
		onAbort = () => reject(new CanceledError());
		signal?.addEventListener('abort', onAbort);
	});
	try {
		await Promise.race([work, aborted]);
	} finally {
		signal?.removeEventListener('abort', onAbort);
	}
	if (signal?.aborted) throw new CanceledError();
}
