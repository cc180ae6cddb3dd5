/** Requests a minute, by account and by endpoint: https://developer.zendesk.com/api-reference/introduction/rate-limits/ */
import { Refusal } from './refusal';

const WINDOW_MS = 60_000;

export interface Limits {
	account: number;
	incremental: number;
	searchExport: number;
}

/** Suite Growth or Professional. */
export const STANDARD_LIMITS: Limits = { account: 400, incremental: 10, searchExport: 100 };

export class RateLimits {
	private readonly windows = new Map<string, { start: number; used: number }>();

	constructor(
		private readonly limits: Limits,
		private readonly now: () => number,
	) {}

	/** Counts a request; answers the headers that go with it. @throws Refusal when it is one too many. */
	take(path: string): Record<string, string> {
		if (path.startsWith('/api/v2/incremental/')) {
			this.count('incremental', this.limits.incremental);
		}
		if (path.startsWith('/api/v2/search/export')) {
			this.count('search export', this.limits.searchExport);
		}
		const left = this.count('account', this.limits.account);
		return {
			'x-rate-limit': String(this.limits.account),
			'x-rate-limit-remaining': String(left),
		};
	}

	private count(name: string, limit: number): number {
		const now = this.now();
		let window = this.windows.get(name);
		if (!window || now - window.start >= WINDOW_MS) {
			this.windows.set(name, (window = { start: now, used: 0 }));
		}
		window.used++;
		if (window.used <= limit) return limit - window.used;
		const wait = Math.ceil((window.start + WINDOW_MS - now) / 1_000);
		throw new Refusal(
			429,
			{
				error: 'APIRateLimitExceeded',
				description: 'Number of allowed API requests per minute exceeded',
			},
			{
				'retry-after': String(Math.max(1, wait)),
				'x-rate-limit': String(limit),
				'x-rate-limit-remaining': '0',
			},
		);
	}
}
