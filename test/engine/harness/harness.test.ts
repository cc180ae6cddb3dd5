import { NodeConnectionTypes, NodeOperationError, sleep } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { readBinary, runNode, startNode, useNock } from '.';

const nock = useNock();

/** A node whose `execute` is the given function. */
function probe(body: (ctx: IExecuteFunctions) => Promise<unknown>): INodeType {
	return {
		description: {
			displayName: 'Probe',
			name: 'probe',
			description: 'Probe',
			group: ['transform'],
			version: 1,
			defaults: { name: 'Probe' },
			inputs: [
				NodeConnectionTypes.Main,
				NodeConnectionTypes.Main,
				{ type: NodeConnectionTypes.AiMemory, maxConnections: 1 },
			],
			outputs: [NodeConnectionTypes.Main],
			properties: [
				{ displayName: 'Text', name: 'text', type: 'string', default: 'default text' },
				{
					displayName: 'Hidden',
					name: 'hidden',
					type: 'string',
					default: '',
					displayOptions: { show: { text: ['nothing shows this'] } },
				},
			],
		},
		async execute(this: IExecuteFunctions) {
			return (await body(this)) as INodeExecutionData[][];
		},
	};
}

const echo = probe(async (ctx) => [
	ctx.getInputData().map((_, item) => ({
		json: { text: ctx.getNodeParameter('text', item) },
		pairedItem: { item },
	})),
]);

describe('runNode', () => {
	it('evaluates expressions for each item and keeps paired items', async () => {
		const { status, outputs } = await runNode({
			node: echo,
			items: [{ json: { name: 'a' } }, { json: { name: 'b' } }],
			parameters: { text: '={{ $json.name }}!' },
		});
		expect(status).toBe('success');
		expect(outputs).toEqual([
			[
				{ json: { text: 'a!' }, pairedItem: { item: 0 } },
				{ json: { text: 'b!' }, pairedItem: { item: 1 } },
			],
		]);
	});

	it('adds defaults, and refuses parameters that n8n would drop', async () => {
		expect((await runNode({ node: echo })).outputs[0][0].json).toEqual({ text: 'default text' });
		await expect(runNode({ node: echo, parameters: { unknown: 1 } })).rejects.toThrow(
			'no parameter',
		);
		await expect(runNode({ node: echo, parameters: { hidden: 'x' } })).rejects.toThrow('not shown');
	});

	it('hands over several inputs', async () => {
		const both = probe(async (ctx) => [
			[{ json: { counts: [0, 1].map((input) => ctx.getInputData(input).length) } }],
		]);
		const { outputs } = await runNode({
			node: both,
			inputs: [[{ json: {} }, { json: {} }], [{ json: {} }]],
		});
		expect(outputs[0][0].json).toEqual({ counts: [2, 1] });
	});

	it.each(['memory', 'filesystem'] as const)('keeps binary data in %s', async (binaryMode) => {
		const upper = probe(async (ctx) => {
			const binary = ctx.helpers.assertBinaryData(0, 'data');
			expect(Boolean(binary.id)).toBe(binaryMode === 'filesystem');
			const text = (await ctx.helpers.getBinaryDataBuffer(0, 'data')).toString();
			const data = await ctx.helpers.prepareBinaryData(Buffer.from(text.toUpperCase()), 'b.txt');
			return [[{ json: {}, binary: { data } }]];
		});
		const { outputs } = await runNode({
			node: upper,
			items: [{ files: { data: { content: 'abc', fileName: 'a.txt' } } }],
			binaryMode,
		});
		expect((await readBinary(outputs[0][0].binary!.data)).toString()).toBe('ABC');
		expect(outputs[0][0].binary!.data.fileName).toBe('b.txt');
	});

	it('gives what sub-nodes supply', async () => {
		const memory = probe(async (ctx) => [
			[{ json: { memory: await ctx.getInputConnectionData('ai_memory', 0) } } as never],
		]);
		const { outputs } = await runNode({
			node: memory,
			subNodes: { ai_memory: [{ response: { kind: 'fake' } }] },
		});
		expect(outputs[0][0].json).toEqual({ memory: { kind: 'fake' } });
	});

	it('moves the clock on instead of sleeping', async () => {
		const waits = probe(async () => {
			const start = Date.now();
			await sleep(60_000);
			return [[{ json: { passed: Date.now() - start } }]];
		});
		const { outputs, sleeps } = await runNode({ node: waits });
		expect(sleeps).toEqual([60_000]);
		expect(outputs[0][0].json.passed).toBeGreaterThanOrEqual(60_000);
	});

	it('cancels', async () => {
		const waits = probe(async (ctx) => {
			const signal = ctx.getExecutionCancelSignal();
			await expect(
				(async () => {
					for (;;) await sleep(1000, signal);
				})(),
			).rejects.toMatchObject({ name: 'AbortError' });
			return [[]];
		});
		const run = startNode({
			node: waits,
			onSleep: (_ms, count) => {
				if (count === 3) run.cancel();
			},
		});
		const { sleeps, run: kept } = await run.result;
		expect([kept.status, kept.data.resultData.error?.message]).toEqual([
			'canceled',
			expect.stringContaining('cancelled'),
		]);
		expect(sleeps).toHaveLength(3);
	});

	it('reports what the node throws, or leaves it to the node', async () => {
		const fails = probe(async (ctx) => {
			if (ctx.continueOnFail()) return [[{ json: { went: 'on' } }]];
			throw new NodeOperationError(ctx.getNode(), 'No way', { itemIndex: 0 });
		});
		const stopped = await runNode({ node: fails });
		expect(stopped.status).toBe('error');
		expect(stopped.error?.message).toBe('No way');
		const continued = await runNode({ node: fails, continueOnFail: true });
		expect(continued.outputs[0][0].json).toEqual({ went: 'on' });
	});

	it("goes through n8n's own HTTP client, which nock answers", async () => {
		nock('https://api.example.com').get('/x').reply(200, { ok: true });
		const asks = probe(async (ctx) => [
			[{ json: await ctx.helpers.httpRequest({ url: 'https://api.example.com/x' }) }],
		]);
		expect((await runNode({ node: asks })).outputs[0][0].json).toEqual({ ok: true });
		expect((await runNode({ node: asks })).status).toBe('error');
	});
});
