import fc from 'fast-check';

import { readEvent } from '../../../../lib/openai/webhooks';
import { withoutHanging } from '../../../support/withoutHanging';

const read = (value: unknown) =>
	readEvent(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('the body of a webhook', () => {
	it('names the event and the job', () => {
		const event = {
			id: 'evt_1',
			object: 'event',
			created_at: 1_795_262_400,
			type: 'fine_tuning.job.failed',
			data: { id: 'ftjob-1' },
		};
		expect(read(event)).toEqual({
			kind: 'jobEnd',
			event: 'jobFailed',
			eventId: 'evt_1',
			jobId: 'ftjob-1',
			createdAt: 1_795_262_400,
		});
	});

	it('may be about something else', () => {
		expect(read({ type: 'batch.completed', data: { id: 'batch_1' } })).toEqual({
			kind: 'other',
			type: 'batch.completed',
		});
		expect(read({ type: '__proto__', data: {} })).toMatchObject({ kind: 'other' });
		expect(read({ type: 'constructor' })).toMatchObject({ kind: 'other' });
	});

	it.each([
		['nothing', ''],
		['no JSON', '{"type":'],
		['a list', []],
		['a text', '"fine_tuning.job.succeeded"'],
		['no type', { data: { id: 'ftjob-1' } }],
		['a type that is no text', { type: { id: 1 }, data: { id: 'ftjob-1' } }],
		['no job', { type: 'fine_tuning.job.succeeded' }],
		['a job without an ID', { type: 'fine_tuning.job.succeeded', data: { id: ' ' } }],
		['an ID that is no text', { type: 'fine_tuning.job.succeeded', data: { id: ['ftjob-1'] } }],
		['a long ID', { type: 'fine_tuning.job.succeeded', data: { id: 'x'.repeat(201) } }],
	])('is malformed with %s', (_what, value) => {
		expect(read(value)).toEqual({ kind: 'malformed' });
	});

	it('never throws and never hangs, whatever comes', () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' })), (text) => {
				expect(['jobEnd', 'other', 'malformed']).toContain(read(text).kind);
			}),
		);
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				expect(['jobEnd', 'other', 'malformed']).toContain(readEvent(bytes).kind);
			}),
		);
		const megabytes = [
			'['.repeat(1_000_000),
			'{"a":'.repeat(200_000),
			`"${'\\'.repeat(1_000_000)}`,
		];
		for (const hostile of megabytes) {
			withoutHanging(() => expect(read(hostile)).toEqual({ kind: 'malformed' }));
		}
	});
});
