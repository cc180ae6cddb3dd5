import fc from 'fast-check';

import type { ApiRequest } from '../../../../lib/http/types';
import { openAiDialect } from '../../../../lib/openai/dialects/openai';
import { look, type Happening, type WatchSettings } from '../../../../lib/openai/watch';
import { fakeTransport, refusal } from '../fakes';

const START = Date.parse('2026-11-21T12:00:00Z');
const MINUTE = 60_000;
const SETTINGS: WatchSettings = {
	events: ['jobSucceeded', 'jobFailed', 'jobCancelled'],
	filter: { baseModel: '', suffix: '', metadata: {} },
	everySteps: 10,
	retiringWithinDays: 30,
};
const context = { dialect: openAiDialect, provider: 'openAi', source: 'here' };

interface Course {
	/** Minutes after the start. */
	created: number;
	runs: number;
	ends: 'succeeded' | 'failed' | 'cancelled';
}

/** A server at a moment: jobs of these courses, newest first, 100 a page at most. */
function serverAt(courses: readonly Course[], minute: number, reverse = false) {
	const jobs = courses
		.map((course, index) => ({ ...course, id: `ftjob-${index}` }))
		.filter(({ created }) => created <= minute)
		.sort((a, b) => b.created - a.created)
		.map(({ id, created, runs, ends }) => ({
			id,
			model: 'gpt-4.1-mini-2025-04-14',
			created_at: START / 1000 + created * 60,
			status: created + runs <= minute ? ends : 'running',
			finished_at: created + runs <= minute ? START / 1000 + (created + runs) * 60 : null,
		}));
	if (reverse) jobs.reverse();
	return fakeTransport(({ path, query = {} }: ApiRequest) => {
		const id = /^\/fine_tuning\/jobs\/(.+)$/.exec(path)?.[1];
		if (id) return jobs.find((job) => job.id === id) ?? refusal(404);
		const from = query.after ? jobs.findIndex((job) => job.id === query.after) + 1 : 0;
		const data = jobs.slice(from, from + Number(query.limit));
		return { object: 'list', data, has_more: from + data.length < jobs.length };
	});
}

const names = (happenings: readonly Happening[]) =>
	happenings.map((one) => `${one.event} ${'job' in one ? one.job.id : ''}`);

describe('looks', () => {
	const course = fc.record({
		created: fc.integer({ min: -60, max: 100 }),
		runs: fc.integer({ min: 0, max: 90 }),
		ends: fc.constantFrom('succeeded' as const, 'failed' as const, 'cancelled' as const),
	});
	const step = fc.record({ minutes: fc.integer({ min: 1, max: 40 }), restarts: fc.boolean() });

	it('tell each end exactly once, whenever n8n looks, is restarted or stands still', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(course, { maxLength: 30 }),
				fc.array(step, { minLength: 1, maxLength: 20 }),
				fc.boolean(),
				async (courses, steps, reverse) => {
					const told: string[] = [];
					let minute = 0;
					const first = await look(serverAt(courses, 0, reverse).transport, SETTINGS, undefined, {
						...context,
						now: START,
					});
					expect(first.happenings).toEqual([]);
					let inMemory: unknown = first.state;
					let saved = JSON.stringify(first.state);
					for (const { minutes, restarts } of [...steps, { minutes: 500, restarts: false }]) {
						minute += minutes;
						if (restarts) inMemory = JSON.parse(saved);
						const { transport } = serverAt(courses, minute, reverse);
						const now = START + minute * MINUTE;
						const { happenings, state } = await look(transport, SETTINGS, inMemory, {
							...{ ...context, now },
						});
						inMemory = state;
						if (happenings.length > 0) saved = JSON.stringify(state);
						told.push(...names(happenings));
					}
					const expected = courses.flatMap(({ created, runs, ends }, index) => {
						const event = `job${ends[0].toUpperCase()}${ends.slice(1)}`;
						return created + runs > 0 ? [`${event} ftjob-${index}`] : [];
					});
					expect([...told].sort()).toEqual(expected.sort());
				},
			),
			{ numRuns: 150 },
		);
	});

	it('read one page or two once much has happened, and keep little', async () => {
		const courses = Array.from({ length: 450 }, (_, index) => ({
			...{ created: index - 440, runs: 0, ends: 'succeeded' as const },
		}));
		const open = { created: -9_000, runs: 9_100, ends: 'failed' as const };
		const all = [open, ...courses];
		const first = await look(serverAt(all, 0).transport, SETTINGS, undefined, {
			...{ ...context, now: START },
		});
		expect(first.happenings).toEqual([]);
		const { transport, requests } = serverAt(all, 1_000);
		const now = START + 1_000 * MINUTE;
		const next = await look(transport, SETTINGS, first.state, { ...context, now });
		expect(next.happenings).toHaveLength(10);
		expect(names(next.happenings).at(-1)).toBe('jobFailed ftjob-0');
		expect(requests.length).toBeLessThanOrEqual(3);
		expect(JSON.stringify(next.state).length).toBeLessThan(15_000);
		const quiet = await look(transport, SETTINGS, next.state, { ...context, now });
		expect(quiet.happenings).toEqual([]);
	});

	it('begin anew with what is no state of theirs', async () => {
		const courses = [{ created: -10, runs: 5, ends: 'failed' as const }];
		const hostile = [null, 'x', 7, [], {}, { version: 2 }, { version: 1, source: 'here' }];
		for (const kept of hostile) {
			const { transport } = serverAt(courses, 0);
			const found = await look(transport, SETTINGS, kept, { ...context, now: START });
			expect(found.happenings).toEqual([]);
		}
	});

	it('forget a job that was deleted', async () => {
		const courses = [{ created: -10, runs: 50, ends: 'failed' as const }];
		const first = await look(serverAt(courses, 0).transport, SETTINGS, undefined, {
			...{ ...context, now: START },
		});
		expect(first.state.jobs).toHaveLength(1);
		const next = await look(serverAt([], 100).transport, SETTINGS, first.state, {
			...{ ...context, now: START + 100 * MINUTE },
		});
		expect(next.happenings).toEqual([]);
		expect(next.state.jobs).toEqual([]);
	});
});
