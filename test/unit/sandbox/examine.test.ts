import fc from 'fast-check';

import type { JsonObject } from '../../../lib/dataset/types';
import { examine, type Method } from '../../../sandbox/server/examine';
import { lessonsOf } from '../../../sandbox/server/lessons';

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const chat = (question: string, answer: string) =>
	line({
		messages: [
			{ role: 'user', content: question },
			{ role: 'assistant', content: answer },
		],
	});
const good = chat('Question', 'Answer').repeat(10);
const look = async (
	text: string | Buffer,
	method: Method = 'supervised',
	role: 'training' | 'validation' = 'training',
) => await examine([Buffer.from(text)], method, role);

describe('examine', () => {
	it('counts examples, tokens and lessons', async () => {
		const found = await look(good);
		expect(found).toMatchObject({ examples: 10, tokens: 130 });
		expect(found.refusal).toBeUndefined();
		expect(found.lessons).toHaveLength(10);
	});

	it('asks for ten examples to train on, not to validate with', async () => {
		const nine = chat('a', 'b').repeat(9);
		expect((await look(nine)).refusal?.code).toBe('invalid_n_examples');
		expect((await look(nine, 'supervised', 'validation')).refusal).toBeUndefined();
	});

	it('names the first unfit line and goes by physical lines', async () => {
		const { refusal } = await look(`${good}\n${line({ messages: [] })}${line({})}`);
		expect(refusal?.message).toBe(
			'The job failed due to a file format error in the training file. Invalid file format. Line 12, key "messages": Must not be empty',
		);
	});

	it.each<[string, string, RegExp]>([
		['text', 'hello\n', /Line 1 is not a JSON object/],
		['an array', '[]\n', /Line 1 is not a JSON object/],
		['deep nesting', `${'['.repeat(100_000)}\n`, /Line 1 /],
		[
			'deep content',
			`{"messages":[{"role":"user","content":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}\n`,
			/Line 1/,
		],
		[
			'an unknown key',
			line({ messages: [{ role: 'user', content: 'a', colour: 'red' }] }),
			/key "colour"/,
		],
		[
			'a prototype key',
			'{"messages":[{"role":"user","content":"a","__proto__":{}}]}\n',
			/key "__proto__"/,
		],
		[
			'a weight on a question',
			line({ messages: [{ role: 'user', content: 'a', weight: 1 }] }),
			/key "weight"/,
		],
		[
			'only unweighted answers',
			line({ messages: [{ role: 'assistant', content: 'a', weight: 0 }] }),
			/weight of 1/,
		],
		[
			'a question last',
			line({
				messages: [
					{ role: 'assistant', content: 'a' },
					{ role: 'user', content: 'b' },
				],
			}),
			/Last message/,
		],
		['a tool without its id', line({ messages: [{ role: 'tool', content: 'a' }] }), /tool_call_id/],
		[
			'content that is a number',
			line({ messages: [{ role: 'user', content: 1 }] }),
			/key "content"/,
		],
		['bytes that are not UTF-8', '\xff', /Line 1/],
	])('refuses %s', async (_name, text, message) => {
		const bytes = text === '\xff' ? Buffer.from([0x7b, 0xff, 0x7d, 0x0a]) : text;
		expect((await look(bytes)).refusal?.message).toMatch(message);
	});

	it('never throws', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.jsonValue(),
				fc.constantFrom<Method>('supervised', 'dpo', 'reinforcement'),
				async (value, method) => {
					const wrapped = [
						value,
						{ messages: value },
						{ messages: [value] },
						{ messages: [{ role: 'assistant', content: value }] },
						{ input: { messages: [value] }, preferred_output: value },
					];
					await look(wrapped.map(line).join(''), method);
				},
			),
		);
	});
});

describe('lessonsOf', () => {
	it('takes each trained turn with the question before it', () => {
		const messages: JsonObject[] = [
			{ role: 'system', content: 's' },
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'one' },
					{ type: 'image_url', image_url: { url: 'x' } },
				],
			},
			{ role: 'assistant', content: 'first', weight: 0 },
			{ role: 'user', content: 'two' },
			{ role: 'assistant', content: 'second' },
		];
		expect(lessonsOf({ messages })).toEqual([{ question: 'two', answer: 'second' }]);
	});

	it('remembers tool calls', () => {
		const call = { name: 'f', arguments: '{}' };
		const messages: JsonObject[] = [
			{ role: 'user', content: 'q' },
			{ role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: call }] },
		];
		expect(lessonsOf({ messages })).toEqual([{ question: 'q', answer: '', toolCalls: [call] }]);
	});

	it('prefers the preferred output', () => {
		const example = {
			input: { messages: [{ role: 'user', content: 'q' }] },
			preferred_output: [{ role: 'assistant', content: 'good' }],
			non_preferred_output: [{ role: 'assistant', content: 'bad' }],
		};
		expect(lessonsOf(example)).toEqual([{ question: 'q', answer: 'good' }]);
	});

	it('reads completions and reinforcement references', () => {
		expect(lessonsOf({ prompt: 'q ', completion: ' a' })).toEqual([{ question: 'q', answer: 'a' }]);
		const messages = [{ role: 'user', content: 'q' }];
		expect(lessonsOf({ messages, reference_answer: { a: 1 } })).toEqual([
			{ question: 'q', answer: '{"a":1}' },
		]);
		expect(lessonsOf({ messages })).toEqual([]);
	});
});
