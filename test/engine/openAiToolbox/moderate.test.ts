import { readBinary, useNock } from '../harness';
import { api, bodyOf, locator, run, said, start } from './text.support';

useNock();

const SCORES = { violence: 0.9, hate: 0.1 };
const verdict = (
	flagged: boolean,
	scores: object = flagged ? SCORES : { violence: 0.01, hate: 0.2 },
) => ({
	flagged,
	categories: { violence: flagged, hate: false },
	category_scores: scores,
	category_applied_input_types: { violence: ['text'], hate: ['text'] },
});
const reply = (...flagged: boolean[]) => ({
	id: 'modr-1',
	model: 'omni-moderation-2024-09-26',
	results: flagged.map((one) => verdict(one)),
});
const moderate = async (parameters: object, setup: object = {}) =>
	await run('text', 'moderate', parameters as never, setup);
const line = (answer: string, system = 'You help.') =>
	JSON.stringify({
		messages: [
			{ role: 'system', content: system },
			{ role: 'user', content: 'Question' },
			{ role: 'assistant', content: answer },
		],
	});
const file = (content: string) => [
	{ files: { data: { content, fileName: 'train.jsonl', mimeType: 'application/jsonl' } } },
];

it('names flagged texts, their categories and scores', async () => {
	const asked: unknown[] = [];
	api()
		.post('/moderations', (body) => asked.push(body) > 0)
		.reply(200, reply(false, true))
		.post('/moderations', (body) => asked.push(body) > 0)
		.reply(200, reply(false));
	const { outputs } = await moderate(
		{ text: '={{ $json.texts }}' },
		{ items: [{ json: { texts: ['fine', 'bad'] } }, { json: { texts: 'fine' } }] },
	);
	expect(asked).toEqual([
		{ model: 'omni-moderation-latest', input: ['fine', 'bad'] },
		{ model: 'omni-moderation-latest', input: 'fine' },
	]);
	expect(outputs[0].map(({ json }) => json)).toEqual([
		{
			flagged: true,
			flagged_categories: ['violence'],
			flagged_inputs: [2],
			checked: 2,
			max_score: 0.9,
			max_category: 'violence',
			category_scores: { violence: 0.9, hate: 0.2 },
			results: [
				expect.objectContaining({ input: 1, flagged: false }),
				expect.objectContaining({
					input: 2,
					flagged: true,
					flagged_categories: ['violence'],
					category_scores: SCORES,
					applied_input_types: { violence: ['text'] },
				}),
			],
			model: 'omni-moderation-2024-09-26',
		},
		expect.objectContaining({ flagged: false, flagged_inputs: [], checked: 1 }),
	]);
});

it('is stricter with a score of its own, and gives the response when asked', async () => {
	api().post('/moderations').reply(200, reply(false));
	const { outputs } = await moderate({
		text: 'hm',
		options: { flagFromScore: 0.2 },
		simplify: false,
	});
	expect(outputs[0][0].json).toMatchObject({
		flagged: true,
		flagged_categories: ['hate'],
		response: { results: [{ flagged: false }] },
	});
});

it('judges images one by one, each with the text', async () => {
	const asked: Array<{ input: unknown }> = [];
	api()
		.post('/moderations', (body) => asked.push(body) > 0)
		.times(2)
		.reply(200, reply(false));
	const { outputs } = await moderate({
		inputType: 'imageUrl',
		imageUrls: 'https://example.com/a.png, https://example.com/b.png',
		options: { imageText: 'caption' },
	});
	expect(asked.map(({ input }) => input)).toEqual([
		[
			{ type: 'text', text: 'caption' },
			{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
		],
		[
			{ type: 'text', text: 'caption' },
			{ type: 'image_url', image_url: { url: 'https://example.com/b.png' } },
		],
	]);
	expect(outputs[0][0].json).toMatchObject({ checked: 2, flagged: false });
});

it('sends image files as they are, and refuses other files', async () => {
	const png = Buffer.from('89504e470d0a1a0a00000000', 'hex');
	const asked: Array<{ input: unknown }> = [];
	api()
		.post('/moderations', (body) => asked.push(body) > 0)
		.reply(200, reply(true));
	const { outputs } = await moderate(
		{ inputType: 'imageFile', imageBinaryFields: 'data' },
		{
			continueOnFail: true,
			items: [
				{ files: { data: { content: png, fileName: 'a.png' } } },
				{ files: { data: { content: 'text', fileName: 'a.png' } } },
				{ json: {} },
			],
		},
	);
	expect(asked[0].input).toEqual([
		{ type: 'image_url', image_url: { url: `data:image/png;base64,${png.toString('base64')}` } },
	]);
	expect(outputs[0][0].json.flagged).toBe(true);
	expect(said(outputs[0][1].json.error)).toMatch(/not an image that models can read/);
	expect(said(outputs[0][2].json.error)).toMatch(/binary|data/);
});

describe('JSONL file', () => {
	it.each(['memory', 'filesystem'] as const)(
		'names flagged lines and keeps the others (%s)',
		async (binaryMode) => {
			const asked: Array<{ input: string[] }> = [];
			api()
				.post('/moderations', (body) => asked.push(body) > 0)
				.reply(200, async (request: Request) =>
					reply(
						...(await bodyOf<{ input: string[] }>(request)).input.map((text) =>
							text.includes('bad'),
						),
					),
				);
			const lines = [line('good'), line('very bad'), '', '{"broken"', line('fine')];
			const { outputs } = await moderate(
				{ inputType: 'jsonl', options: { keptField: 'kept' } },
				{ items: file(`${lines.join('\n')}\n`), binaryMode },
			);
			expect(asked.map(({ input }) => input)).toEqual([
				['You help.', 'Question', 'good', 'very bad', 'fine'],
			]);
			const [{ json, binary }] = outputs[0];
			expect(json).toMatchObject({
				flagged: true,
				lines: 4,
				checked: 3,
				flagged_lines: [2],
				flagged_details: [
					{
						line: 2,
						categories: ['violence'],
						max_score: 0.9,
						scores: { violence: 0.9 },
						where: 'assistant',
						excerpt: 'very bad',
					},
				],
				categories: { violence: 1 },
				unreadable_lines: [4],
				requests: 1,
			});
			expect((await readBinary(binary!.kept)).toString()).toBe(
				`${line('good')}\n{"broken"\n${line('fine')}\n`,
			);
			expect(binary!.kept.fileName).toBe('train-unflagged.jsonl');
		},
	);

	it('sends many lines in few requests, and looks at some roles only', async () => {
		const asked: Array<{ input: string[] }> = [];
		api()
			.post('/moderations', (body) => asked.push(body) > 0)
			.times(5)
			.reply(200, async (request: Request) =>
				reply(
					...(await bodyOf<{ input: string[] }>(request)).input.map((text) => text.includes('bad')),
				),
			);
		const lines = Array.from({ length: 140 }, (_, index) =>
			line(index === 99 ? 'bad' : `a${index}`),
		);
		const { outputs } = await moderate(
			{ inputType: 'jsonl', options: { roles: ['assistant'] } },
			{ items: file(lines.join('\n')) },
		);
		expect(outputs[0][0].json).toMatchObject({ checked: 140, flagged_lines: [100], requests: 5 });
		expect(Math.max(...asked.map(({ input }) => input.length))).toBe(32);
		expect(asked.flatMap(({ input }) => input)).not.toContain('Question');
	});

	it.each([
		['', /The file is empty/],
		['a,b\n1,2\n', /None of the 2 lines of the file is a JSON object.*JSONL Builder/],
	])('refuses %j', async (content, words) => {
		const { error } = await moderate({ inputType: 'jsonl' }, { items: file(content) });
		expect(said(error)).toMatch(words);
	});

	it('stops when the execution is canceled', async () => {
		api()
			.post('/moderations')
			.reply(429, { error: { message: 'slow down', code: 'rate_limit_exceeded' } });
		const run = start(
			'text',
			'moderate',
			{ inputType: 'jsonl' },
			{
				items: file(line('a')),
				onSleep: () => run.cancel(),
			},
		);
		expect((await run.result).run.status).toBe('canceled');
	});
});

it('asks again with less where the server takes fewer texts', async () => {
	const sizes: number[] = [];
	api()
		.post('/moderations')
		.times(3)
		.reply(async (request: Request) => {
			const { input } = await bodyOf<{ input: string | string[] }>(request);
			const texts = [input].flat();
			sizes.push(texts.length);
			return texts.length > 2
				? [400, { error: { message: 'Too many inputs. The max number of inputs is 2.' } }]
				: [200, reply(...texts.map(() => false))];
		});
	const { outputs } = await moderate({ text: '={{ ["a", "b", "c", "d"] }}' });
	expect(sizes).toEqual([4, 2, 2]);
	expect(outputs[0][0].json.checked).toBe(4);
});

it('refuses no text, another kind of model and a wrong score before anything is sent', async () => {
	const { outputs } = await moderate(
		{
			model: locator('={{ $json.model }}'),
			text: '={{ $json.text }}',
			options: { flagFromScore: '={{ $json.score }}' },
		},
		{
			continueOnFail: true,
			items: [
				{ json: { model: 'omni-moderation-latest', text: ['a', ' '] } },
				{ json: { model: 'gpt-6-luna', text: 'a' } },
				{ json: { model: 'omni-moderation-latest', text: 'a', score: 2 } },
				{ json: { model: 'omni-moderation-latest', text: [] } },
			],
		},
	);
	expect(outputs[0].map(({ json }) => said(json.error))).toEqual([
		expect.stringMatching(/Entry 2 of 2 in 'Text' is empty/),
		expect.stringMatching(/is a chat model.*omni-moderation-latest/),
		expect.stringMatching(/'Flag From Score' cannot be '2'/),
		expect.stringMatching(/'Text' is empty/),
	]);
});
