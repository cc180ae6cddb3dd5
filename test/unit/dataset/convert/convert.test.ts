import fc from 'fast-check';
import {
	convertDataset,
	type ConvertOptions,
	type TargetFormat,
} from '../../../../lib/dataset/convert';
import { validateJsonl } from '../../../../lib/dataset/validator';

type Json = object;

async function convert(input: string | Json | Json[], options: ConvertOptions, chunkBytes = 11) {
	const text =
		typeof input === 'string'
			? input
			: (Array.isArray(input) ? input : [input])
					.map((line) => `${JSON.stringify(line)}\n`)
					.join('');
	const bytes = Buffer.from(text);
	function* chunks() {
		for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
	}
	const run = convertDataset(chunks(), options);
	const blocks: Buffer[] = [];
	for await (const block of run.output()) blocks.push(block);
	return { text: Buffer.concat(blocks).toString('utf8'), report: run.report() };
}

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
const system = (content: string) => ({ role: 'system', content });
const CHAT = { messages: [system('S'), user('Q'), assistant('A')] };
const PLAIN = { messages: [user('Q'), assistant('A')] };
const LONG = { messages: [system('S'), user('Q1'), assistant('A1'), user('Q2'), assistant('A2')] };
const DPO = {
	input: { messages: [system('S'), user('Q')] },
	preferred_output: [assistant('good')],
	non_preferred_output: [assistant('bad')],
};
const TOOL = {
	type: 'function',
	function: {
		name: 'find',
		description: 'Finds',
		parameters: { type: 'object', properties: { q: { type: 'string' } } },
	},
};
const CALLS = {
	messages: [
		user('Where is it?'),
		{
			role: 'assistant',
			content: null,
			tool_calls: [
				{ id: 'call_1', type: 'function', function: { name: 'find', arguments: '{"q":"it"}' } },
			],
		},
		{ role: 'tool', tool_call_id: 'call_1', content: 'Köln' },
		assistant('In Köln'),
	],
	tools: [TOOL],
};

const READ: Array<[name: string, source: Json, example: Json]> = [
	['OpenAI chat', CHAT, CHAT],
	['OpenAI preference pair', DPO, DPO],
	[
		'OpenAI preference pair with old names',
		{
			input: DPO.input,
			preferred_completion: DPO.preferred_output,
			non_preferred_completion: DPO.non_preferred_output,
		},
		DPO,
	],
	['Alpaca', { instruction: 'Q', input: '', output: 'A', system: 'S' }, CHAT],
	[
		'Alpaca with an input',
		{ instruction: 'Translate', input: 'Haus', output: 'house' },
		{ messages: [user('Translate\nHaus'), assistant('house')] },
	],
	[
		'Alpaca with history',
		{ instruction: 'Q2', input: '', output: 'A2', system: 'S', history: [['Q1', 'A1']] },
		LONG,
	],
	[
		'Alpaca preference',
		{ instruction: 'Q', input: '', system: 'S', chosen: 'good', rejected: 'bad' },
		DPO,
	],
	[
		'ShareGPT',
		{
			conversations: [
				{ from: 'human', value: 'Q' },
				{ from: 'gpt', value: 'A' },
			],
			system: 'S',
		},
		CHAT,
	],
	[
		'ShareGPT with roles',
		{
			conversations: [
				{ role: 'system', content: 'S' },
				{ role: 'user', content: 'Q' },
				{ role: 'assistant', content: 'A' },
			],
		},
		CHAT,
	],
	[
		'ShareGPT tools',
		{
			conversations: [
				{ from: 'human', value: 'Where is it?' },
				{ from: 'function_call', value: '{"name":"find","arguments":{"q":"it"}}' },
				{ from: 'observation', value: 'Köln' },
				{ from: 'gpt', value: 'In Köln' },
			],
			tools: JSON.stringify([TOOL.function]),
		},
		CALLS,
	],
	[
		'ShareGPT preference',
		{
			conversations: [{ from: 'human', value: 'Q' }],
			system: 'S',
			chosen: { from: 'gpt', value: 'good' },
			rejected: { from: 'gpt', value: 'bad' },
		},
		DPO,
	],
	[
		'TRL preference',
		{ prompt: [system('S'), user('Q')], chosen: [assistant('good')], rejected: [assistant('bad')] },
		DPO,
	],
	[
		'TRL preference in plain text',
		{ prompt: 'Q', chosen: 'good', rejected: 'bad' },
		{ ...DPO, input: { messages: [user('Q')] } },
	],
	[
		'TRL preference without prompt',
		{
			chosen: [system('S'), user('Q'), assistant('good')],
			rejected: [system('S'), user('Q'), assistant('bad')],
		},
		DPO,
	],
	['prompt and completion', { prompt: 'Q', completion: ' A' }, PLAIN],
	[
		'prompt and completion as messages',
		{ prompt: [system('S'), user('Q')], completion: [assistant('A')] },
		CHAT,
	],
];

describe('reading', () => {
	test.each(READ)('%s', async (_name, source, example) => {
		const to = 'input' in example ? 'dpo' : 'chat';
		const { text, report } = await convert(source, { to });
		expect(text).toBe(`${JSON.stringify(example)}\n`);
		expect(report).toMatchObject({ examples: 1, leftOut: 0, dropped: {}, findings: [] });
	});

	test('takes JSON arrays, gzip-free or pretty-printed, as these formats are published', async () => {
		const file = JSON.stringify(
			[
				{ instruction: 'Q', output: 'A', system: 'S' },
				{ instruction: 'Q', input: '', output: 'A' },
			],
			null,
			2,
		);
		expect((await convert(file, { to: 'chat' })).text).toBe(
			`${JSON.stringify(CHAT)}\n${JSON.stringify(PLAIN)}\n`,
		);
	});

	test('counts what it has to drop', async () => {
		const { report } = await convert(
			[
				{ instruction: 'Q', output: 'A', id: 7, note: '' },
				{ instruction: 'Q', output: 'B', id: 8, __proto__x: 1 },
			],
			{ to: 'chat' },
		);
		expect(report).toMatchObject({
			examples: 2,
			dropped: { id: 2, __proto__x: 1 },
			formats: { alpaca: 2 },
		});
	});
});

const WRITTEN: Array<[to: TargetFormat, example: Json, record: Json, dropped?: Json]> = [
	['alpaca', CHAT, { instruction: 'Q', input: '', output: 'A', system: 'S' }],
	[
		'alpaca',
		LONG,
		{ instruction: 'Q2', input: '', output: 'A2', system: 'S', history: [['Q1', 'A1']] },
	],
	['alpaca', DPO, { instruction: 'Q', input: '', chosen: 'good', rejected: 'bad', system: 'S' }],
	[
		'sharegpt',
		LONG,
		{
			conversations: [
				{ from: 'human', value: 'Q1' },
				{ from: 'gpt', value: 'A1' },
				{ from: 'human', value: 'Q2' },
				{ from: 'gpt', value: 'A2' },
			],
			system: 'S',
		},
	],
	[
		'sharegpt',
		CALLS,
		{
			conversations: [
				{ from: 'human', value: 'Where is it?' },
				{ from: 'function_call', value: '{"name":"find","arguments":{"q":"it"}}' },
				{ from: 'observation', value: 'Köln' },
				{ from: 'gpt', value: 'In Köln' },
			],
			tools: JSON.stringify([TOOL.function]),
		},
	],
	[
		'sharegpt',
		DPO,
		{
			conversations: [{ from: 'human', value: 'Q' }],
			system: 'S',
			chosen: { from: 'gpt', value: 'good' },
			rejected: { from: 'gpt', value: 'bad' },
		},
	],
	['trl', CALLS, CALLS],
	[
		'trl',
		DPO,
		{ prompt: [system('S'), user('Q')], chosen: [assistant('good')], rejected: [assistant('bad')] },
	],
	['promptCompletion', CHAT, { prompt: 'S\n\nQ', completion: 'A' }],
	['promptCompletion', PLAIN, { prompt: 'Q', completion: 'A' }],
	['promptCompletion', DPO, { prompt: 'S\n\nQ', completion: 'good' }, { non_preferred_output: 1 }],
	[
		'chat',
		DPO,
		{ messages: [system('S'), user('Q'), assistant('good')] },
		{ non_preferred_output: 1 },
	],
	[
		'alpaca',
		{ messages: [user('Q'), { ...assistant('A'), weight: 1 }] },
		{ instruction: 'Q', input: '', output: 'A' },
		{ weight: 1 },
	],
];

describe('writing', () => {
	test.each(WRITTEN)('%s of %j', async (to, example, ...[record, dropped]) => {
		const { text, report } = await convert(example, { to });
		expect(text).toBe(`${JSON.stringify(record)}\n`);
		expect(report).toMatchObject({ examples: 1, leftOut: 0, dropped: dropped ?? {} });
	});

	test.each<[TargetFormat, Json, string]>([
		['promptCompletion', LONG, 'several_turns'],
		['csv', LONG, 'several_turns'],
		['alpaca', CALLS, 'not_representable'],
		['dpo', CHAT, 'no_preference'],
		[
			'sharegpt',
			{
				messages: [
					{
						role: 'user',
						content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }],
					},
					assistant('A'),
				],
			},
			'not_representable',
		],
		['chat', { instruction: 'Q', output: '' }, 'empty_content'],
		['chat', { conversations: [{ from: 'alien', value: 'Q' }] }, 'not_convertible'],
		['chat', { conversations: [{ from: '__proto__', value: 'Q' }] }, 'not_convertible'],
		['chat', { foo: 1 }, 'unknown_format'],
	])('to %s leaves out what it cannot hold: %j', async (to, example, code) => {
		const { text, report } = await convert(example, { to });
		expect(text).toBe(to === 'csv' ? 'system,question,answer\r\n' : '');
		expect(report).toMatchObject({ examples: 0, leftOut: 1 });
		expect(report.leftOutList[0]).toMatchObject({ line: 1, text: JSON.stringify(example) });
		expect(report.leftOutList[0].findings.map((finding) => finding.code)).toContain(code);
	});

	test('a JSON array, and an empty one', async () => {
		expect((await convert([PLAIN, CHAT], { to: 'chat', asArray: true })).text).toBe(
			`[\n${JSON.stringify(PLAIN)},\n${JSON.stringify(CHAT)}\n]\n`,
		);
		expect((await convert('', { to: 'chat', asArray: true })).text).toBe('[]\n');
	});

	test('chat and preference pairs do not end in one file', async () => {
		const { report } = await convert([CHAT, DPO], { to: 'trl' });
		expect(report).toMatchObject({ examples: 1, leftOut: 1 });
		expect(report.leftOutList[0].findings[0].code).toBe('mixed_formats');
	});
});

describe('tables', () => {
	test('columns with the usual names, in any order and case', async () => {
		const { text, report } = await convert(
			'id,ANSWER,Question,System\r\n1,"A, with ""quotes""",Q,S\r\n',
			{ to: 'chat' },
		);
		expect(text).toBe(
			`${JSON.stringify({ messages: [system('S'), user('Q'), assistant('A, with "quotes"')] })}\n`,
		);
		expect(report).toMatchObject({ formats: { table: 1 }, dropped: { id: 1 } });
	});

	test('columns that the user names', async () => {
		const csv = 'Frage;Antwort\nQ;A\n';
		expect(
			(await convert(csv, { to: 'chat', columns: { question: 'Frage', answer: 'Antwort' } })).text,
		).toBe(`${JSON.stringify(PLAIN)}\n`);
		const { report } = await convert(csv, {
			to: 'chat',
			columns: { question: 'Frage', answer: 'Antwrt' },
		});
		expect(report.findings).toEqual([
			expect.objectContaining({
				code: 'missing_column',
				line: 1,
				message: expect.stringContaining('Frage, Antwort'),
			}),
		]);
		expect(report.leftOutList[0].findings[0].code).toBe('missing_columns');
	});

	test('preference pairs, and cells that hold JSON', async () => {
		expect((await convert('prompt,chosen,rejected\nQ,good,bad\n', { to: 'dpo' })).text).toBe(
			`${JSON.stringify({ ...DPO, input: { messages: [user('Q')] } })}\n`,
		);
		const cell = JSON.stringify(PLAIN.messages).replace(/"/g, '""');
		expect((await convert(`messages,n\n"${cell}",1\n`, { to: 'chat', from: 'csv' })).text).toBe(
			`${JSON.stringify(PLAIN)}\n`,
		);
	});

	test('rows that do not fit are left out', async () => {
		const { report, text } = await convert('question,answer\nQ,A\nQ,with, comma\nonly\n', {
			to: 'chat',
		});
		expect(text).toBe(`${JSON.stringify(PLAIN)}\n`);
		expect(report.leftOutList.map(({ line, findings }) => [line, findings[0].code])).toEqual([
			[3, 'ragged_row'],
			[4, 'ragged_row'],
		]);
	});

	test('are written with a header, quoted where needed', async () => {
		const quoted = { messages: [user('a, b'), assistant('line 1\nline "2"')] };
		expect((await convert([CHAT, quoted], { to: 'csv' })).text).toBe(
			'system,question,answer\r\nS,Q,A\r\n,"a, b","line 1\nline ""2"""\r\n',
		);
		expect((await convert(DPO, { to: 'csv', delimiter: ';' })).text).toBe(
			'system;prompt;chosen;rejected\r\nS;Q;good;bad\r\n',
		);
	});
});

describe('there and back', () => {
	const text = fc
		.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a,b', '"', 'x\ny', '=1+1', '你好 🏙'))
		.map(
			(value) =>
				`t${Buffer.from(value)
					.toString()
					.replace(/[\ufeff\ufffd\0]|<\|/g, '')}`,
		);
	const chat = fc.record({
		sys: fc.option(text, { nil: undefined }),
		question: text,
		answer: text,
	});
	const toExample = ({
		sys,
		question,
		answer,
	}: {
		sys?: string;
		question: string;
		answer: string;
	}) => ({
		messages: [...(sys === undefined ? [] : [system(sys)]), user(question), assistant(answer)],
	});

	test.each<TargetFormat>(['alpaca', 'sharegpt', 'csv', 'trl'])(
		'%s keeps every text',
		async (format) => {
			await fc.assert(
				fc.asyncProperty(fc.array(chat, { minLength: 1, maxLength: 5 }), async (cases) => {
					const examples = cases.map(toExample);
					const there = await convert(examples, { to: format });
					const back = await convert(
						there.text,
						{ to: 'chat', from: format === 'csv' ? 'csv' : 'auto', delimiter: ',' },
						5000,
					);
					expect(back.text).toBe(
						examples.map((example) => `${JSON.stringify(example)}\n`).join(''),
					);
				}),
				{ numRuns: 60 },
			);
		},
	);

	test('never throws, whatever the input, and writes only valid examples', async () => {
		const part = fc.oneof(
			fc.constantFrom(
				'{',
				'}',
				'[',
				']',
				'"',
				',',
				'\n',
				'question,answer\n',
				JSON.stringify(CHAT),
				'"conversations"',
				':',
				'{"instruction":"a","output":{}}',
				'{"chosen":[],"rejected":[]}',
				'{"prompt":1,"chosen":[{}],"rejected":[null]}',
				'{"conversations":[null]}',
				'{"messages":null}',
				'{"instruction":"x","output":"y","history":[[1]]}',
			),
			fc.string({ maxLength: 4 }),
			fc.json(),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(part, { maxLength: 12 }),
				fc.constantFrom<TargetFormat>(
					'chat',
					'csv',
					'sharegpt',
					'alpaca',
					'trl',
					'dpo',
					'promptCompletion',
				),
				async (parts, to) => {
					const { text: output } = await convert(parts.join('\n'), { to });
					if (to !== 'chat') return;
					const checked = await validateJsonl([Buffer.from(output)], { minExamples: 0 });
					expect(checked.invalidExamples).toBe(0);
				},
			),
			{ numRuns: 300 },
		);
	});
});
