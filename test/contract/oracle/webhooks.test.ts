/** Webhooks against the official client: the same requests, and the same opinion of what the sandbox delivers. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type OpenAI from 'openai';

import type { Transport } from '../../../lib/http/types';
import {
	createEndpoint,
	deleteEndpoint,
	deliveryFault,
	getEndpoint,
	listEndpoints,
	listEventTypes,
	readEvent,
	rotateSecret,
} from '../../../lib/openai/webhooks';
import { useSandbox } from '../sandbox/setup';
import { Recorder } from './recorder';

// The first test reads the whole specification.
jest.setTimeout(30_000);

const EVENTS = ['fine_tuning.job.succeeded', 'fine_tuning.job.failed'] as const;
const endpoint = { name: 'n8n: café', url: 'https://n8n.example.com/webhook/1/webhook' };

type Sdk = (client: OpenAI) => PromiseLike<unknown>;
type Ours = (transport: Transport) => Promise<unknown>;

it.each<[string, Sdk, Ours]>([
	[
		'create',
		(client) => client.webhooks.create({ ...endpoint, event_types: [...EVENTS] }),
		(transport) => createEndpoint(transport, { ...endpoint, eventTypes: EVENTS }),
	],
	['list', (client) => client.webhooks.list({ limit: 100 }), listEndpoints],
	[
		'get',
		(client) => client.webhooks.retrieve('whe_1/..'),
		(transport) => getEndpoint(transport, 'whe_1/..'),
	],
	[
		'delete',
		(client) => client.webhooks.delete('whe_1'),
		(transport) => deleteEndpoint(transport, 'whe_1'),
	],
	[
		'rotate the secret',
		(client) =>
			client.webhooks.rotateSecret('whe_1', { keep_old_secret_active_for_24_hours: true }),
		(transport) => rotateSecret(transport, 'whe_1', true),
	],
	['list the event types', (client) => client.webhooks.eventTypes.list(), listEventTypes],
])('%s: the same request as the official SDK', async (_name, sdk, ours) => {
	const theirs = new Recorder();
	await sdk(theirs.sdk());
	const mine = new Recorder();
	await ours(mine.transport());
	expect(mine.requests).toEqual(theirs.requests);
	expect(mine.requests).toHaveLength(1);
});

describe('what the sandbox delivers', () => {
	const bench = useSandbox();
	const received: Array<{ headers: IncomingHttpHeaders; body: Buffer }> = [];
	let receiver: Server;
	let url: string;

	beforeEach(async () => {
		received.length = 0;
		receiver = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				received.push({ headers: request.headers, body: Buffer.concat(chunks) });
				response.end();
			});
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
	});

	afterEach(async () => {
		receiver.closeAllConnections();
		await new Promise((resolve) => receiver.close(resolve));
	});

	async function opinions(secret: string): Promise<{ theirs: boolean; ours: boolean }> {
		const { headers, body } = received.at(-1)!;
		const theirs = await bench.client.webhooks
			.unwrap(body.toString(), headers as Record<string, string>, secret)
			.then(
				() => true,
				() => false,
			);
		const delivery = {
			id: headers['webhook-id'],
			timestamp: headers['webhook-timestamp'],
			signature: headers['webhook-signature'],
			body,
		};
		return { theirs, ours: deliveryFault(delivery, secret, Date.now()) === undefined };
	}

	it('is genuine by both, and names the event and the job', async () => {
		const made = await bench.client.webhooks.create({ name: 'n8n', url, event_types: [...EVENTS] });
		const job = await bench.tune();
		const genuine = { theirs: true, ours: true };
		expect(await opinions(made.signing_secret)).toEqual(genuine);
		expect(await opinions('whsec_AAAA')).toEqual({ theirs: false, ours: false });
		expect(readEvent(received[0].body)).toMatchObject({
			kind: 'jobEnd',
			event: 'jobSucceeded',
			jobId: job.id,
			createdAt: job.finished_at,
		});
	});

	it('is genuine by the old and the new secret for a day after a rotation', async () => {
		const made = await bench.client.webhooks.create({ name: 'n8n', url, event_types: [...EVENTS] });
		const { signing_secret: fresh } = await bench.client.webhooks.rotateSecret(made.id, {
			keep_old_secret_active_for_24_hours: true,
		});
		expect(fresh).not.toBe(made.signing_secret);
		const sample = async () =>
			await bench.client.webhooks.test(made.id, { event_type: 'fine_tuning.job.failed' });
		await sample();
		for (const secret of [made.signing_secret, fresh]) {
			expect(await opinions(secret)).toEqual({ theirs: true, ours: true });
		}
		await bench.server.advance(25 * 3_600_000);
		await sample();
		expect(await opinions(made.signing_secret)).toEqual({ theirs: false, ours: false });
		expect(await opinions(fresh)).toEqual({ theirs: true, ours: true });
	});
});
