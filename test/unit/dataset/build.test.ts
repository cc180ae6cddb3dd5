import fc from 'fast-check';
import {
	buildExample,
	createBuilder,
	type Mapping,
	type SourceRecord,
} from '../../../lib/dataset/build';
import { checkExample } from '../../../lib/dataset/checkExample';
import { toLine } from '../../../lib/dataset/examples';
import type { JsonObject } from '../../../lib/dataset/types';
import { ORDER_TOOL, PLAIN, PNG, PREFERENCE } from './support/samples';

const QA: Mapping = { kind: 'questionAnswer', questionField: 'question', answerField: 'answer' };
const RECORD: SourceRecord = { question: 'Where is my order?', answer: 'On its way.' };
const messagesOf = (mapping: Mapping, record: SourceRecord = RECORD) =>
	(buildExample(mapping, record).example as JsonObject).messages;
const codes = (mapping: Mapping, record: SourceRecord) =>
	buildExample(mapping, record).findings.map(({ code, path }) => `${code} ${path}`);

describe('question and answer', () => {
	test('make a chat example', () => {
		expect(buildExample(QA, RECORD)).toEqual({
			example: {
				messages: [
					{ role: 'user', content: 'Where is my order?' },
					{ role: 'assistant', content: 'On its way.' },
				],
			},
			findings: [],
		});
	});

	test('may lie deep inside the item', () => {
		const mapping: Mapping = {
			kind: 'questionAnswer',
			questionField: 'ticket.comments[0].body',
			answerField: '["the answer"]',
		};
		const record = { ticket: { comments: [{ body: 'Why?' }] }, 'the answer': 'Because.' };
		expect(messagesOf(mapping, record)).toMatchObject([
			{ content: 'Why?' },
			{ content: 'Because.' },
		]);
	});

	test('get the system prompt of the settings, or that of the item', () => {
		const mapping = { ...QA, systemMessage: 'Be brief.', systemField: 'rules' };
		const [first] = messagesOf(mapping) as JsonObject[];
		expect(first).toEqual({ role: 'system', content: 'Be brief.' });
		const [own] = messagesOf(
			{ ...mapping, systemRole: 'developer' },
			{ ...RECORD, rules: 'Be kind.' },
		) as JsonObject[];
		expect(own).toEqual({ role: 'developer', content: 'Be kind.' });
		expect(messagesOf({ ...QA, systemMessage: ' ' })).toHaveLength(2);
	});

	test.each([
		[0, 0],
		['1', 1],
		[true, 1],
		[false, 0],
		['', undefined],
		[null, undefined],
	])('weight %j', (weight, expected) => {
		const [, answer] = messagesOf(
			{ ...QA, weightField: 'w' },
			{ ...RECORD, w: weight },
		) as JsonObject[];
		expect(answer.weight).toBe(expected);
		expect(Object.hasOwn(answer, 'weight')).toBe(expected !== undefined);
	});

	test('a weight of another kind is a finding', () => {
		expect(codes({ ...QA, weightField: 'w' }, { ...RECORD, w: 2 })).toEqual(['invalid_weight w']);
	});

	test.each<[string, unknown, string]>([
		['a number', 42, '42'],
		['false', false, 'false'],
		['a date', new Date('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05.000Z'],
		['a date of a library', { toJSON: () => '2026-01-02' }, '2026-01-02'],
	])('%s becomes text', (_, value, text) => {
		const { example, findings } = buildExample(QA, { ...RECORD, answer: value });
		expect((example as JsonObject).messages).toMatchObject([{}, { content: text }]);
		expect(findings).toEqual([]);
	});

	test('an object becomes its JSON, with a warning', () => {
		const { example, findings } = buildExample(QA, { ...RECORD, answer: { text: 'yes' } });
		expect((example as JsonObject).messages).toMatchObject([{}, { content: '{"text":"yes"}' }]);
		expect(findings).toMatchObject([
			{ code: 'object_as_text', severity: 'warning', path: 'answer' },
		]);
	});

	test('half an emoji is replaced, with a warning', () => {
		const { example, findings } = buildExample(QA, { ...RECORD, question: 'Broken \ud83d' });
		expect((example as JsonObject).messages).toMatchObject([{ content: 'Broken \ufffd' }, {}]);
		expect(findings).toMatchObject([{ code: 'lone_surrogate', severity: 'warning' }]);
	});

	test('what is missing or empty gives findings and no example', () => {
		expect(buildExample(QA, { question: 'x' })).toEqual({
			findings: [
				{
					severity: 'error',
					code: 'missing_field',
					path: 'answer',
					message: 'The item has no field "answer".',
					fix: 'Check the field\'s name; the item has "question".',
				},
			],
		});
		expect(codes(QA, { question: ' ', answer: '' })).toEqual([
			'empty_field question',
			'empty_field answer',
		]);
		expect(codes(QA, { question: null, answer: undefined })).toEqual([
			'empty_field question',
			'missing_field answer',
		]);
	});

	test.each([
		[{ Question: 'x' }, 'question', 'Did you mean "Question"?'],
		[{ questoin: 'x' }, 'question', 'Did you mean "questoin"?'],
		[{ ticket: { subjct: 'x' } }, 'ticket.subject', 'Did you mean "ticket.subjct"?'],
		[{ question: 'x' }, '$json.question', 'Write the bare name of the field, e.g. "question".'],
		[
			{ question: 'x' },
			'={{ $json.question }}',
			'Write the bare name of the field, e.g. "question".',
		],
		[{}, 'question', "Check the field's name; the item has no fields."],
	])('%j has no %s: %s', (record, questionField, fix) => {
		const { findings } = buildExample({ ...QA, questionField } as Mapping, {
			answer: 'x',
			...record,
		});
		expect(findings[0].fix).toBe(
			Object.keys(record).length === 0 ? fix.replace('has no fields', 'has "answer"') : fix,
		);
	});

	test('images stand with the question', () => {
		const mapping: Mapping = { ...QA, imagesField: 'photos', imageDetail: 'low' };
		const record = { ...RECORD, photos: [PNG, { url: 'https://example.com/b.png' }, '', null] };
		expect(messagesOf(mapping, record)).toEqual([
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'Where is my order?' },
					{ type: 'image_url', image_url: { url: PNG, detail: 'low' } },
					{ type: 'image_url', image_url: { url: 'https://example.com/b.png', detail: 'low' } },
				],
			},
			{ role: 'assistant', content: 'On its way.' },
		]);
		expect(messagesOf(mapping, RECORD)).toMatchObject([{ content: 'Where is my order?' }, {}]);
		expect(codes(mapping, { ...RECORD, photos: [42] })).toEqual(['invalid_image photos']);
	});

	test('tools come from the settings, or from the item as list or JSON text', () => {
		const mapping: Mapping = {
			...QA,
			tools: [ORDER_TOOL],
			toolsField: 'tools',
			parallelToolCalls: false,
		};
		const build = (tools: unknown) => buildExample(mapping, { ...RECORD, tools }).example;
		const other = [{ type: 'function', function: { name: 'other' } }];
		expect(build(undefined)).toMatchObject({ tools: [ORDER_TOOL], parallel_tool_calls: false });
		expect(build([])).toMatchObject({ tools: [ORDER_TOOL] });
		expect(build(other)).toMatchObject({ tools: other });
		expect(build(JSON.stringify(other))).toMatchObject({ tools: other });
		expect(codes(mapping, { ...RECORD, tools: '[{' })).toEqual(['invalid_json_field tools']);
	});
});

describe('other inputs', () => {
	test('messages as a list or as JSON text, with the system prompt unless there is one', () => {
		const mapping: Mapping = {
			kind: 'messages',
			messagesField: 'chat',
			systemMessage: 'Be brief.',
		};
		const messages = (PLAIN.messages as JsonObject[]).slice(1);
		for (const chat of [messages, JSON.stringify(messages)]) {
			expect(messagesOf(mapping, { chat })).toEqual([
				{ role: 'system', content: 'Be brief.' },
				...messages,
			]);
		}
		expect(messagesOf(mapping, { chat: PLAIN.messages })).toEqual(PLAIN.messages);
		expect(codes(mapping, { chat: 'no JSON' })).toEqual(['invalid_json_field chat']);
		expect(codes(mapping, { chat: { role: 'user' } })).toEqual(['messages_not_a_list chat']);
		expect(codes(mapping, { chat: '' })).toEqual(['empty_field chat']);
		expect(codes(mapping, {})).toEqual(['missing_field chat']);
	});

	test('prompt and completion', () => {
		const mapping: Mapping = { kind: 'promptCompletion', promptField: 'p', completionField: 'c' };
		expect(buildExample(mapping, { p: 'x', c: ' y' })).toEqual({
			example: { prompt: 'x', completion: ' y' },
			findings: [],
		});
	});

	test('preference pairs of texts, or of messages', () => {
		const mapping: Mapping = {
			kind: 'dpo',
			questionField: 'q',
			preferredField: 'good',
			nonPreferredField: 'bad',
			tools: [ORDER_TOOL],
		};
		const {
			input,
			preferred_output: good,
			non_preferred_output: bad,
		} = PREFERENCE as Record<string, JsonObject>;
		expect(
			buildExample(mapping, { q: 'Thank the customer.', good: 'Thank you very much!', bad: 'ok' })
				.example,
		).toEqual(PREFERENCE);
		expect(buildExample(mapping, { q: input.messages, good, bad }).example).toEqual(PREFERENCE);
		expect(codes(mapping, { q: '', good: 'x', bad: 'y' })).toEqual(['empty_field q']);
	});

	test('reinforcement items with references of any kind', () => {
		const mapping: Mapping = {
			kind: 'rft',
			questionField: 'q',
			systemMessage: 'One word.',
			referenceFields: ['expected.answer', { field: 'score', name: 'points' }],
		};
		expect(
			buildExample(mapping, { q: 'Capital?', expected: { answer: ['Paris'] }, score: 0 }),
		).toEqual({
			example: {
				messages: [
					{ role: 'developer', content: 'One word.' },
					{ role: 'user', content: 'Capital?' },
				],
				answer: ['Paris'],
				points: 0,
			},
			findings: [],
		});
		expect(codes(mapping, { q: 'x', score: 1 })).toEqual(['missing_field expected.answer']);
		const clash = {
			...mapping,
			referenceFields: [{ field: 'score', name: 'messages' }],
		} as Mapping;
		expect(codes(clash, { q: 'x', score: 1 })).toEqual(['reserved_name score']);
		const hostile = {
			...mapping,
			referenceFields: [{ field: 'score', name: '__proto__' }],
		} as Mapping;
		const { example } = buildExample(hostile, { q: 'x', score: { role: 'user' } });
		expect(Object.keys(example as object)).toContain('__proto__');
		expect(Object.getPrototypeOf(example)).toBe(Object.prototype);
	});

	test('whole examples: the item itself, an object in a field, or JSON text', () => {
		expect(buildExample({ kind: 'json' }, PLAIN).example).toEqual(PLAIN);
		const mapping: Mapping = { kind: 'json', exampleField: 'line' };
		expect(buildExample(mapping, { line: PLAIN }).example).toEqual(PLAIN);
		expect(buildExample(mapping, { line: JSON.stringify(PLAIN) }).example).toEqual(PLAIN);
		expect(codes(mapping, { line: '[1]' })).toEqual(['example_not_an_object line']);
	});
});

describe('conversations of several items', () => {
	const rows = [
		{ question: 'Hello?', answer: 'Hello!', rules: 'Be kind.' },
		{ question: 'Order 7?', answer: 'Sent.', rules: 'ignored' },
	];

	test('questions and answers follow each other', () => {
		const { buildConversation } = createBuilder({ ...QA, systemField: 'rules' } as Mapping);
		expect(buildConversation(rows).example).toEqual({
			messages: [
				{ role: 'system', content: 'Be kind.' },
				{ role: 'user', content: 'Hello?' },
				{ role: 'assistant', content: 'Hello!' },
				{ role: 'user', content: 'Order 7?' },
				{ role: 'assistant', content: 'Sent.' },
			],
		});
	});

	test('one message an item', () => {
		const { buildConversation } = createBuilder({
			kind: 'turns',
			roleField: 'from',
			contentField: 'text',
			weightField: 'w',
		});
		const { example } = buildConversation([
			{ from: 'user', text: 'Hello?' },
			{ from: 'assistant', text: 'Hi!', w: 0 },
			{ from: 'user', text: 'Order?' },
			{ from: 'assistant', text: 'Sent.', w: 1 },
		]);
		expect(checkExample(example as unknown as JsonObject)).toEqual([]);
		expect((example as JsonObject).messages).toMatchObject([{}, { weight: 0 }, {}, { weight: 1 }]);
	});

	test('one bad item spoils the conversation, and says so', () => {
		const { buildConversation } = createBuilder(QA);
		const built = buildConversation([rows[0], { question: 'x' }]);
		expect(built.example).toBeUndefined();
		expect(built.findings).toMatchObject([{ code: 'missing_field', path: 'answer' }]);
	});

	test('pairs and items for graders cannot be joined', () => {
		const { buildConversation } = createBuilder({
			kind: 'promptCompletion',
			promptField: 'p',
			completionField: 'c',
		});
		expect(
			buildConversation([
				{ p: 'x', c: 'y' },
				{ p: 'x', c: 'y' },
			]).findings,
		).toMatchObject([{ code: 'not_a_conversation' }]);
		expect(createBuilder(QA).buildConversation([]).example).toBeUndefined();
	});
});

describe('hostile records', () => {
	test('nesting beyond all bounds is a finding', () => {
		let deep: unknown = 'x';
		for (let level = 0; level < 20_000; level++) deep = [deep];
		expect(codes({ kind: 'messages', messagesField: 'm' }, { m: deep })).toEqual([
			'too_deep undefined',
		]);
		expect(codes(QA, { question: deep, answer: 'x' })).toEqual(['empty_field question']);
		const cycle: SourceRecord = { question: 'x' };
		cycle.answer = cycle;
		expect(codes(QA, cycle)).toEqual(['empty_field answer']);
	});

	test('any record and any field names give an example that can be written, or say why not', () => {
		const field = fc.oneof(
			fc.constantFrom(
				'a',
				'a.b',
				'a[0]',
				'a.b[0].c',
				'__proto__',
				'constructor.name',
				'length',
				'',
				'[',
				'a..b',
				'["x y"]',
				'b',
			),
			fc.string(),
		);
		const record = fc.dictionary(
			fc.constantFrom('a', 'b', 'x y', '__proto__', 'c', 'length'),
			fc.jsonValue(),
			{ noNullPrototype: true },
		);
		const mapping = fc.tuple(field, field, field).map(([one, two, three]): Mapping[] => [
			{
				kind: 'questionAnswer',
				questionField: one,
				answerField: two,
				systemField: three,
				imagesField: three,
				weightField: one,
				toolsField: two,
			},
			{ kind: 'messages', messagesField: one, systemField: two },
			{ kind: 'turns', roleField: one, contentField: two, imagesField: three },
			{ kind: 'promptCompletion', promptField: one, completionField: two },
			{ kind: 'dpo', questionField: one, preferredField: two, nonPreferredField: three },
			{
				kind: 'rft',
				questionField: one,
				referenceFields: [two, { field: three, name: '__proto__' }],
			},
			{ kind: 'json', exampleField: one },
		]);
		fc.assert(
			fc.property(record, mapping, (json, mappings) => {
				for (const one of mappings) {
					const { example, findings } = buildExample(one, json);
					if (example) {
						expect(JSON.parse(toLine(example))).toBeInstanceOf(Object);
						checkExample(example as unknown as JsonObject);
					} else expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
