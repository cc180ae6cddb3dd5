/** The course of a training, read from the sandbox. */
import type { IDataObject } from 'n8n-workflow';

import { type SandboxServer, startServer } from '../../../sandbox/server';
import { readBinary } from '../harness';
import { locator, run } from './api';

let server: SandboxServer;
beforeAll(async () => {
	server = await startServer({ speed: 1 });
});
afterAll(async () => await server.close());

const content = Array.from(
	{ length: 40 },
	(_, i) =>
		`{"messages":[{"role":"user","content":"Question ${i}?"},{"role":"assistant","content":"Answer ${i}"}]}\n`,
).join('');
const credentials = () => ({
	openAiFineTuningApi: {
		provider: 'sandbox',
		baseUrl: server.url,
		apiKey: 'sk-sandbox-0123456789',
	},
});

async function newJob(): Promise<string> {
	const file = { content, fileName: 'train.jsonl' };
	const uploaded = await run(
		'file',
		'upload',
		{},
		{ items: [{ files: { data: file } }], credentials: credentials() },
	);
	const trainingFile = locator(uploaded.outputs[0][0].json.id as string);
	const parameters = { baseModel: locator('gpt-4.1-mini-2025-04-14'), trainingFile };
	const created = await run('job', 'create', parameters, { credentials: credentials() });
	expect(created.error).toBeUndefined();
	return created.outputs[0][0].json.id as string;
}

const metricsOf = async (id: string, more: IDataObject = {}) =>
	await run('job', 'getMetrics', { jobId: locator(id), ...more }, { credentials: credentials() });

it('shows a job before, during and after its training', async () => {
	const id = await newJob();
	const before = await metricsOf(id);
	expect(before.outputs[0][0].json).toMatchObject({ source: 'none', steps: 0, train_loss: null });
	expect((await readBinary(before.outputs[0][0].binary!.chart)).toString()).toContain(
		'No measurements yet',
	);

	await server.advance(100_000);
	const during = (await metricsOf(id)).outputs[0][0].json;
	expect(during).toMatchObject({ status: 'running', source: 'events' });
	expect(during.steps).toBeGreaterThan(0);

	await server.advance(60 * 60_000);
	const [{ json, binary }] = (await metricsOf(id)).outputs[0];
	expect(json).toMatchObject({ id, status: 'succeeded', source: 'result_file' });
	expect(json.verdict).toMatch(/^The training loss fell from/);
	expect(json.checkpoints).not.toEqual([]);
	expect(binary!.report).toMatchObject({ fileName: `${id}-metrics.html`, mimeType: 'text/html' });
	const csv = (await readBinary(binary!.data)).toString().trimEnd().split('\n');
	expect(csv[0]).toMatch(/^step,train_loss/);
	expect(csv).toHaveLength((json.steps as number) + 1);

	const steps = await metricsOf(id, { metricsOutput: 'steps', returnAll: true });
	expect(steps.outputs[0]).toHaveLength(json.steps as number);
	expect(steps.outputs[0][0]).toMatchObject({
		json: { job_id: id, step: 1, train_loss: expect.any(Number) },
		pairedItem: { item: 0 },
	});
	expect((await metricsOf(id, { metricsOutput: 'steps', limit: 3 })).outputs[0]).toHaveLength(3);
});

it("goes on with each item's own job", async () => {
	const id = await newJob();
	const { outputs } = await run(
		'job',
		'getMetrics',
		{ jobId: locator('={{ $json.id }}') },
		{
			items: [{ json: { id: 'ftjob-nothere' } }, { json: { id } }],
			credentials: credentials(),
			continueOnFail: true,
		},
	);
	expect(outputs[0]).toMatchObject([
		{ json: { error: { status: 404 } }, pairedItem: { item: 0 } },
		{ json: { id }, pairedItem: { item: 1 } },
	]);
});
