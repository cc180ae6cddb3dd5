import { ExecuteContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { JsonlBuilder } from '../../nodes/JsonlBuilder/JsonlBuilder.node';
import { startNode } from './harness';
import { chat, file, jsonl, many, run, textOf } from './jsonlBuilder.support';

const LONG =
	'The scanner on the third floor stopped sending documents to the shared folder after the update of last Tuesday evening';
const ANSWER =
	'Open Settings, choose Security and press Reset password; you get a mail with a link that is good for an hour.';

const pair = (question: string, answer: string, more: IDataObject = {}): { json: IDataObject } => ({
	json: { question, answer, ...more },
});
const linesOf = async (item: INodeExecutionData) =>
	(await textOf(item))
		.split('\n')
		.slice(0, -1)
		.map((line) => JSON.parse(line) as IDataObject);
const questions = (items: INodeExecutionData[]) => items.map(({ json }) => json.question);

describe('Deduplicate', () => {
	const parameters = (more: IDataObject = {}) => ({ inputType: 'items', ...more });

	test('items in, items out: the first stays as it is, the others say what they are duplicates of', async () => {
		const items = [
			{ ...pair(LONG, ANSWER, { id: 1 }), files: file('x', 'note.txt') },
			pair('Something else altogether?', 'Yes.', { id: 2 }),
			{ ...pair(`${LONG}!`, ANSWER, { id: 3 }), files: file('y', 'other.txt') },
			pair(LONG.replace('third', 'fourth'), ANSWER, { id: 4 }),
		];
		const { outputs, hints } = await run('deduplicate', parameters(), { items });
		const [unique, duplicates, [report]] = outputs;
		expect(unique.map(({ json }) => json)).toEqual([items[0].json, items[1].json]);
		expect(unique.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(await textOf(unique[0])).toBe('x');
		expect(duplicates).toHaveLength(2);
		expect(duplicates[0].json).toEqual({
			code: 'exact_duplicate',
			reason: expect.any(String),
			duplicateOf: 0,
			similarity: 1,
			place: 2,
			item: items[2].json,
		});
		expect(duplicates[1].json).toMatchObject({ code: 'near_duplicate', duplicateOf: 0, place: 3 });
		expect(duplicates[1].json.similarity).toBeGreaterThan(0.7);
		expect(duplicates.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 2 }, { item: 3 }]);
		expect(await textOf(duplicates[0])).toBe('y');
		expect(report.json).toMatchObject({
			read: 4,
			kept: 2,
			leftOut: 2,
			unreadable: 0,
			exactDuplicates: 1,
			nearDuplicates: 1,
			clusters: 1,
			clusterList: [{ kept: 0, size: 3 }],
		});
		expect(hints).toEqual([]);
	});

	test.each<[string, IDataObject, number]>([
		['first', {}, 0],
		['longest', { keep: 'longest' }, 1],
		['newest', { keep: 'newest', dateField: 'at' }, 2],
		['bestRated', { keep: 'bestRated', ratingField: 'stars' }, 1],
	])('keeps the %s', async (keep, more, expected) => {
		const items = [
			pair(LONG, 'a', { at: '2026-01-01', stars: 1 }),
			pair(LONG, 'abc', { at: '2026-01-02', stars: 5 }),
			pair(LONG, 'ab', { at: '2026-01-03', stars: 3 }),
		];
		const { outputs } = await run(
			'deduplicate',
			parameters({ compare: 'question', keep, ...more }),
			{ items },
		);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: expected }]);
	});

	test('tickets are compared by what was asked and answered', async () => {
		const ticket = (id: string, note: string) => ({
			json: {
				id,
				title: 'Scanner',
				question: LONG,
				messages: [
					{ role: 'agent', public: true, text: ANSWER },
					{ role: 'agent', public: false, text: note },
				],
			},
		});
		const { outputs } = await run('deduplicate', parameters(), {
			items: [ticket('1', 'first'), ticket('2', 'another note')],
		});
		expect(outputs.map(({ length }) => length)).toEqual([1, 1, 1]);
	});

	test('a file in, a file and a file of duplicates out; each item has its own parameters', async () => {
		const text = jsonl(
			chat(LONG, ANSWER),
			chat('Other?', 'Yes.'),
			chat(LONG.replace('third', 'fourth'), ANSWER),
		);
		const items = [
			{ json: { similarity: 0.7 }, files: file(`${text}oops\n`, 'tickets.jsonl') },
			{ json: { similarity: 1 }, files: file(text, 'b.jsonl') },
		];
		const { outputs, hints } = await run(
			'deduplicate',
			{ inputType: 'binary', threshold: '={{ $json.similarity }}', outputField: 'out' },
			{ items, binaryMode: 'filesystem' },
		);
		const [unique, duplicates, reports] = outputs;
		expect(await textOf(unique[0], 'out')).toBe(jsonl(chat(LONG, ANSWER), chat('Other?', 'Yes.')));
		expect(unique[0].binary!.out.fileName).toBe('tickets-unique.jsonl');
		expect(unique[0].binary!.data.fileName).toBe('tickets.jsonl');
		expect(unique[0].json).toMatchObject({
			read: 4,
			kept: 2,
			leftOut: 2,
			unreadable: 1,
			nearDuplicates: 1,
		});
		expect(await textOf(unique[1], 'out')).toBe(text);
		expect(duplicates).toHaveLength(1);
		expect(duplicates[0].binary!.out.fileName).toBe('tickets-duplicates.jsonl');
		expect(
			(await linesOf({ ...duplicates[0], binary: { data: duplicates[0].binary!.out } })).map(
				({ line, code }) => [line, code],
			),
		).toEqual([
			[3, 'near_duplicate'],
			[4, 'json_unexpected'],
		]);
		expect(reports.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(unique.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('1 line could not be read'),
		]);
	});

	test('a similarity that is none stops, or gives an error item', async () => {
		const items = [pair('a', 'b')];
		const stopped = await run('deduplicate', parameters({ threshold: 0.2 }), { items });
		expect(stopped.error?.message).toContain('0.5 to 1');
		const { outputs } = await run('deduplicate', parameters({ threshold: '={{ "x" }}' }), {
			items,
			continueOnFail: true,
		});
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[0][0].json.error).toBeDefined();
		expect(outputs[1]).toEqual([]);
	});

	test('one failing file does not stop the others', async () => {
		const items = [{ json: {} }, { json: {}, files: file(jsonl(chat('a'))) }];
		const { outputs } = await run(
			'deduplicate',
			{ inputType: 'binary' },
			{ items, continueOnFail: true },
		);
		expect(outputs[0][0].json.error).toMatchObject({ message: expect.stringContaining("'data'") });
		expect(outputs[0][1].json).toMatchObject({ kept: 1 });
	});

	test('says so when there was nothing to compare', async () => {
		const { outputs, hints } = await run('deduplicate', parameters(), {
			items: [{ json: { text: 'a' } }, { json: { text: 'a' } }],
		});
		expect(outputs[0]).toHaveLength(2);
		expect(hints[0].message).toContain('had no text to compare');
	});

	test('Stop stops it', async () => {
		const started = startNode({
			node: new JsonlBuilder(),
			parameters: { resource: 'example', operation: 'deduplicate', inputType: 'binary' },
			items: [{ json: {}, files: file(jsonl(...many(20_000, LONG))) }],
			onSleep: () => started.cancel(),
		});
		const { status, outputs, sleeps } = await started.result;
		expect(status).not.toBe('success');
		expect(outputs.flat()).toEqual([]);
		// It is not read to its end first.
		expect(sleeps.length).toBeLessThanOrEqual(2);
	});

	test('a failing item goes to the error output behind its own three', async () => {
		const items = [{ json: {} }];
		const { outputs } = await run(
			'deduplicate',
			{ inputType: 'binary' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(outputs.map(({ length }) => length)).toEqual([0, 0, 0, 1]);
	});

	test('an agent gets all of it in the one output it sees', async () => {
		const asTool = jest.spyOn(ExecuteContext.prototype, 'isToolExecution').mockReturnValue(true);
		const items = [pair(LONG, ANSWER), pair(LONG, ANSWER)];
		const { outputs } = await run('deduplicate', parameters(), { items });
		asTool.mockRestore();
		expect(outputs.map(({ length }) => length)).toEqual([3, 0, 0]);
	});
});

describe('Balance', () => {
	const items = [
		...Array.from({ length: 6 }, (_, index) => pair(`a ${index}`, 'x', { category: 'a' })),
		...Array.from({ length: 2 }, (_, index) => pair(`b ${index}`, 'x', { category: 'b' })),
		pair('c', 'x'),
	];

	test.each<[string, IDataObject, Record<string, number>]>([
		['cap', { target: 'cap', cap: 3 }, { a: 3, b: 2, none: 1 }],
		['equal', { target: 'equal', maxCopies: 2 }, { a: 2, b: 2, none: 2 }],
		[
			'share',
			{
				target: 'share',
				shares: {
					values: [
						{ class: 'a', value: 2 },
						{ class: 'b', value: 1 },
					],
				},
			},
			{ a: 4, b: 2, none: 0 },
		],
		[
			'weight',
			{
				target: 'weight',
				weights: {
					values: [
						{ class: 'a', value: 0.5 },
						{ class: 'b', value: 2 },
					],
				},
				maxCopies: 2,
			},
			{ a: 3, b: 4, none: 1 },
		],
	])('%s', async (_, parameters, expected) => {
		const { outputs } = await run('balance', { inputType: 'items', ...parameters }, { items });
		const [balanced, leftOut, [report]] = outputs;
		const counts = { a: 0, b: 0, none: 0 } as Record<string, number>;
		for (const { json } of balanced) counts[(json.category as string) ?? 'none']++;
		expect(counts).toEqual(expected);
		expect(report.json).toMatchObject({ read: 9, result: balanced.length });
		const places = new Set(balanced.map(({ pairedItem }) => (pairedItem as { item: number }).item));
		expect(places.size + leftOut.length).toBe(9);
	});

	test('the seed chooses, and left-out items say why', async () => {
		const runWith = async (seed: number) =>
			await run(
				'balance',
				{ inputType: 'items', target: 'cap', cap: 1, options: { seed } },
				{ items },
			);
		const first = await runWith(1);
		expect(questions((await runWith(1)).outputs[0])).toEqual(questions(first.outputs[0]));
		expect(first.outputs[1][0].json).toMatchObject({ code: 'class_full', item: { answer: 'x' } });
	});

	test('a file: the class is left out of the examples unless it is to stay', async () => {
		const examples = [
			{ ...chat('1'), category: 'a' },
			{ ...chat('2'), category: 'a' },
			{ ...chat('3'), category: 'b' },
		];
		const setup = { items: [{ json: {}, files: file(jsonl(...examples), 'd.jsonl') }] };
		const parameters = { inputType: 'binary', target: 'cap', cap: 1 };
		const { outputs } = await run('balance', parameters, setup);
		const kept = await linesOf(outputs[0][0]);
		expect(kept).toHaveLength(2);
		expect(kept[0]).not.toHaveProperty('category');
		expect(outputs[0][0].json).toMatchObject({
			fileName: 'd-balanced.jsonl',
			classes: [
				{ class: 'a', before: 2, after: 1 },
				{ class: 'b', before: 1, after: 1 },
			],
		});
		expect(await linesOf(outputs[1][0])).toMatchObject([{ code: 'class_full', class: 'a' }]);
		const staying = await run(
			'balance',
			{ ...parameters, options: { dropClassField: false } },
			setup,
		);
		expect((await linesOf(staying.outputs[0][0]))[0]).toHaveProperty('category', 'a');
	});

	test('a missing class field, and shares without a class, are refused', async () => {
		const nameless = await run('balance', { inputType: 'items', classField: ' ' }, { items });
		expect(nameless.error?.message).toContain('class field is missing');
		const shareless = await run('balance', { inputType: 'items', target: 'share' }, { items });
		expect(shareless.error?.message).toContain('No class has a share');
		const { hints } = await run(
			'balance',
			{ inputType: 'items', classField: 'nothing' },
			{ items },
		);
		expect(hints[0].message).toContain('No example has a value');
	});
});

describe('Filter', () => {
	test('useless answers go to the second output with the reason', async () => {
		const items = [
			pair('How do I reset it?', ANSWER),
			pair('How do I reset it?', 'Thank you!'),
			pair('How do I reset it?', 'Closed as duplicate of HELP-12'),
			pair('How do I reset it?', 'See attached.'),
			pair('How do I reset it?', 'Bitte rufen Sie uns an.'),
			pair('How do I reset it?', ''),
			pair('How do I reset it?', 'How do I reset it?'),
			pair('How do I reset it?', 'https://example.com/kb/1'),
			pair('How do I reset it?', 'See INC0010023'),
		];
		const { outputs } = await run('filter', { inputType: 'items' }, { items });
		expect(questions(outputs[0])).toEqual(['How do I reset it?']);
		expect(outputs[1].map(({ json }) => json.code)).toEqual([
			'thanks',
			'closed_as_duplicate',
			'see_attachment',
			'call_us',
			'empty',
			'repeats_question',
			'only_link',
			'ticket_reference',
		]);
		expect(outputs[1][0]).toMatchObject({ pairedItem: { item: 1 }, json: { item: items[1].json } });
		expect(outputs[2][0].json).toMatchObject({
			read: 9,
			kept: 1,
			leftOut: 8,
			reasons: { thanks: 1, empty: 1 },
		});
	});

	test('length, language, confidence and own phrases', async () => {
		const german = 'Bitte starten Sie den Rechner neu und melden Sie sich dann mit Ihrem Konto an.';
		const items = [
			pair('q', ANSWER, { confidence: 0.9 }),
			pair('q', german, { confidence: 0.9 }),
			pair('q', ANSWER, { confidence: 0.2 }),
			pair('q', ANSWER),
			pair('q', `${ANSWER} Escalated to level 2.`, { confidence: 1 }),
			pair('q', 'Yes', { confidence: 1 }),
		];
		const { outputs } = await run(
			'filter',
			{
				inputType: 'items',
				answerChecks: [],
				languages: ['en'],
				options: {
					lengthUnit: 'tokens',
					minAnswer: 3,
					minConfidence: 0.5,
					withoutConfidence: 'leaveOut',
					phrases: 'escalated to level 2\n',
				},
			},
			{ items },
		);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(outputs[1].map(({ json }) => json.code)).toEqual([
			'other_language',
			'low_confidence',
			'no_confidence',
			'own_phrase',
			'answer_too_short',
		]);
		expect(outputs[2][0].json.languages).toEqual({ en: 4, de: 1 });
	});

	test('a file', async () => {
		const text = jsonl(chat('How?', ANSWER), chat('How?', 'Thanks'));
		const { outputs } = await run(
			'filter',
			{ inputType: 'binary', options: { fileName: 'good.jsonl' } },
			{ items: [{ json: {}, files: file(text) }] },
		);
		expect(outputs[0][0].binary!.data.fileName).toBe('good.jsonl');
		expect(await linesOf(outputs[0][0])).toEqual([chat('How?', ANSWER)]);
		expect(await linesOf(outputs[1][0])).toMatchObject([{ line: 2, code: 'thanks' }]);
	});

	test('when nothing is left out the second output is empty', async () => {
		const { outputs } = await run(
			'filter',
			{ inputType: 'binary' },
			{ items: [{ json: {}, files: file(jsonl(chat('How?', ANSWER))) }] },
		);
		expect(outputs.map(({ length }) => length)).toEqual([1, 0, 1]);
	});
});

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
