/** Slack's page and OpenAI's client have the same; also for clocks that run ahead. */
const WINDOW_SECONDS = 300;

const TIMESTAMP = /^\d{1,12}$/;

/**
 * Why the time in a signed request must not be believed; undefined within five minutes either way. The texts are for a
 * log: they hold nothing of the request. https://docs.slack.dev/authentication/verifying-requests-from-slack,
 * https://platform.openai.com/docs/guides/webhooks#verifying-webhook-signatures
 *
 * @param timestamp - seconds since the epoch, as its header has it
 * @param now - milliseconds since the epoch
 */
export function timestampFault(timestamp: unknown, now: number): string | undefined {
	if (typeof timestamp !== 'string' || !TIMESTAMP.test(timestamp)) return 'its timestamp is none';
	const apart = Math.abs(now / 1000 - Number(timestamp));
	if (apart <= WINDOW_SECONDS) return undefined;
	return 'its timestamp is more than five minutes away: it is an old request, or the clock of one side is wrong';
}
