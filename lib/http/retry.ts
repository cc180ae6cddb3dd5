import { ApiError } from './errors';
import type { ApiRequest, Surroundings } from './types';

export type RetryMode = NonNullable<ApiRequest['retry']>;

export interface RetryPolicy {
	/** Requests in all, the first one counted. */
	maxTries: number;
	/** Back-off before the second try; doubles with each. */
	firstDelayMs: number;
	/** Upper end of the back-off. A wait that the server asks for may be longer. */
	maxDelayMs: number;
	/** Sum of all waits; a server that asks for more gets no further try. */
	maxTotalWaitMs: number;
}

/** The back-off of OpenAI's SDK with two more tries, https://github.com/openai/openai-node (calculateDefaultRetryTimeoutMillis). */
export const DEFAULT_RETRY: RetryPolicy = {
	maxTries: 5,
	firstDelayMs: 500,
	maxDelayMs: 8_000,
	maxTotalWaitMs: 120_000,
};

/** Nothing listens there, or the name does not resolve: no server can have acted on the request. */
const NEVER_REACHED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
]);

/** Answers of a server that is out of money or budget, which no wait changes. */
const QUOTA_CODES = new Set([
	'insufficient_quota',
	'billing_hard_limit_reached',
	'billing_not_active',
	'exceeded_quota',
	'budget_exceeded',
]);

export function isQuotaExhausted({ details }: ApiError): boolean {
	return QUOTA_CODES.has(details.code ?? '') || QUOTA_CODES.has(details.type ?? '');
}

export function wasNeverReached({ details }: ApiError): boolean {
	return details.status === undefined && NEVER_REACHED.has(details.networkCode ?? '');
}

/** What is safe to repeat when a request does not say so itself. */
export function retryModeOf(request: Pick<ApiRequest, 'method' | 'retry'>): RetryMode {
	if (request.retry) return request.retry;
	return request.method === 'GET' || request.method === 'DELETE' ? 'safe' : 'rejected';
}

/** Whether another try may help and cannot do harm. */
export function mayRetry(error: ApiError, mode: RetryMode): boolean {
	const { status, shouldRetry } = error.details;
	if (mode === 'never' || shouldRetry === false || isQuotaExhausted(error)) return false;
	if (status === 429 || wasNeverReached(error)) return true;
	if (mode === 'rejected') return false;
	if (shouldRetry || status === undefined) return true;
	return status === 408 || status === 409 || status >= 500;
}

/**
 * Calls `attempt` until it succeeds, its refusal is final, or tries and waiting time are used up.
 *
 * @throws ApiError of the last try; whatever `sleep` rejects with when the execution is cancelled.
 */
export async function withRetries<T>(
	attempt: () => Promise<T>,
	mode: RetryMode,
	{ sleep, random = Math.random }: Pick<Surroundings, 'sleep' | 'random'>,
	policy: RetryPolicy = DEFAULT_RETRY,
): Promise<T> {
	let waited = 0;
	for (let tries = 1; ; tries++) {
		const result = await settled(attempt, mode);
		if (!(result instanceof Refused)) return result;
		const delay = delayBefore(tries, result.error, policy, random);
		if (tries >= policy.maxTries || waited + delay > policy.maxTotalWaitMs) throw result.error;
		await sleep(delay);
		waited += delay;
	}
}

/** A refusal after which another try is allowed. */
class Refused {
	constructor(readonly error: ApiError) {}
}

async function settled<T>(attempt: () => Promise<T>, mode: RetryMode): Promise<T | Refused> {
	try {
		return await attempt();
	} catch (cause) {
		return refused(cause, mode);
	}
}

function refused(cause: unknown, mode: RetryMode): Refused {
	if (cause instanceof ApiError && mayRetry(cause, mode)) return new Refused(cause);
	throw cause;
}

/** What the server asks for, else exponential back-off less up to a quarter, so that clients spread out. */
function delayBefore(
	tries: number,
	{ details }: ApiError,
	{ firstDelayMs, maxDelayMs }: RetryPolicy,
	random: () => number,
): number {
	if (details.retryAfterMs !== undefined) return details.retryAfterMs;
	const backoff = Math.min(firstDelayMs * 2 ** (tries - 1), maxDelayMs);
	return Math.round(backoff * (1 - 0.25 * random()));
}
