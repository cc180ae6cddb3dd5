/** How long and how much is remembered of what has been taken already, and of threads that the app takes part in. */
import type { MemoryLimits } from '../memory';

/** Slack's last retry comes after five minutes, a delayed one within a day. */
export const SEEN_LIMITS: MemoryLimits = {
	lifetime: 24 * 60 * 60_000,
	maxEntries: 50_000,
	maxKept: 1_000,
};

/** People come back to a thread after days. */
export const THREAD_LIMITS: MemoryLimits = {
	lifetime: 30 * 24 * 60 * 60_000,
	maxEntries: 10_000,
	maxKept: 1_000,
};
