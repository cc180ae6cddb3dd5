/** The sandbox's time: the given source (the wall clock unless a test injects one) plus what was skipped over. */
export class Clock {
	private skipped = 0;

	constructor(
		private readonly source: () => number = Date.now,
		/** An injected source does not move on its own account, so nothing waits for it. */
		readonly injected = source !== Date.now,
	) {}

	/** Milliseconds since the epoch. */
	now(): number {
		return this.source() + this.skipped;
	}

	/** Whole seconds since the epoch, as OpenAI's `created_at`. */
	seconds(): number {
		return Math.floor(this.now() / 1000);
	}

	advance(ms: number): void {
		this.skipped += ms;
	}
}
