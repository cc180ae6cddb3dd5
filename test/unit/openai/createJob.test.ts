import fc from 'fast-check';
import type { JobCreateParams } from 'openai/resources/fine-tuning/jobs/jobs';

import type { ApiRequest } from '../../../lib/http/types';
import { createJobOnce, RUN_ID_FIELD, type CreateJobOptions } from '../../../lib/openai/createJob';

import { broken, fakeSurroundings, fakeTransport, refusal } from './fakes';

type Post =
	| 'ok'
	| 'reset before'
	| 'reset after'
	| 'reset, made later'
	| '500 before'
	| '500 after'
	| '408 after'
	| '409'
	| '429'
	| 'file in process'
	| 'refused';
type List = 'ok' | 'lags' | '500' | '429' | 'reset';

/** How long a job may stay out of the list: less than the 17 s for which it is looked for. */
const LAG_S = 10;
const BODY: JobCreateParams = { model: 'gpt-4.1-mini-2025-04-14', training_file: 'file-1' };
const STILL_PROCESSED =
	"File 'file-1' is still being processed and is not ready to be used for fine-tuning.";

/** A service that makes jobs, and misbehaves as told: one word a request, `ok` when they run out. */
function jobService(givenPosts: Post[] = [], givenLists: List[] = [], filters = true) {
	const posts = [...givenPosts];
	const lists = [...givenLists];
	const time = fakeSurroundings();
	const jobs: Array<{ id: string; created_at: number; metadata?: Record<string, string> }> = [];
	const make = (request: ApiRequest) => {
		const { metadata } = request.body as { metadata?: Record<string, string> };
		const created_at = Math.floor(time.surroundings.now() / 1000);
		const job = { id: `ftjob-${jobs.length + 1}`, created_at, metadata };
		jobs.unshift(job);
		return job;
	};
	const post = (request: ApiRequest) => {
		switch (posts.shift() ?? 'ok') {
			case 'ok':
				return make(request);
			case 'reset before':
				return broken();
			case 'reset after':
				make(request);
				return broken();
			case 'reset, made later':
				time.later(6_000, () => make(request));
				return broken('ETIMEDOUT');
			case '500 before':
				return refusal(500);
			case '500 after':
				make(request);
				return refusal(502);
			case '408 after':
				make(request);
				return refusal(408);
			case '409':
				return refusal(409);
			case '429':
				return refusal(429, 'rate_limit_exceeded', { retryAfterMs: 3_000 });
			case 'file in process':
				return refusal(400, undefined, { body: STILL_PROCESSED });
			case 'refused':
				return broken('ECONNREFUSED');
		}
	};
	const list = (request: ApiRequest) => {
		const behaviour = lists.shift() ?? 'ok';
		if (behaviour === '500') return refusal(500);
		if (behaviour === '429') return refusal(429);
		if (behaviour === 'reset') return broken();
		const wanted = request.query?.[`metadata[${RUN_ID_FIELD}]`];
		const known = time.surroundings.now() / 1000 - (behaviour === 'lags' ? LAG_S : 0);
		const visible = jobs.filter((job) => job.created_at <= known);
		const data = filters
			? visible.filter((job) => job.metadata?.[RUN_ID_FIELD] === wanted)
			: visible;
		return { object: 'list', data, has_more: false };
	};
	const { transport, requests } = fakeTransport((request) =>
		request.method === 'POST' ? post(request) : list(request),
	);
	const create = async (options: CreateJobOptions = {}, body = BODY) =>
		await createJobOnce(transport, time.surroundings, body, { runId: 'run-1', ...options });
	return { create, jobs, requests, time, posts: () => requests.filter((r) => r.method === 'POST') };
}

describe('createJobOnce', () => {
	it('looks first, then starts one job that carries the run', async () => {
		const service = jobService();
		const created = await service.create({}, { ...BODY, metadata: { team: 'hr' } });
		expect(created).toMatchObject({ job: { id: 'ftjob-1' }, reused: false, attempts: 1 });
		expect(service.requests.map((request) => request.method)).toEqual(['GET', 'POST']);
		expect(service.requests[0].query).toMatchObject({ 'metadata[n8n_run_id]': 'run-1' });
		expect(service.requests[1]).toMatchObject({
			retry: 'never',
			body: { metadata: { team: 'hr', n8n_run_id: 'run-1' } },
		});
	});

	it('gives back the job of an earlier try of the same run, and starts a new one for another run', async () => {
		const service = jobService();
		await service.create();
		await expect(service.create()).resolves.toMatchObject({
			job: { id: 'ftjob-1' },
			reused: true,
			attempts: 0,
		});
		await expect(service.create({ runId: 'run-2' })).resolves.toMatchObject({
			job: { id: 'ftjob-2' },
			reused: false,
		});
	});

	it('does not take a job of another run when the server ignores the filter', async () => {
		const service = jobService([], [], false);
		await service.create({ runId: 'other' });
		const created = await service.create();
		expect(created).toMatchObject({ job: { id: 'ftjob-2' }, reused: false });
	});

	it('does not take a job of the same name that is older than a week', async () => {
		const service = jobService();
		await service.create();
		service.jobs[0].created_at -= 8 * 24 * 3600;
		await expect(service.create()).resolves.toMatchObject({
			job: { id: 'ftjob-2' },
			reused: false,
		});
	});

	it.each(['reset after', '500 after', '408 after', 'reset, made later'] as const)(
		'finds the job again after: %s',
		async (fault) => {
			const service = jobService([fault]);
			await expect(service.create()).resolves.toMatchObject({
				job: { id: 'ftjob-1' },
				reused: true,
				attempts: 1,
			});
			expect(service.jobs).toHaveLength(1);
		},
	);

	it('tries again after a broken connection only when three looks found nothing', async () => {
		const service = jobService(['reset before']);
		const created = await service.create();
		expect(created).toMatchObject({ reused: false, attempts: 2 });
		expect(service.requests.map(({ method }) => method)).toEqual([
			...['GET', 'POST'],
			...['GET', 'GET', 'GET', 'POST'],
		]);
		expect(service.time.elapsed()).toBe(17_000);
	});

	it('gives up after three broken connections', async () => {
		const service = jobService(['reset before', '500 before', 'reset before', 'ok']);
		await expect(service.create()).rejects.toMatchObject({
			details: { networkCode: 'ECONNRESET' },
		});
		expect(service.posts()).toHaveLength(3);
	});

	it('says that the outcome is unknown when the list cannot be read afterwards', async () => {
		const lists: List[] = ['ok', ...Array.from({ length: 9 }, () => '500' as const)];
		const service = jobService(['reset after'], lists);
		await expect(service.create()).rejects.toMatchObject({
			name: 'JobStartUnknownError',
			description: expect.stringContaining('n8n_run_id = run-1'),
		});
		expect(service.posts()).toHaveLength(1);
	});

	it('starts nothing while the list cannot be read at the beginning', async () => {
		const service = jobService([], ['500']);
		await expect(service.create()).rejects.toMatchObject({ details: { status: 500 } });
		expect(service.posts()).toHaveLength(0);
	});

	it('sends one request and no more where jobs cannot be looked up', async () => {
		const noList = fakeTransport((request) =>
			request.method === 'GET' ? refusal(404) : broken('ETIMEDOUT'),
		);
		const { surroundings } = fakeSurroundings();
		await expect(
			createJobOnce(noList.transport, surroundings, BODY, { runId: 'r' }),
		).rejects.toMatchObject({ name: 'JobStartUnknownError' });
		expect(noList.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('sends one request and no more when all metadata fields are taken', async () => {
		const metadata = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`k${i}`, 'v']));
		const service = jobService(['reset after']);
		await expect(service.create({}, { ...BODY, metadata })).rejects.toMatchObject({
			name: 'JobStartUnknownError',
		});
		expect(service.posts()).toHaveLength(1);
		expect(service.posts()[0].body).toEqual({ ...BODY, metadata });
	});

	it('asks without the filter when the server does not know it', async () => {
		const { transport, requests } = fakeTransport((request) => {
			if (request.method === 'POST') return { id: 'ftjob-1' };
			return request.query?.['metadata[n8n_run_id]'] ? refusal(400) : { data: [], has_more: false };
		});
		await createJobOnce(transport, fakeSurroundings().surroundings, BODY, { runId: 'r' });
		expect(requests.map(({ method, query }) => [method, Object.keys(query ?? {}).length])).toEqual([
			['GET', 3],
			['GET', 2],
			['POST', 0],
		]);
	});

	it('waits as long as a rate limit asks', async () => {
		const service = jobService(['429', '429']);
		await expect(service.create()).resolves.toMatchObject({ attempts: 3, reused: false });
		expect(service.time.sleeps).toEqual([3_000, 3_000]);
	});

	it('looks again before each further request', async () => {
		const service = jobService(['429']);
		const created_at = Math.floor(service.time.surroundings.now() / 1000);
		const metadata = { [RUN_ID_FIELD]: 'run-1' };
		// What another worker that n8n has given the same execution would do.
		service.time.later(1_000, () => service.jobs.push({ id: 'ftjob-x', created_at, metadata }));
		await expect(service.create()).resolves.toMatchObject({ job: { id: 'ftjob-x' }, reused: true });
		expect(service.posts()).toHaveLength(1);
	});

	it('waits for a file that is still being processed, for half an hour at most', async () => {
		const soon = jobService(['file in process', 'file in process', 'file in process']);
		await expect(soon.create()).resolves.toMatchObject({ attempts: 4, reused: false });
		const never = jobService(Array.from({ length: 500 }, () => 'file in process' as const));
		await expect(never.create()).rejects.toMatchObject({ details: { status: 400 } });
		expect(never.time.elapsed()).toBeGreaterThanOrEqual(30 * 60_000);
		expect(never.time.elapsed()).toBeLessThan(31 * 60_000);
	});

	it.each([
		[429, 'insufficient_quota'],
		[403, 'training_not_available'],
		[401, 'invalid_api_key'],
		[400, 'invalid_request'],
		[404, 'model_not_found'],
	])('takes %i %s for an answer', async (status, code) => {
		const { transport, requests } = fakeTransport((request) =>
			request.method === 'GET' ? { data: [] } : refusal(status, code),
		);
		const { surroundings, sleeps } = fakeSurroundings();
		await expect(
			createJobOnce(transport, surroundings, BODY, { runId: 'r' }),
		).rejects.toMatchObject({ details: { status, code } });
		expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(sleeps).toEqual([]);
	});

	it('passes a cancelled execution on as it is', async () => {
		const cancelled = new Error('cancelled');
		const { transport } = fakeTransport((request) =>
			request.method === 'GET' ? { data: [] } : broken(),
		);
		const sleep = async () => await Promise.reject(cancelled);
		await expect(
			createJobOnce(transport, { now: () => 0, sleep }, BODY, { runId: 'r' }),
		).rejects.toBe(cancelled);
	});

	it('never leaves two jobs of one run, whatever goes wrong and however often the node is run again', async () => {
		const post = fc.constantFrom<Post[]>(
			...(['ok', 'reset before', 'reset after', 'reset, made later', '500 before'] as const),
			...(['500 after', '408 after', '409', '429', 'file in process', 'refused'] as const),
		);
		const list = fc.constantFrom<List[]>('ok', 'ok', 'lags', '500', '429', 'reset');
		await fc.assert(
			fc.asyncProperty(
				fc.array(post, { maxLength: 12 }),
				fc.array(list, { maxLength: 12 }),
				fc.boolean(),
				fc.integer({ min: 1, max: 3 }),
				async (posts, lists, filters, runs) => {
					const service = jobService(posts, lists, filters);
					for (let run = 0; run < runs; run++) {
						const outcome = await service.create().catch((error: unknown) => error);
						// Between two tries of a node n8n lets at least this much time pass.
						await service.time.surroundings.sleep(15_000);
						if (outcome instanceof Error) continue;
						expect(outcome).toMatchObject({ job: { id: 'ftjob-1' } });
					}
					expect(service.jobs.length).toBeLessThanOrEqual(1);
				},
			),
			{ numRuns: 500 },
		);
	});
});
