import { ApiError } from '../http/errors';
import { isQuotaExhausted } from '../http/retry';
import type { Surroundings } from '../http/types';

/** How often a request is sent again after the server has refused it, and all tries of the transport, for its pace. */
export const MAX_COOLDOWNS = 5;
const FIRST_COOLDOWN_MS = 10_000;

/** A pause that everybody keeps once one of them was told that there were too many requests. */
export class Cooldown {
	private until = 0;

	constructor(private readonly surroundings: Pick<Surroundings, 'sleep' | 'now'>) {}

	/** Nobody goes on for as many milliseconds from now; a longer pause that is on stays. */
	begin(ms: number): void {
		this.until = Math.max(this.until, this.surroundings.now() + ms);
	}

	/** Resolves when no pause is on, also none that began in the meantime. */
	async over(): Promise<void> {
		const { sleep, now } = this.surroundings;
		for (let wait = this.until - now(); wait > 0; wait = this.until - now()) await sleep(wait);
	}
}

/** Milliseconds for which to leave a server alone that has too many requests; undefined for all other errors. */
export function pauseAfter(error: unknown): number | undefined {
	if (!(error instanceof ApiError) || error.details.status !== 429) return undefined;
	if (isQuotaExhausted(error)) return undefined;
	return Math.max(error.details.retryAfterMs ?? 0, FIRST_COOLDOWN_MS);
}
