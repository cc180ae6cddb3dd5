/** What the headers of an answer say about trying again, and under which id the server logged it. */

/** Lower-case names, values as text; a header that was sent several times is joined with ", ". */
export function plainHeaders(headers: Record<string, unknown> | undefined): Record<string, string> {
	const plain: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers ?? {})) {
		if (value === undefined || value === null || typeof value === 'function') continue;
		plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	return plain;
}

/** OpenAI sends `x-request-id`, Azure `apim-request-id`. */
export function requestIdOf(headers: Record<string, string>): string | undefined {
	return headers['x-request-id'] || headers['apim-request-id'] || undefined;
}

/**
 * Milliseconds that the server asks to wait: `retry-after-ms`, or `retry-after` as seconds or as a date.
 * https://datatracker.ietf.org/doc/html/rfc9110#section-10.2.3
 *
 * @param now - milliseconds since the epoch, for dates.
 */
export function retryAfterOf(headers: Record<string, string>, now: number): number | undefined {
	const ms = nonNegative(headers['retry-after-ms']);
	if (ms !== undefined) return ms;
	const after = headers['retry-after'];
	if (after === undefined) return undefined;
	const seconds = nonNegative(after);
	if (seconds !== undefined) return seconds * 1000;
	const date = Date.parse(after);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** OpenAI's own word on whether to try again, stronger than the status; absent when it is silent. */
export function shouldRetryOf(headers: Record<string, string>): boolean | undefined {
	const value = headers['x-should-retry'];
	return value === 'true' ? true : value === 'false' ? false : undefined;
}

/**
 * Milliseconds of a duration as in `x-ratelimit-reset-tokens`: `6m0s`, `1.5s`, `120ms`, `1h2m`, or plain seconds.
 * https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
 */
export function parseDuration(text: string): number | undefined {
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	if (!/^(\d{1,9}(\.\d{1,9})?(ms|h|m|s|d))+$/.test(text)) return undefined;
	const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
	let total = 0;
	for (const [, amount, name] of text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s|d)/g)) {
		total += Number(amount) * unit[name as keyof typeof unit];
	}
	return total;
}

function nonNegative(text: string | undefined): number | undefined {
	if (text === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return undefined;
	const value = Number(text);
	return Number.isFinite(value) ? value : undefined;
}
