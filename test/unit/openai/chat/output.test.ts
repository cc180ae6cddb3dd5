import type { Answer } from '../../../../lib/openai/chat/answer';
import { rawAnswer, simplifyAnswer, type AnswerFacts } from '../../../../lib/openai/chat/output';

const prices = {
	currency: 'USD',
	note: '',
	rows: [{ model: 'ft:a', input: 1, output: 3 }],
};
const facts: AnswerFacts = { askedModel: 'ft:a', failed: [], latencyMs: 42, prices };
const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
const choice = (output: string) => ({
	output,
	finish_reason: 'stop',
	message: { role: 'assistant', content: output },
});
const answer: Answer = { model: 'ft:a-2024', choices: [choice('Hi')], usage };
const failed = [{ model: 'ft:b', reason: 'missing' as const, message: 'gone', status: 404 }];

describe('simplifyAnswer', () => {
	it('is short where nothing special happened', () => {
		expect(simplifyAnswer(answer, facts)).toEqual({
			output: 'Hi',
			model: 'ft:a-2024',
			fell_back: false,
			finish_reason: 'stop',
			usage,
			latency_ms: 42,
			estimated_cost: { amount: 0.000007, currency: 'USD', priced_as: 'ft:a' },
		});
	});

	it('names the asked model when the server names none', () => {
		const nameless = { model: '', choices: [choice('Hi')] };
		expect(simplifyAnswer(nameless, facts)).toMatchObject({
			model: 'ft:a',
			usage: null,
			estimated_cost: null,
		});
	});

	it('prices an alias by the model behind it, and admits what it does not know', () => {
		const behind = { ...answer, model: 'ft:a' };
		expect(
			simplifyAnswer(behind, { ...facts, askedModel: 'my-deployment' }).estimated_cost,
		).toEqual({ amount: 0.000007, currency: 'USD', priced_as: 'ft:a' });
		expect(simplifyAnswer(answer, { ...facts, askedModel: 'x' }).estimated_cost).toBeNull();
	});

	it('tells about a fallback', () => {
		expect(simplifyAnswer(answer, { ...facts, failed })).toMatchObject({
			fell_back: true,
			failed_models: failed,
		});
	});

	it('has all choices where there are several', () => {
		const two = { ...answer, choices: [choice('a'), choice('b')] };
		expect(simplifyAnswer(two, facts)).toMatchObject({
			output: 'a',
			choices: [
				{ output: 'a', finish_reason: 'stop' },
				{ output: 'b', finish_reason: 'stop' },
			],
		});
	});

	it('names the arguments of a call again, since expressions cannot say "arguments"', () => {
		const tool_calls = [{ id: 'c1', name: 'f', arguments: { city: 'Oslo' } }];
		const calling = { ...choice(''), tool_calls };
		const named = [{ ...tool_calls[0], input: { city: 'Oslo' } }];
		const one = simplifyAnswer({ ...answer, choices: [calling] }, facts);
		expect(one.tool_calls).toEqual(named);
		const two = simplifyAnswer({ ...answer, choices: [calling, choice('b')] }, facts);
		expect(two.choices).toMatchObject([{ tool_calls: named }, { output: 'b' }]);
		expect(two.choices![1]).not.toHaveProperty('tool_calls');
	});

	it('gives the conversation back with the answer in it', () => {
		const conversation = [{ role: 'user' as const, content: 'Q' }];
		expect(simplifyAnswer(answer, { ...facts, conversation }).messages).toEqual([
			{ role: 'user', content: 'Q' },
			{ role: 'assistant', content: 'Hi' },
		]);
	});
});

describe('rawAnswer', () => {
	const body = { id: 'c', choices: [{ message: { role: 'assistant', content: 'Hi' } }] };

	it("is the server's own body", () => {
		expect(rawAnswer(body, facts)).toEqual(body);
	});

	it('adds what only the node knows', () => {
		expect(rawAnswer(body, { ...facts, failed, conversation: [] })).toEqual({
			...body,
			failed_models: failed,
			messages: [body.choices[0].message],
		});
	});
});
