import { readBinary, useNock } from '../harness';
import { api, bodyOf, credentials, locator, run, said, start } from './text.support';

useNock();

// Hundreds of thousands of tokens are counted here.
jest.setTimeout(30_000);

interface Asked {
	model: string;
	input: string | string[];
	dimensions?: number;
	encoding_format?: string;
}

/** Answers each text with [its length, its place], in the wrong order. */
function answerFor({ input, model, encoding_format: format }: Asked) {
	const data = [input].flat().map((text, index) => {
		const vector = [text.length, index];
		const embedding =
			format === 'base64'
				? Buffer.from(new Float32Array(vector).buffer).toString('base64')
				: vector;
		return { object: 'embedding', index, embedding };
	});
	return {
		object: 'list',
		model,
		data: data.reverse(),
		usage: { prompt_tokens: 7, total_tokens: 7 },
	};
}
function serve(asked: Asked[], times = 1) {
	api()
		.post('/embeddings', (body) => asked.push(body as Asked) > 0)
		.times(times)
		.reply(200, async (request: Request) => answerFor(await bodyOf<Asked>(request)));
}
const create = async (parameters: object, setup: object = {}) =>
	await run('embedding', 'create', parameters as never, setup);

it('makes an item of each text; items with the same settings share a request', async () => {
	const asked: Asked[] = [];
	serve(asked);
	const { outputs } = await create(
		{ input: '={{ $json.text }}' },
		{ items: [{ json: { text: 'a' } }, { json: { text: ['bb', 'ccc'] } }] },
	);
	expect(asked).toEqual([{ model: 'text-embedding-3-small', input: ['a', 'bb', 'ccc'] }]);
	const batch = { inputs: 3, tokens: 7, requests: 1 };
	const model = 'text-embedding-3-small';
	expect(outputs[0]).toEqual([
		{
			json: { index: 0, text: 'a', embedding: [1, 0], dimensions: 2, model, batch },
			pairedItem: { item: 0 },
		},
		{
			json: { index: 0, text: 'bb', embedding: [2, 1], dimensions: 2, model, batch },
			pairedItem: { item: 1 },
		},
		{
			json: { index: 1, text: 'ccc', embedding: [3, 2], dimensions: 2, model, batch },
			pairedItem: { item: 1 },
		},
	]);
});

it("keeps each item's own parameters", async () => {
	const asked: Asked[] = [];
	serve(asked, 2);
	const { outputs } = await create(
		{
			model: locator('={{ $json.model }}'),
			input: '={{ $json.text }}',
			options: { dimensions: '={{ $json.size }}', includeText: false },
		},
		{
			items: [
				{ json: { model: 'text-embedding-3-small', text: 'a', size: 256 } },
				{ json: { model: 'text-embedding-3-large', text: 'b', size: 1024 } },
			],
		},
	);
	expect(asked.map(({ model, dimensions }) => [model, dimensions])).toEqual([
		['text-embedding-3-small', 256],
		['text-embedding-3-large', 1024],
	]);
	expect(outputs[0][0].json).not.toHaveProperty('text');
});

it('sends 3,000 inputs in two requests, and long ones in more', async () => {
	const asked: Asked[] = [];
	serve(asked, 2);
	const { outputs } = await create({
		input: '={{ Array.from({ length: 3000 }, (_, index) => "text " + index) }}',
	});
	expect(asked.map(({ input }) => input.length)).toEqual([2048, 952]);
	expect(outputs[0]).toHaveLength(3000);
	expect(outputs[0][2999].json).toMatchObject({ index: 2999, text: 'text 2999' });
	const long: Asked[] = [];
	serve(long, 2);
	await create({ input: '={{ Array.from({ length: 40 }, () => "word ".repeat(7500)) }}' });
	expect(long.map(({ input }) => input.length)).toEqual([35, 5]);
});

it('halves what is still too much for the server', async () => {
	const sizes: number[] = [];
	api()
		.post('/embeddings')
		.times(3)
		.reply(async (request: Request) => {
			const body = await bodyOf<Asked>(request);
			sizes.push(body.input.length);
			const error = { message: 'Requested 453357 tokens', code: 'max_tokens_per_request' };
			return sizes.length === 1 ? [400, { error }] : [200, answerFor(body)];
		});
	const { outputs } = await create({ input: '={{ ["a", "bb", "ccc", "dddd"] }}' });
	expect(sizes).toEqual([4, 2, 2]);
	expect(outputs[0].map(({ json }) => (json.embedding as number[])[0])).toEqual([1, 2, 3, 4]);
});

it('gives base64, files and the API answer', async () => {
	const asked: Asked[] = [];
	serve(asked, 3);
	const base64 = await create({ input: 'abc', outputAs: 'base64' });
	const bytes = Buffer.from(base64.outputs[0][0].json.embedding as string, 'base64');
	expect([bytes.readFloatLE(0), base64.outputs[0][0].json.dimensions]).toEqual([3, 2]);
	const file = await create({ input: 'abc', outputAs: 'binary', outputField: 'vector' });
	expect((await readBinary(file.outputs[0][0].binary!.vector)).readFloatLE(0)).toBe(3);
	expect(file.outputs[0][0].json).not.toHaveProperty('embedding');
	const raw = await create({ input: 'abc', simplify: false });
	expect(raw.outputs[0]).toEqual([
		{
			json: {
				object: 'list',
				model: 'text-embedding-3-small',
				data: [{ object: 'embedding', index: 0, embedding: [3, 0] }],
				batch: { inputs: 1, tokens: 7, requests: 1 },
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(asked.map((body) => body.encoding_format)).toEqual(['base64', 'base64', undefined]);
});

describe('when something is wrong', () => {
	it('refuses before anything is sent, item by item', async () => {
		const asked: Asked[] = [];
		serve(asked);
		const { outputs } = await create(
			{
				model: locator('={{ $json.model ?? "text-embedding-3-small" }}'),
				input: '={{ $json.text }}',
				options: { dimensions: '={{ $json.size }}' },
			},
			{
				continueOnFail: true,
				items: [
					{ json: { text: '' } },
					{ json: { text: ['a', ''] } },
					{ json: { text: 'word '.repeat(9000) } },
					{ json: { text: 'fine' } },
					{ json: { text: 'a', size: 2000 } },
					{ json: { text: 'a', size: 100, model: 'text-embedding-ada-002' } },
					{ json: { text: 'a', model: 'gpt-6-luna' } },
					{ json: { text: 'a', model: '' } },
				],
			},
		);
		expect(asked.map(({ input }) => input)).toEqual(['fine']);
		expect(outputs[0].map(({ json }) => said(json.error))).toEqual([
			expect.stringMatching(/'Input' is empty/),
			expect.stringMatching(/Entry 2 of 2 in 'Input' is empty/),
			expect.stringMatching(
				/The text has about 900\d tokens, text-embedding-3-small reads at most 8192/,
			),
			' | ',
			expect.stringMatching(/'Dimensions' cannot be 2000.*1 to 1536/),
			expect.stringMatching(/ada-002 cannot change its 1536 dimensions/),
			expect.stringMatching(/is a chat model.*text-embedding-3-small/),
			expect.stringMatching(/'Model' is empty/),
		]);
		expect(outputs[0].map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual([
			0, 1, 2, 3, 4, 5, 6, 7,
		]);
	});

	it('finds the item that the server refuses, and serves the others', async () => {
		api()
			.post('/embeddings')
			.times(4)
			.reply(async (request: Request) => {
				const asked = await bodyOf<Asked>(request);
				return [asked.input].flat().includes('odd')
					? [400, { error: { message: 'Invalid input', param: 'input' } }]
					: [200, answerFor(asked)];
			});
		const { outputs } = await create(
			{ input: '={{ $json.text }}' },
			{
				continueOnFail: true,
				items: ['a', 'odd', 'b'].map((text) => ({ json: { text } })),
			},
		);
		expect(outputs[0].map(({ json }) => json.text ?? said(json.error).split(' |')[0])).toEqual([
			'a',
			'Invalid input',
			'b',
		]);
	});

	it('tells every item of a failure that concerns all, after trying again', async () => {
		api()
			.post('/embeddings')
			.times(5)
			.reply(503, { error: { message: 'overloaded' } });
		const { outputs, sleeps } = await create(
			{ input: '={{ $json.text }}' },
			{ continueOnFail: true, items: [{ json: { text: 'a' } }, { json: { text: 'b' } }] },
		);
		expect(sleeps).toHaveLength(4);
		expect(outputs[0].map(({ json }) => said(json.error))).toEqual([
			expect.stringContaining('could not answer (503)'),
			expect.stringContaining('could not answer (503)'),
		]);
	});

	it('does not take a short answer', async () => {
		api()
			.post('/embeddings')
			.reply(200, { data: [{ index: 0, embedding: [1] }] });
		const { error } = await create({ input: '={{ ["a", "b"] }}' });
		expect(said(error)).toMatch(/no embedding for input 2 of 2.*Max Inputs per Request/);
	});

	it('stops when the execution is canceled', async () => {
		api().post('/embeddings').reply(503, {});
		const run = start(
			'embedding',
			'create',
			{ input: 'a' },
			{
				credentials,
				onSleep: () => run.cancel(),
			},
		);
		expect((await run.result).run.status).toBe('canceled');
	});
});
