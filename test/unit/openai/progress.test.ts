import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs/jobs';

import { openAiDialect } from '../../../lib/openai/dialects/openai';
import { progressOf, readProgress, stepOf } from '../../../lib/openai/progress';
import { fakeTransport } from './fakes';

const START = Date.parse('2026-11-21T12:00:00Z') / 1000;
const NOW = (START + 300) * 1000;
const job = (more: object = {}) =>
	({ id: 'ftjob-1', status: 'running', estimated_finish: null, ...more }) as FineTuningJob;
const metrics = (step: number, more: object = {}, total: number | undefined = 100) =>
	({
		id: `ftevent-${step}`,
		type: 'metrics',
		created_at: START + step * 2,
		message: `Step ${step}/100: training loss=1.5`,
		data: { step, total_steps: total, train_loss: 2 - step / 100, ...more },
	}) as unknown as FineTuningJobEvent;
const message = { id: 'm', type: 'message', created_at: START, message: 'Files validated' };
const of = (events: unknown[], more: object = {}) =>
	progressOf(job(more), events as FineTuningJobEvent[], openAiDialect, NOW);
const NOTHING = {
	...{ step: null, total_steps: null, percent: null, train_loss: null, valid_loss: null },
	...{ estimated_finish: null, minutes_left: null },
};

describe('progress of a job', () => {
	it('is nothing before the first step', () => {
		expect(of([])).toEqual(NOTHING);
		expect(of([message])).toEqual(NOTHING);
	});

	it('is that of the newest step, in whatever order the events come', () => {
		const events = [metrics(40), message, metrics(60, { valid_loss: 1.7 }), metrics(50)];
		for (const order of [events, [...events].reverse()]) {
			expect(of(order)).toMatchObject({
				...{ step: 60, total_steps: 100, percent: 60, train_loss: 1.4, valid_loss: 1.7 },
			});
		}
	});

	it('keeps the last validation loss, since not every step is validated', () => {
		expect(of([metrics(60), metrics(59, { valid_loss: 1.7 })])).toMatchObject({ valid_loss: 1.7 });
	});

	it('ends when the server says, else by the pace of the newest steps', () => {
		const own = of([metrics(50)], { estimated_finish: START + 600 });
		expect(own).toMatchObject({ estimated_finish: '2026-11-21T12:10:00.000Z', minutes_left: 5 });
		const pace = of([metrics(50), metrics(60)]);
		// 2 s a step, and 40 are left after the one of 12:02:00; that is over, so it is any moment now.
		expect(pace).toMatchObject({ estimated_finish: '2026-11-21T12:05:00.000Z', minutes_left: 0 });
		expect(of([metrics(50)])).toMatchObject({ estimated_finish: null, minutes_left: null });
	});

	it('is done only when the job has succeeded', () => {
		expect(of([metrics(100)]).percent).toBe(99);
		expect(of([metrics(100)], { status: 'succeeded', estimated_finish: START })).toMatchObject({
			...{ percent: 100, estimated_finish: null, minutes_left: null },
		});
		expect(of([], { status: 'succeeded' }).percent).toBe(100);
		expect(of([metrics(30)], { status: 'failed' }).percent).toBe(30);
	});

	it('reads the step from the message where the data have none', () => {
		const bare = { ...metrics(7), data: null } as unknown as FineTuningJobEvent;
		expect(stepOf(bare)).toBe(7);
		expect(of([bare])).toMatchObject({ step: 7, total_steps: 100, train_loss: null });
		expect(stepOf({ ...bare, message: `Step ${'9'.repeat(1e6)}` })).toBeUndefined();
		expect(stepOf({ ...bare, type: 'message' })).toBeUndefined();
	});
});

describe('reading it', () => {
	it('costs one request, and none where the server has no events', async () => {
		const { transport, requests } = fakeTransport(() => ({ data: [metrics(10)], has_more: true }));
		expect(await readProgress(transport, openAiDialect, job(), NOW)).toMatchObject({ step: 10 });
		expect(requests).toEqual([
			{ method: 'GET', path: '/fine_tuning/jobs/ftjob-1/events', query: { limit: 50 } },
		]);
		const without = { ...openAiDialect, supports: { ...openAiDialect.supports, events: false } };
		expect(await readProgress(transport, without, job(), NOW)).toEqual(NOTHING);
		expect(requests).toHaveLength(1);
	});

	it('takes an answer that is no list for none', async () => {
		const { transport } = fakeTransport(() => ({ data: 'none' }));
		expect(await readProgress(transport, openAiDialect, job(), NOW)).toEqual(NOTHING);
	});
});
