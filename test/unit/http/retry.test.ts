import fc from 'fast-check';

import { ApiError } from '../../../lib/http/errors';
import { DEFAULT_RETRY, mayRetry, retryModeOf, withRetries } from '../../../lib/http/retry';
import { broken, fakeSurroundings, refusal } from '../openai/fakes';

describe('mayRetry', () => {
	it.each([
		// status, code, safe, rejected
		[400, undefined, false, false],
		[401, undefined, false, false],
		[403, 'training_not_available', false, false],
		[404, undefined, false, false],
		[408, undefined, true, false],
		[409, undefined, true, false],
		[422, undefined, false, false],
		[429, 'rate_limit_exceeded', true, true],
		[429, 'insufficient_quota', false, false],
		[429, 'billing_hard_limit_reached', false, false],
		[500, undefined, true, false],
		[503, undefined, true, false],
	])('after %i %s: safe %s, rejected %s', (status, code, safe, rejected) => {
		expect(mayRetry(refusal(status, code), 'safe')).toBe(safe);
		expect(mayRetry(refusal(status, code), 'rejected')).toBe(rejected);
		expect(mayRetry(refusal(status, code), 'never')).toBe(false);
	});

	it('looks for insufficient_quota in the type too', () => {
		expect(mayRetry(refusal(429, undefined, { type: 'insufficient_quota' }), 'safe')).toBe(false);
	});

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])(
		'repeats anything after %s: no server was reached',
		(code) => expect(mayRetry(broken(code), 'rejected')).toBe(true),
	);

	it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ECONNABORTED'])(
		'repeats after %s only what is safe: the server may have acted',
		(code) => {
			expect(mayRetry(broken(code), 'rejected')).toBe(false);
			expect(mayRetry(broken(code), 'safe')).toBe(true);
		},
	);

	it("obeys the server's x-should-retry, but never lets it repeat an unsafe request", () => {
		expect(mayRetry(refusal(500, undefined, { shouldRetry: false }), 'safe')).toBe(false);
		expect(mayRetry(refusal(400, undefined, { shouldRetry: true }), 'safe')).toBe(true);
		expect(mayRetry(refusal(500, undefined, { shouldRetry: true }), 'rejected')).toBe(false);
	});
});

it('takes reading and deleting as safe, the rest as not', () => {
	expect(retryModeOf({ method: 'GET' })).toBe('safe');
	expect(retryModeOf({ method: 'DELETE' })).toBe('safe');
	expect(retryModeOf({ method: 'POST' })).toBe('rejected');
	expect(retryModeOf({ method: 'POST', retry: 'never' })).toBe('never');
});

describe('withRetries', () => {
	function failing(...faults: unknown[]) {
		const attempt = jest.fn(async () => {
			if (faults.length > 0) throw faults.shift();
			return 'done';
		});
		return attempt;
	}

	it('backs off exponentially up to 8 s', async () => {
		const { surroundings, sleeps } = fakeSurroundings();
		const attempt = failing(...Array.from({ length: 5 }, () => refusal(500)));
		await expect(withRetries(attempt, 'safe', surroundings)).rejects.toMatchObject({
			details: { status: 500 },
		});
		expect(sleeps).toEqual([500, 1000, 2000, 4000]);
		expect(attempt).toHaveBeenCalledTimes(DEFAULT_RETRY.maxTries);
	});

	it('takes off up to a quarter as jitter', async () => {
		const { surroundings, sleeps } = fakeSurroundings();
		const attempt = failing(refusal(500), refusal(500));
		await withRetries(attempt, 'safe', { ...surroundings, random: () => 1 });
		expect(sleeps).toEqual([375, 750]);
	});

	it('waits as long as the server asks', async () => {
		const { surroundings, sleeps } = fakeSurroundings();
		const attempt = failing(refusal(429, undefined, { retryAfterMs: 30_000 }));
		await expect(withRetries(attempt, 'rejected', surroundings)).resolves.toBe('done');
		expect(sleeps).toEqual([30_000]);
	});

	it('does not wait longer than allowed in all, and says so at once', async () => {
		const { surroundings, sleeps } = fakeSurroundings();
		const faults = [40_000, 70_000, 20_000].map((retryAfterMs) =>
			refusal(429, undefined, { retryAfterMs }),
		);
		await expect(withRetries(failing(...faults), 'safe', surroundings)).rejects.toBe(faults[2]);
		expect(sleeps).toEqual([40_000, 70_000]);
	});

	it('throws what is final and what is no ApiError at once', async () => {
		const { surroundings, sleeps } = fakeSurroundings();
		for (const fault of [refusal(429, 'insufficient_quota'), new Error('bug'), 'text']) {
			const attempt = failing(fault);
			await expect(withRetries(attempt, 'safe', surroundings)).rejects.toBe(fault);
			expect(attempt).toHaveBeenCalledTimes(1);
		}
		expect(sleeps).toEqual([]);
	});

	it('stops when the execution is canceled while it waits', async () => {
		const canceled = new Error('canceled');
		const sleep = async () => {
			throw canceled;
		};
		await expect(withRetries(failing(refusal(500)), 'safe', { sleep })).rejects.toBe(canceled);
	});

	it('keeps all bounds whatever servers answer', async () => {
		const fault = fc.record({
			status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
			retryAfterMs: fc.option(fc.nat(500_000), { nil: undefined }),
			networkCode: fc.option(fc.constantFrom('ECONNRESET', 'ECONNREFUSED'), { nil: undefined }),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(fault, { maxLength: 12 }),
				fc.constantFrom('safe' as const, 'rejected' as const, 'never' as const),
				async (details, mode) => {
					const { surroundings, sleeps } = fakeSurroundings();
					const attempt = failing(...details.map((one) => new ApiError('no', one)));
					await withRetries(attempt, mode, surroundings).catch(() => {});
					expect(attempt.mock.calls.length).toBeLessThanOrEqual(mode === 'never' ? 1 : 5);
					expect(sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(120_000);
				},
			),
		);
	});
});
