/**
 * Time without waiting: while a node runs, `sleep` of n8n-workflow resolves at once, is recorded, and
 * moves `Date.now()` forward by what it would have slept, so that deadlines pass as they would for real.
 */
const sleepModule = require('@n8n/utils/sleep') as {
	sleep: (ms: number, abortSignal?: AbortSignal) => Promise<void>;
};

/** More than this is a node that never stops waiting. */
const MAX_SLEEPS = 10_000;

export type OnSleep = (ms: number, count: number) => void | Promise<void>;

export interface VirtualTime {
	/** Milliseconds asked for, in order. */
	sleeps: number[];
	restore: () => void;
}

export function startVirtualTime(onSleep?: OnSleep): VirtualTime {
	const sleeps: number[] = [];
	const realNow = Date.now;
	let offset = 0;

	const now = jest.spyOn(Date, 'now').mockImplementation(() => realNow.call(Date) + offset);
	const sleep = jest
		.spyOn(sleepModule, 'sleep')
		.mockImplementation(async (ms: number, abortSignal?: AbortSignal) => {
			sleeps.push(ms);
			if (sleeps.length > MAX_SLEEPS) throw new Error(`more than ${MAX_SLEEPS} sleeps`);
			await onSleep?.(ms, sleeps.length);
			offset += ms;
			if (abortSignal?.aborted) throw abortSignal.reason;
		});

	return {
		sleeps,
		restore: () => {
			now.mockRestore();
			sleep.mockRestore();
		},
	};
}
