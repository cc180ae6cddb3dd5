import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
	assertSucceeded,
	type Execution,
	followExecution,
	outputOf,
	type SavedWorkflow,
	type WorkflowFile,
} from '../../sandbox/n8n';

import { sandboxState, uploadSamples } from './sandboxControl';
import { openStage, type Stage } from './stage';
import { endWaitsEarly, untilAsleep } from './waits';
import { exportedWorkflow, workflowOf } from './workflows';

jest.setTimeout(300_000);

const START = 'Start Here';
const TRIGGER = 'Trigger';
const HOUR = 60 * 60_000;

let stage: Stage;
let proxy: Server;

beforeAll(async () => {
	proxy = await startProxy();
	const { port } = proxy.address() as AddressInfo;
	stage = await openStage('waiting', { speed: 1 }, { WEBHOOK_URL: `http://127.0.0.1:${port}/` });
});

afterAll(async () => {
	await stage?.close();
	proxy?.closeAllConnections();
	await new Promise((resolve) => proxy?.close(resolve));
});

/** The public address of n8n, which stays the same when n8n does not. */
async function startProxy(): Promise<Server> {
	const server = createServer((incoming, answer) => {
		const { method, headers } = incoming;
		const outgoing = forward(`${stage.n8n.url}${incoming.url}`, { method, headers }, (given) => {
			answer.writeHead(given.statusCode ?? 502, given.headers);
			given.pipe(answer);
		});
		outgoing.on('error', () => answer.writeHead(502).end());
		incoming.pipe(outgoing);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}

/** n8n takes calls at this address; it refuses this one, which is not signed. */
async function untilListening(url: string): Promise<void> {
	await until(async () => {
		const { status } = await fetch(url, { method: 'POST', body: '{}' });
		return status === 401 ? true : undefined;
	});
}

async function until<T>(probe: () => Promise<T | undefined>, timeoutMs = 100_000): Promise<T> {
	for (let waited = 0; waited < timeoutMs; waited += 500) {
		const value = await probe();
		if (value !== undefined) return value;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Error(`It did not happen within ${timeoutMs / 1000} s.`);
}

async function openAi<T>(method: string, path: string, body?: object): Promise<T> {
	const response = await fetch(`${stage.server.url}/v1${path}`, {
		method,
		headers: { authorization: 'Bearer sk-sandbox-e2e', 'content-type': 'application/json' },
		body: body && JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
	return (await response.json()) as T;
}

async function endpoints(): Promise<Array<{ id: string; url: string }>> {
	return (await openAi<{ data: Array<{ id: string; url: string }> }>('GET', '/webhook_endpoints'))
		.data;
}

async function train(): Promise<string> {
	const training_file = await uploadSamples(stage.server);
	const body = { model: 'gpt-4.1-mini-2025-04-14', training_file };
	return (await openAi<{ id: string }>('POST', '/fine_tuning/jobs', body)).id;
}

function onlyTrigger(parameters: Record<string, unknown>): WorkflowFile {
	const { nodes, ...rest } = workflowOf(`trigger ${JSON.stringify(parameters)}`, {
		...{ name: TRIGGER, type: 'openAiFineTuneTrigger', parameters, credential: stage.credential },
		more: { webhookId: 'ab4c5f60-94f1-4c11-8a3d-1f0b5b6b6e0d' },
	});
	return { ...rest, nodes: nodes.filter(({ name }) => name === TRIGGER), connections: {} };
}

async function newestExecution(workflow: SavedWorkflow, count = 1): Promise<Execution> {
	const id = await until(async () => {
		const ids = await stage.rest.succeededExecutions(workflow.id);
		return ids.length >= count ? ids[0] : undefined;
	});
	return await stage.rest.execution(id);
}

async function unpublish({ id }: SavedWorkflow): Promise<void> {
	await stage.rest.request('POST', `/rest/workflows/${id}/deactivate`, {});
}

describe('workflows that wait, as exported', () => {
	test('by webhook: sleeps over the end of n8n and is woken when the job ends', async () => {
		const workflow = await stage.rest.createWorkflow(
			exportedWorkflow('wait-for-job-by-webhook.json'),
		);
		await stage.rest.publish(workflow);
		const [{ url }] = await until(async () => {
			const all = await endpoints();
			return all.length === 1 ? all : undefined;
		});
		const execution = await stage.rest.runWorkflow(workflow.id, START);
		await untilAsleep(stage.rest, execution, 60_000);
		// The job ends while n8n is away; OpenAI calls again later.
		await stage.restart({ crash: true, meanwhile: () => stage.server.advance(HOUR) });
		await untilListening(url);
		expect((await stage.rest.execution(execution)).status).toBe('waiting');
		expect(await endpoints()).toHaveLength(1);
		await stage.server.advance(5 * 60_000);
		const ended = await followExecution(stage.rest, execution, { timeoutMs: 60_000 });
		assertSucceeded(ended);
		expect(outputOf(ended, 'Result')[0].json).toMatchObject({
			model: expect.stringMatching(/^ft:gpt-4\.1-mini-2025-04-14:sandbox:alderbrook:/),
			message: expect.stringContaining('is ready'),
		});
		await unpublish(workflow);
		await until(async () => ((await endpoints()).length === 0 ? true : undefined));
		expect((await sandboxState(stage.server)).jobs).toHaveLength(1);
	});

	test('by polling: tells the progress at each look and sleeps between, over the end of n8n', async () => {
		const { id } = await stage.rest.createWorkflow(
			exportedWorkflow('wait-for-job-by-polling.json'),
		);
		const execution = await stage.rest.runWorkflow(id, START);
		for (const [looks, passes] of [45_000, HOUR].entries()) {
			await until(async () => {
				const { status, resultData } = await stage.rest.execution(execution);
				const told = resultData.runData.Progress?.length ?? 0;
				return status === 'waiting' && told > looks ? true : undefined;
			});
			await stage.restart({
				crash: true,
				meanwhile: async () => {
					await stage.server.advance(passes);
					endWaitsEarly(stage.userFolder, 30_000);
				},
			});
		}
		const ended = await followExecution(stage.rest, execution, { timeoutMs: 60_000 });
		assertSucceeded(ended);
		const [atFirst, then] = ended.resultData.runData.Progress.map(
			({ data }) => data!.main[0]![0].json,
		);
		expect(atFirst).toMatchObject({ step: null, percent: null });
		expect(then).toMatchObject({
			status: 'running',
			step: expect.any(Number),
			total_steps: expect.any(Number),
			percent: expect.any(Number),
			train_loss: expect.any(Number),
			estimated_finish: expect.stringMatching(/^\d{4}-/),
			message: expect.stringMatching(
				/ is running: step \d+ of \d+, training loss .* minutes left\.$/,
			),
		});
		expect(outputOf(ended, 'Result')[0].json.model).toMatch(/^ft:gpt-4\.1-mini/);
	});
});

describe('the trigger', () => {
	test('by webhook starts with the whole job, refuses what is forged, and leaves nothing behind', async () => {
		const workflow = await stage.rest.createWorkflow(onlyTrigger({ mode: 'webhook' }));
		await stage.rest.publish(workflow);
		const [{ url }] = await until(async () => {
			const all = await endpoints();
			return all.length > 0 ? all : undefined;
		});
		await untilListening(url);
		const headers = {
			...{ 'content-type': 'application/json', 'webhook-id': 'wh_forged' },
			'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
			'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
		};
		const body = JSON.stringify({ type: 'fine_tuning.job.succeeded', data: { id: 'ftjob-1' } });
		expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(401);
		expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
		const id = await train();
		await stage.server.advance(HOUR);
		const execution = await newestExecution(workflow);
		expect(outputOf(execution, TRIGGER)).toHaveLength(1);
		expect(outputOf(execution, TRIGGER)[0].json).toMatchObject({
			...{ event: 'jobSucceeded', id, status: 'succeeded' },
			fine_tuned_model: expect.stringMatching(/^ft:/),
		});
		expect(await stage.rest.succeededExecutions(workflow.id)).toHaveLength(1);
		await unpublish(workflow);
		await until(async () => ((await endpoints()).length === 0 ? true : undefined));
	});

	test('by webhook shows in the editor what it has received', async () => {
		const workflow = await stage.rest.createWorkflow(onlyTrigger({ mode: 'webhook' }));
		const path = `/rest/workflows/${workflow.id}/run`;
		const run = { triggerToStartFrom: { name: TRIGGER } };
		expect(await stage.rest.request('POST', path, run)).toMatchObject({ waitingForWebhook: true });
		const [{ url }] = await endpoints();
		expect(url).toContain('/webhook-test/');
		const id = await train();
		await stage.server.advance(HOUR);
		const execution = await newestExecution(workflow);
		expect(outputOf(execution, TRIGGER)[0].json).toMatchObject({ event: 'jobSucceeded', id });
		await until(async () => ((await endpoints()).length === 0 ? true : undefined));
	});

	test('by polling starts at the next look, also with what happened while it was not published', async () => {
		const workflow = await stage.rest.createWorkflow(onlyTrigger({ mode: 'polling' }));
		const sample = await stage.rest.runWorkflow(workflow.id, TRIGGER);
		const shown = await followExecution(stage.rest, sample, { timeoutMs: 20_000 });
		assertSucceeded(shown);
		expect(outputOf(shown, TRIGGER)[0].json).toMatchObject({ event: 'jobSucceeded' });
		await stage.rest.publish(workflow);
		expect(await endpoints()).toEqual([]);
		await until(async () => ((await isPublished(workflow)) ? true : undefined));
		const id = await train();
		await stage.server.advance(HOUR);
		const execution = await newestExecution(workflow, 2);
		expect(outputOf(execution, TRIGGER).map(({ json }) => json.id)).toEqual([id]);
		await unpublish(workflow);
		const meanwhile = await train();
		await stage.server.advance(HOUR);
		await stage.rest.publish(workflow);
		const next = await newestExecution(workflow, 3);
		expect(outputOf(next, TRIGGER).map(({ json }) => json.id)).toEqual([meanwhile]);
	});
});

/** The first look has been, and what it noted was saved. */
async function isPublished({ id }: SavedWorkflow): Promise<boolean> {
	const saved = await stage.rest.request<{ staticData?: unknown }>('GET', `/rest/workflows/${id}`);
	return JSON.stringify(saved.staticData ?? null).includes('horizon');
}
