import type OpenAI from 'openai';

import { completionFields } from '../../../lib/openai/toolbox/completionFields';
import { PAIRS, collect, useSandbox } from './setup';
import { Specification } from '../specification';

const bench = useSandbox();

// Hundreds of thousands of tokens are counted here.
jest.setTimeout(30_000);

const specification = Specification.load();
const withSpecification = specification ? it : it.skip;
if (!specification) console.warn('OpenAI specification not present: bodies are not checked.');

describe('embeddings', () => {
	const embed = async (input: OpenAI.EmbeddingCreateParams['input'], more: object = {}) =>
		await bench.client.embeddings.create({
			model: 'text-embedding-3-small',
			input,
			encoding_format: 'float',
			...more,
		});
	const similarity = (a: number[], b: number[]) =>
		a.reduce((sum, value, at) => sum + value * b[at], 0);

	it('are the same for the same text, near for like texts, and of length 1', async () => {
		const { data, usage, model } = await embed([
			'How do I reset my password?',
			'Resetting a password: how?',
			'The bus is orange.',
			'How do I reset my password?',
		]);
		const [question, like, other, again] = data.map(({ embedding }) => embedding);
		expect(model).toBe('text-embedding-3-small');
		expect(usage.total_tokens).toBeGreaterThan(15);
		expect(question).toHaveLength(1536);
		expect(again).toEqual(question);
		expect(similarity(question, question)).toBeCloseTo(1, 5);
		expect(similarity(question, like)).toBeGreaterThan(similarity(question, other) + 0.2);
	});

	it('come shortened, and as base64, which the SDK asks for by itself', async () => {
		const full = (await embed('Hello there')).data[0].embedding;
		const short = (await embed('Hello there', { dimensions: 256 })).data[0].embedding;
		expect(short).toHaveLength(256);
		const start = full.slice(0, 256);
		expect(similarity(short, start) / Math.sqrt(similarity(start, start))).toBeCloseTo(1, 5);
		// The specification describes the answer in floats only, so this one is not held against it.
		const viaBase64 = await bench.clientWith({ fetch }).embeddings.create({
			model: 'text-embedding-3-small',
			input: 'Hello there',
		});
		expect(viaBase64.data[0].embedding).toEqual(full);
		const tokens = await embed([[1, 2, 3], [4]]);
		expect(tokens.data).toHaveLength(2);
		expect(tokens.usage.prompt_tokens).toBe(4);
	});

	it.each<[string, unknown, object, object]>([
		[
			'3,000 inputs',
			Array.from({ length: 3000 }, () => 'a'),
			{},
			{ status: 400, code: 'array_above_max_length' },
		],
		['an empty text', ['a', ''], {}, { status: 400, param: 'input[1]' }],
		['no text', [], {}, { status: 400, param: 'input' }],
		['a text of 9,000 tokens', 'word '.repeat(9000), {}, { status: 400 }],
		[
			'320,000 tokens',
			Array.from({ length: 40 }, () => 'word '.repeat(8000)),
			{},
			{ code: 'max_tokens_per_request' },
		],
		['too many dimensions', 'a', { dimensions: 2000 }, { status: 400, param: 'dimensions' }],
		[
			'dimensions of an old model',
			'a',
			{ model: 'text-embedding-ada-002', dimensions: 5 },
			{ status: 400 },
		],
		['a chat model', 'a', { model: 'gpt-6-luna' }, { status: 403 }],
		['an unknown model', 'a', { model: 'nothing' }, { status: 404, code: 'model_not_found' }],
	])('refuse %s', async (_name, input, more, refusal) => {
		await expect(embed(input as string, more)).rejects.toMatchObject(refusal);
	});
});

describe('completions', () => {
	it('say what they are, and are cut at the limit of tokens', async () => {
		const create = { model: 'sandbox-instruct', prompt: 'Once upon a time' };
		const { choices, usage, object } = await bench.client.completions.create({
			...create,
			max_tokens: 100,
		});
		expect(object).toBe('text_completion');
		expect(choices[0]).toMatchObject({ finish_reason: 'stop', index: 0 });
		expect(choices[0].text).toBe(' [sandbox, no language model] You wrote: "Once upon a time"');
		expect(usage!.total_tokens).toBe(usage!.prompt_tokens + usage!.completion_tokens);
		const short = await bench.client.completions.create({ ...create, max_tokens: 3, echo: true });
		expect(short.choices[0].finish_reason).toBe('length');
		expect(short.choices[0].text).toMatch(/^Once upon a time \[sandbox/);
	});

	it('come from the lessons of a tuned model, several at once and streamed', async () => {
		const { fine_tuned_model: model } = await bench.tune();
		const prompt = PAIRS.slice(0, 2).map(([question]) => question);
		const { choices } = await bench.client.completions.create({
			model: model!,
			prompt,
			max_tokens: 50,
		});
		expect(choices.map(({ text }) => text)).toEqual(
			PAIRS.slice(0, 2).map(([, answer]) => ` ${answer}`),
		);
		const stream = await bench.client.completions.create({
			model: model!,
			prompt: prompt[1],
			max_tokens: 50,
			stream: true,
		});
		const texts = (await collect(stream)).map((chunk) => chunk.choices[0].text);
		expect(texts.join('')).toBe(` ${PAIRS[1][1]}`);
		expect(texts.length).toBeGreaterThan(2);
	});

	it.each<[string, object, object]>([
		[
			'a chat model',
			{ model: 'gpt-6-luna' },
			{ status: 404, message: expect.stringContaining('Did you mean to use v1/chat/completions?') },
		],
		[
			'a retired model',
			{ model: 'gpt-3.5-turbo-instruct' },
			{ status: 404, code: 'model_not_found' },
		],
		['log probabilities', { logprobs: 2 }, { code: 'sandbox_not_supported' }],
		['fewer than asked for', { n: 3, best_of: 2 }, { status: 400, param: 'n' }],
	])('refuse %s', async (_name, more, refusal) => {
		const create = bench.client.completions.create({
			model: 'sandbox-instruct',
			prompt: 'a',
			...more,
		});
		await expect(create).rejects.toMatchObject(refusal);
	});
});

describe('moderations', () => {
	it('name further categories of a threat, and judge images by the words of their address', async () => {
		const threat = await bench.client.moderations.create({ input: 'I will kill you' });
		expect(threat.results[0].categories).toMatchObject({
			violence: true,
			'harassment/threatening': true,
		});
		const image = (url: string) => ({ type: 'image_url' as const, image_url: { url } });
		const { results } = await bench.client.moderations.create({
			input: [{ type: 'text', text: 'Hello' }, image('https://example.com/murder.png')],
		});
		expect(results[0].flagged).toBe(true);
		await expect(
			bench.client.moderations.create({
				input: [image('https://a.example/1.png'), image('https://a.example/2.png')],
			}),
		).rejects.toMatchObject({
			code: 'too_many_images',
			message: expect.stringContaining('Number of images (2) exceeds maximum of 1'),
		});
		await expect(
			bench.client.moderations.create({ model: 'gpt-6-luna', input: 'a' }),
		).rejects.toMatchObject({ status: 400, param: 'model' });
	});
});

describe("the node's bodies, by OpenAI's specification", () => {
	withSpecification.each<[string, object]>([
		[
			'/completions',
			{
				model: 'm',
				prompt: 'p',
				...completionFields({
					bestOf: 3,
					echo: true,
					logprobs: 2,
					suffix: 's',
					user: 'u',
					temperature: 1,
					stop: ['a'],
					numberOfChoices: 2,
					seed: 1,
				}),
			},
		],
		[
			'/embeddings',
			{ model: 'm', input: ['a', 'b'], dimensions: 8, encoding_format: 'base64', user: 'u' },
		],
		['/moderations', { model: 'm', input: ['a', 'b'] }],
		[
			'/moderations',
			{
				model: 'm',
				input: [
					{ type: 'text', text: 't' },
					{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
				],
			},
		],
	])('%s %j', (path, body) => {
		expect(specification!.requestMisfits('POST', path, body)).toEqual([]);
	});
});
