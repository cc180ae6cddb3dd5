import type { Sandbox } from './sandbox';

/** Longest a timer sleeps before it looks at the clock again. */
const LONGEST_SLEEP_MS = 60_000;

/** Wakes the sandbox when the next step of a job or the next delivery is due; never keeps the process alive. */
export class Heartbeat {
	private timer: NodeJS.Timeout | undefined;
	private ticking: Promise<void> = Promise.resolve();
	private stopped = false;

	constructor(private readonly sandbox: Sandbox) {}

	/** Sets the timer anew; to be called whenever something may have become due at another time. */
	readonly beat = (): void => {
		clearTimeout(this.timer);
		if (this.stopped) return;
		const { jobs, webhooks, clock } = this.sandbox;
		const due = Math.min(jobs.nextDue() ?? Infinity, webhooks.nextDue() ?? Infinity);
		if (due === Infinity) return;
		const wait = Math.min(Math.max(0, due - clock.now()), LONGEST_SLEEP_MS);
		// Time that a test moves by hand does not pass by waiting, but what is due already still has to happen.
		if (clock.injected && wait > 0) return;
		this.timer = setTimeout(() => (this.ticking = this.tick()), wait).unref();
	};

	async stop(): Promise<void> {
		this.stopped = true;
		clearTimeout(this.timer);
		await this.ticking;
	}

	private async tick(): Promise<void> {
		const { jobs, webhooks } = this.sandbox;
		await jobs.catchUp();
		const sending = webhooks.deliverDue();
		this.beat();
		await sending;
		this.beat();
	}
}
