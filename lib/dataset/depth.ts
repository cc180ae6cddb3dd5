import { MAX_DEPTH } from './jsonScan';
import { endOfString } from './quotes';
import type { JsonValue } from './types';

/** Objects and arrays a line may hold; `JSON.parse` would need about 60 bytes of memory for every two characters. */
export const MAX_CONTAINERS = 1_000_000;

/** Lines up to this length cannot be deep or full enough to cost more than a few milliseconds to parse. */
const HARMLESS_LENGTH = 64 * 1024;

/**
 * Whether a text is safe to hand to `JSON.parse`. Strings are jumped over, so that a line of
 * ten megabytes of image costs next to nothing. Text that is not JSON may get any answer.
 */
export function nestingFault(text: string): 'too_deep' | 'too_many_values' | undefined {
	if (text.length <= HARMLESS_LENGTH) return undefined;
	let depth = 0;
	let containers = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 0x22) {
			at = endOfString(text, at + 1);
			if (at === -1) return undefined;
		} else if (unit === 0x7b || unit === 0x5b) {
			if (++depth > MAX_DEPTH) return 'too_deep';
			if (++containers > MAX_CONTAINERS) return 'too_many_values';
		} else if (unit === 0x7d || unit === 0x5d) depth--;
	}
	return undefined;
}

/** Whether a value is nested deeper than an example may be. Looks no further down than that. */
export function isTooDeep(value: JsonValue, depth = 0): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (depth >= MAX_DEPTH) return true;
	if (Array.isArray(value)) return value.some((member) => isTooDeep(member, depth + 1));
	// Most members are texts: a list of all of them would cost more than the look at each.
	for (const name in value) {
		const member = value[name];
		if (typeof member === 'object' && isTooDeep(member, depth + 1)) return true;
	}
	return false;
}
