/**
 * Signed deliveries to an app, and the tries after those that fail.
 * https://docs.slack.dev/apis/events-api/#error-handling
 */
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { isLoopbackUrl } from '../server/webhooks';

import type { SlackSettings } from './call';
import type { App } from './types';

const ANSWER_WITHIN_MS = 3_000;
/** At once, after a minute, after five. */
const RETRY_AFTER_MS = [0, 60_000, 300_000];
const MAX_KEPT = 5_000;

export interface Attempt {
	at: string;
	/** HTTP status; null when there was none. */
	status: number | null;
	milliseconds: number;
	/** The first 500 characters. */
	answer: string;
	/** Number and reason that the headers of a retry named. */
	retry?: { number: number; reason: string };
}

export interface Delivery {
	/** Event id, or what it is: `block_actions`, `slash_command`, … */
	id: string;
	/** Type of the event, e.g. `message` or `app_mention`. */
	type: string;
	url: string;
	attempts: Attempt[];
	state: 'pending' | 'delivered' | 'failed';
}

export interface Letter {
	id: string;
	type: string;
	body: string;
	contentType: string;
	/** Events are tried again; button presses and commands are not. */
	isRetried: boolean;
}

export class Deliveries {
	/** Oldest first. */
	readonly all: Delivery[] = [];
	private readonly underWay = new Set<Promise<Delivery>>();
	private readonly end = new AbortController();

	constructor(
		private readonly settings: SlackSettings,
		private readonly onChange: (delivery: Delivery) => void,
	) {}

	/** Resolves when it was accepted or given up. */
	async send(app: App, letter: Letter): Promise<Delivery> {
		const { id, type } = letter;
		const delivery: Delivery = {
			...{ id, type, url: app.requestUrl ?? '' },
			attempts: [],
			state: 'pending',
		};
		this.all.push(delivery);
		this.all.splice(0, this.all.length - MAX_KEPT);
		const work = this.tryUntilDone(app, letter, delivery);
		this.underWay.add(work);
		return await work.finally(() => this.underWay.delete(work));
	}

	/** One signed try, outside of the list. */
	async post(url: string, body: string, headers: Record<string, string>): Promise<Attempt> {
		const began = performance.now();
		const at = new Date().toISOString();
		const spent = () => Math.round((performance.now() - began) * 10) / 10;
		try {
			if (!isLoopbackUrl(url)) throw new Error('The sandbox sends to this machine only.');
			const signal = AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.end.signal]);
			const response = await fetch(url, {
				...{ method: 'POST', redirect: 'manual', signal, headers, body },
			});
			const answer = (await response.text()).slice(0, 500);
			return { at, status: response.status, milliseconds: spent(), answer };
		} catch (error) {
			const answer = error instanceof Error ? error.name : String(error);
			return { at, status: null, milliseconds: spent(), answer };
		}
	}

	/** Resolves when nothing is being sent or waited for any more. */
	async idle(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** Gives everything up. */
	async close(): Promise<void> {
		this.end.abort();
		await this.idle();
	}

	private async tryUntilDone(app: App, letter: Letter, delivery: Delivery): Promise<Delivery> {
		const rests = letter.isRetried ? RETRY_AFTER_MS : [];
		for (let number = 0; ; number++) {
			const retry =
				number > 0 ? { number, reason: reasonOf(delivery.attempts.at(-1)!) } : undefined;
			const headers = {
				...signedHeaders(app, letter.body, letter.contentType),
				...(retry && {
					'x-slack-retry-num': String(retry.number),
					'x-slack-retry-reason': retry.reason,
				}),
			};
			const attempt = await this.post(delivery.url, letter.body, headers);
			delivery.attempts.push({ ...attempt, retry });
			const isAccepted = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
			const isLast = isAccepted || number >= rests.length || this.end.signal.aborted;
			if (isLast) delivery.state = isAccepted ? 'delivered' : 'failed';
			this.onChange(delivery);
			if (isLast) return delivery;
			const rest = rests[number] / this.settings.speed;
			await pause(rest, undefined, { signal: this.end.signal, ref: false }).catch(() => undefined);
		}
	}
}

/** The headers of a request of Slack. */
export function signedHeaders(
	{ signingSecret }: Pick<App, 'signingSecret'>,
	body: string,
	contentType = 'application/json',
	timestamp = String(Math.floor(Date.now() / 1000)),
): Record<string, string> {
	return {
		'content-type': contentType,
		'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
		'x-slack-request-timestamp': timestamp,
		'x-slack-signature': signature(signingSecret, timestamp, body),
	};
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signature(secret: string, timestamp: string, body: string): string {
	return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function reasonOf({ status, answer }: Attempt): string {
	if (status !== null) return 'http_error';
	return answer === 'TimeoutError' ? 'http_timeout' : 'connection_failed';
}
