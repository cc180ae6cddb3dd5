import type { Surroundings } from '../http/types';

const MINUTE_MS = 60_000;

/**
 * Spreads requests evenly over the minute: servers that allow 600 a minute often mean 10 a second.
 *
 * @param perMinute at most this many; nothing, 0 and less mean no limit
 * @param isOver when true, nobody is kept waiting any more
 * @returns a function to be awaited before each request; whoever calls first goes first
 * @throws (the returned function) whatever `sleep` rejects with when the execution is canceled
 */
export function createPace(
	perMinute: number | undefined,
	{ sleep, now }: Pick<Surroundings, 'sleep' | 'now'>,
	isOver: () => boolean = () => false,
): () => Promise<void> {
	if (perMinute === undefined || !(perMinute > 0)) return async () => {};
	const spacing = MINUTE_MS / perMinute;
	let last = -Infinity;
	let queue: Promise<void> = Promise.resolve();
	const takeTurn = async (): Promise<void> => {
		if (isOver()) return;
		const wait = last + spacing - now();
		if (wait > 0) await sleep(Math.ceil(wait));
		last = Math.max(now(), last + spacing);
	};
	return () => {
		queue = queue.then(takeTurn);
		return queue;
	};
}
