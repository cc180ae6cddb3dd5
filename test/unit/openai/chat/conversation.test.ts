import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';

import {
	answeredOnly,
	buildConversation,
	readToolResults,
} from '../../../../lib/openai/chat/conversation';

const user = (content: string): ChatCompletionMessageParam => ({ role: 'user', content });
const assistant = (content: string): ChatCompletionMessageParam => ({ role: 'assistant', content });
const call = (...ids: string[]): ChatCompletionMessageParam => ({
	role: 'assistant',
	content: null,
	tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
});
const result = (id: string): ChatCompletionMessageParam & { role: 'tool' } => ({
	role: 'tool',
	tool_call_id: id,
	content: 'r',
});

describe('buildConversation', () => {
	it('orders system, memory, history, tool results and user message', () => {
		expect(
			buildConversation({
				system: 'S',
				remembered: [user('m1'), assistant('m2')],
				history: [user('h1'), call('c')],
				toolResults: [result('c')],
				user: 'U',
			}),
		).toEqual([
			{ role: 'system', content: 'S' },
			user('m1'),
			assistant('m2'),
			user('h1'),
			call('c'),
			result('c'),
			user('U'),
		]);
	});

	it('does not repeat the system message of a conversation that is fed back', () => {
		const history: ChatCompletionMessageParam[] = [{ role: 'system', content: 'S' }, user('a')];
		expect(buildConversation({ system: 'S', history })).toEqual(history);
		expect(buildConversation({ system: 'T', history })).toHaveLength(3);
	});

	it('can send instructions as developer', () => {
		expect(buildConversation({ system: 'S', systemRole: 'developer', user: 'U' })[0].role).toBe(
			'developer',
		);
	});

	it('puts images after the text, and sends them without any', () => {
		const image = { type: 'image_url' as const, image_url: { url: 'https://example.com/a.png' } };
		expect(buildConversation({ user: 'Look', images: [image] })).toEqual([
			{ role: 'user', content: [{ type: 'text', text: 'Look' }, image] },
		]);
		expect(buildConversation({ images: [image] })).toEqual([{ role: 'user', content: [image] }]);
	});

	it.each([[{}], [{ system: 'S' }], [{ user: ' \n' }], [{ history: [user('a'), assistant('b')] }]])(
		'says what is missing when there is nothing to answer: %j',
		(parts) => {
			expect(() => buildConversation(parts)).toThrow("'User Message' is empty");
		},
	);

	it('names tool calls without result and results without call', () => {
		expect(() =>
			buildConversation({ history: [call('c1', 'c2'), result('c1')], user: 'U' }),
		).toThrow('without a result: c2');
		expect(() => buildConversation({ toolResults: [result('c9')] })).toThrow("'c9'");
		expect(() =>
			buildConversation({ history: [call('c1'), user('x')], toolResults: [result('c1')] }),
		).toThrow('without a result: c1');
	});

	it('keeps the newest history, the instructions, and no half of a tool call', () => {
		const history = [user('1'), call('c'), result('c'), assistant('2'), user('3')];
		expect(
			buildConversation({
				remembered: [{ role: 'system', content: 'S' }],
				history,
				maxHistoryMessages: 3,
			}),
		).toEqual([{ role: 'system', content: 'S' }, assistant('2'), user('3')]);
		expect(buildConversation({ history, maxHistoryMessages: 0, user: 'U' })).toEqual([user('U')]);
		const instructions: ChatCompletionMessageParam[] = [{ role: 'system', content: 'S' }];
		expect(buildConversation({ history: instructions, maxHistoryMessages: 0, user: 'U' })).toEqual([
			...instructions,
			user('U'),
		]);
		expect(buildConversation({ history, maxHistoryMessages: 99 })).toEqual(history);
	});

	it('keeps a tool call at the end whose results come with it', () => {
		expect(
			buildConversation({
				history: [user('1'), assistant('2'), user('3'), call('c')],
				maxHistoryMessages: 2,
				toolResults: [result('c')],
			}),
		).toEqual([user('3'), call('c'), result('c')]);
	});
});

describe('answeredOnly', () => {
	it('drops calls without all results, with the results they have', () => {
		expect(answeredOnly([result('x'), call('a', 'b'), result('a'), user('u')])).toEqual([
			user('u'),
		]);
		const whole = [call('a', 'b'), result('b'), result('a')];
		expect(answeredOnly(whole)).toEqual(whole);
	});
});

describe('readToolResults', () => {
	it('takes entries, an output tool call with a result, or a map', () => {
		expect(readToolResults('[{"tool_call_id":"a","content":"1"}]')).toEqual([
			{ role: 'tool', tool_call_id: 'a', content: '1' },
		]);
		expect(readToolResults([{ id: 'a', name: 'f', result: { ok: true } }])).toEqual([
			{ role: 'tool', tool_call_id: 'a', content: '{"ok":true}' },
		]);
		expect(readToolResults({ a: 1, b: 'two' })).toEqual([
			{ role: 'tool', tool_call_id: 'a', content: '1' },
			{ role: 'tool', tool_call_id: 'b', content: 'two' },
		]);
		expect(readToolResults({ tool_call_id: 'a', content: 'x' })).toHaveLength(1);
		expect(readToolResults(undefined)).toEqual([]);
	});

	it.each([[[{ content: 'x' }]], [['x']], [5], ['"x"']])('refuses %j', (value) => {
		expect(() => readToolResults(value)).toThrow('does not say which tool call');
	});
});
