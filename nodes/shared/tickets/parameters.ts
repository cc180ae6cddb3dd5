/** Reading the parameters that all ticket nodes have. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';

import { SettingError } from '../../../lib/openai/settingError';

/** What the options say of the texts of tickets. */
export function textOptions(options: IDataObject) {
	return {
		includeInternalNotes: options.includeInternalNotes === true,
		includeRaw: options.includeRaw === true,
		stripQuotes: options.stripQuotes !== false,
	};
}

/** A whole number from 1 to `max`. */
export function wholeNumber(value: unknown, fallback: number, max: number): number {
	const number = Math.floor(Number(value));
	return Number.isFinite(number) && number >= 1 ? Math.min(number, max) : fallback;
}

/**
 * Milliseconds since the epoch; a date without a zone is one of the workflow's.
 *
 * @param field - display name, for the error
 * @throws SettingError for anything that is no date
 */
export function momentOf(
	ctx: IExecuteFunctions,
	value: unknown,
	field: string,
): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	try {
		return tryToParseDateTime(value, ctx.getTimezone()).toMillis();
	} catch {
		throw noDate(value, field);
	}
}

function noDate(value: unknown, field: string): SettingError {
	return new SettingError(
		`'${field}' is not a date: ${String(value).slice(0, 100)}`,
		'Pick a date, or enter one like 2026-01-31 or 2026-01-31T08:00:00Z.',
		field,
	);
}
