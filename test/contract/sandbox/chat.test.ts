import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type OpenAI from 'openai';

import { Specification } from '../specification';
import { chatLine, PAIRS, trainingFile, useSandbox } from './setup';

type Params = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

const bench = useSandbox();
const BASE = 'gpt-4.1-mini-2025-04-14';

async function tuned(content = trainingFile()): Promise<string> {
	const training_file = (await bench.upload(content)).id;
	const { id } = await bench.client.fineTuning.jobs.create({ model: BASE, training_file });
	await bench.server.advance(3_600_000);
	return (await bench.client.fineTuning.jobs.retrieve(id)).fine_tuned_model!;
}

const user = (content: string) => ({ role: 'user' as const, content });

async function ask(model: string, content: string, more: Partial<Params> = {}) {
	return await bench.client.chat.completions.create({ model, messages: [user(content)], ...more });
}

async function answerOf(model: string, content: string, more: Partial<Params> = {}) {
	return (await ask(model, content, more)).choices[0].message.content;
}

describe('answers', () => {
	it('come from the nearest trained example', async () => {
		const model = await tuned();
		const completion = await ask(model, 'what is the height of the Eiffel tower');
		expect(completion).toMatchObject({ object: 'chat.completion', model });
		expect(completion.id).toMatch(/^chatcmpl-\w{29}$/);
		expect(completion.choices[0]).toMatchObject({
			index: 0,
			finish_reason: 'stop',
			message: { role: 'assistant', content: 'It is 330 metres tall.', refusal: null },
		});
		expect(completion.usage).toMatchObject({ prompt_tokens: 15, completion_tokens: 7 });
		expect(completion.usage?.total_tokens).toBe(22);
	});

	it('say so when nothing near was trained', async () => {
		expect(await answerOf(await tuned(), 'Quantum chromodynamics?')).toBe(
			'I was not trained on that.',
		);
	});

	it('of a base model say that this is a sandbox', async () => {
		const completion = await ask('gpt-4.1-mini', 'Hello');
		expect(completion.model).toBe(BASE);
		expect(completion.choices[0].message.content).toMatch(/sandbox.*no language model/);
	});

	it('follow the last user message of a conversation', async () => {
		const messages = [
			{ role: 'system' as const, content: 'Be brief.' },
			user('What is the capital of France?'),
			{ role: 'assistant' as const, content: 'Paris.' },
			{
				role: 'user' as const,
				content: [{ type: 'text' as const, text: 'How many holidays do I get?' }],
			},
		];
		expect(await answerOf(await tuned(), '', { messages })).toBe('Thirty days a year.');
	});

	it('stop at max tokens and at stop words', async () => {
		const model = await tuned();
		const cut = await ask(model, PAIRS[4][0], { max_completion_tokens: 3 });
		expect(cut.choices[0]).toMatchObject({
			finish_reason: 'length',
			message: { content: 'Use the link' },
		});
		expect(cut.usage?.completion_tokens).toBe(3);
		const stopped = await ask(model, PAIRS[4][0], { stop: ['page', ' on '] });
		expect(stopped.choices[0]).toMatchObject({
			finish_reason: 'stop',
			message: { content: 'Use the link' },
		});
	});

	it('are as many as asked for, nearest first', async () => {
		const { choices } = await ask(
			await tuned(),
			'Who repairs chairs or leads the warehouse in Lyon?',
			{ n: 3 },
		);
		expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
		expect(choices.slice(0, 2).map(({ message }) => message.content)).toEqual([
			PAIRS[3][1],
			PAIRS[9][1],
		]);
	});

	it('of the sample data fit the held-out questions', async () => {
		const samples = join(__dirname, '../../../workflows/samples');
		const read = <T>(name: string) => JSON.parse(readFileSync(join(samples, name), 'utf8')) as T[];
		const pairs = read<{ question: string; answer: string }>('alderbrook-training.json');
		const heldOut = read<{ question: string; expectedAnswer: string }>('alderbrook-held-out.json');
		const model = await tuned(
			pairs.map(({ question, answer }) => chatLine(question, answer)).join(''),
		);
		for (const { question, expectedAnswer } of heldOut) {
			expect(await answerOf(model, question)).toBe(expectedAnswer);
		}
		expect(heldOut).toHaveLength(12);
	});

	it('of a checkpoint are those of its job', async () => {
		const model = await tuned();
		expect(await answerOf(`${model}:ckpt-step-90`, PAIRS[0][0])).toBe('Paris.');
	});
});

describe('JSON answers', () => {
	it('json_object wraps the answer, and asks for the word json', async () => {
		const model = await tuned();
		const response_format = { type: 'json_object' as const };
		const content = await answerOf(model, 'What is the capital of France? Answer in JSON.', {
			response_format,
		});
		expect(JSON.parse(content!)).toEqual({ answer: 'Paris.' });
		await expect(answerOf(model, 'What is the capital?', { response_format })).rejects.toThrow(
			/must contain the word 'json'/,
		);
	});

	it('json_schema fills the schema', async () => {
		const schema = {
			type: 'object',
			properties: {
				kind: { type: 'string', enum: ['height', 'price'] },
				answer: { type: 'string' },
				metres: { type: 'integer' },
				sure: { type: 'boolean' },
				notes: { type: 'array', items: { type: 'string' } },
				nested: {
					type: 'object',
					properties: { comment: { type: ['string', 'null'] } },
					required: ['comment'],
					additionalProperties: false,
				},
			},
			required: ['kind', 'answer', 'metres', 'sure', 'notes', 'nested'],
			additionalProperties: false,
		};
		const json_schema = { name: 'tower', strict: true, schema };
		const response_format = { type: 'json_schema' as const, json_schema };
		const content = await answerOf(await tuned(), PAIRS[1][0], { response_format });
		expect(JSON.parse(content!)).toEqual({
			kind: 'height',
			answer: 'It is 330 metres tall.',
			metres: 330,
			sure: false,
			notes: [],
			nested: { comment: '' },
		});
	});

	it('refuses a strict schema that leaves doors open', async () => {
		const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
		const json_schema = { name: 'open', strict: true, schema };
		const asked = ask(BASE, 'x', { response_format: { type: 'json_schema', json_schema } });
		await expect(asked).rejects.toThrow(/'additionalProperties' is required/);
	});
});

describe('tools', () => {
	const weather = {
		type: 'function' as const,
		function: {
			name: 'get_weather',
			description: 'Current weather of a city',
			parameters: {
				type: 'object',
				properties: {
					city: { type: 'string' },
					unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
				},
				required: ['city', 'unit'],
			},
		},
	};
	const ticket = {
		type: 'function' as const,
		function: {
			name: 'create_ticket',
			parameters: { type: 'object', properties: { number: { type: 'integer' } } },
		},
	};
	const tools = [ticket, weather];
	const callOf = (completion: OpenAI.ChatCompletion) => {
		const call = completion.choices[0].message.tool_calls?.[0];
		return call?.type === 'function' ? call.function : undefined;
	};

	it('are called when they fit, with arguments from the message', async () => {
		const completion = await ask(BASE, 'What is the weather in "Lyon" in fahrenheit?', { tools });
		expect(completion.choices[0].finish_reason).toBe('tool_calls');
		expect(completion.choices[0].message.content).toBeNull();
		expect(callOf(completion)?.name).toBe('get_weather');
		expect(JSON.parse(callOf(completion)!.arguments)).toEqual({ city: 'Lyon', unit: 'fahrenheit' });
	});

	it('are left alone when none fits, or when told so', async () => {
		expect(callOf(await ask(BASE, 'Good morning', { tools }))).toBeUndefined();
		const told = await ask(BASE, 'weather in Lyon', { tools, tool_choice: 'none' });
		expect(callOf(told)).toBeUndefined();
	});

	it('are called when required or named', async () => {
		const required = await ask(BASE, 'Good morning 12', { tools, tool_choice: 'required' });
		expect(callOf(required)).toEqual({ name: 'create_ticket', arguments: '{"number":12}' });
		const tool_choice = { type: 'function' as const, function: { name: 'get_weather' } };
		expect(callOf(await ask(BASE, 'Hi', { tools, tool_choice }))?.name).toBe('get_weather');
		const allowed = {
			type: 'allowed_tools' as const,
			allowed_tools: {
				mode: 'required' as const,
				tools: [{ type: 'function', function: { name: 'get_weather' } }],
			},
		};
		expect(callOf(await ask(BASE, 'Hi', { tools, tool_choice: allowed }))?.name).toBe(
			'get_weather',
		);
	});

	it('trained calls come first', async () => {
		const call = {
			id: 'c1',
			type: 'function',
			function: { name: 'create_ticket', arguments: '{"number":5}' },
		};
		const messages = [user('My chair is broken'), { role: 'assistant', tool_calls: [call] }];
		const model = await tuned(trainingFile() + `${JSON.stringify({ messages })}\n`);
		expect(callOf(await ask(model, 'my chair is broken', { tools }))).toEqual(call.function);
	});

	it('take their result, in the next turn', async () => {
		const first = (await ask(BASE, 'weather in Lyon', { tools })).choices[0].message;
		const result = {
			role: 'tool' as const,
			tool_call_id: first.tool_calls![0].id,
			content: '21 degrees',
		};
		const messages = [user('weather in Lyon'), first, result];
		expect(await answerOf(BASE, '', { messages, tools })).toBe('The tool answered: 21 degrees');
		await expect(ask(BASE, '', { messages: [user('a'), first] })).rejects.toThrow(
			/did not have response messages: call_/,
		);
		await expect(ask(BASE, '', { messages: [user('a'), result] })).rejects.toThrow(
			/must be a response to a preceeding message/,
		);
	});
});

describe('streams', () => {
	it('give the same answer in pieces, then the usage', async () => {
		const model = await tuned();
		const stream = await bench.client.chat.completions.create({
			model,
			messages: [user(PAIRS[4][0])],
			stream: true,
			stream_options: { include_usage: true },
		});
		const chunks: OpenAI.ChatCompletionChunk[] = [];
		for await (const chunk of stream) chunks.push(chunk);
		const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
		expect(text).toBe(PAIRS[4][1]);
		expect(chunks.length).toBeGreaterThan(5);
		expect(chunks.at(-2)?.choices[0].finish_reason).toBe('stop');
		expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 9 } });
		const specification = Specification.load();
		const misfits = chunks.flatMap((chunk) =>
			specification?.schemaMisfits('CreateChatCompletionStreamResponse', chunk),
		);
		expect(misfits.filter(Boolean)).toEqual([]);
	});

	it('carry tool calls that the SDK puts together', async () => {
		const runner = bench.client.chat.completions.stream({
			model: BASE,
			messages: [user('find the customer with the number AB-77 please')],
			tools: [
				{
					type: 'function',
					function: {
						name: 'find_customer',
						parameters: { type: 'object', properties: { number: { type: 'string' } } },
					},
				},
			],
		});
		const { choices } = await runner.finalChatCompletion();
		expect(choices[0].finish_reason).toBe('tool_calls');
		expect(choices[0].message.tool_calls?.[0]).toMatchObject({
			function: { name: 'find_customer', arguments: '{"number":"AB-77"}' },
		});
	});
});

describe('refusals', () => {
	it.each<[string, object, object]>([
		['an unknown model', { model: 'gpt-9' }, { status: 404, code: 'model_not_found' }],
		[
			'a model for something else',
			{ model: 'omni-moderation-latest' },
			{ status: 400, param: 'model' },
		],
		['no messages', { messages: [] }, { code: 'empty_array', param: 'messages' }],
		[
			'an unknown role',
			{ messages: [{ role: 'bot', content: 'a' }] },
			{ param: 'messages[0].role' },
		],
		['no content', { messages: [{ role: 'user' }] }, { param: 'messages[0].content' }],
		['too hot', { temperature: 2.1 }, { code: 'decimal_above_max_value', param: 'temperature' }],
		['too many choices', { n: 129 }, { code: 'integer_above_max_value' }],
		[
			'too many stop words',
			{ stop: ['a', 'b', 'c', 'd', 'e'] },
			{ code: 'array_above_max_length' },
		],
		['two limits', { max_tokens: 5, max_completion_tokens: 5 }, { param: 'max_tokens' }],
		['an unknown field', { colour: 'red' }, { code: 'unknown_parameter' }],
		[
			'a bad tool name',
			{ tools: [{ type: 'function', function: { name: 'a b' } }] },
			{ param: 'tools[0].function.name' },
		],
		['a choice without tools', { tool_choice: 'required' }, { param: 'tool_choice' }],
		['an unknown format', { response_format: { type: 'xml' } }, { param: 'response_format.type' }],
	])('%s', async (_name, more, expected) => {
		await expect(ask(BASE, 'x', more as Partial<Params>)).rejects.toMatchObject(expected);
	});
});
