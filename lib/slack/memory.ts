/** What has been taken already, and threads that the app takes part in: bounded, and kept over restarts. */

export interface MemoryLimits {
	/** Milliseconds. */
	lifetime: number;
	/** The oldest go first. */
	maxEntries: number;
	/** How many of the newest are kept over a restart. */
	maxKept: number;
}

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

const MAX_KEY_CHARS = 300;

/** Keys with the time at which they came. */
export class Memory {
	private readonly times = new Map<string, number>();
	/** Lines for `kept`, oldest first. */
	private recent: string[] = [];
	private known = '';

	constructor(private readonly limits: MemoryLimits) {}

	/**
	 * Takes note of all keys, or of none where one of them is known. Without a pause between look and note, so that
	 * of several callers at once one gets true.
	 *
	 * @param now - milliseconds since the epoch
	 */
	claim(keys: readonly string[], now: number): boolean {
		if (keys.some((key) => this.has(key, now))) return false;
		for (const key of keys) this.note(key, now);
		return true;
	}

	has(key: string, now: number): boolean {
		const time = this.times.get(shortened(key));
		return time !== undefined && now - time < this.limits.lifetime;
	}

	note(key: string, now: number): void {
		const short = shortened(key);
		this.times.delete(short);
		this.times.set(short, now);
		this.recent.push(`${now.toString(36)} ${short}`);
		if (this.recent.length > 2 * this.limits.maxKept) this.recent = this.newest();
		for (const [oldest, time] of this.times) {
			const isOld = now - time >= this.limits.lifetime;
			if (!isOld && this.times.size <= this.limits.maxEntries) break;
			this.times.delete(oldest);
		}
	}

	/** Adds what an earlier process, or another one, has kept; text that is not from `kept` is left out. */
	learn(kept: unknown, now: number): void {
		if (typeof kept !== 'string' || kept === this.known) return;
		const learned: string[] = [];
		for (const line of kept.split('\n').slice(-this.limits.maxKept)) {
			const border = line.indexOf(' ');
			const time = Number.parseInt(line.slice(0, Math.max(0, border)), 36);
			const key = shortened(line.slice(border + 1));
			const isAlive = time <= now && now - time < this.limits.lifetime;
			if (!isAlive || time <= (this.times.get(key) ?? -1)) continue;
			this.times.set(key, time);
			learned.push(`${time.toString(36)} ${key}`);
		}
		this.recent = [...learned, ...this.recent];
		this.known = kept;
	}

	/** The newest as text, a line each, for `learn`. */
	kept(): string {
		this.known = this.newest().join('\n');
		return this.known;
	}

	private newest(): string[] {
		return this.recent.slice(-this.limits.maxKept);
	}
}

function shortened(key: string): string {
	return key.slice(0, MAX_KEY_CHARS).replace(/\s/g, '_');
}
