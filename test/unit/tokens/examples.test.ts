import fc from 'fast-check';
import type { Example } from '../../../lib/dataset/types';
import { countExampleTokens, countTokens, toolsTokens } from '../../../lib/tokens';

const count = (example: unknown) => countExampleTokens(example as Example);

describe('countExampleTokens', () => {
	it('counts a conversation as the cookbook does', () => {
		const messages = [
			{ role: 'system', content: 'You are a helpful, pattern-following assistant.' },
			{ role: 'system', name: 'example_user', content: 'New synergies will help drive growth.' },
			{ role: 'assistant', content: 'Things working well together.', weight: 1 },
		];
		const values = messages.flatMap(({ role, name = '', content }) => [role, name, content]);
		const text = values.reduce((sum, value) => sum + countTokens(value), 0);
		expect(count({ messages })).toBe(3 * 3 + text + 1 + 3);
	});

	it('gives the number that the API reported for the cookbook’s own example', () => {
		const messages = [
			{
				role: 'system',
				content:
					'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.',
			},
			{
				role: 'system',
				name: 'example_user',
				content: 'New synergies will help drive top-line growth.',
			},
			{
				role: 'system',
				name: 'example_assistant',
				content: 'Things working well together will increase revenue.',
			},
			{
				role: 'system',
				name: 'example_user',
				content:
					"Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
			},
			{
				role: 'system',
				name: 'example_assistant',
				content: "Let's talk later when we're less busy about how to do better.",
			},
			{
				role: 'user',
				content:
					"This late pivot means we don't have time to boil the ocean for the client deliverable.",
			},
		];
		expect(count({ messages })).toBe(124);
	});

	it('counts text parts as their text', () => {
		const parts = [
			{ type: 'text', text: 'How are you?' },
			{ type: 'refusal', refusal: 'No.' },
		];
		expect(count({ messages: [{ role: 'user', content: parts }] })).toBe(
			count({ messages: [{ role: 'user', content: 'How are you?' }] }) + countTokens('No.'),
		);
	});

	it('adds tools, calls and results', () => {
		const tools = [{ type: 'function', function: { name: 'weather', description: 'Says it.' } }];
		const plain = { messages: [{ role: 'assistant' }] };
		expect(count({ ...plain, tools })).toBe(count(plain) + toolsTokens(tools));
		expect(count({ ...plain, functions: [tools[0].function] })).toBe(count({ ...plain, tools }));
		const call = { name: 'weather', arguments: '{"city":"Oslo"}' };
		const called = count(plain) + countTokens('weather') + countTokens('{"city":"Oslo"}') + 3;
		const calls = [{ id: 'call_1', type: 'function', function: call }];
		expect(count({ messages: [{ role: 'assistant', content: null, tool_calls: calls }] })).toBe(
			called,
		);
		expect(count({ messages: [{ role: 'assistant', function_call: call }] })).toBe(called);
	});

	it('counts the input of a preference pair once, and both answers', () => {
		const input = { messages: [{ role: 'user', content: 'Hello' }] };
		const good = [{ role: 'assistant', content: 'Good morning!' }];
		const bad = [{ role: 'assistant', content: 'What?' }];
		const answer = (messages: unknown) => count({ messages }) - 3;
		const expected = count(input) + answer(good) + answer(bad);
		expect(count({ input, preferred_output: good, non_preferred_output: bad })).toBe(expected);
		expect(count({ input, preferred_completion: good, non_preferred_completion: bad })).toBe(
			expected,
		);
	});

	it('leaves out what only a grader reads', () => {
		const messages = [{ role: 'user', content: 'Hello' }];
		expect(count({ messages, reference_answer: 'a long text' })).toBe(count({ messages }));
	});

	it('counts a prompt and a completion', () => {
		expect(count({ prompt: 'Two and two?', completion: ' Four' })).toBe(
			countTokens('Two and two?') + countTokens(' Four'),
		);
	});

	it('gives a number for any value', () => {
		const fields = fc.constantFrom(
			...['messages', 'content', 'tools', 'function', 'parameters', 'properties', 'items', 'enum'],
			...['input', 'tool_calls', 'image_url', 'url', 'prompt', 'preferred_output', '__proto__'],
		);
		const { value } = fc.letrec((tie) => ({
			value: fc.oneof(
				{ maxDepth: 6 },
				fc.jsonValue({ maxDepth: 1 }),
				fc.array(tie('value'), { maxLength: 3 }),
				fc.dictionary(fields, tie('value'), { maxKeys: 4 }),
			),
		}));
		fc.assert(
			fc.property(value, (example) => {
				expect(count(example)).toBeGreaterThanOrEqual(0);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('toolsTokens', () => {
	const properties = {
		city: { type: 'string', description: 'City and state.' },
		unit: { type: 'string', description: 'Unit of the answer', enum: ['celsius', 'fahrenheit'] },
	};
	const tool = (parameters: unknown) => [
		{
			type: 'function',
			function: { name: 'weather', description: 'Current weather.', parameters },
		},
	];

	it('is nothing without tools', () => {
		expect(toolsTokens(undefined)).toBe(0);
		expect(toolsTokens([])).toBe(0);
	});

	it('follows the cookbook’s rule', () => {
		const lines = [
			'weather:Current weather',
			'city:string:City and state',
			'unit:string:Unit of the answer',
		];
		const text = [...lines, 'celsius', 'fahrenheit'].reduce(
			(sum, line) => sum + countTokens(line),
			0,
		);
		expect(toolsTokens(tool({ type: 'object', properties }))).toBe(
			12 + 7 + 3 + 2 * 3 + (-3 + 2 * 3) + text,
		);
	});

	it('counts nested objects and lists', () => {
		const flat = toolsTokens(tool({ properties: { place: { type: 'object' } } }));
		const nested = toolsTokens(tool({ properties: { place: { type: 'object', properties } } }));
		const listed = toolsTokens(
			tool({ properties: { place: { type: 'object', items: { properties } } } }),
		);
		expect(nested).toBeGreaterThan(flat + 10);
		expect(listed).toBe(nested);
	});

	it('ends at a schema without bottom', () => {
		let schema: Record<string, unknown> = {};
		for (let depth = 0; depth < 50_000; depth++) schema = { properties: { a: schema } };
		expect(toolsTokens(tool(schema))).toBeLessThan(1000);
	});
});
