/** No date holds more milliseconds than this. */
const MAX_MS = 8.64e15;

/** OpenAI's time stamps (seconds since the epoch), or the date texts of other servers, as milliseconds. */
export function toMs(time: unknown): number | undefined {
	const ms =
		typeof time === 'number' ? time * 1000 : typeof time === 'string' ? Date.parse(time) : NaN;
	return ms > 0 && ms <= MAX_MS ? ms : undefined;
}

/** The same as ISO 8601; null for none, and for what no date can hold. */
export function toIso(time: unknown): string | null {
	const ms = toMs(time);
	return ms === undefined ? null : new Date(ms).toISOString();
}
