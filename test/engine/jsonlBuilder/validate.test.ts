import { gzipSync } from 'node:zlib';

import { codes, DPO, file, jsonl, many, run, textOf } from './support';

describe('Validate', () => {
	test('a valid file goes to Valid with its report, an invalid one to Invalid, each with its binary', async () => {
		const items = [
			{ json: { n: 1 }, files: file(jsonl(...many(60)), 'good.jsonl') },
			{
				json: { n: 2 },
				files: file(`${jsonl(...many(12))}{"messages": []}\nnot json\n`, 'bad.jsonl'),
			},
		];
		const { outputs } = await run('validate', {}, { items });
		const [[valid], [invalid]] = outputs;
		expect(valid.json).toMatchObject({
			fileName: 'good.jsonl',
			valid: true,
			examples: 60,
			invalidExamples: 0,
			errors: 0,
			epochs: 3,
			cost: { currency: 'USD', model: 'gpt-4.1-mini-2025-04-14' },
		});
		expect(valid.json.tokens).toMatchObject({
			total: expect.any(Number),
			min: expect.any(Number),
			mean: expect.any(Number),
			p95: expect.any(Number),
			max: expect.any(Number),
		});
		expect(valid.pairedItem).toEqual({ item: 0 });
		expect(await textOf(valid)).toBe(jsonl(...many(60)));
		expect(invalid.json).toMatchObject({ valid: false, examples: 14, invalidExamples: 2 });
		expect(invalid.json.findings).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					code: 'empty_messages',
					line: 13,
					path: 'messages',
					fix: expect.any(String),
				}),
				expect.objectContaining({ line: 14 }),
			]),
		);
		expect(invalid.pairedItem).toEqual({ item: 1 });
		expect(invalid.binary!.data.fileName).toBe('bad.jsonl');
	});

	test('text by expression, and each item its own parameters', async () => {
		const items = [
			{ json: { text: jsonl(...many(3)), min: 3, format: 'chat' } },
			{ json: { text: jsonl(...many(3)), min: 4, format: 'chat' } },
			{ json: { text: jsonl(DPO, DPO), min: 1, format: 'chat' } },
		];
		const { outputs } = await run(
			'validate',
			{
				inputType: 'text',
				text: '={{ $json.text }}',
				options: { minExamples: '={{ $json.min }}', format: '={{ $json.format }}' },
			},
			{ items },
		);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(outputs[1].map((item) => [item.pairedItem, codes(item)[0]])).toEqual([
			[{ item: 1 }, 'too_few_examples'],
			[{ item: 2 }, 'unexpected_format'],
		]);
		expect(outputs[0][0]).not.toHaveProperty('binary');
		expect(outputs[0][0].json).not.toHaveProperty('fileName');
	});

	test('counts tokens of all examples, of a sample, or of none', async () => {
		const items = ['all', 'sample', 'none'].map((countTokens) => ({
			json: { countTokens },
			files: file(jsonl(...many(2000, 'Some question number'))),
		}));
		const { outputs } = await run(
			'validate',
			{ options: { countTokens: '={{ $json.countTokens }}' } },
			{ items },
		);
		const [all, sample, none] = outputs[0].map(
			({ json }) =>
				json as never as {
					tokens?: { total: number; low: number; high: number; sampled: number };
					cost?: { amount: number };
				},
		);
		expect(sample.tokens).toMatchObject({ sampled: 1000, exact: false, confidence: 0.95 });
		expect(sample.tokens!.low).toBeLessThanOrEqual(all.tokens!.total);
		expect(sample.tokens!.high).toBeGreaterThanOrEqual(all.tokens!.total);
		expect(sample.cost!.amount).toBeCloseTo(all.cost!.amount, 2);
		expect(none).not.toHaveProperty('tokens');
		expect(none).not.toHaveProperty('cost');
	});

	test('limits of findings, lines and tokens', async () => {
		const text = `${'oops\n'.repeat(30)}${jsonl(...many(12))}`;
		const { outputs } = await run('validate', {
			inputType: 'text',
			text,
			options: { maxFindings: 5, tokenLimit: 5 },
		});
		const { json } = outputs[1][0];
		expect(json.findings).toHaveLength(5);
		expect(json).toMatchObject({
			findingsLeftOut: expect.any(Number),
			counts: { json_unexpected: 30 },
		});
	});

	test('a missing field says so, and the node can go on', async () => {
		const items = [{ json: {} }, { json: {}, files: file(jsonl(...many(10))) }];
		const stopped = await run('validate', {}, { items });
		expect(stopped.error?.context.itemIndex).toBe(0);
		const { outputs } = await run('validate', {}, { items, continueOnFail: true });
		expect(outputs[0]).toEqual([
			{
				json: { error: expect.objectContaining({ message: expect.stringContaining("'data'") }) },
				pairedItem: { item: 0 },
			},
			expect.objectContaining({ json: expect.objectContaining({ valid: true }) }),
		]);
	});

	test.each<[string, string | Buffer, string]>([
		['an empty file', '', 'empty_file'],
		['gzip', gzipSync(jsonl(...many(10))), 'file_is_gzip'],
		['UTF-16', Buffer.from(`\ufeff${jsonl(...many(10))}`, 'utf16le'), 'file_is_utf16le'],
		['an array', JSON.stringify(many(10)), 'file_is_json_array'],
		['deep nesting', `{"messages":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`, 'too_deep'],
		[
			'a NUL and duplicate keys',
			`{"messages":[{"role":"user","content":"\\u0000","content":"x"}]}\n`,
			'duplicate_key',
		],
		['a truncated last line', `${jsonl(...many(10))}{"messages":[{"ro`, 'truncated_last_line'],
		[
			'a lone surrogate',
			jsonl(...many(10)).replace('Answer 3', 'Answer \\ud83d'),
			'lone_surrogate',
		],
	])('%s is a finding', async (_name, content, code) => {
		const { outputs, status } = await run('validate', {}, { items: [{ files: file(content) }] });
		expect(status).toBe('success');
		expect(outputs[0]).toEqual([]);
		expect(codes(outputs[1][0])).toContain(code);
	});
});
