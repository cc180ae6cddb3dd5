import type { Json } from './types';

/** A call that Slack answers with `ok: false` and a word; HTTP 200 but for rate limits. */
export class SlackRefusal extends Error {
	constructor(
		/** Slack's word, e.g. `channel_not_found`. */
		readonly word: string,
		readonly more: Json = {},
		readonly status = 200,
		readonly headers: Record<string, string> = {},
	) {
		super(word);
	}

	body(): Json {
		return { ok: false, error: this.word, ...this.more };
	}
}

/** 429 with the seconds to wait. */
export const rateLimited = (retryAfterSeconds: number) =>
	new SlackRefusal('ratelimited', {}, 429, { 'retry-after': String(retryAfterSeconds) });
