/** Reading JSON that may hold anything. */

export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function listOf<T>(value: T[] | undefined | null): T[] {
	return Array.isArray(value) ? value.filter((entry) => entry !== null && entry !== undefined) : [];
}

export function objectOf(value: unknown): Record<string, unknown> | undefined {
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? (value as Record<string, unknown>) : undefined;
}

/** Milliseconds of Jira's `2026-01-05T10:31:20.000+0000`. */
export function timeOf(value: unknown): number | undefined {
	const text = textOf(value);
	if (text === undefined || text.length > 40) return undefined;
	const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
	return Number.isNaN(time) ? undefined : time;
}

export function isoOf(value: unknown): string | undefined {
	const time = timeOf(value);
	return time === undefined ? undefined : new Date(time).toISOString();
}
