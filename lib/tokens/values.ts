import { countTokens } from './count';

/** Parsed JSON that nobody has checked. */
export type Values = Record<string, unknown>;

export function asObject(value: unknown): Values {
	return typeof value === 'object' && value !== null ? (value as Values) : {};
}

export function asList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Tokens of a text; what is no text has none. */
export function textTokens(value: unknown): number {
	return typeof value === 'string' ? countTokens(value) : 0;
}
