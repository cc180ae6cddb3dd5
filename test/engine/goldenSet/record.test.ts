import { GoldenSet } from '../../../nodes/GoldenSet/GoldenSet.node';
import { startNode, useNock } from '../harness';
import {
	byId,
	chats,
	completion,
	example,
	file,
	golden,
	lastText,
	MODEL_A,
	MODEL_B,
	recordLines,
} from './support';

const nock = useNock();

const QUESTIONS = ['Q1', 'Q2', 'Q3', 'Q4'].map((name) => example(name, `expected ${name}`));
const record = { model: byId(MODEL_A) };

describe('from a file', () => {
	test('asks each question up to the last user message and keeps the answers in order', async () => {
		const bodies = chats(nock, 4, (body) => `answer to ${lastText(body)}`);
		const { outputs, status } = await golden(
			{ ...record, options: { temperature: 0 } },
			{ items: [file([...QUESTIONS, QUESTIONS[0], { note: 'nothing to ask' }])] },
		);
		expect(status).toBe('success');
		expect(bodies[0]).toMatchObject({ model: MODEL_A, temperature: 0 });
		expect(bodies[0].messages.map(({ role }) => role)).toEqual(['system', 'user']);
		expect(outputs[0].map(({ json }) => json.answer)).toEqual(
			['Q1', 'Q2', 'Q3', 'Q4'].map((name) => `answer to ${name}`),
		);
		expect(outputs[0][0]).toMatchObject({
			json: {
				question: 'Q1',
				expected: 'expected Q1',
				answered_by: `${MODEL_A}-served`,
				reused: false,
				usage: { total_tokens: 120 },
				estimated_cost: { currency: 'USD' },
			},
			pairedItem: { item: 0 },
		});
		expect(outputs[0][0].json).not.toHaveProperty('messages');
		expect(outputs[1][0].json).toMatchObject({
			questions: 4,
			answered: 4,
			complete: true,
			stopped: null,
			model: MODEL_A,
			prompt_tokens: 400,
			unusable_lines: 1,
			repeated_questions: 1,
		});
		const lines = await recordLines(outputs[1][0]);
		expect(lines.map(({ question }) => question)).toEqual(['Q1', 'Q2', 'Q3', 'Q4']);
		expect(lines[0]).toMatchObject({
			golden: 1,
			settings: { temperature: 0 },
			answer: 'answer to Q1',
		});
		expect(lines[0].request_sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(Object.keys(outputs[1][0].binary!)).toEqual(['data', 'record']);
	});

	test('puts the system message in the place of those in the questions', async () => {
		const bodies = chats(nock, 1, () => 'ok');
		await golden({ ...record, systemMessage: 'New.' }, { items: [file([QUESTIONS[0]])] });
		expect(bodies[0].messages).toEqual([
			{ role: 'system', content: 'New.' },
			{ role: 'user', content: 'Q1' },
		]);
	});

	test('asks the same sample in the same order for the same seed', async () => {
		const first = chats(nock, 4, () => 'ok');
		const options = { maxQuestions: 2, concurrency: 1 };
		const item = () => file(QUESTIONS);
		await golden({ ...record, options }, { items: [item()] });
		await golden({ ...record, options }, { items: [file([...QUESTIONS].reverse())] });
		const asked = first.map(lastText);
		expect(asked.slice(0, 2)).toEqual(asked.slice(2));
		chats(nock, 2, () => 'ok');
		const { outputs } = await golden({ ...record, options }, { items: [item()] });
		expect(outputs[1][0].json.questions).toBe(2);
	});

	test('goes on from an earlier record, and asks anew what would be another request', async () => {
		chats(nock, 2, (body) => `first ${lastText(body)}`);
		const cut = await golden(
			{ ...record, options: { maxNewAnswers: 2 } },
			{ items: [file(QUESTIONS)] },
		);
		expect(cut.outputs[1][0].json).toMatchObject({
			answered: 2,
			not_asked: 2,
			complete: false,
			stopped: 'max_new_answers',
		});
		expect(cut.hints.map(({ message }) => message).join()).toContain("'Ask at Most' was reached");
		const lines = await recordLines(cut.outputs[1][0]);
		const both = () => {
			const item = file(QUESTIONS);
			return { ...item, files: { ...item.files, record: file(lines, 'record').files!.record } };
		};

		const bodies = chats(nock, 2, (body) => `second ${lastText(body)}`);
		const options = { earlierRecordField: 'record' };
		const rest = await golden({ ...record, options }, { items: [both()] });
		expect(rest.outputs[1][0].json).toMatchObject({ answered: 4, reused: 2, complete: true });
		const answered = rest.outputs[0].map(({ json }) => String(json.answer));
		expect(answered.filter((text) => text.startsWith('first'))).toHaveLength(2);
		expect(bodies).toHaveLength(2);

		const again = chats(nock, 4, () => 'colder');
		await golden({ ...record, options: { ...options, temperature: 0.1 } }, { items: [both()] });
		expect(again).toHaveLength(4);
	});

	test('stops at the cost limit and says so', async () => {
		const dear = {
			...completion(MODEL_A, 'ok'),
			usage: { prompt_tokens: 9, completion_tokens: 1e6 },
		};
		const bodies = chats(nock, 1, () => [200, dear]);
		const { outputs, hints } = await golden(
			{ ...record, options: { costLimit: 1, concurrency: 1 } },
			{ items: [file(QUESTIONS)] },
		);
		expect(bodies).toHaveLength(1);
		expect(outputs[1][0].json).toMatchObject({
			answered: 1,
			not_asked: 3,
			complete: false,
			stopped: 'cost_limit',
		});
		expect(hints.map(({ message }) => message).join()).toContain("'Cost Limit' was reached");
	});

	test('refuses a cost limit that it cannot keep before anything is sent', async () => {
		const { error } = await golden(
			{ model: byId('my-model'), options: { costLimit: 1 } },
			{ items: [file(QUESTIONS)] },
		);
		expect(error?.message).toBe(
			"'Cost Limit' cannot be kept: the price of the model 'my-model' is not known",
		);
	});

	test('keeps a refusal that is about the text as part of the record', async () => {
		chats(nock, 2, (body) =>
			lastText(body) === 'Q1'
				? [400, { error: { message: 'Filtered', code: 'content_filter' } }]
				: 'ok',
		);
		const { outputs } = await golden(record, { items: [file(QUESTIONS.slice(0, 2))] });
		expect(outputs[0][0].json).toMatchObject({ question: 'Q1', answer: null, answer_sha256: null });
		expect(String(outputs[0][0].json.failure)).toContain('Filtered');
		expect(outputs[0][0].json).not.toHaveProperty('error');
		expect(outputs[1][0].json).toMatchObject({ refused: 1, answered: 1, complete: true });
	});

	test.each([
		['fail', 'error'],
		['returnDone', 'success'],
	])('loses nothing when the server ends the run (%s)', async (onInterruption, status) => {
		let count = 0;
		chats(nock, 2, () =>
			++count > 1 ? [401, { error: { message: 'Wrong', code: 'invalid_api_key' } }] : 'paid',
		);
		const run = await golden(
			{ ...record, options: { concurrency: 1, onInterruption } },
			{ items: [file(QUESTIONS)] },
		);
		expect(run.status).toBe(status);
		if (status === 'success') {
			expect(run.outputs[1][0].json).toMatchObject({
				answered: 1,
				failed: 1,
				not_asked: 2,
				complete: false,
			});
			return;
		}
		expect(run.error?.description).toContain('Before that, 1 question had an answer');
		const { record: lines } = run.error!.context.data as { record: string[] };
		expect(JSON.parse(lines[0])).toMatchObject({ golden: 1, answer: 'paid' });
	});

	test.each([
		['no file', { json: {} }, "The item has no file in the field 'data'"],
		['another field', file(QUESTIONS, 'other'), "The item has no file in the field 'data'"],
		['no questions', file([{ a: 1 }]), "There is no question in the field 'data'"],
	])('says what is wrong with %s', async (_what, item, message) => {
		const { error } = await golden(record, { items: [item] });
		expect(error?.message).toBe(message);
	});

	test('stops when the execution is canceled', async () => {
		const bodies = chats(nock, 1, () => [429, { error: { message: 'Slow down' } }]);
		const run = startNode({
			node: new GoldenSet(),
			parameters: { operation: 'record', ...record, options: { concurrency: 1 } },
			credentials: { openAiFineTuningApi: { apiKey: 'sk-test' } },
			items: [file(QUESTIONS)],
			onSleep: () => run.cancel(),
		});
		const result = await run.result;
		expect(result.run.status).toBe('canceled');
		expect(bodies).toHaveLength(1);
	});
});

describe('from items', () => {
	const parameters = {
		inputType: 'items',
		model: { __rl: true, mode: 'id', value: '={{ $json.model }}' },
		options: { temperature: '={{ $json.temperature }}' },
	};

	test('honours the parameters of each item', async () => {
		const bodies = chats(nock, 2, ({ model }) => `by ${model}`);
		const { outputs } = await golden(parameters, {
			items: [
				{ json: { question: 'One?', answer: '1', model: MODEL_A, temperature: 0 } },
				{ json: { question: 'Two?', model: MODEL_B, temperature: 0.5 } },
			],
		});
		const sent = bodies.map(({ model, temperature, messages }) => [
			model,
			temperature,
			messages[0].content,
		]);
		expect(sent).toContainEqual([MODEL_A, 0, 'One?']);
		expect(sent).toContainEqual([MODEL_B, 0.5, 'Two?']);
		expect(outputs[0].map(({ json, pairedItem }) => [json.answer, pairedItem])).toEqual([
			[`by ${MODEL_A}`, { item: 0 }],
			[`by ${MODEL_B}`, { item: 1 }],
		]);
		expect(outputs[1][0]).toMatchObject({
			json: { questions: 2, model: null, models: [MODEL_A, MODEL_B] },
			pairedItem: [{ item: 0 }, { item: 1 }],
		});
	});

	test('takes a conversation by expression', async () => {
		const bodies = chats(nock, 1, () => 'ok');
		await golden(
			{ ...parameters, question: '={{ $json.messages }}', options: {} },
			{
				items: [
					{
						json: {
							model: MODEL_A,
							messages: [
								{ role: 'user', content: 'Hi' },
								{ role: 'assistant', content: 'Hello' },
								{ role: 'user', content: 'And now?' },
							],
						},
					},
				],
			},
		);
		expect(bodies[0].messages).toHaveLength(3);
	});

	test('goes on after an item that cannot be asked', async () => {
		chats(nock, 2, (body) =>
			lastText(body) === 'Bad' ? [422, { error: { message: 'No such setting' } }] : 'fine',
		);
		const { outputs } = await golden(parameters, {
			continueOnFail: true,
			items: [
				{ json: { model: MODEL_A } },
				{ json: { question: 'Bad', model: MODEL_A } },
				{ json: { question: 'Good', model: MODEL_A } },
			],
		});
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(outputs[0][0].json.error).toMatchObject({ message: "'Question' is empty" });
		expect(outputs[0][1].json.error).toMatchObject({ status: 422 });
		expect(outputs[0][2].json.answer).toBe('fine');
		expect(outputs[1][0].json).toMatchObject({ answered: 1, failed: 1, complete: false });
	});
});
