import fc from 'fast-check';

import { readHistory, valueAt } from '../../../../lib/openai/chat/history';
import { SettingError } from '../../../../lib/openai/settingError';

describe('readHistory', () => {
	it('takes messages as an array, as JSON text, or under `messages`', () => {
		const messages = [
			{ role: 'system', content: 'Be brief.' },
			{ role: 'user', content: 'Hi' },
			{ role: 'assistant', content: 'Hello' },
		];
		expect(readHistory(messages)).toEqual(messages);
		expect(readHistory(JSON.stringify(messages))).toEqual(messages);
		expect(readHistory({ messages })).toEqual(messages);
		expect(readHistory(messages[1])).toEqual([messages[1]]);
		expect(readHistory('')).toEqual([]);
		expect(readHistory(undefined)).toEqual([]);
	});

	it.each([
		[{ question: 'Q', answer: 'A' }],
		[{ prompt: 'Q', completion: 'A' }],
		[{ user: 'Q', assistant: 'A' }],
		[{ human: 'Q', ai: 'A' }],
		[{ input: 'Q', output: 'A' }],
	])('turns the pair %j into two messages', (pair) => {
		expect(readHistory([pair])).toEqual([
			{ role: 'user', content: 'Q' },
			{ role: 'assistant', content: 'A' },
		]);
	});

	it('knows the role names of other tools', () => {
		expect(
			readHistory([
				{ role: 'Human', content: 'a' },
				{ role: 'AI', content: 'b' },
			]).map(({ role }) => role),
		).toEqual(['user', 'assistant']);
	});

	it('reads role and text from other fields, also inside objects', () => {
		expect(
			readHistory([{ author: { kind: 'user' }, 'body.text': 'Hi' }], {
				role: 'author.kind',
				content: 'body.text',
			}),
		).toEqual([{ role: 'user', content: 'Hi' }]);
	});

	it('keeps only fields that the chat endpoint takes', () => {
		expect(
			readHistory([
				{ role: 'user', content: 'Hi', name: 'ann', weight: 1, id: 5 },
				{
					role: 'assistant',
					content: null,
					annotations: [],
					tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }],
				},
				{ role: 'tool', tool_call_id: 'c1', content: '' },
			]),
		).toEqual([
			{ role: 'user', content: 'Hi', name: 'ann' },
			{
				role: 'assistant',
				content: null,
				tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }],
			},
			{ role: 'tool', tool_call_id: 'c1', content: '' },
		]);
	});

	it('takes tool calls from a simplified output back', () => {
		const [message] = readHistory([
			{ role: 'assistant', tool_calls: [{ id: 'c', name: 'f', arguments: { city: 'Oslo' } }] },
		]);
		expect(message).toMatchObject({
			tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{"city":"Oslo"}' } }],
		});
	});

	it('leaves out messages that say nothing', () => {
		expect(
			readHistory([
				{ role: 'user', content: '  ' },
				{ role: 'assistant', content: null },
			]),
		).toEqual([]);
	});

	it('writes content that is not text as text', () => {
		expect(
			readHistory([
				{ role: 'user', content: 5 },
				{ role: 'user', content: { a: 1 } },
			]),
		).toEqual([
			{ role: 'user', content: '5' },
			{ role: 'user', content: '{"a":1}' },
		]);
	});

	it.each([
		[['Hi'], 'entry 1 is not a message'],
		[[{ role: 'user', content: 'a' }, { text: 'b' }], 'entry 2 is not a message'],
		[[{ role: 'robot', content: 'a' }], "unknown role 'robot'"],
		[[{ role: 'user', content: [5] }], 'entry 1 is not a message'],
		['[{', 'not valid JSON'],
	])('refuses %j', (value, message) => {
		expect(() => readHistory(value)).toThrow(message);
	});

	it('survives hostile values', () => {
		const cycle: Record<string, unknown> = {};
		cycle.messages = [cycle];
		cycle.again = cycle;
		expect(() => readHistory(cycle)).toThrow(SettingError);
		expect(() => readHistory('['.repeat(100_000))).toThrow(SettingError);
		expect(() =>
			readHistory('[{"__proto__": {"role": "user", "content": "x"}, "role": "user"}]'),
		).not.toThrow();
		fc.assert(
			fc.property(fc.anything(), (value) => {
				try {
					expect(Array.isArray(readHistory(value))).toBe(true);
				} catch (error) {
					expect(error).toBeInstanceOf(SettingError);
				}
			}),
		);
	});
});

describe('valueAt', () => {
	it('sees own fields only', () => {
		expect(valueAt({ a: { b: 1 } }, 'a.b')).toBe(1);
		expect(valueAt({}, 'constructor')).toBeUndefined();
		expect(valueAt({ a: {} }, 'a.toString')).toBeUndefined();
	});
});
