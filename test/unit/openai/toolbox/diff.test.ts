import fc from 'fast-check';

import { unifiedDiff, wordChanges } from '../../../../lib/openai/toolbox/diff';
import { withoutHanging } from '../../../support/withoutHanging';

const side = (changes: ReturnType<typeof wordChanges>, other: 'insert' | 'delete') =>
	changes
		.filter(({ type }) => type !== other)
		.map(({ text }) => text)
		.join('');

/** Texts of few letters and lines, so that they have much in common. */
const texts = fc
	.array(fc.constantFrom('a', 'b', ' ', '\n', 'cd', '.', '\r\n', 'é'), { maxLength: 60 })
	.map((parts) => parts.join(''));

describe('wordChanges', () => {
	it('finds what was replaced, word by word', () => {
		expect(wordChanges('Teh invoice was payed.', 'The invoice was paid twice.')).toEqual([
			{ type: 'delete', text: 'Teh' },
			{ type: 'insert', text: 'The' },
			{ type: 'equal', text: ' invoice was ' },
			{ type: 'delete', text: 'payed' },
			{ type: 'insert', text: 'paid twice' },
			{ type: 'equal', text: '.' },
		]);
	});

	it('gives both texts back, whatever they are', () => {
		fc.assert(
			fc.property(fc.oneof(texts, fc.string()), fc.oneof(texts, fc.string()), (before, after) => {
				const changes = wordChanges(before, after);
				expect(side(changes, 'insert')).toBe(before);
				expect(side(changes, 'delete')).toBe(after);
				expect(changes.every(({ text }) => text !== '')).toBe(true);
			}),
		);
	});

	it('says nothing but equal of equal texts', () => {
		expect(wordChanges('a\nb', 'a\nb')).toEqual([{ type: 'equal', text: 'a\nb' }]);
		expect(wordChanges('', '')).toEqual([]);
	});

	it('does not hang on two large texts that have nothing in common', () => {
		withoutHanging(() => {
			const before = Array.from({ length: 50_000 }, (_, index) => `a${index} `).join('');
			const after = Array.from({ length: 50_000 }, (_, index) => `b${index} `).join('\n');
			expect(side(wordChanges(before, after), 'delete')).toBe(after);
			const lines = 'x\n'.repeat(300_000);
			expect(wordChanges(lines, `${lines}y`)).toHaveLength(2);
		});
	});
});

/** Applies a unified diff to a text, as `patch` would. */
function patched(before: string, diff: string): string {
	const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
	const result: string[] = [];
	let position = 0;
	const lines = diff.split('\n').slice(0, -1);
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at];
		const head = /^@@ -(\d+)(?:,(\d+))? \+/.exec(line);
		if (head) {
			const start = Number(head[1]) - (head[2] === '0' ? 0 : 1);
			result.push(...old.slice(position, start));
			position = start;
			continue;
		}
		if (line.startsWith('\\')) continue;
		const ending = lines[at + 1]?.startsWith('\\') ? '' : '\n';
		const content = line.slice(1) + ending;
		if (line[0] !== '+') expect(old[position]).toBe(content);
		if (line[0] !== '+') position++;
		if (line[0] !== '-') result.push(content);
	}
	return [...result, ...old.slice(position)].join('');
}

describe('unifiedDiff', () => {
	it('shows changed lines with three lines around', () => {
		const before = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
		expect(unifiedDiff(before, before.replace('5', 'five'))).toBe(
			'@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
		);
		expect(unifiedDiff(before, before)).toBe('');
		expect(unifiedDiff('', 'a\n')).toBe('@@ -0,0 +1 @@\n+a\n');
		expect(unifiedDiff('a\n', 'a')).toBe('@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n');
	});

	it('can be applied', () => {
		fc.assert(
			fc.property(texts, texts, (before, after) => {
				expect(patched(before, unifiedDiff(before, after))).toBe(after);
			}),
		);
	});
});
