/** Reading records that may hold anything: what is no text, number or date counts as missing. */

/** A text or a number as text; empty for everything else. */
export function plain(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A text with something in it; empty for everything else. */
export function written(value: unknown): string {
	return typeof value === 'string' && value.trim() !== '' ? value : '';
}
