import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import type { JobStatus } from '../../../lib/openai/dialects/types';
import { listCheckpoints, listEvents, listJobs } from '../../../lib/openai/jobLists';

import { fakeTransport } from './fakes';

const supports = {
	pause: true,
	events: true,
	checkpoints: true,
	uploads: true,
	checkpointPermissions: true,
	graders: true,
	storedCompletions: true,
};
const DIALECT = { supports, jobStatus: (raw: string) => raw.toLowerCase() as JobStatus };

/** Serves a list in pages, whatever the filter, as several compatible servers do. */
function serve(all: Array<{ id: string }>) {
	return fakeTransport(({ query }) => {
		const start = query?.after ? all.findIndex(({ id }) => id === query.after) + 1 : 0;
		const data = all.slice(start, start + Number(query?.limit));
		return { object: 'list', data, has_more: start + data.length < all.length };
	});
}

const jobs = Array.from({ length: 250 }, (_, i) => ({
	id: `ftjob-${i}`,
	status: i % 2 ? 'SUCCEEDED' : 'running',
	model: i % 5 ? 'gpt-4.1-mini-2025-04-14' : 'gpt-4o-mini-2024-07-18',
	metadata: i % 3 ? { team: 'hr' } : null,
	created_at: 2_000 - i,
}));

describe('listJobs', () => {
	it('gets all pages, and no more than the limit', async () => {
		const { transport, requests } = serve(jobs);
		expect(await listJobs(transport, DIALECT)).toHaveLength(250);
		expect(requests).toHaveLength(3);
		const few = serve(jobs);
		expect(await listJobs(few.transport, DIALECT, {}, 7)).toHaveLength(7);
		expect(few.requests).toEqual([
			expect.objectContaining({ query: expect.objectContaining({ limit: 7 }) }),
		]);
	});

	it('filters by all that is asked for, even when the server does not', async () => {
		const { transport, requests } = serve(jobs);
		const found = await listJobs(transport, DIALECT, {
			metadata: { team: 'hr' },
			statuses: ['succeeded'],
			baseModel: 'gpt-4.1-mini',
			createdAfter: 1_900_000,
		});
		const expected = jobs.filter(
			(job, i) => i % 2 && i % 5 && job.metadata?.team === 'hr' && job.created_at >= 1_900,
		);
		expect(found).toEqual(expected);
		expect(found.length).toBeGreaterThan(10);
		expect(requests[0].query).toMatchObject({ 'metadata[team]': 'hr' });
	});

	it('goes on behind a page without matches until the limit is reached', async () => {
		const { transport } = serve(jobs);
		const found = await listJobs(transport, DIALECT, { baseModel: 'gpt-4o' }, 3);
		expect(found.map(({ id }: FineTuningJob) => id)).toEqual(['ftjob-0', 'ftjob-5', 'ftjob-10']);
	});
});

describe('listEvents and listCheckpoints', () => {
	it('filters events by level and type', async () => {
		const { transport, requests } = serve([
			{ id: 'a', level: 'info' },
			{ id: 'b', level: 'warn', type: 'message' },
			{ id: 'c', level: 'info', type: 'metrics' },
		] as never);
		const found = await listEvents(transport, DIALECT, 'ftjob/1', {
			levels: ['info', 'warn'],
			type: 'message',
		});
		expect(found.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(requests[0].path).toBe('/fine_tuning/jobs/ftjob%2F1/events');
	});

	it('refuses clearly what a provider lacks, and asks nothing', async () => {
		const { transport, requests } = serve([]);
		const poor = { supports: { ...supports, events: false, checkpoints: false } };
		await expect(listEvents(transport, poor, 'ftjob-1')).rejects.toMatchObject({
			name: 'SettingError',
			message: expect.stringContaining('no way to list the events'),
		});
		await expect(listCheckpoints(transport, poor, 'ftjob-1')).rejects.toMatchObject({
			name: 'SettingError',
		});
		expect(requests).toEqual([]);
	});
});
