import fc from 'fast-check';

import type { JobStatus } from '../../../lib/openai/dialects/types';
import { isTerminal, waitForJob, type WaitOptions } from '../../../lib/openai/waitForJob';

import { broken, fakeSurroundings, fakeTransport, refusal } from './fakes';

const DIALECT = { jobStatus: (raw: string) => raw as JobStatus };
const OPTIONS: WaitOptions = { timeoutMs: 600_000, firstIntervalMs: 5_000, maxIntervalMs: 60_000 };

function wait(answers: unknown[], options: Partial<WaitOptions> = {}) {
	const time = fakeSurroundings();
	const server = fakeTransport((_, index) => {
		const answer = answers[Math.min(index, answers.length - 1)];
		return typeof answer === 'string' ? { id: 'ftjob-1', status: answer } : answer;
	});
	const run = waitForJob(server.transport, time.surroundings, DIALECT, 'ftjob-1', {
		...OPTIONS,
		...options,
	});
	return { run, time, ...server };
}

describe('waitForJob', () => {
	it('looks with growing pauses until the job has ended', async () => {
		const { run, time, requests } = wait([
			'validating_files',
			'queued',
			...Array.from({ length: 8 }, () => 'running'),
			'succeeded',
		]);
		const seen = await run;
		expect(seen).toMatchObject({ status: 'succeeded', finished: true, polls: 11 });
		expect(seen.history.map(({ status }) => status)).toEqual([
			'validating_files',
			'queued',
			'running',
			'succeeded',
		]);
		expect(time.sleeps.slice(0, 3)).toEqual([5_000, 7_500, 11_250]);
		expect(Math.max(...time.sleeps)).toBe(60_000);
		expect(requests[0]).toMatchObject({ method: 'GET', path: '/fine_tuning/jobs/ftjob-1' });
	});

	it('reports each new status once', async () => {
		const statuses: string[] = [];
		await wait(['queued', 'queued', 'running', 'failed'], {
			onStatus: (status) => void statuses.push(status),
		}).run;
		expect(statuses).toEqual(['queued', 'running', 'failed']);
	});

	it('looks a last time exactly at the limit and gives back the unfinished job', async () => {
		const { run, time } = wait(['running'], { timeoutMs: 20_000 });
		await expect(run).resolves.toMatchObject({ status: 'running', finished: false });
		expect(time.elapsed()).toBe(20_000);
	});

	it('looks once when the limit is 0', async () => {
		const { run, requests } = wait(['running'], { timeoutMs: 0 });
		await expect(run).resolves.toMatchObject({ finished: false, polls: 1 });
		expect(requests).toHaveLength(1);
	});

	it('goes on waiting for a paused job and for words it does not know', async () => {
		await expect(wait(['paused', 'compressing', 'succeeded']).run).resolves.toMatchObject({
			finished: true,
			polls: 3,
		});
	});

	it('sits out passing faults, and as long as a rate limit asks', async () => {
		const { run, time } = wait([
			broken(),
			refusal(500),
			refusal(429, 'rate_limit_exceeded', { retryAfterMs: 90_000 }),
			'succeeded',
		]);
		await expect(run).resolves.toMatchObject({ finished: true, polls: 4 });
		expect(time.sleeps).toEqual([5_000, 7_500, 90_000]);
	});

	it('gives up after six faults in a row', async () => {
		const { run, requests } = wait([refusal(503)]);
		await expect(run).rejects.toMatchObject({ details: { status: 503 } });
		expect(requests).toHaveLength(6);
	});

	it('gives back the last known state when the look at the limit goes wrong', async () => {
		const { run } = wait(['running', refusal(500)], { timeoutMs: 5_000 });
		await expect(run).resolves.toMatchObject({ status: 'running', finished: false });
	});

	it.each([401, 403, 404])('takes %i for an answer', async (status) => {
		const { run, requests } = wait([refusal(status)]);
		await expect(run).rejects.toMatchObject({ details: { status } });
		expect(requests).toHaveLength(1);
	});

	it('stops at once when the execution is cancelled', async () => {
		const cancelled = new Error('cancelled');
		const { transport, requests } = fakeTransport(() => ({ status: 'running' }));
		const sleep = async () => await Promise.reject(cancelled);
		await expect(
			waitForJob(transport, { now: () => 0, sleep }, DIALECT, 'ftjob-1', OPTIONS),
		).rejects.toBe(cancelled);
		expect(requests).toHaveLength(1);
	});

	it('ends within the limit for any course of events', async () => {
		const answer = fc.constantFrom<unknown[]>(
			...['queued', 'running', 'paused', 'odd', 'succeeded', 'failed', 'cancelled'],
			...[refusal(500), broken(), refusal(404)],
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(answer, { minLength: 1, maxLength: 30 }),
				fc.integer({ min: 0, max: 3_600_000 }),
				async (answers, timeoutMs) => {
					const { run, time } = wait(answers, { timeoutMs });
					const outcome = await run.catch((error: unknown) => error);
					expect(time.elapsed()).toBeLessThanOrEqual(timeoutMs);
					if (outcome instanceof Error) return;
					const { status, finished } = outcome as { status: JobStatus; finished: boolean };
					expect(finished).toBe(isTerminal(status));
					expect(finished || time.elapsed() === timeoutMs).toBe(true);
				},
			),
		);
	});
});
