import { gzipSync } from 'node:zlib';

import { chat, codes, file, jsonl, run, textOf } from './support';

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
