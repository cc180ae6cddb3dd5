import fc from 'fast-check';

import { CanceledError } from '../../../lib/http/canceled';
import { Cooldown } from '../../../lib/qa/cooldown';
import { createPace } from '../../../lib/qa/pace';

/** A clock that only sleeping moves. */
function clock() {
	let time = 1_000_000;
	return {
		now: () => time,
		sleep: async (ms: number) => {
			await Promise.resolve();
			time += ms;
		},
		pass: (ms: number) => {
			time += ms;
		},
	};
}

it('spreads requests evenly, first come first served', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 6000 }),
			fc.array(fc.nat(2000), { maxLength: 40 }),
			async (perMinute, pauses) => {
				const { now, sleep, pass } = clock();
				const pace = createPace(perMinute, { now, sleep });
				const times: number[] = [];
				const order: number[] = [];
				const waiting = pauses.map(async (pause, index) => {
					pass(index % 3 === 0 ? pause : 0);
					await pace();
					times.push(now());
					order.push(index);
				});
				await Promise.all(waiting);
				expect(order).toEqual(pauses.map((_, index) => index));
				const gaps = times.slice(1).map((time, index) => time - times[index]);
				expect(gaps.every((gap) => gap >= 60_000 / perMinute - 1)).toBe(true);
				// Never more than allowed in any minute.
				const busiest = times.map(
					(from) => times.filter((time) => time >= from && time < from + 59_000).length,
				);
				expect(Math.max(0, ...busiest)).toBeLessThanOrEqual(perMinute);
			},
		),
	);
});

describe('Cooldown', () => {
	it('is over when the longest pause is, also one that began while waiting', async () => {
		const { now, sleep, pass } = clock();
		let more = true;
		const cooldown = new Cooldown({
			now,
			sleep: async (ms) => {
				if (more) cooldown.begin(500);
				more = false;
				await sleep(ms);
			},
		});
		await cooldown.over();
		const started = now();
		cooldown.begin(300);
		cooldown.begin(100);
		await cooldown.over();
		expect(now() - started).toBe(500);
		pass(1);
		await cooldown.over();
		expect(now() - started).toBe(501);
	});
});

it('does not hold up the first request, nor one after a pause', async () => {
	const { now, sleep, pass } = clock();
	const slept = jest.fn(sleep);
	const pace = createPace(60, { now, sleep: slept });
	await pace();
	pass(1000);
	await pace();
	expect(slept).not.toHaveBeenCalled();
	await pace();
	expect(slept).toHaveBeenCalledWith(1000);
});

it.each([undefined, 0, -1, Number.NaN])('has no limit with %p', async (perMinute) => {
	const sleep = jest.fn();
	const pace = createPace(perMinute, { now: () => 0, sleep });
	await Promise.all([pace(), pace(), pace()]);
	expect(sleep).not.toHaveBeenCalled();
});

it('keeps nobody waiting once it is over', async () => {
	const { now, sleep } = clock();
	const slept = jest.fn(sleep);
	let isOver = false;
	const pace = createPace(1, { now, sleep: slept }, () => isOver);
	await pace();
	const second = pace();
	const third = pace();
	isOver = true;
	await Promise.all([second, third]);
	expect(slept.mock.calls.length).toBeLessThanOrEqual(1);
});

it('ends everybody who waits when the execution is canceled', async () => {
	const pace = createPace(1, {
		now: () => 0,
		sleep: async () => await Promise.reject(new CanceledError()),
	});
	await pace();
	const waiting = [pace(), pace()];
	const results = await Promise.allSettled(waiting);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
