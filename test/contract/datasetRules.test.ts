import type { DatasetFormat } from '../../lib/dataset/types';
import { validateJsonl } from '../../lib/dataset/validator';
import { examine, type Method } from '../../sandbox/server/examine';

/**
 * The sandbox judges training files by rules of its own, written apart from lib/dataset's validator. Here the two
 * judge the same files: what the validator lets through must train, what it stops must fail.
 */
const FORMATS: Record<Method, DatasetFormat> = {
	supervised: 'chat',
	dpo: 'dpo',
	reinforcement: 'rft',
};

const user = { role: 'user', content: 'How late is it?' };
const assistant = { role: 'assistant', content: 'Half past nine.' };
const call = { id: 'call_1', type: 'function', function: { name: 'clock', arguments: '{}' } };
const tools = [
	{ type: 'function', function: { name: 'clock', parameters: { type: 'object', properties: {} } } },
];
const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
const chat = (...messages: object[]) => ({ messages });
const pair = (more: object = {}) => ({
	input: { messages: [user] },
	preferred_output: [assistant],
	non_preferred_output: [{ role: 'assistant', content: 'Late.' }],
	...more,
});

async function judge(method: Method, example: unknown) {
	const last = typeof example === 'string' ? example : JSON.stringify(example);
	const standard = {
		supervised: chat(user, assistant),
		dpo: pair(),
		reinforcement: { ...chat(user), answer: 'Nine' },
	};
	const lines = [...Array.from({ length: 10 }, () => JSON.stringify(standard[method])), last];
	const bytes = Buffer.from(`${lines.join('\n')}\n`);
	const report = await validateJsonl([bytes], { format: FORMATS[method] });
	const { refusal } = await examine([bytes], method, 'training');
	return { validator: report.valid, sandbox: refusal === undefined };
}

describe('the validator and the sandbox agree', () => {
	it.each<[string, Method, unknown]>([
		[
			'a conversation',
			'supervised',
			chat(
				{ role: 'system', content: 'Be kind' },
				user,
				assistant,
				user,
				{ ...assistant, weight: 0 },
				user,
				assistant,
			),
		],
		[
			'a tool call',
			'supervised',
			{
				...chat(
					user,
					{ role: 'assistant', tool_calls: [call] },
					{ role: 'tool', tool_call_id: 'call_1', content: '9:30' },
					assistant,
				),
				tools,
			},
		],
		[
			'an image',
			'supervised',
			chat({ role: 'user', content: [{ type: 'text', text: 'What is it?' }, image] }, assistant),
		],
		['a preference', 'dpo', pair()],
		[
			'a reinforcement item',
			'reinforcement',
			{ ...chat({ role: 'developer', content: 'Be brief' }, user), answer: '9' },
		],
	])('that %s is fine', async (_name, method, example) => {
		expect(await judge(method, example)).toEqual({ validator: true, sandbox: true });
	});

	it.each<[string, Method, unknown]>([
		['text', 'supervised', 'hello'],
		['an array', 'supervised', []],
		['a cut-off line', 'supervised', '{"messages":['],
		['no messages', 'supervised', {}],
		['an empty conversation', 'supervised', chat()],
		['an unknown role', 'supervised', chat(user, { role: 'bot', content: 'a' }, assistant)],
		['a message without content', 'supervised', chat(user, { role: 'assistant', content: '' })],
		['an unknown key in a message', 'supervised', chat({ ...user, colour: 'red' }, assistant)],
		['no answer', 'supervised', chat(user)],
		['a question last', 'supervised', chat(user, assistant, user)],
		['answers that are all left out', 'supervised', chat(user, { ...assistant, weight: 0 })],
		['a weight of one half', 'supervised', chat(user, { ...assistant, weight: 0.5 })],
		['a special token', 'supervised', chat(user, { ...assistant, content: '<|endoftext|>' })],
		[
			'a tool result without its id',
			'supervised',
			chat(user, { role: 'tool', content: '9:30' }, assistant),
		],
		['prompt and completion', 'supervised', { prompt: 'a', completion: 'b' }],
		['a preference without the other', 'dpo', pair({ non_preferred_output: undefined })],
		['a preference of two questions', 'dpo', pair({ preferred_output: [user] })],
		['a chat among preferences', 'dpo', chat(user, assistant)],
		[
			'an answer last in a reinforcement item',
			'reinforcement',
			{ ...chat(user, assistant), answer: '9' },
		],
	])('that %s is not', async (_name, method, example) => {
		expect(await judge(method, example)).toEqual({ validator: false, sandbox: false });
	});

	it('about nine examples', async () => {
		const bytes = Buffer.from(`${JSON.stringify(chat(user, assistant))}\n`.repeat(9));
		expect((await validateJsonl([bytes], {})).valid).toBe(false);
		expect((await examine([bytes], 'supervised', 'training')).refusal?.code).toBe(
			'invalid_n_examples',
		);
	});
});
