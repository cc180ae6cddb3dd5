import { Readable } from 'node:stream';

import { ApiError } from '../../../../lib/http/errors';
import { answerBytes } from '../../../../lib/openai/chat/answerBytes';
import { watchSilence } from '../../../../lib/openai/chat/silence';

/** A clock that only the test moves. */
function clock() {
	let time = 0;
	let alarms: Array<{ at: number; ring: () => void }> = [];
	return {
		alarm: (ms: number, ring: () => void) => void alarms.push({ at: time + ms, ring }),
		now: () => time,
		pending: () => alarms.length,
		to: (moment: number) => {
			time = moment;
			const due = alarms.filter(({ at }) => at <= time);
			alarms = alarms.filter(({ at }) => at > time);
			for (const { ring } of due) ring();
		},
	};
}

describe('watchSilence', () => {
	it('rings once after silence, not after the start', () => {
		const time = clock();
		const onSilence = jest.fn();
		const watch = watchSilence(100, onSilence, time);
		for (const moment of [60, 100, 150]) {
			time.to(moment);
			watch.heard();
		}
		expect(time.pending()).toBe(1);
		time.to(249);
		expect(watch.isSilent()).toBe(false);
		time.to(250);
		time.to(999);
		expect(watch.isSilent()).toBe(true);
		expect(onSilence).toHaveBeenCalledTimes(1);
	});

	it('says nothing once it has ended', () => {
		const time = clock();
		const onSilence = jest.fn();
		watchSilence(100, onSilence, time).end();
		time.to(500);
		expect(onSilence).not.toHaveBeenCalled();
		expect(time.pending()).toBe(0);
	});
});

describe('answerBytes', () => {
	it('gives up a server that goes silent', async () => {
		const body = new Readable({ read() {} });
		body.push('a');
		const heard: string[] = [];
		const failure = await (async () => {
			for await (const chunk of answerBytes(body, 1)) heard.push(String(chunk));
		})().catch((error: unknown) => error);
		expect(heard).toEqual(['a']);
		expect(failure).toBeInstanceOf(ApiError);
		expect(failure).toMatchObject({ details: { networkCode: 'ETIMEDOUT' } });
		expect(body.destroyed).toBe(true);
	});

	it('destroys the body when the reader has enough', async () => {
		const body = Readable.from([Buffer.from('a'), Buffer.from('b')]);
		for await (const chunk of answerBytes(body, 60_000)) {
			expect(String(chunk)).toBe('a');
			break;
		}
		expect(body.destroyed).toBe(true);
	});
});
