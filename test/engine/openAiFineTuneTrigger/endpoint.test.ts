import type { IDataObject } from 'n8n-workflow';

import { api, PublishedTrigger, useServer } from './support';

const bench = useServer();

const trigger = (parameters: IDataObject = {}, more: IDataObject = {}) =>
	new PublishedTrigger({
		server: bench.server,
		parameters: { mode: 'webhook', ...parameters },
		...more,
	});
const endpoints = async () =>
	(await api<{ data: IDataObject[] }>(bench.server, 'GET', '/v1/webhook_endpoints')).data;
const savedOf = (node: PublishedTrigger) => node.saved['node:Node'] as IDataObject;

describe('the webhook at OpenAI', () => {
	it('is made, recognised and removed with the workflow', async () => {
		const node = trigger({ events: ['jobSucceeded', 'jobFailed'] });
		expect(await node.hook('checkExists')).toBe(false);
		expect(await node.hook('create')).toBe(true);
		expect(await endpoints()).toEqual([
			expect.objectContaining({
				name: 'n8n: Harness workflow',
				url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:5678\/webhook\/.+\/webhook$/) as string,
				event_types: ['fine_tuning.job.succeeded', 'fine_tuning.job.failed'],
			}),
		]);
		expect(savedOf(node)).toEqual({
			endpointId: expect.stringMatching(/^whe_/) as string,
			signingSecret: expect.stringMatching(/^whsec_/) as string,
		});
		expect(await node.hook('checkExists')).toBe(true);
		expect(await node.hook('delete')).toBe(true);
		expect(await endpoints()).toEqual([]);
		expect(savedOf(node)).toEqual({});
		expect(await node.hook('delete')).toBe(true);
	});

	it('is made again when it is gone, or for other events', async () => {
		const node = trigger();
		await node.hook('create');
		const [{ id }] = await endpoints();
		await api(bench.server, 'POST', `/v1/webhook_endpoints/${String(id)}`, {
			event_types: ['fine_tuning.job.failed'],
		});
		expect(await node.hook('checkExists')).toBe(false);
		await api(bench.server, 'DELETE', `/v1/webhook_endpoints/${String(id)}`);
		expect(await node.hook('checkExists')).toBe(false);
	});

	it('replaces one of the same address whose secret is lost, and leaves others alone', async () => {
		const other = {
			name: 'mine',
			url: 'http://127.0.0.1:1/x',
			event_types: ['fine_tuning.job.failed'],
		};
		await api(bench.server, 'POST', '/v1/webhook_endpoints', other);
		const nodeId = 'a-node-that-lost-its-data';
		await trigger({}, { nodeId }).hook('create');
		const node = trigger({}, { nodeId });
		await node.hook('create');
		const there = await endpoints();
		expect(there).toHaveLength(2);
		expect(there.map(({ name }) => name).sort()).toEqual(['mine', 'n8n: Harness workflow']);
		expect(there.map(({ id }) => id)).toContain(savedOf(node).endpointId);
	});

	it('moves when the address of n8n changes', async () => {
		const node = trigger();
		await node.hook('create');
		const path = `/v1/webhook_endpoints/${String(savedOf(node).endpointId)}`;
		await api(bench.server, 'POST', path, { url: 'http://127.0.0.1:1/old/address' });
		expect(await node.hook('checkExists')).toBe(false);
		await node.hook('create');
		const there = await endpoints();
		expect(there.map(({ id }) => id)).toEqual([savedOf(node).endpointId]);
		expect(there[0].url).toContain(':5678/');
	});

	it('is gone already when somebody removed it by hand', async () => {
		const node = trigger();
		await node.hook('create');
		await api(bench.server, 'DELETE', `/v1/webhook_endpoints/${String(savedOf(node).endpointId)}`);
		expect(await node.hook('delete')).toBe(true);
	});

	it('makes polling begin anew afterwards', async () => {
		const node = trigger({}, { staticData: { 'node:Node': { watch: { version: 1 } } } });
		await node.hook('create');
		expect(savedOf(node).watch).toBeUndefined();
	});
});

describe('what cannot be', () => {
	it('says so where the server has no webhooks', async () => {
		bench.server.addFault({ path: '^/v1/webhook_endpoints', status: 404, times: 1 });
		await expect(trigger().hook('create')).rejects.toMatchObject({
			message: expect.stringMatching(/ has no webhooks that a workflow can set up$/) as string,
			description: "Set 'Mode' to Polling, which works with every provider.",
		});
		const nebius = trigger({}, { credential: { provider: 'nebius' } });
		await expect(nebius.hook('create')).rejects.toMatchObject({
			message: expect.stringMatching(/^Nebius.* has no webhooks/) as string,
		});
	});

	it('says so where OpenAI cannot reach n8n', async () => {
		const node = trigger({}, { credential: { provider: 'openAi' } });
		await expect(node.hook('create')).rejects.toMatchObject({
			message: 'OpenAI cannot deliver webhooks to http://127.0.0.1:5678',
			description: expect.stringContaining('WEBHOOK_URL') as string,
		});
	});

	it('says so where no event comes by webhook', async () => {
		for (const events of [['progress'], ['modelRetiring', 'checkpointCreated']]) {
			await expect(trigger({ events }).hook('create')).rejects.toMatchObject({
				message: "None of the 'Events' can start the workflow",
				description: expect.stringContaining('ends of jobs only') as string,
			});
		}
	});

	it('says so where a webhook made by hand has no secret', async () => {
		const node = trigger({ mode: 'manualWebhook' });
		expect(await node.hook('checkExists')).toBe(false);
		await expect(node.hook('create')).rejects.toMatchObject({
			message: "The credential has no 'Webhook Signing Secret'",
		});
		const fine = trigger(
			{ mode: 'manualWebhook' },
			{ credential: { webhookSigningSecret: 'whsec_c2VjcmV0' } },
		);
		expect(await fine.hook('create')).toBe(true);
		expect(await fine.hook('delete')).toBe(true);
		expect(await endpoints()).toEqual([]);
	});

	it('shows the refusal of the server', async () => {
		bench.server.addFault({ path: '^/v1/webhook_endpoints', status: 401, times: 1 });
		await expect(trigger().hook('create')).rejects.toMatchObject({ httpCode: '401' });
	});
});
