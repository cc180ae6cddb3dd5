/** How much of an organization's daily API requests is gone. */
import { ApiError } from '../../http/errors';

/** Requests of the last 24 hours, of all integrations together. */
export interface ApiUsage {
	used: number;
	limit: number;
}

/**
 * From the header `Sforce-Limit-Info: api-usage=18/5000`, which every answer has.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm
 */
export function usageOf(headers: Record<string, string>): ApiUsage | undefined {
	const found = /(?<![\w-])api-usage=(\d{1,12})\/(\d{1,12})/.exec(
		headers['sforce-limit-info'] ?? '',
	);
	const [used, limit] = [Number(found?.[1]), Number(found?.[2])];
	return limit > 0 ? { used, limit } : undefined;
}

export function usageText({ used, limit }: ApiUsage): string {
	return `${used} of ${limit}`;
}

/**
 * Leaves the rest of the daily requests to other integrations.
 *
 * @param share - percent; 100 and more never stops
 * @throws ApiError with code `api_share_used` when the share is used up
 */
export function checkShare(usage: ApiUsage | undefined, share: number): void {
	if (!usage || share >= 100 || usage.used * 100 < usage.limit * share) return;
	throw new ApiError(`${usageText(usage)} API requests are used`, {
		code: 'api_share_used',
		explanation: {
			message: `Stopped because ${usageText(usage)} API requests of the last 24 hours are used, which is the share of ${share}% that was set`,
			description:
				"Run again later with the cursor: the requests of yesterday leave the 24 hours one by one. 'On Interruption' set to 'Return What Was Read' hands on what was read. Raise 'Daily API Limit Share' in the options if other integrations do not need the rest.",
			cause: 'quota-exhausted',
		},
	});
}
