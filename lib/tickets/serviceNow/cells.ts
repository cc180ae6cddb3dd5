import type { Row } from './types';

/** The stored value of a column as text; empty when there is none. */
export function valueOf(row: Row, column: string): string {
	const cell = cellOf(row, column);
	return asText(isObject(cell) ? cell.value : cell);
}

/** What people see: `Resolved` for `6`. */
export function displayOf(row: Row, column: string): string {
	const cell = cellOf(row, column);
	if (!isObject(cell)) return asText(cell);
	return asText(cell.display_value) || asText(cell.value);
}

/** Whether the answer holds the column at all: the API leaves out what does not exist. */
export function hasColumn(row: Row, column: string): boolean {
	return Object.hasOwn(row, column);
}

const STORED_DATE = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;

/** ISO 8601 of a stored date, `2026-01-02 10:00:00`, which is always UTC. */
export function instantOf(stored: string): string | undefined {
	const [, day, time] = STORED_DATE.exec(stored) ?? [];
	if (!day) return undefined;
	const ms = Date.parse(`${day}T${time}Z`);
	return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** A moment as queries take it: UTC, to the second. */
export function storedDate(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function cellOf(row: Row, column: string): unknown {
	return Object.hasOwn(row, column) ? row[column] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
