/** Reading JSON that may hold anything. */

/** Without the spaces around it; undefined for what is no text, and for an empty one. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Without gaps; empty for what is no list. */
export function listOf<T>(value: T[] | undefined | null): T[] {
	return Array.isArray(value) ? value.filter((entry) => entry !== null && entry !== undefined) : [];
}

export function objectOf(value: unknown): Record<string, unknown> | undefined {
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? (value as Record<string, unknown>) : undefined;
}

/** Milliseconds of an ISO 8601 text, also with a zone as Jira and Salesforce write it: `2026-01-05T10:31:20.000+0000`. */
export function timeOf(value: unknown): number | undefined {
	const text = textOf(value);
	if (text === undefined || text.length > 40) return undefined;
	const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
	return Number.isNaN(time) ? undefined : time;
}

/** ISO 8601 in UTC. */
export function isoOf(value: unknown): string | undefined {
	const time = timeOf(value);
	return time === undefined ? undefined : new Date(time).toISOString();
}

/** Filled texts, each one once. */
export function unique(values: Array<string | undefined>): string[] {
	return [...new Set(values.map((value) => value?.trim() ?? '').filter((value) => value !== ''))];
}

/** A list as it is, or a text with commas or line ends between its entries; each one once. */
export function entriesOf(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : plainText(value).split(/[,\n]/);
	return unique(entries.map(plainText));
}

function plainText(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
