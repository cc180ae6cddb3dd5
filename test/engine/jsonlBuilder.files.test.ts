import { gzipSync } from 'node:zlib';

import { ExecuteContext } from 'n8n-core';

import { chat, codes, file, jsonl, many, run, textOf } from './jsonlBuilder.support';
import { JsonlBuilder } from '../../nodes/JsonlBuilder/JsonlBuilder.node';
import { startNode } from './harness';

const DPO = {
	input: { messages: [{ role: 'user', content: 'Q' }] },
	preferred_output: [{ role: 'assistant', content: 'G' }],
	non_preferred_output: [{ role: 'assistant', content: 'B' }],
};

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

describe.each(['memory', 'filesystem'] as const)('Repair, binary data in %s', (binaryMode) => {
	test('mends each item by its own settings', async () => {
		const html = jsonl(chat('a &amp; b'));
		const items = [
			{
				json: { html: true },
				files: file(`\ufeff${JSON.stringify([JSON.parse(html)], null, 2)}`, 'a.json'),
			},
			{ json: { html: false }, files: file(gzipSync(html), 'b.jsonl.gz') },
		];
		const { outputs, hints } = await run(
			'repair',
			{ options: { unescapeHtml: '={{ $json.html }}' } },
			{ items, binaryMode },
		);
		const [[first, second], leftOut] = outputs;
		expect(await textOf(first)).toBe(jsonl(chat('a & b')));
		expect(first.json).toMatchObject({
			fileName: 'a.jsonl',
			examples: 1,
			mends: {
				byte_order_mark: 1,
				json_array: 1,
				several_lines: 1,
				html_escaped: 1,
				missing_last_newline: 1,
			},
		});
		expect(first.binary!.data).toMatchObject({
			fileName: 'a.jsonl',
			mimeType: 'application/jsonl',
		});
		expect(await textOf(second)).toBe(html);
		expect(second.json).toMatchObject({ fileName: 'b.jsonl', mends: { gzip: 1 } });
		expect([first.pairedItem, second.pairedItem]).toEqual([{ item: 0 }, { item: 1 }]);
		expect(leftOut).toEqual([]);
		expect(hints).toEqual([]);
	});

	test('what cannot be mended is in the second output, linked to its item', async () => {
		const items = [
			{ files: file(jsonl(chat('Q'))) },
			{ files: file(`oops\n${jsonl(chat('Q'))}{"a":\n`) },
		];
		const { outputs, hints } = await run(
			'repair',
			{ outputField: 'fixed', options: { maxLeftOut: 1, fileName: 'x.jsonl' } },
			{ items, binaryMode },
		);
		expect(await textOf(outputs[0][1], 'fixed')).toBe(jsonl(chat('Q')));
		expect(outputs[0][1].binary).toHaveProperty('data');
		expect(outputs[0][1].json).toMatchObject({
			leftOut: 2,
			leftOutNotListed: 1,
			fileName: 'x.jsonl',
		});
		expect(outputs[1]).toEqual([
			{
				json: {
					line: 1,
					lastLine: 1,
					reason: expect.any(String),
					findings: [expect.objectContaining({ line: 1 })],
					text: 'oops',
				},
				pairedItem: { item: 1 },
			},
		]);
		expect(hints[0].message).toContain('2 pieces');
	});

	test('a file larger than what is collected in memory', async () => {
		const examples = Array.from({ length: 100 }, (_, index) =>
			chat(`Q${index}`, 'ä'.repeat(60_000)),
		);
		const { outputs } = await run(
			'repair',
			{},
			{ items: [{ files: file(jsonl(...examples).replace(/\n/g, '\r\n')) }], binaryMode },
		);
		expect(await textOf(outputs[0][0])).toBe(jsonl(...examples));
		expect(outputs[0][0].json.mends).toEqual({ carriage_return: 100 });
	});

	test('a workbook is named, and gives an empty file', async () => {
		const { outputs } = await run(
			'repair',
			{},
			{ items: [{ files: file(Buffer.from('PK\x03\x04', 'latin1')) }], binaryMode },
		);
		expect(codes(outputs[0][0])).toEqual(['not_a_text_file']);
		expect(outputs[0][0].json.examples).toBe(0);
	});
});

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

describe.each(['memory', 'filesystem'] as const)('Split, binary data in %s', (binaryMode) => {
	const words =
		'printer paper jam invoice refund login password reset screen cable order delivery'.split(' ');
	const distinct = Array.from({ length: 40 }, (_, index) =>
		chat(
			words.map((word, at) => `${word}${(index * 7 + at * 13) % 101}`).join(' '),
			`Reply ${index}`,
		),
	);

	test('each item by its own share, as two files', async () => {
		const items = [
			{ json: { share: 10 }, files: file(jsonl(...distinct), 'set.jsonl') },
			{ json: { share: 50 }, files: file(jsonl(...distinct)) },
		];
		const { outputs } = await run(
			'split',
			{ percentage: '={{ $json.share }}', options: { trainingFileName: '' } },
			{ items, binaryMode },
		);
		expect(outputs.map((side) => side.map(({ json }) => json.examples))).toEqual([
			[36, 20],
			[4, 20],
		]);
		const [training, validation] = await Promise.all([
			textOf(outputs[0][0]),
			textOf(outputs[1][0]),
		]);
		expect([...training.split('\n'), ...validation.split('\n')].filter(Boolean).sort()).toEqual(
			jsonl(...distinct)
				.split('\n')
				.filter(Boolean)
				.sort(),
		);
		expect(outputs[0][0].json).toMatchObject({
			fileName: 'set-training.jsonl',
			side: 'training',
			allExamples: 40,
			training: 36,
			validation: 4,
			leftOut: 0,
		});
		expect(outputs[1][0].json).toMatchObject({
			fileName: 'set-validation.jsonl',
			side: 'validation',
		});
		expect(outputs[1][1].pairedItem).toEqual({ item: 1 });
	});

	test('by number, balanced by a field that is left out, with what is left out said', async () => {
		const lines = distinct.map((example, index) => ({ ...example, topic: index % 2 ? 'a' : 'b' }));
		const { outputs, hints } = await run(
			'split',
			{ validationSize: 'count', count: 10, options: { stratifyBy: 'topic', seed: 3 } },
			{ items: [{ files: file(`${jsonl(...lines)}oops\n`) }], binaryMode },
		);
		expect(outputs[1][0].json.strata).toEqual({
			a: { training: 15, validation: 5 },
			b: { training: 15, validation: 5 },
		});
		expect(await textOf(outputs[1][0])).not.toContain('topic');
		expect(hints[0].message).toContain('1 line');
	});
});

describe('the node', () => {
	test('stops when the execution is stopped, whatever "continue on fail" says', async () => {
		const items = [{ files: file(jsonl(...many(10))) }];
		const { result, cancel } = startNode({
			node: new JsonlBuilder(),
			items,
			parameters: { operation: 'validate' },
			continueOnFail: true,
		});
		cancel();
		const { status, outputs } = await result;
		expect(status).not.toBe('success');
		expect(outputs.flat()).toEqual([]);
	});

	test.each([
		['build', ['Dataset', 'Left Out']],
		['split', ['Training', 'Validation']],
		['validate', ['Valid', 'Invalid']],
	])('failing items of %s go to the error output behind its own two', async (operation) => {
		const { outputs } = await run(
			operation,
			operation === 'build' ? { questionField: '={{ "" }}' } : {},
			{ items: [{ json: {} }], onError: 'continueErrorOutput' },
		);
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 1]);
		expect(outputs[2][0].json.error).toBeTruthy();
	});

	test('gives an agent everything in the one output it sees', async () => {
		const asTool = jest.spyOn(ExecuteContext.prototype, 'isToolExecution').mockReturnValue(true);
		const { outputs } = await run('validate', { inputType: 'text', text: 'oops' });
		asTool.mockRestore();
		expect(outputs[0]).toEqual([
			expect.objectContaining({ json: expect.objectContaining({ valid: false }) }),
		]);
		expect(outputs[1] ?? []).toEqual([]);
	});
});
