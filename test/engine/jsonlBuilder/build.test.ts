import { run, chat, codes, jsonl, many, textOf } from './support';

const qa = (question: unknown, answer: unknown) => ({ json: { question, answer } as never });

describe.each(['memory', 'filesystem'] as const)('Build, binary data in %s', (binaryMode) => {
	test('items become one JSONL file, byte for byte', async () => {
		const items = [
			qa('What is the lowest rated area?', 'Köln 🏙 office\n"noise"'),
			qa('Line\u2028separator', 'A'),
		];
		const { outputs, status, hints } = await run(
			'build',
			{ systemMessage: 'Be brief.' },
			{ items, binaryMode },
		);
		expect(status).toBe('success');
		const [[dataset], leftOut] = outputs;
		expect(await textOf(dataset)).toBe(
			'{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What is the lowest rated area?"},{"role":"assistant","content":"Köln 🏙 office\\n\\"noise\\""}]}\n' +
				'{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Line\\u2028separator"},{"role":"assistant","content":"A"}]}\n',
		);
		expect(dataset.binary!.data).toMatchObject({
			fileName: 'dataset.jsonl',
			mimeType: 'application/jsonl',
			fileExtension: 'jsonl',
		});
		expect(dataset.json).toMatchObject({
			fileName: 'dataset.jsonl',
			items: 2,
			examples: 2,
			leftOut: 0,
			valid: false,
			format: 'chat',
			counts: { too_few_examples: 1 },
		});
		expect(dataset.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(leftOut).toEqual([]);
		expect(hints).toEqual([]);
	});

	test('appends to an existing file, whose last line may not be ended', async () => {
		const before = jsonl(...many(10)).trimEnd();
		const { outputs } = await run(
			'build',
			{ options: { appendField: 'old' } },
			{
				items: [
					{
						json: { question: 'Q', answer: 'A' },
						files: { old: { content: before, fileName: 'old.jsonl' } },
					},
					qa('Q2', 'A2'),
				],
				binaryMode,
			},
		);
		const [[dataset]] = outputs;
		expect(await textOf(dataset)).toBe(`${before}\n${jsonl(chat('Q'), chat('Q2', 'A2'))}`);
		expect(dataset.json).toMatchObject({
			examples: 12,
			items: 2,
			appendedTo: 'old.jsonl',
			fileName: 'old.jsonl',
			valid: true,
		});
	});

	test('a dataset larger than what is collected in memory', async () => {
		const items = Array.from({ length: 120 }, (_, index) =>
			qa(`Q${index} ${'x'.repeat(100_000)}`, 'A'),
		);
		const { outputs } = await run(
			'build',
			{ options: { countTokens: 'none' } },
			{ items, binaryMode },
		);
		expect(await textOf(outputs[0][0])).toBe(
			jsonl(...items.map(({ json }) => chat((json as { question: string }).question))),
		);
		expect(outputs[0][0].json).toMatchObject({ examples: 120, valid: true });
	});
});

describe('input formats', () => {
	test.each<[string, object, object, object]>([
		[
			'messages',
			{ messagesField: 'data.chat' },
			{ data: { chat: JSON.stringify(chat('Q').messages) } },
			chat('Q'),
		],
		['promptCompletion', {}, { prompt: 'P', completion: 'C' }, { prompt: 'P', completion: 'C' }],
		[
			'dpo',
			{ preferredField: 'good' },
			{ question: 'Q', good: 'G', non_preferred: 'B' },
			{
				input: { messages: [{ role: 'user', content: 'Q' }] },
				preferred_output: [{ role: 'assistant', content: 'G' }],
				non_preferred_output: [{ role: 'assistant', content: 'B' }],
			},
		],
		[
			'rft',
			{ referenceFields: 'ref, grade.points', systemMessage: 'S' },
			{ question: 'Q', ref: 'R', grade: { points: 2 } },
			{
				messages: [
					{ role: 'developer', content: 'S' },
					{ role: 'user', content: 'Q' },
				],
				ref: 'R',
				points: 2,
			},
		],
		['json', {}, chat('Q'), chat('Q')],
		[
			'json',
			{
				example:
					'={{ JSON.stringify({ messages: [{ role: "user", content: $json.a }, { role: "assistant", content: $json.b }] }) }}',
			},
			{ a: 'Q', b: 'A' },
			chat('Q'),
		],
		['json', { example: '={{ $json.example }}' }, { example: chat('Q') }, chat('Q')],
	])('%s %j', async (inputFormat, parameters, json, example) => {
		const { outputs } = await run(
			'build',
			{ inputFormat, ...parameters },
			{ items: [{ json: json as never }] },
		);
		expect(await textOf(outputs[0][0])).toBe(jsonl(example));
		expect(outputs[0][0].json.leftOut).toBe(0);
	});

	test('turns of conversations, grouped and in order', async () => {
		const turn = (ticket: number, at: number, role: string, content: string) => ({
			json: { ticket, at, role, content },
		});
		const items = [
			turn(1, 2, 'assistant', 'A1'),
			turn(2, 1, 'user', 'Q2'),
			turn(1, 1, 'user', 'Q1'),
			turn(2, 2, 'assistant', 'A2'),
		];
		const { outputs } = await run(
			'build',
			{ inputFormat: 'turns', conversationField: 'ticket', options: { orderField: 'at' } },
			{ items },
		);
		expect(await textOf(outputs[0][0])).toBe(jsonl(chat('Q1', 'A1'), chat('Q2', 'A2')));
	});

	test('questions and answers grouped to a conversation, with weight, tools and images', async () => {
		const tools = [
			{
				type: 'function',
				function: { name: 'find', parameters: { type: 'object', properties: {} } },
			},
		];
		const items = [
			{ json: { question: 'Q1', answer: 'A1', w: 0, t: 'x', shot: 'https://example.com/a.png' } },
			{ json: { question: 'Q2', answer: 'A2', w: 1, t: 'x', shot: '' } },
		];
		const { outputs } = await run(
			'build',
			{
				options: {
					groupField: 't',
					weightField: 'w',
					imagesField: 'shot',
					imageDetail: 'low',
					tools: JSON.stringify(tools),
					parallelToolCalls: false,
				},
			},
			{ items },
		);
		expect(JSON.parse(await textOf(outputs[0][0]))).toEqual({
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'Q1' },
						{ type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
					],
				},
				{ role: 'assistant', content: 'A1', weight: 0 },
				{ role: 'user', content: 'Q2' },
				{ role: 'assistant', content: 'A2', weight: 1 },
			],
			tools,
			parallel_tool_calls: false,
		});
	});
});

describe('parameters', () => {
	test('are read once, so that a field name may be an expression', async () => {
		const items = [
			{ json: { name: 'frage', frage: 'Q', answer: 'A' } },
			{ json: { name: 'other', frage: 'Q2', answer: 'A2', other: 'X' } },
		];
		const { outputs } = await run('build', { questionField: '={{ $json.name }}' }, { items });
		expect(await textOf(outputs[0][0])).toBe(jsonl(chat('Q'), chat('Q2', 'A2')));
	});

	test('name of file and field', async () => {
		const { outputs } = await run(
			'build',
			{ outputField: 'set', options: { fileName: 'support 2026.jsonl' } },
			{ items: [qa('Q', 'A')] },
		);
		expect(outputs[0][0].binary).toMatchObject({ set: { fileName: 'support 2026.jsonl' } });
	});

	test('tokens, epochs and cost in the report', async () => {
		const items = Array.from({ length: 50 }, (_, index) => qa(`Q${index}`, 'Hello world'));
		const { outputs } = await run(
			'build',
			{
				baseModel: 'my-model',
				options: { epochs: 2, prices: '[{"model":"my-model","training":10}]' },
			},
			{ items },
		);
		const { tokens, cost, epochs } = outputs[0][0].json as never as {
			tokens: { total: number; billed: number };
			cost: { amount: number };
			epochs: number;
		};
		expect(epochs).toBe(2);
		expect(tokens.total).toBeGreaterThan(500);
		expect(cost).toMatchObject({
			currency: 'USD',
			model: 'my-model',
			trainedTokens: tokens.billed * 2,
		});
		expect(cost.amount).toBeCloseTo((tokens.billed * 2 * 10) / 1e6, 4);
	});

	test('prices that are no prices are named', async () => {
		const { error } = await run(
			'build',
			{ options: { prices: '[{"model":"m","training":"much"}]' } },
			{ items: [qa('Q', 'A')] },
		);
		expect(error?.message).toContain('training');
		expect(error?.description).toContain("'Prices'");
	});
});

describe('invalid examples', () => {
	const items = [
		qa('Q0', 'A0'),
		qa('Q1', ''),
		{ json: { question: 'Q2' } },
		qa('Q3', 'with <|im_start|> in it'),
		qa('Q4', 'A4'),
	];

	test('go to the second output with their reason, item and link', async () => {
		const { outputs, hints } = await run('build', {}, { items });
		const [[dataset], leftOut] = outputs;
		expect(await textOf(dataset)).toBe(jsonl(chat('Q0', 'A0'), chat('Q4', 'A4')));
		expect(dataset.json).toMatchObject({ examples: 2, leftOut: 3 });
		expect(
			leftOut.map(({ json, pairedItem }) => [
				(json.item as { question: string }).question,
				pairedItem,
			]),
		).toEqual([
			['Q1', [{ item: 1 }]],
			['Q2', [{ item: 2 }]],
			['Q3', [{ item: 3 }]],
		]);
		expect(leftOut.map(codes)).toEqual([
			['empty_field'],
			['missing_field'],
			expect.arrayContaining(['special_token']),
		]);
		expect(hints[0].message).toContain('3 items');
	});

	test('are only reported', async () => {
		const { outputs } = await run('build', { invalidExamples: 'leaveOut' }, { items });
		expect(outputs[1]).toEqual([]);
		expect(outputs[0][0].json).toMatchObject({
			leftOut: 3,
			leftOutItems: [{ item: 1, code: 'empty_field' }, { item: 2 }, { item: 3 }],
		});
	});

	test('stop the node, which names the item and what to do', async () => {
		const { status, error } = await run('build', { invalidExamples: 'stop' }, { items });
		expect(status).toBe('error');
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(error?.message).toContain('answer');
		expect(error?.description).toContain("'Invalid Examples'");
	});

	test('stop the node, which goes on with an error item', async () => {
		const { status, outputs } = await run(
			'build',
			{ invalidExamples: 'stop' },
			{ items, continueOnFail: true },
		);
		expect(status).toBe('success');
		expect(outputs[0]).toEqual([
			{
				json: {
					error: { message: expect.stringContaining('[item 1]'), description: expect.any(String) },
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('stop the node also when most of a large file is written already', async () => {
		const large = Array.from({ length: 100 }, (_, index) =>
			qa(`Q${index} ${'x'.repeat(100_000)}`, index === 99 ? '' : 'A'),
		);
		const { error, outputs } = await run(
			'build',
			{ invalidExamples: 'stop', options: { countTokens: 'none' } },
			{ items: large, binaryMode: 'filesystem' },
		);
		expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 99 } });
		expect(outputs.flat()).toEqual([]);
	});

	test('nothing but invalid examples gives an empty file and a hint', async () => {
		const { outputs, hints } = await run('build', { questionField: 'nope' }, { items });
		expect(await textOf(outputs[0][0])).toBe('');
		expect(outputs[0][0].json).toMatchObject({ examples: 0, leftOut: 5, valid: false });
		expect(hints[0].message).toContain('names of the fields');
	});

	test('a field name that is empty stops with its name', async () => {
		const { error } = await run('build', { questionField: '={{ "" }}' }, { items });
		expect(error?.message).toBe("'Question Field' is empty");
	});

	test('a file to append to that is no JSONL stops', async () => {
		const { error } = await run(
			'build',
			{ options: { appendField: 'old' } },
			{
				items: [
					{
						json: { question: 'Q', answer: 'A' },
						files: { old: { content: Buffer.from('PK\x03\x04x', 'latin1'), fileName: 'a.xlsx' } },
					},
				],
			},
		);
		expect(error?.message).toContain('a.xlsx');
		expect(error?.description).toBeTruthy();
	});

	test('hostile values of items', async () => {
		const proto = JSON.parse(
			'{"question":"Q","answer":"A","__proto__":{"polluted":true}}',
		) as object;
		const deep = { question: 'Q', answer: 'A', messages: {} as object };
		for (let level = 0; level < 3000; level++) deep.messages = { nested: deep.messages };
		const { outputs, hints } = await run(
			'build',
			{},
			{
				items: [
					{ json: proto as never },
					{ json: deep as never },
					qa('half \ud83d', 'A'),
					qa({ a: 1 }, 'A'),
				],
			},
		);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
		const text = await textOf(outputs[0][0]);
		expect(text.startsWith(jsonl(chat('Q'), chat('Q')))).toBe(true);
		expect(outputs[0][0].json).toMatchObject({
			examples: 4,
			itemWarnings: [
				{ item: 2, code: 'lone_surrogate' },
				{ item: 3, code: 'object_as_text' },
			],
		});
		expect(hints[0].message).toContain('2 warnings');
	});
});
