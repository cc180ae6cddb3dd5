import { useNock } from '../harness';
import { api, elsewhere, locator, otherApi, run, said } from './text.support';

const nock = useNock();

const chat = (content: string, more: object = {}) => ({
	id: 'chatcmpl-1',
	model: 'gpt-6-luna',
	choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop', ...more }],
	usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
});
const completion = (text: string, more: object = {}) => ({
	id: 'cmpl-1',
	object: 'text_completion',
	model: 'qwen',
	choices: [{ index: 0, text, finish_reason: 'stop', logprobs: null, ...more }],
	usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
});
const complete = async (parameters: object, setup: object = {}) =>
	await run('text', 'complete', parameters as never, setup);

describe('at OpenAI', () => {
	it('sends the prompt as one chat message, and says so', async () => {
		const asked: unknown[] = [];
		api()
			.post('/chat/completions', (body) => asked.push(body) > 0)
			.reply(200, chat('four'));
		const { outputs, hints } = await complete({ prompt: 'Two and two is' });
		expect(asked).toEqual([
			{ model: 'gpt-6-luna', messages: [{ role: 'user', content: 'Two and two is' }] },
		]);
		expect(outputs[0]).toEqual([
			{
				json: {
					text: 'four',
					finish_reason: 'stop',
					model: 'gpt-6-luna',
					via: 'chat',
					note: 'OpenAI has no model left for the completions endpoint: the prompt was sent as one user message in chat.',
					usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('one user message in chat'),
		]);
	});

	it("takes each item's own prompt, model and options", async () => {
		const asked: Array<Record<string, unknown>> = [];
		api()
			.post('/chat/completions', (body) => asked.push(body) > 0)
			.times(2)
			.reply(200, chat('x'));
		const { outputs, hints } = await complete(
			{
				model: locator('={{ $json.model }}'),
				prompt: '={{ $json.prompt }}',
				options: {
					temperature: '={{ $json.heat }}',
					maxTokens: 7,
					stop: ['\\n'],
					logprobs: 2,
					user: 'u-1',
					echo: '={{ $json.heat > 0.5 }}',
				},
			},
			{
				items: [
					{ json: { model: 'gpt-6-luna', prompt: 'a ', heat: 0 } },
					{ json: { model: 'gpt-6.1-terra', prompt: 'b ', heat: 1 } },
				],
			},
		);
		expect(asked.map(({ model, temperature }) => [model, temperature])).toEqual([
			['gpt-6-luna', 0],
			['gpt-6.1-terra', 1],
		]);
		expect(asked[0]).toMatchObject({
			max_completion_tokens: 7,
			stop: ['\n'],
			logprobs: true,
			top_logprobs: 2,
			safety_identifier: 'u-1',
		});
		expect(outputs[0].map(({ json, pairedItem }) => [json.text, pairedItem])).toEqual([
			['x', { item: 0 }],
			['b x', { item: 1 }],
		]);
		expect(hints).toHaveLength(1);
	});

	it('refuses a model that is gone, one of another kind, and no prompt, before anything is sent', async () => {
		const { outputs } = await complete(
			{ model: locator('={{ $json.model }}'), prompt: '={{ $json.prompt }}' },
			{
				continueOnFail: true,
				items: [
					{ json: { model: 'gpt-3.5-turbo-instruct', prompt: 'a' } },
					{ json: { model: 'text-embedding-3-small', prompt: 'a' } },
					{ json: { model: 'gpt-6-luna', prompt: ' ' } },
					{ json: { model: 'ft:gpt-3.5-turbo-0125:acme::x', prompt: 'a' } },
				],
			},
		);
		const errors = outputs[0].map(({ json }) => said(json.error));
		expect(errors[0]).toMatch(
			/shut down the model 'gpt-3.5-turbo-instruct' on 2026-09-28.*Use gpt-6-luna instead. Nothing was sent/,
		);
		expect(errors[1]).toMatch(/is an embedding model.*gpt-6-luna|chat or completion model/);
		expect(errors[2]).toMatch(/'Prompt' is empty/);
		expect(errors[3]).toMatch(/2026-10-23.*gpt-5.6-terra/);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
			{ item: 3 },
		]);
	});

	it.each([
		[{ suffix: 'end' }, "'Suffix' does not exist in chat"],
		[{ bestOf: 3 }, "'Best Of' does not exist in chat"],
		[{ extraBody: '{"messages": []}' }, "cannot set 'messages'"],
		[{ extraBody: '[1]' }, 'is not an object'],
	])('refuses %j, which chat has not', async (options, words) => {
		const { error } = await complete({ prompt: 'a', options });
		expect(said(error)).toContain(words);
	});

	it('explains a prompt that the content policy refuses', async () => {
		api()
			.post('/chat/completions')
			.reply(400, {
				error: {
					message: 'Your request was rejected by the safety system.',
					type: 'invalid_request_error',
					code: 'content_policy_violation',
				},
			});
		const { error } = await complete({ prompt: 'a' });
		expect(said(error)).toMatch(/content policy refused the text.*Text > Moderate/);
	});

	it('says when thinking used up the tokens', async () => {
		api()
			.post('/chat/completions')
			.reply(200, chat('', { finish_reason: 'length' }));
		const { error } = await complete({ prompt: 'a', options: { maxTokens: 5 } });
		expect(said(error)).toMatch(/token limit was reached before any text came.*Max Tokens/);
	});
});

describe('at a server with the completions endpoint', () => {
	it('uses it, with room for more than 16 tokens', async () => {
		const asked: unknown[] = [];
		otherApi()
			.post('/completions', (body) => asked.push(body) > 0)
			.reply(200, completion(' four'));
		const { outputs, hints } = await complete(
			{
				model: locator('qwen'),
				prompt: 'Two and two is',
				options: { suffix: '!', bestOf: 2, echo: true, extraBody: '{"repetition_penalty": 1.1}' },
			},
			{ credentials: elsewhere },
		);
		expect(asked).toEqual([
			{
				model: 'qwen',
				prompt: 'Two and two is',
				max_tokens: 256,
				best_of: 2,
				echo: true,
				suffix: '!',
				repetition_penalty: 1.1,
			},
		]);
		expect(outputs[0][0].json).toMatchObject({ text: ' four', via: 'completions' });
		expect(outputs[0][0].json).not.toHaveProperty('note');
		expect(hints).toEqual([]);
	});

	it.each([
		[404, { detail: 'Not Found' }, 'The server has no completions endpoint'],
		[
			404,
			{ error: { message: 'This is a chat model and not supported in v1/completions.' } },
			'The model is a chat model',
		],
	])('goes to chat after %i %j', async (status, body, note) => {
		otherApi().post('/completions').reply(status, body);
		otherApi().post('/chat/completions').reply(200, chat('four'));
		const { outputs } = await complete(
			{ model: locator('qwen'), prompt: 'a' },
			{ credentials: elsewhere },
		);
		expect(outputs[0][0].json).toMatchObject({ via: 'chat', note: expect.stringContaining(note) });
	});

	it('does not go to chat for an unknown model, nor when the endpoint is fixed', async () => {
		otherApi()
			.post('/completions')
			.reply(404, { error: { message: 'The model `x` does not exist', code: 'model_not_found' } });
		const unknown = await complete(
			{ model: locator('x'), prompt: 'a' },
			{ credentials: elsewhere },
		);
		expect(said(unknown.error)).toContain('does not exist');
		otherApi().post('/completions').reply(404, { detail: 'Not Found' });
		const fixed = await complete(
			{ model: locator('x'), prompt: 'a', options: { endpoint: 'completions' } },
			{ credentials: elsewhere },
		);
		expect(said(fixed.error)).toContain('Not Found');
	});

	it('gives all choices, or all that the server sent', async () => {
		const two = completion('a');
		two.choices.push({ ...two.choices[0], index: 1, text: 'b' });
		otherApi().post('/completions').times(2).reply(200, two);
		const parameters = { model: locator('q'), prompt: 'x', options: { numberOfChoices: 2 } };
		const simple = await complete(parameters, { credentials: elsewhere });
		expect(simple.outputs[0][0].json).toMatchObject({
			text: 'a',
			choices: [{ text: 'a' }, { text: 'b' }],
		});
		const whole = await complete({ ...parameters, simplify: false }, { credentials: elsewhere });
		expect(whole.outputs[0][0].json).toEqual({ ...two, via: 'completions' });
	});
});

it('has a model list of what it can use, with dates and successors', async () => {
	nock('https://api.openai.com/v1')
		.get('/models')
		.reply(200, {
			data: [
				{ id: 'gpt-4o-2024-08-06', shutdown_date: '2027-01-14' },
				{ id: 'gpt-6-luna' },
				{ id: 'ft:gpt-4.1-2025-04-14:acme::x' },
				{ id: 'text-embedding-3-small' },
				{ id: 'tts-1' },
				{ id: 'gpt-realtime-2.1' },
			],
		});
	const { OpenAiToolbox } = await import('../../../nodes/OpenAiToolbox/OpenAiToolbox.node');
	const { runListSearch } = await import('../harness');
	const { results } = await runListSearch({
		node: new OpenAiToolbox(),
		method: 'searchTextModels',
		credentials: { openAiFineTuningApi: { apiKey: 'sk-x' } },
	});
	expect(results.map(({ name, value }) => [value, name])).toEqual([
		[
			'ft:gpt-4.1-2025-04-14:acme::x',
			expect.stringMatching(/until 2027-01-14, \d+ days, then gpt-6-luna/),
		],
		['gpt-4o-2024-08-06', expect.stringMatching(/until 2027-01-14/)],
		['gpt-6-luna', 'gpt-6-luna'],
	]);
});
