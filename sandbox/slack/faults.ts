/** What goes wrong with the next calls, in Slack's ways, on top of the faults of any server. */
import { type Fault, Faults } from '../server/faults';

export interface SlackFault extends Fault {
	/** Slack's word for a refusal, answered with HTTP 200. */
	error?: string;
	/** Answers 429 with this many seconds in Retry-After. */
	retryAfter?: number;
	/** Lets this many matching calls through first. */
	after?: number;
}

export class SlackFaults {
	private readonly plain = new Faults();
	private waiting: Array<{ fault: Fault; left: number; pattern: RegExp }> = [];

	/** @throws TypeError or SyntaxError when a fault cannot be understood */
	add({ error, retryAfter, after = 0, ...fault }: SlackFault): void {
		const whole: Fault = { ...fault };
		if (error !== undefined) Object.assign(whole, { status: 200, body: { ok: false, error } });
		if (retryAfter !== undefined) {
			whole.status = 429;
			whole.headers = { ...fault.headers, 'retry-after': String(retryAfter) };
			whole.body = { ok: false, error: 'ratelimited' };
		}
		if (after === 0) this.plain.add(whole);
		else this.waiting.push({ fault: whole, left: after, pattern: new RegExp(fault.path ?? '') });
	}

	/** The fault that a call meets. */
	take(method: string, url: string): Fault | undefined {
		const found = this.plain.take(method, url);
		if (found) return found;
		for (const entry of this.waiting) {
			if (!entry.pattern.test(url)) continue;
			entry.left -= 1;
			if (entry.left === 0) this.plain.add(entry.fault);
		}
		this.waiting = this.waiting.filter(({ left }) => left > 0);
		return undefined;
	}

	clear(): void {
		this.plain.clear();
		this.waiting = [];
	}
}
