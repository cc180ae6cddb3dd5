import { createHash } from 'node:crypto';

export interface MemoryLimits {
	/** Milliseconds. */
	lifetime: number;
	/** The oldest go first. */
	maxEntries: number;
	/** How many of the newest are kept over a restart. */
	maxKept: number;
}

/** 48 bits: with 50,000 keys known, one of five thousand million new ones is taken for one of them. */
const HASH_CHARS = 8;
const LINE = /^([0-9a-z]{1,9}) ([\w-]{8})$/;

/**
 * Keys of what has happened, e.g. of requests that have been taken, with the time at which they came: bounded, and kept
 * over restarts. Keys are hashed, because n8n reads and writes what is kept with each request.
 */
export class Memory {
	private readonly times = new Map<string, number>();
	/** The newest of `times` as lines for `kept`, oldest first. */
	private recent = new Map<string, string>();
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
		return this.isAlive(hashOf(key), now);
	}

	note(key: string, now: number): void {
		const hash = hashOf(key);
		this.times.delete(hash);
		this.times.set(hash, now);
		this.recent.delete(hash);
		this.recent.set(hash, `${now.toString(36)} ${hash}`);
		this.dropOldest(this.times, this.limits.maxEntries, now);
		this.dropOldest(this.recent, this.limits.maxKept, now);
	}

	/** Adds what an earlier process, or another one, has kept; text that is not from `kept` is left out. */
	learn(kept: unknown, now: number): void {
		if (typeof kept !== 'string' || kept === this.known) return;
		const learned: Array<[hash: string, line: string]> = [];
		for (const line of kept.split('\n').slice(-this.limits.maxKept)) {
			const [, digits = '', hash = ''] = LINE.exec(line) ?? [];
			const time = Number.parseInt(digits, 36);
			const isAlive = time <= now && now - time < this.limits.lifetime;
			if (!isAlive || time <= this.timeOf(hash)) continue;
			this.times.set(hash, time);
			learned.push([hash, line]);
		}
		const all = [...new Map([...this.recent, ...learned])];
		all.sort(([one], [other]) => this.timeOf(one) - this.timeOf(other));
		this.recent = new Map(all.slice(-this.limits.maxKept));
		this.known = kept;
	}

	/** The newest as text, a line each, for `learn`. */
	kept(): string {
		this.known = [...this.recent.values()].join('\n');
		return this.known;
	}

	private isAlive(hash: string, now: number): boolean {
		return now - this.timeOf(hash) < this.limits.lifetime;
	}

	private timeOf(hash: string): number {
		return this.times.get(hash) ?? -Infinity;
	}

	private dropOldest(from: Map<string, unknown>, maxEntries: number, now: number): void {
		for (const hash of from.keys()) {
			if (this.isAlive(hash, now) && from.size <= maxEntries) break;
			from.delete(hash);
		}
	}
}

function hashOf(key: string): string {
	return createHash('sha256').update(key).digest('base64url').slice(0, HASH_CHARS);
}
