/** The organization's usage, https://platform.openai.com/docs/api-reference/usage/completions; needs an admin key. */
import { ApiError } from '../http/errors';
import type { Transport } from '../http/types';

interface UsagePage {
	data?: Array<{
		start_time?: number;
		results?: Array<{ model?: string | null; num_model_requests?: number }>;
	}>;
	has_more?: boolean;
	next_page?: string | null;
}

const DAY_SECONDS = 86_400;
/** The most daily buckets that one answer may hold. */
const BUCKETS_A_PAGE = 31;
const MAX_PAGES = 24;

/**
 * The last day on which each model was asked, in UTC.
 *
 * @param days how far to look back, 1 to 366
 * @param now milliseconds since the epoch
 * @returns model id -> `YYYY-MM-DD`; a model without a request in that time is not in it
 * @throws ApiError when the server has no usage, or the key may not read it
 */
export async function readLastUse(
	transport: Transport,
	days: number,
	now: number,
): Promise<Map<string, string>> {
	const path = '/organization/usage/completions';
	const today = Math.floor(now / 1000 / DAY_SECONDS) * DAY_SECONDS;
	const last = new Map<string, number>();
	let page: string | undefined;
	for (let read = 0; read < MAX_PAGES; read++) {
		const { data } = await transport<UsagePage>({
			method: 'GET',
			path,
			query: {
				start_time: today - (days - 1) * DAY_SECONDS,
				bucket_width: '1d',
				'group_by[]': 'model',
				limit: BUCKETS_A_PAGE,
				page,
			},
			admin: true,
		});
		if (!Array.isArray(data?.data)) {
			throw new ApiError('The usage came in an unknown shape', { code: 'invalid_list', path });
		}
		for (const { start_time: start = 0, results } of data.data) {
			for (const { model, num_model_requests: requests = 0 } of results ?? []) {
				if (model && requests > 0) last.set(model, Math.max(start, last.get(model) ?? 0));
			}
		}
		if (!data.has_more || !data.next_page || data.next_page === page) break;
		page = data.next_page;
	}
	return new Map([...last].map(([model, start]) => [model, isoDay(start)]));
}

function isoDay(seconds: number): string {
	return new Date(seconds * 1000).toISOString().slice(0, 10);
}
