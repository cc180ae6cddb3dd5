import type { IDataObject } from 'n8n-workflow';

import { ANSWER, LONG, pair } from './quality.support';
import { chat, file, jsonl, run, textOf } from './support';

describe('Statistics', () => {
	const items = [
		pair(LONG, ANSWER, { category: 'a', tags: ['x'] }),
		pair(LONG, ANSWER, { category: '<b>' }),
		pair('Wie?', 'Bitte starten Sie den Rechner neu und melden Sie sich an.'),
	];

	test('one item with all figures, and a report that stands alone', async () => {
		const { outputs } = await run('statistics', { inputType: 'items' }, { items });
		const [[figures], [report]] = outputs;
		expect(figures.json).toMatchObject({
			records: 3,
			unreadable: 0,
			lengthUnit: 'tokens',
			tokens: { count: 3 },
			duplicates: { leftOver: 1 },
			languages: [
				{ value: 'en', count: 2 },
				{ value: 'de', count: 1 },
			],
		});
		expect((figures.json.fields as IDataObject[]).map(({ field }) => field)).toEqual([
			'category',
			'tags',
		]);
		expect(report.json).toEqual({ fileName: 'dataset-report.html', title: 'Dataset' });
		expect(report.binary!.data.mimeType).toBe('text/html');
		const html = await textOf(report);
		expect(html).toContain('&lt;b&gt;');
		expect(html).not.toContain('<b>');
		expect(html.startsWith('<!doctype html>')).toBe(true);
	});

	test('an item a figure, and no report', async () => {
		const { outputs } = await run(
			'statistics',
			{ inputType: 'items', outputAs: 'rows', htmlReport: false, options: { countTokens: false } },
			{ items },
		);
		expect(outputs[1]).toEqual([]);
		expect(outputs[0].map(({ json }) => json)).toEqual(
			expect.arrayContaining([
				{ metric: 'records', name: 'all', value: 3 },
				{ metric: 'language', name: 'en', value: 2 },
				{ metric: 'category', name: '<b>', value: 1 },
			]),
		);
		expect(outputs[0].some(({ json }) => json.metric === 'tokens')).toBe(false);
	});

	test('files, each with its own report', async () => {
		const files = [
			{ json: { title: 'One' }, files: file(`${jsonl(chat('a', ANSWER))}oops\n`, 'a.jsonl') },
			{ json: { title: '' }, files: file(jsonl(chat('b', ANSWER), chat('c', ANSWER)), 'b.jsonl') },
		];
		const { outputs, hints } = await run(
			'statistics',
			{ inputType: 'binary', outputField: 'page', options: { title: '={{ $json.title }}' } },
			{ items: files },
		);
		expect(outputs[0].map(({ json }) => [json.fileName, json.records, json.unreadable])).toEqual([
			['a.jsonl', 1, 1],
			['b.jsonl', 2, 0],
		]);
		expect(
			outputs[1].map(({ json, pairedItem }) => [json.title, json.fileName, pairedItem]),
		).toEqual([
			['One', 'a-report.html', { item: 0 }],
			['b.jsonl', 'b-report.html', { item: 1 }],
		]);
		expect(await textOf(outputs[1][0], 'page')).toContain('1 not readable');
		expect(hints[0].message).toContain('1 line could not be read');
	});
});
