/** The node's parameters as the library takes them. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';

import { SettingError } from '../../lib/openai/settingError';
import { fieldNames } from '../../lib/tickets/salesforce/fields';
import type { CaseFilters } from '../../lib/tickets/salesforce/query';
import { type CaseOptions, FULL_PAGE } from '../../lib/tickets/salesforce/reader';

import type { ConnectionOptions } from './connection';

/** @throws SettingError for a date that is none */
export function caseFilters(ctx: IExecuteFunctions, itemIndex: number): CaseFilters {
	const filters = ctx.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const dates = DATES.map(([name, field]) => [name, momentOf(ctx, filters[name], field)]);
	return { ...filters, ...Object.fromEntries(dates) } as CaseFilters;
}

export function caseOptions(ctx: IExecuteFunctions, itemIndex: number): CaseOptions {
	const options = optionsOf(ctx, itemIndex);
	const [resolutionField] = fieldNames(options.resolutionField);
	return {
		includeInternalNotes: options.includeInternalNotes === true,
		includeRaw: options.includeRaw === true,
		stripQuotes: options.stripQuotes !== false,
		includeFeed: options.includeFeed === true,
		resolutionField,
		extraFields: fieldNames(options.extraFields),
	};
}

export function connectionOptions(ctx: IExecuteFunctions, itemIndex: number): ConnectionOptions {
	const { apiVersion, maxWaitSeconds, dailyLimitShare } = optionsOf(ctx, itemIndex);
	return { apiVersion, maxWaitSeconds, dailyLimitShare } as ConnectionOptions;
}

export function onlyNew(ctx: IExecuteFunctions, itemIndex: number): boolean {
	return optionsOf(ctx, itemIndex).onlyNew === true;
}

/** A small limit needs no full page with all its mails; some cases may be left out, so it is not taken to the letter. */
export function pageSize(ctx: IExecuteFunctions, itemIndex: number): number {
	if (ctx.getNodeParameter('returnAll', itemIndex, false) as boolean) return FULL_PAGE;
	const limit = Math.floor(Number(ctx.getNodeParameter('limit', itemIndex, 50))) || 1;
	return Math.min(FULL_PAGE, Math.max(MIN_PAGE, limit));
}

/** Number or id of the case of Get. */
export function single(ctx: IExecuteFunctions, itemIndex: number): string {
	return String(ctx.getNodeParameter('caseId', itemIndex, ''));
}

const MIN_PAGE = 20;

const DATES = [
	['createdAfter', 'Created After'],
	['createdBefore', 'Created Before'],
	['updatedAfter', 'Updated After'],
	['closedAfter', 'Closed After'],
	['closedBefore', 'Closed Before'],
] as const;

function optionsOf(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	return ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** Milliseconds; a date without a zone is one of the workflow's. */
function momentOf(ctx: IExecuteFunctions, value: unknown, field: string): number | undefined {
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
		'Pick a date, or enter one as 2026-01-31 or 2026-01-31T12:00:00Z.',
		field,
	);
}
