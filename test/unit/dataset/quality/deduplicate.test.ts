import fc from 'fast-check';

import {
	type DeduplicateOptions,
	Deduplication,
} from '../../../../lib/dataset/quality/deduplicate';
import { ExactJaccard } from '../../../../lib/dataset/quality/jaccard';
import { orderNumber } from '../../../../lib/dataset/quality/orderNumber';
import { siftItems } from '../../../../lib/dataset/quality/sift';
import { normaliseText } from '../../../../lib/dataset/fingerprint';
import { chat, jsonl, NASTY_LINES, sentence, siftText, wordsOf } from './support';

/** With some of the words changed. */
function edited(number: number, words: number[], total = 60): string {
	return wordsOf(number, total)
		.map((word, index) => (words.includes(index) ? `changed${index}` : word))
		.join(' ');
}

async function deduplicate(records: object[], options: DeduplicateOptions = {}) {
	const judge = new Deduplication(options);
	const result = await siftText(jsonl(records), judge);
	return { ...result, report: judge.report(), places: result.leftOut.map(({ line }) => line) };
}

const pair = (question: string, answer: string, extra: object = {}) => ({
	question,
	answer,
	...extra,
});

describe('Deduplication of a file', () => {
	test('keeps the first of the same and of nearly the same, lines unchanged and in order', async () => {
		const records = [
			chat(sentence(1, 60), 'Answer one'),
			chat(sentence(2, 60), 'Answer two'),
			chat(sentence(1, 60).toUpperCase().replaceAll(' ', ' - '), 'answer ONE!'),
			chat(edited(2, [5, 30]), 'Answer two'),
			chat(sentence(3, 60), 'Answer three'),
		];
		const { kept, leftOut, report } = await deduplicate(records);
		expect(kept).toEqual([0, 1, 4].map((index) => JSON.stringify(records[index])));
		expect(leftOut).toEqual([
			{
				line: 3,
				code: 'exact_duplicate',
				reason: expect.any(String),
				duplicateOf: 1,
				similarity: 1,
				example: records[2],
			},
			{
				line: 4,
				code: 'near_duplicate',
				reason: expect.any(String),
				duplicateOf: 2,
				similarity: expect.any(Number),
				example: records[3],
			},
		]);
		expect(report).toEqual({
			exactDuplicates: 1,
			nearDuplicates: 1,
			clusters: 2,
			largestCluster: 2,
			clusterList: [
				{ kept: 1, size: 2, duplicates: [{ place: 3, similarity: 1 }] },
				{ kept: 2, size: 2, duplicates: [{ place: 4, similarity: expect.any(Number) }] },
			],
			clustersNotListed: 0,
			withoutText: 0,
			withoutKeepField: 0,
		});
	});

	test('similarity is exact, and the threshold decides', async () => {
		const records = [chat(sentence(7, 60), 'A'), chat(edited(7, [3, 12, 25, 44, 50]), 'A')];
		const texts = records.map(({ messages }) =>
			normaliseText(`${(messages as Array<{ content: string }>)[1].content}\nA`),
		);
		const similarity = new ExactJaccard().similarity(texts[0], texts[1]);
		expect(similarity).toBeGreaterThan(0.6);
		expect(similarity).toBeLessThan(0.95);
		const below = await deduplicate(records, { threshold: similarity });
		expect(below.leftOut[0].similarity).toBeCloseTo(similarity, 2);
		const above = await deduplicate(records, { threshold: similarity + 1e-6 });
		expect(above.leftOut).toEqual([]);
	});

	test('threshold 1 finds exact copies only', async () => {
		const records = [chat(sentence(1)), chat(edited(1, [4], 40)), chat(sentence(1))];
		expect((await deduplicate(records, { threshold: 1 })).places).toEqual([3]);
	});

	test('system messages are not compared', async () => {
		const other = chat(sentence(1));
		(other.messages as Array<{ content: string }>)[0].content = sentence(99, 200);
		expect((await deduplicate([chat(sentence(1)), other])).places).toEqual([2]);
	});

	test('question, answer or both', async () => {
		const records = [
			pair(sentence(1), sentence(11)),
			pair(sentence(1), sentence(12)),
			pair(sentence(2), sentence(11)),
		];
		expect((await deduplicate(records, { compare: 'question' })).places).toEqual([2]);
		expect((await deduplicate(records, { compare: 'answer' })).places).toEqual([3]);
		expect((await deduplicate(records, { compare: 'both' })).places).toEqual([]);
	});

	test('keeps the newest, the longest answer, or the best rated', async () => {
		const same = sentence(1);
		const records = [
			pair(same, 'short', { at: '2026-01-01', rating: 'good' }),
			pair(same, 'a bit longer', { at: '2026-03-01T10:00:00Z' }),
			pair(same, 'the longest one', { at: '2026-02-01', rating: 'bad' }),
		];
		const keptLine = async (options: DeduplicateOptions) => {
			const { kept, report } = await deduplicate(records, { compare: 'question', ...options });
			return [
				kept.map((line) => (JSON.parse(line) as { answer: string }).answer),
				report.withoutKeepField,
			];
		};
		expect(await keptLine({ keep: 'newest', keepField: 'at' })).toEqual([['a bit longer'], 0]);
		expect(await keptLine({ keep: 'longest' })).toEqual([['the longest one'], 0]);
		expect(await keptLine({ keep: 'bestRated', keepField: 'rating' })).toEqual([['short'], 1]);
		expect(await keptLine({ keep: 'bestRated', keepField: 'nothing' })).toEqual([['short'], 3]);
	});

	test('what is like a duplicate, but not like the one that is kept, stays', async () => {
		// Each is like its neighbours, the ends of the chain are not alike.
		const chain = Array.from({ length: 6 }, (_, step) =>
			chat(
				edited(
					5,
					Array.from({ length: step * 4 }, (_unused, at) => at),
				),
				'A',
			),
		);
		const { kept, leftOut, report } = await deduplicate(chain, { threshold: 0.75 });
		const textOf = (line: number) =>
			normaliseText(
				(chain[line - 1].messages as Array<{ content: string }>)
					.slice(1)
					.map(({ content }) => content)
					.join('\n'),
			);
		expect(kept.length).toBeGreaterThan(1);
		expect(leftOut.length).toBeGreaterThan(0);
		const jaccard = new ExactJaccard();
		for (const { line, duplicateOf } of leftOut)
			expect(
				jaccard.similarity(textOf(line as number), textOf(duplicateOf as number)),
			).toBeGreaterThanOrEqual(0.75);
		expect(report.nearDuplicates).toBe(leftOut.length);
	});

	test('one auto-reply a thousand times is one cluster; the list is capped', async () => {
		const records = Array.from({ length: 1000 }, (_, index) =>
			chat(
				index % 10 === 0 ? sentence(index + 1000) : 'We got your message. It is worked on.',
				'A',
			),
		);
		const { kept, report } = await deduplicate(records, { maxClusters: 0 });
		expect(kept).toHaveLength(101);
		expect(report).toMatchObject({
			exactDuplicates: 899,
			clusters: 1,
			largestCluster: 900,
			clusterList: [],
			clustersNotListed: 1,
		});
	});

	test('records without text are duplicates of nothing', async () => {
		const records = [pair('', ''), pair('!!', '?'), pair('', ''), { other: 1 }];
		const { kept, report } = await deduplicate(records);
		expect(kept).toHaveLength(4);
		expect(report.withoutText).toBe(4);
	});

	test('all shapes of records are compared by what they say', async () => {
		const said = { question: sentence(1), answer: sentence(2) };
		const same = [
			chat(said.question, said.answer),
			{ ...said, sourceId: 'HELP-1', confidence: 0.3 },
			{ prompt: said.question, completion: said.answer },
			{
				title: '',
				question: said.question,
				messages: [
					{ role: 'agent', public: true, text: said.answer },
					{ role: 'agent', public: false, text: sentence(3) },
				],
			},
			{ messages: [{ role: 'user', content: said.question }], reference: said.answer },
		];
		expect((await deduplicate(same)).places).toEqual([2, 3, 4, 5]);
		const named = [
			{ q: 'a b c', a: 'd e f', id: 1 },
			{ q: 'a b c', a: 'd e f', id: 2 },
		];
		const found = await deduplicate(named, { questionField: 'q', answerField: 'a' });
		expect(found.places).toEqual([2]);
	});

	test('preference pairs with the same input and other outputs are no duplicates', async () => {
		const dpo = (good: string, bad: string) => ({
			input: { messages: [{ role: 'user', content: sentence(1, 10) }] },
			preferred_output: [{ role: 'assistant', content: good }],
			non_preferred_output: [{ role: 'assistant', content: bad }],
		});
		const records = [
			dpo(sentence(2), sentence(3)),
			dpo(sentence(4), sentence(5)),
			dpo(sentence(2), sentence(3)),
		];
		expect((await deduplicate(records)).places).toEqual([3]);
	});

	test('lines that cannot be read are left out with the reason and their text, whatever their end', async () => {
		const text = `\ufeff${JSON.stringify(chat('one'))}\r\nnot json\r\n\r\n   \n${JSON.stringify(chat('two'))}`;
		const { kept, leftOut, sifted } = await siftText(text, new Deduplication());
		expect(kept).toEqual([JSON.stringify(chat('one')), JSON.stringify(chat('two'))]);
		expect(leftOut).toEqual([
			{ line: 2, code: 'json_unexpected', reason: expect.any(String), text: 'not json' },
		]);
		expect(sifted.counts).toEqual({ read: 3, kept: 2, leftOut: 1, unreadable: 1 });
		expect(sifted.findings).toMatchObject([{ line: 2 }]);
	});

	test('lines that are too long or no UTF-8 are counted and named', async () => {
		const good = JSON.stringify(chat('one'));
		const latin = Buffer.from(JSON.stringify(pair('Stra\xdfe', 'a')), 'latin1');
		const bytes = Buffer.concat([
			Buffer.from(`${good}\n${JSON.stringify(pair('x'.repeat(5000), 'y'))}\n`),
			latin,
			Buffer.from(`\n${good}\n`),
		]);
		const { kept, leftOut } = await siftText(bytes, new Deduplication(), 1000);
		expect(kept).toEqual([good]);
		expect(leftOut.map(({ line, code }) => [line, code])).toEqual([
			[2, 'line_too_long'],
			[3, 'invalid_utf8'],
			[4, 'exact_duplicate'],
		]);
		expect(leftOut[0]).not.toHaveProperty('text');
	});

	test.each(NASTY_LINES)('survives %s', async (_, line) => {
		const good = JSON.stringify(chat(sentence(1)));
		const { sifted, kept } = await siftText(
			`${good}\n${line}\n${line}\n${good}\n`,
			new Deduplication(),
		);
		expect(sifted.counts.read).toBe(4);
		expect(kept[0]).toBe(good);
	});

	test('an empty file, and one that is no JSONL', async () => {
		const empty = await siftText('', new Deduplication());
		expect(empty.sifted.counts.read).toBe(0);
		expect(empty.sifted.findings).toMatchObject([{ code: 'empty_file' }]);
		const array = await siftText(`[\n${JSON.stringify(chat('a'))}\n]\n`, new Deduplication());
		expect(array.sifted.findings.map(({ code }) => code)).toContain('file_is_json_array');
		expect(array.leftOut.map(({ text }) => text)).toEqual(['[', ']']);
	});
});

describe('Deduplication of items', () => {
	test('places are those of the items, and items nested too deep are named', async () => {
		let deep: object = {};
		for (let level = 0; level < 100; level++) deep = { deep };
		const records = [pair('a b c d', 'e'), deep, pair('A b c d', 'e!')];
		const judge = new Deduplication();
		const { counts, kept, leftOut } = await siftItems(records, judge);
		expect(counts).toEqual({ read: 3, kept: 1, leftOut: 2, unreadable: 1 });
		expect(kept).toEqual([0]);
		expect(leftOut).toMatchObject([
			{ place: 1, why: { code: 'too_deep' } },
			{ place: 2, why: { code: 'exact_duplicate', duplicateOf: 0 } },
		]);
	});

	test('whatever the texts, every one that goes is as similar to one that stays as was asked for', async () => {
		const word = fc.constantFrom('a', 'bb', 'printer', 'Straße', '打印机', '🙂', 'x1');
		const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
		await fc.assert(
			fc.asyncProperty(
				fc.array(text, { maxLength: 30 }),
				fc.constantFrom(0.5, 0.7, 0.9, 1),
				fc.constantFrom('first' as const, 'longest' as const),
				async (texts, threshold, keep) => {
					const judge = new Deduplication({ threshold, keep });
					const records = texts.map((question) => pair(question, 'z'));
					const { kept, leftOut, counts } = await siftItems(records, judge);
					expect(kept.length + leftOut.length).toBe(counts.read);
					const staying = new Set(kept);
					const jaccard = new ExactJaccard();
					for (const { place, why } of leftOut) {
						const keeper = why.duplicateOf as number;
						expect(staying.has(keeper)).toBe(true);
						const [a, b] = [place, keeper].map((at) => normaliseText(`${texts[at]}\nz`));
						expect(jaccard.similarity(a, b)).toBeGreaterThanOrEqual(threshold);
						if (threshold === 1) expect(a.equals(b)).toBe(true);
					}
				},
			),
			{ numRuns: 60 },
		);
	});
});

describe('ExactJaccard', () => {
	test('is the share of common five-byte pieces', () => {
		const jaccard = new ExactJaccard();
		const of = (a: string, b: string) => jaccard.similarity(Buffer.from(a), Buffer.from(b));
		expect(of('abcdefgh', 'abcdefgh')).toBe(1);
		// abcde bcdef cdefg defgh | abcde bcdef cdefg defgx
		expect(of('abcdefgh', 'abcdefgx')).toBe(3 / 5);
		expect(of('abcdefgh', 'stuvwxyz')).toBe(0);
		expect(of('abc', 'abc')).toBe(1);
		expect(of('abc', 'abd')).toBe(0);
		expect(of('', '')).toBe(1);
		expect(of('', 'abcdef')).toBe(0);
	});

	test('agrees with sets, one comparison after the other', () => {
		const jaccard = new ExactJaccard();
		const pieces = (bytes: Uint8Array) => {
			const all = Array.from({ length: Math.max(1, bytes.length - 4) }, (_, at) =>
				Buffer.from(bytes.subarray(at, at + 5)).toString('hex'),
			);
			return new Set(all);
		};
		const bytes = fc.uint8Array({ minLength: 1, maxLength: 60, min: 97, max: 99 });
		fc.assert(
			fc.property(bytes, bytes, (a, b) => {
				const [first, second] = [pieces(a), pieces(b)];
				const common = [...first].filter((piece) => second.has(piece)).length;
				expect(jaccard.similarity(a, b)).toBe(common / (first.size + second.size - common));
			}),
		);
	});
});

describe('orderNumber', () => {
	test.each([
		[5, 5],
		['4.5', 4.5],
		['2026-01-02', Date.UTC(2026, 0, 2)],
		['2026-01-02T03:04:05.006Z', Date.UTC(2026, 0, 2, 3, 4, 5, 6)],
		['2026-01-02 03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
		[new Date(7), 7],
		[true, 1],
		['good', 1],
		['Bad', -1],
		['', undefined],
		['soon', undefined],
		['2026-99-99', undefined],
		[null, undefined],
		[{}, undefined],
		[Infinity, undefined],
		['x'.repeat(1_000_000), undefined],
	])('%p gives %p', (value, expected) => expect(orderNumber(value)).toBe(expected));
});
