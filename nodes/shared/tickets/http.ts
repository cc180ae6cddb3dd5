/** The transport of a ticket system: as for any service, with the patience that its rate limits ask for. */
import type { RetryPolicy } from '../../../lib/http/retry';
import type { Surroundings, Transport } from '../../../lib/http/types';
import { ticketNetworkError } from '../../../lib/tickets/errors';
import { createHttp, type HttpContext, type HttpSettings, surroundingsOf } from '../http';

const DEFAULT_WAIT_SECONDS = 300;

/** @param maxWaitSeconds - of the option 'Max Wait', for one request */
export function ticketHttp(
	ctx: HttpContext,
	settings: HttpSettings,
	maxWaitSeconds: number = DEFAULT_WAIT_SECONDS,
): { transport: Transport; surroundings: Surroundings } {
	const policy: RetryPolicy = {
		maxTries: 8,
		firstDelayMs: 1_000,
		maxDelayMs: 30_000,
		maxTotalWaitMs: Math.max(0, maxWaitSeconds) * 1_000,
	};
	return {
		transport: createHttp(ctx, { networkError: ticketNetworkError, policy, ...settings }),
		surroundings: surroundingsOf(ctx),
	};
}
