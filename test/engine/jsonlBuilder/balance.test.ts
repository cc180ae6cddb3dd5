import type { IDataObject } from 'n8n-workflow';

import { linesOf, pair, questions } from './quality.support';
import { chat, file, jsonl, run } from './support';

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
