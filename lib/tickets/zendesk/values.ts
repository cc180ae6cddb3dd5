/** Reading records that may hold anything: what is no text, number or date counts as missing. */

/** A text or a number as text; empty for everything else. */
export function plain(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A text with something in it; empty for everything else. */
export function written(value: unknown): string {
	return typeof value === 'string' && value.trim() !== '' ? value : '';
}

/** ISO 8601 in UTC. */
export function isoTime(value: unknown): string | undefined {
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

export function listOr<T>(value: T[] | undefined): T[] {
	return Array.isArray(value) ? value : [];
}
