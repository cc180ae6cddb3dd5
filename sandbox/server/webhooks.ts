import { createHmac, randomBytes } from 'node:crypto';

import type { Clock } from './clock';
import { newId } from './ids';
import type { DeliveryRecord, EndpointRecord } from './records';
import type { Store } from './store';

/** OpenAI retries for 72 hours; a stand-in tries five times within a few minutes of sandbox time. */
const RETRY_AFTER_MS = [1_000, 5_000, 30_000, 120_000];
const ANSWER_WITHIN_MS = 10_000;

/** Signed deliveries by https://www.standardwebhooks.com to the registered endpoints. */
export class Webhooks {
	private readonly underWay = new Map<string, Promise<void>>();

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
	) {}

	/** Queues an event of the second `at`, e.g. `fine_tuning.job.succeeded`, for every endpoint that asked for its type. */
	publish(type: string, data: { id: string }, at: number): void {
		const event = eventOf(type, data, at);
		for (const endpoint of this.store.each('endpoint')) {
			if (!endpoint.event_types.includes(type)) continue;
			this.store.put('delivery', {
				id: newId('wh_'),
				endpointId: endpoint.id,
				eventType: type,
				body: JSON.stringify(event),
				attempts: 0,
				dueAt: this.clock.now(),
				state: 'pending',
				lastStatus: null,
			});
		}
	}

	/** Sends what is due and resolves when all of it was answered or given up for now. */
	async deliverDue(): Promise<void> {
		for (const delivery of this.pending()) {
			const due = (delivery.dueAt ?? Infinity) <= this.clock.now();
			if (!due || this.underWay.has(delivery.id)) continue;
			const sending = this.deliver(delivery).finally(() => this.underWay.delete(delivery.id));
			this.underWay.set(delivery.id, sending);
		}
		await Promise.all(this.underWay.values());
	}

	/** Sends one sample at once; answers the endpoint's status, or null when it could not be reached. */
	async sample(endpoint: EndpointRecord, type: string): Promise<number | null> {
		const body = JSON.stringify(eventOf(type, { id: newId('ftjob-') }, this.clock.seconds()));
		return await this.post(endpoint, newId('wh_'), body);
	}

	/** Sandbox time in ms at which the next delivery is due. */
	nextDue(): number | undefined {
		const due = this.pending()
			.filter(({ id }) => !this.underWay.has(id))
			.map(({ dueAt }) => dueAt ?? Infinity);
		return due.length > 0 ? Math.min(...due) : undefined;
	}

	/** Resolves when nothing is being sent any more. */
	async idle(): Promise<void> {
		await Promise.all(this.underWay.values());
	}

	private pending(): DeliveryRecord[] {
		return [...this.store.each('delivery')].filter(({ state }) => state === 'pending');
	}

	private async deliver(delivery: DeliveryRecord): Promise<void> {
		const endpoint = this.store.get('endpoint', delivery.endpointId);
		const status = endpoint ? await this.post(endpoint, delivery.id, delivery.body) : null;
		if (!this.store.get('delivery', delivery.id)) return;
		const delivered = status !== null && status >= 200 && status < 300;
		const pause = RETRY_AFTER_MS[delivery.attempts];
		const again = endpoint && !delivered && pause !== undefined;
		this.store.put('delivery', {
			...delivery,
			attempts: delivery.attempts + 1,
			lastStatus: status,
			state: delivered ? 'delivered' : again ? 'pending' : 'given_up',
			dueAt: again ? this.clock.now() + pause : null,
		});
	}

	private async post(endpoint: EndpointRecord, id: string, body: string): Promise<number | null> {
		// Receivers compare the timestamp with their own clock, so it is real time whatever the sandbox's clock says.
		const timestamp = Math.floor(Date.now() / 1000).toString();
		const secrets = [endpoint.secret];
		if (endpoint.oldSecret && (endpoint.oldSecretUntil ?? 0) > this.clock.now()) {
			secrets.push(endpoint.oldSecret);
		}
		try {
			const response = await fetch(endpoint.url, {
				method: 'POST',
				redirect: 'manual',
				signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
				headers: {
					'content-type': 'application/json',
					'user-agent': 'OpenAI/1.0 (+n8n-nodes-fine-tuning sandbox)',
					'webhook-id': id,
					'webhook-timestamp': timestamp,
					'webhook-signature': secrets
						.map((secret) => signature(secret, id, timestamp, body))
						.join(' '),
				},
				body,
			});
			await response.body?.cancel();
			return response.status;
		} catch {
			return null;
		}
	}
}

function eventOf(type: string, data: { id: string }, created_at: number) {
	return { id: newId('evt_'), object: 'event', created_at, type, data };
}

export function newSigningSecret(): string {
	return `whsec_${randomBytes(32).toString('base64')}`;
}

/** `v1,<base64 HMAC-SHA256>` over `id.timestamp.body`. */
export function signature(secret: string, id: string, timestamp: string, body: string): string {
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
	return `v1,${digest}`;
}

/** Whether a URL stays on this machine: the sandbox sends nothing anywhere else. */
export function isLoopbackUrl(text: string): boolean {
	try {
		const { protocol, hostname } = new URL(text);
		const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
		return /^https?:$/.test(protocol) && loopback;
	} catch {
		return false;
	}
}
