import { FineTunedChat } from '../../../nodes/FineTunedChat/FineTunedChat.node';
import { runListSearch, startNode, useNock } from '../harness';
import {
	API,
	BASE,
	chat,
	completion,
	credentials,
	foresee,
	model,
	refusal,
	SECRET,
	TUNED,
} from './support';

const nock = useNock();

describe('Message a Model', () => {
	it('answers the message of a chat trigger with nothing set but the model', async () => {
		const bodies = foresee(nock, completion({ content: 'Noise levels' }));
		const { status, outputs } = await chat(
			{},
			{ items: [{ json: { chatInput: 'Lowest area?' } }] },
		);
		expect(status).toBe('success');
		expect(bodies).toEqual([
			{ model: TUNED, messages: [{ role: 'user', content: 'Lowest area?' }] },
		]);
		expect(outputs).toEqual([
			[
				{
					json: {
						output: 'Noise levels',
						model: TUNED,
						fell_back: false,
						finish_reason: 'stop',
						usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
						latency_ms: expect.any(Number),
						estimated_cost: {
							amount: 0.000009,
							currency: 'USD',
							priced_as: 'ft:gpt-4o-mini-2024-07-18',
						},
					},
					pairedItem: [{ item: 0 }],
				},
			],
		]);
	});

	it("uses each item's own parameters and keeps the order", async () => {
		const bodies = foresee(
			nock,
			completion({ content: 'one' }),
			completion({ content: 'two' }, { model: BASE }),
		);
		const { outputs } = await chat(
			{
				model: model('={{ $json.model }}'),
				userMessage: '={{ $json.ask }}',
				systemMessage: '={{ $json.system }}',
				options: { temperature: '={{ $json.heat }}' as never },
			},
			{
				items: [
					{ json: { model: TUNED, ask: 'a', system: 'S1', heat: 0 } },
					{ json: { model: BASE, ask: 'b', system: '', heat: 0.7 } },
				],
			},
		);
		expect(bodies).toEqual([
			{
				model: TUNED,
				temperature: 0,
				messages: [
					{ role: 'system', content: 'S1' },
					{ role: 'user', content: 'a' },
				],
			},
			{ model: BASE, temperature: 0.7, messages: [{ role: 'user', content: 'b' }] },
		]);
		expect(outputs[0].map(({ json, pairedItem }) => [json.output, pairedItem])).toEqual([
			['one', [{ item: 0 }]],
			['two', [{ item: 1 }]],
		]);
	});

	it('sends the options that were added, and only those', async () => {
		const bodies = foresee(nock, completion({ content: 'x' }));
		await chat({
			userMessage: 'Q',
			options: {
				temperature: 0.2,
				topP: 0.9,
				maxTokens: 50,
				maxTokensField: 'max_tokens',
				stop: ['\\n', 'END'],
				frequencyPenalty: 0.5,
				presencePenalty: -0.5,
				seed: 7,
				logitBias: '{"50256": -100}',
				logprobs: true,
				store: true,
				metadata: { values: [{ key: 'team', value: 'hr' }] },
				serviceTier: 'flex',
				reasoningEffort: 'low',
				verbosity: 'low',
				promptCacheKey: 'surveys',
				safetyIdentifier: 'u1',
				systemMessageRole: 'developer',
				extraBody: '{"top_k": 5}',
			},
			systemMessage: 'S',
		});
		expect(bodies[0]).toEqual({
			model: TUNED,
			messages: [
				{ role: 'developer', content: 'S' },
				{ role: 'user', content: 'Q' },
			],
			temperature: 0.2,
			top_p: 0.9,
			max_tokens: 50,
			stop: ['\n', 'END'],
			frequency_penalty: 0.5,
			presence_penalty: -0.5,
			seed: 7,
			logit_bias: { '50256': -100 },
			logprobs: true,
			store: true,
			metadata: { team: 'hr' },
			service_tier: 'flex',
			reasoning_effort: 'low',
			verbosity: 'low',
			prompt_cache_key: 'surveys',
			safety_identifier: 'u1',
			top_k: 5,
		});
	});

	it('gives the raw answer without Simplify', async () => {
		const body = completion({ content: 'Hi' });
		foresee(nock, body);
		const { outputs } = await chat({ userMessage: 'Q', simplify: false });
		expect(outputs[0]).toEqual([{ json: body, pairedItem: [{ item: 0 }] }]);
	});

	it('gives several choices', async () => {
		const [choice] = completion({ content: 'a' }).choices as object[];
		const [other] = completion({ content: 'b' }).choices as object[];
		foresee(nock, completion({}, { choices: [{ ...other, index: 1 }, choice] }));
		const { outputs } = await chat({ userMessage: 'Q', options: { numberOfChoices: 2 } });
		expect(outputs[0][0].json).toMatchObject({
			output: 'a',
			choices: [{ output: 'a' }, { output: 'b' }],
		});
	});

	it('shows refusals and content filters', async () => {
		const [filtered] = completion({ content: 'par' }).choices as object[];
		foresee(
			nock,
			completion({ content: null, refusal: 'I cannot help with that.' }),
			completion({}, { choices: [{ ...filtered, finish_reason: 'content_filter' }] }),
		);
		const { outputs } = await chat({ userMessage: 'Q' }, { items: [{}, {}] });
		expect(outputs[0].map(({ json }) => json)).toMatchObject([
			{ output: '', refusal: 'I cannot help with that.' },
			{ output: 'par', finish_reason: 'content_filter', content_filtered: true },
		]);
	});

	it('prices by the table of the user', async () => {
		foresee(nock, completion({ content: 'x' }, { model: 'my-model' }));
		const { outputs } = await chat({
			model: model('my-model'),
			userMessage: 'Q',
			options: { prices: { rows: [{ model: 'my-model', input: 1000, output: 2000 }] } },
		});
		expect(outputs[0][0].json.estimated_cost).toEqual({
			amount: 0.02,
			currency: 'USD',
			priced_as: 'my-model',
		});
	});
});

describe('JSON answers', () => {
	const schema = { type: 'object', properties: { area: { type: 'string' } } };

	it('asks for a schema and parses the answer', async () => {
		const bodies = foresee(nock, completion({ content: '{"area":"noise"}' }));
		const { outputs } = await chat({
			userMessage: 'Q',
			responseFormat: 'json_schema',
			schemaName: 'area',
			jsonSchema: JSON.stringify(schema),
		});
		expect(bodies[0].response_format).toEqual({
			type: 'json_schema',
			json_schema: { name: 'area', schema, strict: true },
		});
		expect(outputs[0][0].json).toMatchObject({
			output: '{"area":"noise"}',
			parsed: { area: 'noise' },
		});
	});

	it.each([
		['not JSON', 'stop', 'The answer is not valid JSON', 'not JSON'],
		['{"area": "no', 'length', 'cut off at the token limit', 'Max Tokens'],
	])('says that %j is no JSON', async (content, finish_reason, message, description) => {
		const [choice] = completion({ content }).choices as object[];
		foresee(nock, completion({}, { choices: [{ ...choice, finish_reason }] }));
		const { error } = await chat({ userMessage: 'Q', responseFormat: 'json_object' });
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(description);
		expect(error?.context.itemIndex).toBe(0);
	});
});

describe('errors', () => {
	it('say what happened and what to do, with status and request id, without the key', async () => {
		nock(API)
			.post('/chat/completions')
			.matchHeader('authorization', `Bearer ${SECRET}`)
			.reply(401, refusal(`Incorrect API key provided: ${SECRET}`, 'invalid_api_key'), {
				'x-request-id': 'req_42',
			});
		const { status, error } = await chat({ userMessage: 'Q' });
		expect(status).toBe('error');
		expect(error).toMatchObject({ httpCode: '401' });
		expect(error?.message).toContain('API key');
		expect(error?.description).toContain('req_42');
		expect(JSON.stringify(error) + String(error?.stack)).not.toContain(SECRET);
	});

	it('become items where the node goes on', async () => {
		foresee(
			nock,
			[400, refusal("Invalid 'temperature'", 'invalid_value', { param: 'temperature' })],
			completion({ content: 'fine' }),
		);
		const { status, outputs } = await chat(
			{ userMessage: '={{ $json.ask }}' },
			{
				items: [{ json: { ask: 'a' } }, { json: {} }, { json: { ask: 'c' } }],
				continueOnFail: true,
			},
		);
		expect(status).toBe('success');
		expect(outputs[0]).toMatchObject([
			{
				json: { error: { status: 400, code: 'invalid_value', param: 'temperature' } },
				pairedItem: { item: 0 },
			},
			{
				json: { error: { message: expect.stringContaining("'User Message' is empty") } },
				pairedItem: { item: 1 },
			},
			{ json: { output: 'fine' }, pairedItem: [{ item: 2 }] },
		]);
	});

	it('go to the error output where the node has one', async () => {
		foresee(nock, [400, refusal('No')], completion({ content: 'fine' }));
		const { outputs } = await chat(
			{ userMessage: 'Q' },
			{ items: [{}, {}], onError: 'continueErrorOutput' },
		);
		expect(outputs.map((items) => items.length)).toEqual([1, 1]);
	});

	it.each<[string, object, string]>([
		['an empty model', { model: model('={{ $json.none }}'), userMessage: 'Q' }, "'Model' is empty"],
		[
			'an empty fallback',
			{ userMessage: 'Q', fallbackModels: { models: [{ model: model('') }] } },
			"'Fallback Models' is empty",
		],
		['a value out of range', { userMessage: 'Q', options: { temperature: 3 } }, "'Temperature'"],
		[
			'a broken price',
			{ userMessage: 'Q', options: { prices: { rows: [{ model: '' }] } } },
			'row 1 names no model',
		],
	])('come before any request for %s', async (_what, parameters, message) => {
		const { error } = await chat(parameters as never);
		expect(error?.message).toContain(message);
	});

	it('name a server that is no API', async () => {
		foresee(nock, [200, { hello: 'world' }]);
		const { error } = await chat({ userMessage: 'Q' });
		expect(error?.message).toBe('The server did not send a chat completion');
	});
});

describe('Batch Processing', () => {
	const items = ['a', 'b', 'c', 'd', 'e'].map((ask) => ({ json: { ask } }));
	const answerLater = (delays: Record<string, number>) => {
		const running = { now: 0, most: 0 };
		nock(API)
			.post('/chat/completions')
			.times(5)
			.reply(async (request: Request) => {
				running.most = Math.max(running.most, ++running.now);
				const body = (await request.json()) as { messages: Array<{ content: string }> };
				const ask = body.messages[0].content;
				for (let turns = delays[ask] ?? 5; turns > 0; turns--) await new Promise(setImmediate);
				running.now--;
				return [200, completion({ content: ask.toUpperCase() })];
			});
		return running;
	};

	it('asks one by one by default', async () => {
		const running = answerLater({});
		const { outputs } = await chat({ userMessage: '={{ $json.ask }}' }, { items });
		expect(running.most).toBe(1);
		expect(outputs[0].map(({ json }) => json.output).join('')).toBe('ABCDE');
	});

	it('asks several at once, keeps the order, and waits between batches', async () => {
		const running = answerLater({ a: 200, b: 1 });
		const { outputs, sleeps } = await chat(
			{
				userMessage: '={{ $json.ask }}',
				options: { batching: { batchSize: 2, delayBetweenBatches: 1500 } },
			},
			{ items },
		);
		expect(running.most).toBe(2);
		expect(sleeps).toEqual([1500, 1500]);
		expect(outputs[0].map(({ json }) => json.output).join('')).toBe('ABCDE');
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => [{ item }]),
		);
	});

	it('stops when the execution is canceled', async () => {
		foresee(nock, completion({ content: 'A' }));
		const run = startNode({
			node: new FineTunedChat(),
			parameters: {
				model: model(TUNED),
				userMessage: 'Q',
				options: { batching: { batchSize: 1, delayBetweenBatches: 10 } },
			},
			credentials,
			items,
			continueOnFail: true,
			onSleep: () => run.cancel(),
		});
		const result = await run.result;
		expect(result.run.status).toBe('canceled');
		expect(result.sleeps).toEqual([10]);
	});
});

describe('model list', () => {
	it('begins with fine-tuned models', async () => {
		nock(API)
			.get('/models')
			.query(true)
			.reply(200, {
				object: 'list',
				data: [
					{ id: BASE, object: 'model', created: 1, owned_by: 'system' },
					{ id: TUNED, object: 'model', created: 2, owned_by: 'acme' },
				],
			});
		const { results } = await runListSearch({
			node: new FineTunedChat(),
			method: 'searchChatModels',
			credentials,
		});
		expect(results.map(({ value }) => value)).toEqual([TUNED, BASE]);
	});
});
