import fc from 'fast-check';

import { AnswerError, readAnswer, readUsage } from '../../../../lib/openai/chat/answer';

const completion = (message: object, finish_reason = 'stop', more: object = {}) => ({
	id: 'chatcmpl-1',
	object: 'chat.completion',
	model: 'ft:gpt-4o-mini-2024-07-18:acme::abc',
	choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
	...more,
});
const read = (body: unknown, json = false) => readAnswer(body, { json });

describe('readAnswer', () => {
	it('reads text, model and usage', () => {
		const usage = {
			prompt_tokens: 10,
			completion_tokens: 5,
			total_tokens: 15,
			prompt_tokens_details: { cached_tokens: 4 },
			completion_tokens_details: { reasoning_tokens: 2 },
		};
		expect(read(completion({ content: 'Noise' }, 'stop', { usage }))).toEqual({
			model: 'ft:gpt-4o-mini-2024-07-18:acme::abc',
			choices: [
				{
					output: 'Noise',
					finish_reason: 'stop',
					message: { role: 'assistant', content: 'Noise' },
				},
			],
			usage: {
				prompt_tokens: 10,
				completion_tokens: 5,
				total_tokens: 15,
				cached_tokens: 4,
				reasoning_tokens: 2,
			},
		});
	});

	it('puts choices in order', () => {
		const body = {
			choices: [
				{ index: 1, message: { content: 'b' } },
				{ index: 0, message: { content: 'a' } },
			],
		};
		expect(read(body).choices.map(({ output }) => output)).toEqual(['a', 'b']);
	});

	it('parses the arguments of tool calls', () => {
		const message = {
			content: null,
			tool_calls: [
				{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"city":"Oslo"}' } },
				{ id: 'c2', type: 'function', function: { name: 'g', arguments: '' } },
				{ id: 'c3', type: 'function', function: { name: 'h', arguments: '{"broken' } },
			],
		};
		expect(read(completion(message, 'tool_calls')).choices[0]).toMatchObject({
			output: '',
			finish_reason: 'tool_calls',
			tool_calls: [
				{ id: 'c1', name: 'f', arguments: { city: 'Oslo' } },
				{ id: 'c2', name: 'g', arguments: {} },
				{ id: 'c3', name: 'h', arguments: '{"broken' },
			],
		});
	});

	it('reads the deprecated function call', () => {
		const message = { content: null, function_call: { name: 'f', arguments: '{}' } };
		expect(read(completion(message, 'function_call')).choices[0].tool_calls).toEqual([
			{ id: '', name: 'f', arguments: {} },
		]);
	});

	it('shows refusals and filtered answers, also where JSON was wanted', () => {
		expect(read(completion({ content: null, refusal: 'No.' }), true).choices[0]).toMatchObject({
			output: '',
			refusal: 'No.',
		});
		const filtered = read(completion({ content: 'par' }, 'content_filter'), true).choices[0];
		expect(filtered).toMatchObject({ output: 'par', content_filtered: true });
		expect(filtered).not.toHaveProperty('parsed');
	});

	it.each([
		['{"area":"noise"}', { area: 'noise' }],
		['```json\n{"area":"noise"}\n```', { area: 'noise' }],
		['```\n[1]\n```\n', [1]],
		['null', null],
	])('parses %j', (content, parsed) => {
		expect(read(completion({ content }), true).choices[0].parsed).toEqual(parsed);
	});

	it('says that the answer is not JSON, or was cut', () => {
		const said = thrown(() => read(completion({ content: 'Noise, I think' }), true));
		expect(said.message).toContain('not valid JSON');
		expect(said.description).toContain('Noise, I think');
		const cut = thrown(() => read(completion({ content: '{"area": "no' }, 'length'), true));
		expect(cut.message).toContain('cut off at the token limit');
		expect(cut.description).toContain('Max Tokens');
	});

	it('notes which of several choices is not JSON', () => {
		const body = {
			choices: [
				{ index: 0, message: { content: 'x' } },
				{ index: 1, message: { content: '{}' } },
			],
		};
		expect(read(body, true).choices).toMatchObject([
			{ parsed_note: expect.stringContaining('not valid JSON') },
			{ parsed: {} },
		]);
	});

	it('reads text parts and reasoning of other servers', () => {
		const message = {
			content: [
				{ type: 'text', text: 'a' },
				{ type: 'text', text: 'b' },
			],
			reasoning_content: 'hm',
		};
		expect(read(completion(message)).choices[0]).toMatchObject({ output: 'ab', reasoning: 'hm' });
	});

	it.each([
		undefined,
		null,
		'<html>',
		{},
		{ choices: [] },
		{ choices: 'x' },
		{ choices: [null] },
		{ error: { message: 'x' } },
	])('refuses %j, which is no completion', (body) => {
		expect(thrown(() => read(body)).message).toBe('The server did not send a chat completion');
	});

	it('bounds the depth of parsed answers', () => {
		const deep = '['.repeat(5000) + ']'.repeat(5000);
		expect(thrown(() => read(completion({ content: deep }), true)).message).toContain('nested');
	});

	it('only ever gives an answer or an AnswerError', () => {
		const body = fc.record({
			choices: fc.array(fc.record({ message: fc.anything(), finish_reason: fc.anything() })),
			usage: fc.anything(),
		});
		fc.assert(
			fc.property(body, fc.boolean(), (value, json) => {
				try {
					expect(readAnswer(value, { json }).choices.length).toBeGreaterThan(0);
				} catch (error) {
					expect(error).toBeInstanceOf(AnswerError);
				}
			}),
		);
	});
});

describe('readUsage', () => {
	it('adds up what a server leaves out', () => {
		expect(readUsage({ prompt_tokens: 3, completion_tokens: 4 })?.total_tokens).toBe(7);
		expect(readUsage(null)).toBeUndefined();
	});
});

function thrown(action: () => unknown): AnswerError {
	try {
		action();
	} catch (error) {
		expect(error).toBeInstanceOf(AnswerError);
		return error as AnswerError;
	}
	throw new Error('nothing was refused');
}
