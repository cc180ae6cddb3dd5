import { createHash } from 'crypto';

/** SHA-256 of a value as JSON with sorted keys, hexadecimal: the same for equal values, whatever their order of keys. */
export function sha256Of(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** JSON with the keys of every object in order. The value is at most as deep as JSON of this package may be. */
export function canonicalJson(value: unknown): string {
	return JSON.stringify(value, sorted) ?? 'null';
}

function sorted(_name: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
	return Object.fromEntries(members);
}
