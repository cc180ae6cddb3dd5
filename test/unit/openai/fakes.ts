import { ApiError } from '../../../lib/http/errors';
import type { ApiRequest, Surroundings, Transport } from '../../../lib/http/types';

/** Time that passes only when somebody sleeps. */
export function fakeSurroundings(start = Date.UTC(2026, 10, 21)) {
	const sleeps: number[] = [];
	const due: Array<{ at: number; run: () => void }> = [];
	let now = start;
	const surroundings: Surroundings = {
		now: () => now,
		random: () => 0,
		sleep: async (ms) => {
			if (!(ms >= 0)) throw new Error(`slept for ${ms}`);
			sleeps.push(ms);
			now += ms;
			for (const job of due.splice(0)) {
				if (job.at <= now) job.run();
				else due.push(job);
			}
		},
	};
	return {
		surroundings,
		sleeps,
		elapsed: () => now - start,
		/** Runs something once `ms` have been slept away. */
		later: (ms: number, run: () => void) => void due.push({ at: now + ms, run }),
	};
}

export type Answer = { status?: number; data?: unknown } | ApiError | Error;

/** A transport that answers from a function and keeps what it was asked. */
export function fakeTransport(answer: (request: ApiRequest, index: number) => Answer | unknown) {
	const requests: ApiRequest[] = [];
	const transport = (async (request: ApiRequest) => {
		requests.push(structuredClone(request));
		const given = await answer(request, requests.length - 1);
		if (given instanceof Error) throw given;
		return { status: 200, headers: {}, data: given };
	}) as Transport;
	return { transport, requests };
}

export const refusal = (status: number, code?: string, more: Partial<ApiError['details']> = {}) =>
	new ApiError(more.body ?? `HTTP ${status}`, { status, code, ...more });
export const broken = (networkCode = 'ECONNRESET') =>
	new ApiError(networkCode, { networkCode, ambiguous: networkCode !== 'ECONNREFUSED' });
