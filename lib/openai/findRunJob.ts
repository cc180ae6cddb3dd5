import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { ApiError } from '../http/errors';
import type { QueryValue, Transport } from '../http/types';

const PAGE_SIZE = 100;
const MAX_PAGES = 3;
/**
 * A run that is repeated is repeated within minutes or days. Older jobs with its id come from another
 * installation whose execution numbers started again from 1.
 */
const MAX_AGE_S = 7 * 24 * 3600;

/** The server has no jobs list, or does not let this key read it. */
export class NotSearchableError extends Error {
	override readonly name = 'NotSearchableError';
}

interface JobsPage {
	data?: FineTuningJob[];
	has_more?: boolean;
}

/**
 * Finds the job whose metadata field `field` holds `value`, among the newest 300 and the last 7 days; the oldest
 * if there are several. The filter is sent, and checked here again, since compatible servers ignore it.
 *
 * @param now - milliseconds since the epoch.
 * @throws NotSearchableError when the server cannot be asked, ApiError for any other refusal.
 */
export async function findRunJob(
	transport: Transport,
	field: string,
	value: string,
	now: number,
): Promise<FineTuningJob | undefined> {
	const oldest = now / 1000 - MAX_AGE_S;
	let found: FineTuningJob | undefined;
	let filter: Record<string, QueryValue> = { [`metadata[${field}]`]: value };
	let after: string | undefined;
	for (let page = 0; page < MAX_PAGES; page++) {
		const answer = await getPage(transport, after, filter);
		filter = answer.filter;
		const jobs = answer.jobs;
		for (const job of jobs) {
			if (job?.metadata?.[field] === value && isRecent(job, oldest)) found = job;
		}
		const last = jobs.at(-1);
		if (!answer.more || !last?.id || last.id === after || !isRecent(last, oldest)) break;
		after = last.id;
	}
	return found;
}

async function getPage(
	transport: Transport,
	after: string | undefined,
	filter: Record<string, QueryValue>,
): Promise<{ jobs: FineTuningJob[]; more: boolean; filter: Record<string, QueryValue> }> {
	try {
		const { data } = await transport<JobsPage>({
			method: 'GET',
			path: '/fine_tuning/jobs',
			query: { limit: PAGE_SIZE, after, ...filter },
		});
		if (!Array.isArray(data?.data)) throw new NotSearchableError('The jobs list has another shape');
		return { jobs: data.data, more: data.has_more === true, filter };
	} catch (cause) {
		const status = cause instanceof ApiError ? cause.details.status : undefined;
		// A server that refuses query fields which it does not know is asked without them.
		if ((status === 400 || status === 422) && Object.keys(filter).length > 0) {
			return await getPage(transport, after, {});
		}
		throw notSearchable(cause, status);
	}
}

function notSearchable(cause: unknown, status: number | undefined): unknown {
	return status !== undefined && [400, 403, 404, 405, 422, 501].includes(status)
		? new NotSearchableError('The jobs list cannot be read')
		: cause;
}

function isRecent(job: FineTuningJob, oldest: number): boolean {
	return typeof job.created_at !== 'number' || job.created_at >= oldest;
}
