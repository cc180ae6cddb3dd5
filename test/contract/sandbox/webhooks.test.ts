import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { collect, trainingFile, useSandbox } from './setup';

interface Received {
	headers: IncomingHttpHeaders;
	body: string;
}

const bench = useSandbox();
let receiver: Server;
let url: string;
let received: Received[];
/** Statuses of the next answers; 200 when there are none left. */
let answers: number[];

beforeEach(async () => {
	received = [];
	answers = [];
	receiver = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
			response.writeHead(answers.shift() ?? 200).end();
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});

afterEach(async () => {
	receiver.closeAllConnections();
	await new Promise((resolve) => receiver.close(resolve));
});

async function register() {
	return await bench.client.webhooks.create({
		name: 'n8n',
		url,
		event_types: ['fine_tuning.job.succeeded', 'fine_tuning.job.failed'],
	});
}

const headersOf = ({ headers }: Received) => headers as Record<string, string>;

describe('webhook endpoints', () => {
	it('are made, listed, changed and deleted; the secret is shown once', async () => {
		const { signing_secret, ...endpoint } = await register();
		expect(signing_secret).toMatch(/^whsec_[\w+/=]{44}$/);
		expect(endpoint).toMatchObject({ object: 'webhook_endpoint', name: 'n8n', url });
		expect(await bench.client.webhooks.retrieve(endpoint.id)).toEqual(endpoint);
		const second = await register();
		const ids = (await collect(bench.client.webhooks.list({ limit: 1 }))).map(({ id }) => id);
		expect(ids).toEqual([second.id, endpoint.id]);
		const renamed = await bench.client.webhooks.update(endpoint.id, { name: 'other' });
		expect(renamed).toMatchObject({ ...endpoint, name: 'other' });
		expect(await bench.client.webhooks.delete(endpoint.id)).toEqual({
			id: endpoint.id,
			object: 'webhook_endpoint.deleted',
			deleted: true,
		});
		await expect(bench.client.webhooks.retrieve(endpoint.id)).rejects.toMatchObject({
			status: 404,
		});
		const types = await bench.client.webhooks.eventTypes.list();
		expect(types.data).toContain('fine_tuning.job.cancelled');
	});

	it('are refused when they leave this machine or know no events', async () => {
		const away = bench.client.webhooks.create({
			name: 'a',
			url: 'https://example.com/hook',
			event_types: ['fine_tuning.job.failed'],
		});
		await expect(away).rejects.toMatchObject({ status: 400, param: 'url' });
		const none = bench.client.webhooks.create({ name: 'a', url, event_types: [] });
		await expect(none).rejects.toMatchObject({ code: 'empty_array' });
	});

	it('are tried out with a sample', async () => {
		const { id, signing_secret } = await register();
		answers = [418];
		const result = await bench.client.webhooks.test(id, { event_type: 'fine_tuning.job.failed' });
		expect(result).toEqual({
			object: 'webhook_endpoint.test',
			webhook_endpoint_id: id,
			event_type: 'fine_tuning.job.failed',
			status_code: 418,
			success: true,
		});
		const event = await bench.client.webhooks.unwrap(
			received[0].body,
			headersOf(received[0]),
			signing_secret,
		);
		expect(event.type).toBe('fine_tuning.job.failed');
	});
});

describe('deliveries', () => {
	it('tell of the end of a job, signed so that the SDK verifies them', async () => {
		const { signing_secret } = await register();
		const job = await bench.tune();
		expect(received).toHaveLength(1);
		const { body } = received[0];
		const event = await bench.client.webhooks.unwrap(body, headersOf(received[0]), signing_secret);
		expect(event).toMatchObject({
			object: 'event',
			type: 'fine_tuning.job.succeeded',
			data: { id: job.id },
			created_at: job.finished_at,
		});
		const forged = bench.client.webhooks.unwrap(`${body} `, headersOf(received[0]), signing_secret);
		await expect(forged).rejects.toThrow();
	});

	it('go only where their type was asked for', async () => {
		await register();
		const { id: file } = await bench.upload(trainingFile());
		const job = await bench.client.fineTuning.jobs.create({
			model: 'gpt-4.1-mini',
			training_file: file,
		});
		await bench.client.fineTuning.jobs.cancel(job.id);
		await bench.server.advance(1000);
		expect(received).toEqual([]);
	});

	it('are tried again with the same id, a few times', async () => {
		await register();
		answers = [500, 302, 503];
		await bench.tune();
		for (const pause of [1000, 5000]) await bench.server.advance(pause);
		expect(received).toHaveLength(3);
		await bench.server.advance(29_999);
		expect(received).toHaveLength(3);
		await bench.server.advance(1);
		expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
		expect(received).toHaveLength(4);
		await bench.server.advance(3_600_000);
		expect(received).toHaveLength(4);
		const state = (await bench.control('GET', 'state')) as { deliveries: object[] };
		expect(state.deliveries).toMatchObject([{ state: 'delivered', attempts: 4, lastStatus: 200 }]);
	});

	it('are given up in the end', async () => {
		await register();
		answers = Array<number>(9).fill(500);
		await bench.tune();
		for (let hour = 0; hour < 6; hour++) await bench.server.advance(3_600_000);
		expect(received).toHaveLength(5);
		const state = (await bench.control('GET', 'state')) as { deliveries: object[] };
		expect(state.deliveries).toMatchObject([{ state: 'given_up', attempts: 5 }]);
	});

	it('are signed with both secrets for a day after a rotation that keeps the old one', async () => {
		const { id, signing_secret: old } = await register();
		const { signing_secret: fresh } = await bench.client.webhooks.rotateSecret(id, {
			keep_old_secret_active_for_24_hours: true,
		});
		expect(fresh).not.toBe(old);
		const verify = async (delivery: Received, secret: string) =>
			await bench.client.webhooks.unwrap(delivery.body, headersOf(delivery), secret);
		await bench.client.webhooks.test(id, { event_type: 'fine_tuning.job.failed' });
		await verify(received[0], old);
		await verify(received[0], fresh);
		await bench.server.advance(24 * 3_600_000);
		await bench.client.webhooks.test(id, { event_type: 'fine_tuning.job.failed' });
		await verify(received[1], fresh);
		await expect(verify(received[1], old)).rejects.toThrow();
	});
});
