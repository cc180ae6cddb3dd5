import fc from 'fast-check';
import { PhraseTable } from '../../../lib/privacy/phrases';

function tableOf(phrases: readonly string[]): PhraseTable<number> {
	const table = new PhraseTable<number>();
	phrases.forEach((phrase, at) => table.add(phrase, at));
	return table;
}

const WORDS = ['Jane', 'Doe', 'jané', 'phone', 'number', 'my', '山', '田', 'x1', 'e\u0301'];
const GAPS = [' ', '-', ', ', '\n', '     ', ''];

describe('PhraseTable', () => {
	it('finds in one pass for two tables what each of them alone finds', () => {
		const phrase = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 });
		const phrases = fc.array(phrase, { maxLength: 6 });
		const text = fc
			.array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...GAPS)), { maxLength: 40 })
			.map((parts) => parts.flat().join(''));
		fc.assert(
			fc.property(text, phrases, phrases, (content, first, second) => {
				const tables = [first, second].map((list) => tableOf(list.map((words) => words.join(' '))));
				const alone = tables.map((table) => {
					const hits: number[][] = [];
					table.each(content, (...hit) => hits.push(hit));
					return hits;
				});
				const together: number[][][] = [[], []];
				tables[0].each(
					content,
					(...hit) => together[0].push(hit),
					tables[1].companion((...hit) => together[1].push(hit)),
				);
				expect(together).toEqual(alone);
			}),
		);
	});

	it('reports the longest phrase at a place, and none within it', () => {
		const hits: number[][] = [];
		const table = tableOf(['jane', 'jane doe', 'doe']);
		table.each('Jane Doe, JANE', (...hit) => hits.push(hit));
		expect(hits).toEqual([
			[0, 8, 1],
			[10, 14, 0],
		]);
	});
});
