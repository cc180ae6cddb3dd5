/** The transport of a ticket system: as for any service, with the patience that its rate limits ask for. */
import { ApiError } from '../../../lib/http/errors';
import type { RetryPolicy } from '../../../lib/http/retry';
import type { ApiRequest, Surroundings, Transport } from '../../../lib/http/types';
import { createHttp, type HttpContext, type HttpSettings, surroundingsOf } from '../http';

/** Each system has its own words for an address that does not answer. */
type TicketHttpSettings = HttpSettings & Required<Pick<HttpSettings, 'networkError'>>;

const DEFAULT_WAIT_SECONDS = 300;
/** Where nothing has answered yet, the address is more likely misspelt than out of reach for a while. */
const TRIES_BEFORE_FIRST_ANSWER = 3;

/** @param maxWaitSeconds - of the option 'Max Wait', for one request */
export function ticketHttp(
	ctx: HttpContext,
	settings: TicketHttpSettings,
	maxWaitSeconds: number = DEFAULT_WAIT_SECONDS,
): { transport: Transport; surroundings: Surroundings } {
	const policy: RetryPolicy = {
		maxTries: 8,
		firstDelayMs: 1_000,
		maxDelayMs: 30_000,
		maxTotalWaitMs: Math.max(0, maxWaitSeconds) * 1_000,
	};
	const site = new Site(settings);
	const send = createHttp(ctx, {
		policy,
		...settings,
		answerError: (...answer) => site.answered(answer),
		networkError: (...fault) => site.silent(fault),
	});
	return {
		transport: async <T>(request: ApiRequest) => site.heard(await send<T>(request)),
		surroundings: surroundingsOf(ctx),
	};
}

/** Knows whether the address has ever answered in this run. */
class Site {
	private hasAnswered = false;

	private silences = 0;

	constructor(private readonly settings: TicketHttpSettings) {}

	heard<T>(answer: T): T {
		this.hasAnswered = true;
		return answer;
	}

	answered(answer: Parameters<HttpSettings['answerError']>): ApiError {
		return this.heard(this.settings.answerError(...answer));
	}

	silent(fault: Parameters<TicketHttpSettings['networkError']>): ApiError {
		const error = this.settings.networkError(...fault);
		this.silences += 1;
		if (this.hasAnswered || this.silences < TRIES_BEFORE_FIRST_ANSWER) return error;
		return new ApiError(error.message, { ...error.details, shouldRetry: false });
	}
}
