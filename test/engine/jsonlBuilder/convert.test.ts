import { chat, DPO, file, jsonl, many, run, textOf } from './support';

describe.each(['memory', 'filesystem'] as const)('Convert, binary data in %s', (binaryMode) => {
	test('each item from its own format to its own', async () => {
		const items = [
			{ json: { to: 'chat' }, files: file('question,answer\nQ,A\n', 'faq.csv') },
			{ json: { to: 'csv' }, files: file(jsonl(chat('Q')), 'faq.jsonl') },
			{
				json: { to: 'sharegpt' },
				files: file(JSON.stringify([{ instruction: 'Q', output: 'A' }]), 'alpaca.json'),
			},
		];
		const { outputs } = await run('convert', { to: '={{ $json.to }}' }, { items, binaryMode });
		expect(await Promise.all(outputs[0].map(async (item) => await textOf(item)))).toEqual([
			jsonl(chat('Q')),
			'system,question,answer\r\n,Q,A\r\n',
			jsonl({
				conversations: [
					{ from: 'human', value: 'Q' },
					{ from: 'gpt', value: 'A' },
				],
			}),
		]);
		expect(
			outputs[0].map(({ binary, pairedItem }) => [
				binary!.data.fileName,
				binary!.data.mimeType,
				pairedItem,
			]),
		).toEqual([
			['faq.jsonl', 'application/jsonl', { item: 0 }],
			['faq.csv', 'text/csv', { item: 1 }],
			['alpaca.jsonl', 'application/jsonl', { item: 2 }],
		]);
	});
});

describe('Convert', () => {
	test('to items, all or some', async () => {
		const rft = { messages: [{ role: 'user', content: 'Q' }], reference: 'R' };
		const items = [
			{ files: file(jsonl(...many(2), rft, { foo: 1 })) },
			{ files: file(jsonl(DPO)) },
		];
		const { outputs, hints } = await run('convert', { to: 'items', returnAll: true }, { items });
		expect(outputs[0].map(({ json }) => json)).toEqual([...many(2), rft, DPO]);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
		]);
		expect(outputs[1]).toEqual([
			{ json: expect.objectContaining({ line: 4 }), pairedItem: { item: 0 } },
		]);
		expect(hints[0].message).toContain('1 record ');
		expect(
			(await run('convert', { to: 'items', limit: 2 }, { items })).outputs[0].map(
				({ pairedItem }) => pairedItem,
			),
		).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }]);
	});

	test('named columns, a delimiter and a JSON array', async () => {
		const { outputs } = await run('convert', {
			inputType: 'text',
			text: 'Frage|Antwort|ID\nQ|A|7\n',
			to: 'alpaca',
			options: {
				questionColumn: 'Frage',
				answerColumn: 'Antwort',
				delimiter: '|',
				asArray: true,
				fileName: 'set.json',
			},
		});
		expect(await textOf(outputs[0][0])).toBe('[\n{"instruction":"Q","input":"","output":"A"}\n]\n');
		expect(outputs[0][0].json).toMatchObject({
			fileName: 'set.json',
			dropped: { ID: 1 },
			examples: 1,
		});
		expect(outputs[0][0].binary!.data.mimeType).toBe('application/json');
	});

	test('an input without records says so', async () => {
		const { outputs, hints } = await run('convert', { inputType: 'text', text: '={{ "" }}' });
		expect(outputs[0][0].json.examples).toBe(0);
		expect(hints[0].message).toContain('empty');
	});
});
