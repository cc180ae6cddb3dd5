import type { FastifyInstance } from 'fastify';

import { badRequest, notFound } from '../errors';
import { readJob } from '../jobRules';
import { listBody, queryLimit, queryText, type Query } from '../lists';
import type { JobRecord, JobStatus, PublicJob } from '../records';
import type { Sandbox } from '../sandbox';
import { findFile } from '../uploadedFile';

interface ById {
	Params: { id: string };
	Querystring: Query;
}

/** Files up to this size are looked at before the job is answered, larger ones meanwhile. */
const SMALL_FILE_BYTES = 4 * 1024 * 1024;
const GREATEST_PAGE = 100;

/** https://developers.openai.com/api/reference/resources/fine_tuning */
export function jobRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	const { store, jobs } = sandbox;
	const show = (job: PublicJob) => presentJob(sandbox, job);

	app.post('/v1/fine_tuning/jobs', async ({ body }) => {
		const { job, parent } = readJob(body, sandbox);
		const created = show(structuredClone(job));
		const bytes = findFile(sandbox, job.training_file)?.bytes ?? 0;
		await jobs.add(job, parent, bytes > SMALL_FILE_BYTES);
		return created;
	});

	app.get<ById>('/v1/fine_tuning/jobs', ({ query }) => {
		const where = metadataFilter(query);
		const page = {
			after: queryText(query, 'after'),
			limit: queryLimit(query, 20, GREATEST_PAGE),
			order: 'desc' as const,
			where,
		};
		return listBody(store, 'job', page, ({ job }) => show(job));
	});

	app.get<ById>('/v1/fine_tuning/jobs/:id', ({ params }) =>
		show(requireJob(sandbox, params.id).job),
	);

	app.post<ById>('/v1/fine_tuning/jobs/:id/cancel', async ({ params }) => {
		const allowed: JobStatus[] = ['validating_files', 'queued', 'running', 'paused'];
		return await jobs.exclusively(async () => {
			const record = requireStatus(sandbox, params.id, 'cancelled', allowed);
			await jobs.end(record, 'cancelled');
			return show(record.job);
		});
	});

	app.post<ById>('/v1/fine_tuning/jobs/:id/pause', async ({ params }) => {
		return await jobs.exclusively(() => {
			const record = requireStatus(sandbox, params.id, 'paused', ['running']);
			jobs.pause(record);
			return show(record.job);
		});
	});

	app.post<ById>('/v1/fine_tuning/jobs/:id/resume', async ({ params }) => {
		return await jobs.exclusively(() => {
			const record = requireStatus(sandbox, params.id, 'resumed', ['paused']);
			jobs.resume(record);
			return show(record.job);
		});
	});

	app.get<ById>('/v1/fine_tuning/jobs/:id/events', ({ params, query }) => {
		const { id } = requireJob(sandbox, params.id);
		const page = pageOf(query, id, 20);
		return listBody(store, 'event', page, (event) => event);
	});

	app.get<ById>('/v1/fine_tuning/jobs/:id/checkpoints', ({ params, query }) => {
		const { id } = requireJob(sandbox, params.id);
		return listBody(store, 'checkpoint', pageOf(query, id, 10), (checkpoint) => checkpoint);
	});
}

export function requireJob({ store }: Sandbox, id: string): JobRecord {
	const record = store.get('job', id);
	if (!record) {
		throw notFound(`Could not find fine tune: ${id}`, 'fine_tune_id', 'fine_tune_not_found');
	}
	return record;
}

/** Newest first. */
function pageOf(query: Query, parent: string, standard: number) {
	const limit = queryLimit(query, standard, GREATEST_PAGE);
	return { parent, after: queryText(query, 'after'), limit, order: 'desc' as const };
}

function requireStatus(
	sandbox: Sandbox,
	id: string,
	verb: string,
	allowed: JobStatus[],
): JobRecord {
	const record = requireJob(sandbox, id);
	if (allowed.includes(record.job.status)) return record;
	const message = `Job ${id} cannot be ${verb}, its status is ${record.job.status}.`;
	throw badRequest(message, null, 'invalid_job_status');
}

/** `metadata[k]=v` for each pair, or `metadata=null` for jobs without any. */
function metadataFilter(query: Query): ((record: JobRecord) => boolean) | undefined {
	if (queryText(query, 'metadata') === 'null') {
		return ({ job }) => Object.keys(job.metadata ?? {}).length === 0;
	}
	const wanted = Object.keys(query).flatMap((name) => {
		const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
		return key === undefined ? [] : [[key, queryText(query, name)] as const];
	});
	if (wanted.length === 0) return undefined;
	return ({ job }) => wanted.every(([key, value]) => job.metadata?.[key] === value);
}

function presentJob({ settings }: Sandbox, job: PublicJob): PublicJob {
	if (job.error !== null || !settings.emptyErrorObject) return job;
	const empty = { code: null, message: null, param: null };
	return { ...job, error: empty as unknown as PublicJob['error'] };
}
