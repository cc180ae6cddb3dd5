/** Reading the options of nodes that ask a model about many things in one run. */
import type { IDataObject } from 'n8n-workflow';

import { type PriceTable, withOwnPrices } from '../../../lib/cost';
import { SettingError } from '../../../lib/openai/settingError';

const DEFAULT_CONCURRENCY = 5;
const MAX_CONCURRENCY = 100;

/** Settings of the whole run. */
export interface BulkSettings {
	/** Requests at the same time. */
	concurrency: number;
	/** In the currency of the price table. */
	costLimit?: number;
	requestsPerMinute?: number;
	onInterruption: 'fail' | 'returnDone';
}

/** @throws SettingError for a value that cannot be used */
export function readBulkSettings(options: IDataObject): BulkSettings {
	const concurrency = numberOf(options.concurrency, 'Concurrency') ?? DEFAULT_CONCURRENCY;
	return {
		concurrency: Math.min(Math.max(1, Math.floor(concurrency)), MAX_CONCURRENCY),
		costLimit: numberOf(options.costLimit, 'Cost Limit'),
		requestsPerMinute: numberOf(options.requestsPerMinute, 'Requests per Minute'),
		onInterruption: options.onInterruption === 'returnDone' ? 'returnDone' : 'fail',
	};
}

/** Known prices, and over them those of the option 'Prices'. @throws SettingError for rows that cannot be used */
export function readPrices({ prices }: IDataObject): PriceTable {
	try {
		return withOwnPrices((prices as IDataObject | undefined)?.rows);
	} catch (caught) {
		throw priceError(caught);
	}
}

/** A number from 0 on; undefined where nothing was entered. @throws SettingError for anything else */
export function numberOf(value: unknown, setting: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	if (Number.isFinite(number) && number >= 0) return number;
	throw new SettingError(
		`'${setting}' cannot be '${String(value).slice(0, 40)}'`,
		'Enter a number from 0 on.',
		setting,
	);
}

function priceError(caught: unknown): SettingError {
	return new SettingError(
		caught instanceof Error ? caught.message : String(caught),
		"Correct the option 'Prices': a model ID, and prices from 0 on.",
		'Prices',
	);
}
