import { ExecuteContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';

import { JsonlBuilder } from '../../../nodes/JsonlBuilder/JsonlBuilder.node';
import { startNode } from '../harness';
import { ANSWER, linesOf, LONG, pair } from './quality.support';
import { chat, file, jsonl, many, run, textOf } from './support';

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
