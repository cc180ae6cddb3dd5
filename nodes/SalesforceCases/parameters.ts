/** The node's parameters as the library takes them. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fieldNames } from '../../lib/tickets/salesforce/fields';
import type { CaseFilters } from '../../lib/tickets/salesforce/query';
import { type CaseOptions, FULL_PAGE } from '../../lib/tickets/salesforce/reader';
import { limitParameter } from '../shared/parameters';
import { momentOf, textOptions } from '../shared/tickets/parameters';

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
		...textOptions(options),
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
	return Math.min(FULL_PAGE, Math.max(MIN_PAGE, Math.ceil(limitParameter(ctx, itemIndex)) || 0));
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
