import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { OpenAiFineTuneTrigger } from '../../../nodes/OpenAiFineTuneTrigger/OpenAiFineTuneTrigger.node';
import { HarnessCredentialsHelper } from '../harness/credentials';
import { WebhookHost, type WebhookRequest } from '../harness/webhook';
import {
	credentialsOf,
	executeItems,
	HOUR,
	MODEL,
	newJob,
	newNodeId,
	NOON,
	useServer,
} from './support';

const bench = useServer();
const KEY = 'bm90IGEgcmVhbCBrZXksIGJ1dCBsb25nIGVub3VnaCE=';
const SIGNING = `whsec_${KEY}`;

interface Setup {
	parameters?: IDataObject;
	staticData?: IDataObject;
	nodeId?: string;
	mode?: 'webhook' | 'manual';
	credential?: IDataObject;
	/** In place of those for the sandbox. */
	credentials?: Record<string, IDataObject>;
}

function newHost(setup: Setup = {}): WebhookHost {
	const { parameters, credential, ...more } = setup;
	return new WebhookHost({
		node: new OpenAiFineTuneTrigger(),
		parameters: { mode: 'webhook', ...parameters },
		credentials: credentialsOf({ server: bench.server, credential }),
		nodeId: newNodeId(),
		staticData: { 'node:Node': { endpointId: 'whe_1', signingSecret: SIGNING } },
		...more,
	});
}

let count = 0;

function delivery(jobId: string, more: IDataObject = {}): string {
	const id = `evt_${++count}`;
	const event = { id, object: 'event', created_at: NOON / 1000, data: { id: jobId } };
	return JSON.stringify({ ...event, type: 'fine_tuning.job.succeeded', ...more });
}

function signed(
	body: string,
	{ id = `wh_${++count}`, age = 0, key = KEY } = {},
): WebhookRequest & { headers: Record<string, string> } {
	const timestamp = String(NOON / 1000 - age);
	const mac = createHmac('sha256', Buffer.from(key, 'base64'))
		.update(`${id}.${timestamp}.${body}`)
		.digest('base64');
	const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
	return { headers: { ...headers, 'webhook-signature': `v1,${mac}` }, body };
}

async function tuned(more: IDataObject = {}): Promise<string> {
	const id = await newJob(bench.server, more);
	await bench.server.advance(HOUR);
	return id;
}

describe('a delivery of OpenAI', () => {
	it('is answered at once and becomes an item with the whole job', async () => {
		const id = await tuned({ suffix: 'desk' });
		const { status, answeredByNode, outputs } = await newHost().request(signed(delivery(id)));
		expect({ status, answeredByNode }).toEqual({ status: 200, answeredByNode: true });
		expect(outputs![0]).toHaveLength(1);
		expect(outputs![0][0].json).toMatchObject({
			event: 'jobSucceeded',
			event_id: expect.stringMatching(/^evt_/) as string,
			occurred_at: '2026-11-21T12:00:00.000Z',
			id,
			status: 'succeeded',
			model: MODEL,
			fine_tuned_model: expect.stringContaining(':desk:') as string,
		});
	});

	it('comes raw when asked so', async () => {
		const id = await tuned();
		const host = newHost({ parameters: { simplify: false } });
		const { outputs } = await host.request(signed(delivery(id)));
		expect(outputs![0][0].json).toMatchObject({ event: 'jobSucceeded', job: { id } });
	});

	it('is shown in the editor as well', async () => {
		const id = await tuned();
		const { outputs } = await newHost({ mode: 'manual' }).request(signed(delivery(id)));
		expect(outputs![0][0].json).toMatchObject({ event: 'jobSucceeded', id });
	});

	it('is believed by the secret of the credential where the webhook was made by hand', async () => {
		const id = await tuned();
		const parameters = { mode: 'manualWebhook' };
		const credential = { webhookSigningSecret: SIGNING };
		const host = newHost({ parameters, credential, staticData: {} });
		expect((await host.request(signed(delivery(id)))).outputs).toBeDefined();
		const without = newHost({ parameters, staticData: {} });
		expect((await without.request(signed(delivery(id)))).status).toBe(401);
	});

	it('reads the secret of the credential once for many, and a replaced one at once', async () => {
		const credential: IDataObject = { webhookSigningSecret: SIGNING };
		const credentials = credentialsOf({ server: bench.server, credential });
		const host = newHost({ parameters: { mode: 'manualWebhook' }, staticData: {}, credentials });
		const reads = jest.spyOn(HarnessCredentialsHelper.prototype, 'getDecrypted');
		const batch = (key = KEY) => signed(delivery('batch_1', { type: 'batch.completed' }), { key });
		const statuses = async (requests: WebhookRequest[]) => {
			const results = await Promise.all(requests.map(async (one) => await host.request(one)));
			return results.map(({ status }) => status);
		};
		expect(await statuses([batch(), batch(), batch()])).toEqual([200, 200, 200]);
		expect(await statuses([batch()])).toEqual([200]);
		expect(reads).toHaveBeenCalledTimes(1);
		const other = Buffer.from('another key of the endpoint').toString('base64');
		credentials.openAiFineTuningApi.webhookSigningSecret = `whsec_${other}`;
		expect(await statuses([batch(other), batch(other)])).toEqual([200, 200]);
		expect(await statuses([batch(), batch()])).toEqual([401, 401]);
		expect(reads).toHaveBeenCalledTimes(2);
	});

	it('starts nothing where events or filters leave it out, or it is about something else', async () => {
		const id = await tuned({ suffix: 'desk' });
		const failed = newHost({ parameters: { events: ['jobFailed'] } });
		expect(await failed.request(signed(delivery(id)))).toMatchObject({ status: 200 });
		const other = newHost({ parameters: { filters: { suffix: 'other' } } });
		expect(await other.request(signed(delivery(id)))).toMatchObject({ status: 200 });
		const batch = newHost();
		const body = delivery('batch_1', { type: 'batch.completed' });
		expect(await batch.request(signed(body))).toMatchObject({ status: 200 });
		expect([failed, other, batch].map(({ executions }) => executions)).toEqual([0, 0, 0]);
	});

	it('is not lost when the job cannot be read: the execution reads it', async () => {
		const id = await tuned();
		bench.server.addFault({ path: '/fine_tuning/jobs/', status: 400, times: 1 });
		const host = newHost();
		const { status, outputs } = await host.request(signed(delivery(id)));
		expect(status).toBe(200);
		expect(outputs![0][0].json).toMatchObject({ event: 'jobSucceeded', id, status: 'succeeded' });
		expect(host.logged.map(({ message }) => message).join()).toContain('could not read the job');
	});

	it('makes an execution that shows why the job cannot be read at all', async () => {
		const host = newHost();
		const { status, outputs } = await host.request(signed(delivery('ftjob-gone')));
		expect({ status, outputs, executions: host.executions }).toEqual({
			...{ status: 200, outputs: [], executions: 1 },
		});
	});
});

describe('an execution whose event still lacks its job', () => {
	const pending = { event: 'jobFailed', event_id: 'evt_1', occurred_at: '2026-11-21T12:00:00Z' };
	const execute = async (jobs: string[], goesOn = false) =>
		await executeItems(
			{ server: bench.server, parameters: { mode: 'webhook' } },
			jobs.map((job_id) => ({ ...pending, job_id, pending: true })),
			goesOn,
		);

	it('reads it, so that a retry from the list of executions helps', async () => {
		const id = await tuned();
		const { items } = await execute([id]);
		expect(items[0].json).toMatchObject({ event: 'jobFailed', event_id: 'evt_1', id });
		expect(items[0].json).not.toHaveProperty('pending');
	});

	it('stops with the reason, or goes on where the node is set to', async () => {
		const { error } = await execute(['ftjob-gone']);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
		const id = await tuned();
		const { items } = await execute(['ftjob-gone', id], true);
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[undefined, { item: 0 }],
			[id, { item: 1 }],
		]);
		expect(items[0].json.error).toMatchObject({ status: 404 });
	});
});

describe('a delivery is taken once', () => {
	it('by its ID, also when two come at the same moment', async () => {
		const request = signed(delivery(await tuned()));
		const host = newHost();
		const results = await Promise.all([host.request(request), host.request(request)]);
		expect(results.map(({ status }) => status)).toEqual([200, 200]);
		await host.request(request);
		expect(host.executions).toBe(1);
	});

	it('after a restart, from what was saved', async () => {
		const request = signed(delivery(await tuned()));
		const host = newHost();
		await host.request(request);
		// Another node ID is another process: nothing in memory is known to it.
		const restarted = newHost({ staticData: host.staticData });
		expect((await restarted.request(request)).status).toBe(200);
		expect(restarted.executions).toBe(0);
	});

	it('by the event in it, under whatever ID it comes', async () => {
		const body = delivery(await tuned());
		const host = newHost();
		await host.request(signed(body));
		await host.request(signed(body));
		expect(host.executions).toBe(1);
	});

	it('of twin triggers by each', async () => {
		const request = signed(delivery(await tuned()));
		const twins = [newHost(), newHost()];
		for (const twin of twins) await twin.request(request);
		expect(twins.map(({ executions }) => executions)).toEqual([1, 1]);
	});
});

describe('a forged delivery', () => {
	const refused = async (request: WebhookRequest, setup: Setup = {}) => {
		const host = newHost(setup);
		const { status, body, error } = await host.request(request);
		expect({ executions: host.executions, error }).toEqual({ executions: 0, error: undefined });
		return { status, body, log: host.logged.map(({ message }) => message).join('\n') };
	};

	it.each([
		['without headers', () => ({ body: delivery('ftjob-1') }), 'not signed'],
		['with another key', () => signed(delivery('ftjob-1'), { key: 'AAAA' }), 'does not fit'],
		['of ten minutes ago', () => signed(delivery('ftjob-1'), { age: 600 }), 'five minutes'],
		['from the future', () => signed(delivery('ftjob-1'), { age: -600 }), 'five minutes'],
		[
			'with a changed body',
			() => ({ ...signed(delivery('ftjob-1')), body: delivery('ftjob-2') }),
			'does not fit',
		],
		[
			'under another ID',
			() => {
				const request = signed(delivery('ftjob-1'));
				return { ...request, headers: { ...request.headers, 'webhook-id': 'wh_other' } };
			},
			'does not fit',
		],
		[
			'whose raw body n8n has not',
			() => ({ ...signed(delivery('ftjob-1')), rawBody: 'never' as const }),
			'raw body',
		],
		[
			'whose raw body breaks off',
			() => ({ ...signed(delivery('ftjob-1')), rawBody: 'aborted' as const }),
			'raw body',
		],
	])('%s is refused', async (_what, request, reason) => {
		const { status, body, log } = await refused(request());
		expect({ status, body }).toEqual({ status: 401, body: { message: 'Unauthorized' } });
		expect(log).toContain(reason);
		expect(log).not.toContain(KEY);
	});

	it('is refused while there is no secret, even when signed with nothing', async () => {
		const request = signed(delivery('ftjob-1'), { key: '' });
		for (const signingSecret of [undefined, '', 'whsec_']) {
			const staticData = { 'node:Node': { signingSecret } } as IDataObject;
			expect((await refused(request, { staticData })).log).toContain('no signing secret');
		}
	});

	it('is refused when it is too long or cannot be read, though signed', async () => {
		const long = delivery('ftjob-1', { padding: 'x'.repeat(70_000) });
		expect((await refused(signed(long))).status).toBe(413);
		for (const body of ['', '[]', '{"type":', '['.repeat(60_000)]) {
			expect((await refused(signed(body))).status).toBe(400);
		}
	});

	it('does not use up the ID of a genuine one', async () => {
		const id = await tuned();
		const genuine = signed(delivery(id), { id: 'wh_the_same' });
		const host = newHost();
		await host.request({ ...signed(delivery(id), { id: 'wh_the_same', key: 'AAAA' }) });
		await host.request(genuine);
		expect(host.executions).toBe(1);
	});

	it('cannot reach a node that polls', async () => {
		const { status } = await refused(signed(delivery('ftjob-1')), {
			parameters: { mode: 'polling' },
		});
		expect(status).toBe(404);
	});
});
