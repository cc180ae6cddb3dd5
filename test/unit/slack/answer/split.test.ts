import fc from 'fast-check';

import { fenceAfter, type Fence } from '../../../../lib/slack/answer/fences';
import { shownPart, splitAnswer } from '../../../../lib/slack/answer/split';
import { withoutHanging } from '../../../support/withoutHanging';

const openAtEnd = (text: string) => {
	let fence: Fence | undefined;
	for (const line of text.split('\n')) fence = fenceAfter(line, fence);
	return fence;
};
const lone = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const shown = (answer: string, limit: number) => splitAnswer(answer, limit).map(shownPart);
const words = (count: number) => Array.from({ length: count }, (_, i) => `word${i}`).join(' ');

const markdown = fc
	.array(
		fc.oneof(
			fc.lorem({ maxCount: 30, mode: 'words' }),
			fc.constant(''),
			fc.constantFrom(
				'```',
				'```python',
				'~~~',
				'````js',
				'   ```ts',
				'| a | b |',
				'- item',
				'😀😀😀',
			),
			fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(/[`~]/g, '')),
		),
		{ maxLength: 40 },
	)
	.map((lines) => lines.join('\n'));

describe('splitAnswer', () => {
	it('loses nothing, whatever the text', () => {
		fc.assert(
			fc.property(markdown, fc.integer({ min: 60, max: 400 }), (answer, limit) => {
				const parts = splitAnswer(answer, limit);
				expect(parts.map(({ text }) => text).join('')).toBe(answer);
				for (const part of parts) expect(shownPart(part).length).toBeLessThanOrEqual(limit);
			}),
			{ numRuns: 500 },
		);
	});

	it('loses nothing of any string, and halves no character', () => {
		const text = fc.string({ unit: 'binary', maxLength: 2_000 });
		fc.assert(
			fc.property(text, fc.integer({ min: 60, max: 300 }), (answer, limit) => {
				const parts = splitAnswer(answer, limit);
				expect(parts.map((part) => part.text).join('')).toBe(answer);
				for (const part of parts) expect(part.text).not.toMatch(lone);
			}),
		);
	});

	it('closes every code block that it cuts, and opens it again in the next part', () => {
		fc.assert(
			fc.property(markdown, fc.integer({ min: 60, max: 400 }), (answer, limit) => {
				for (const part of shown(answer, limit).slice(0, -1)) {
					expect(openAtEnd(part)).toBeUndefined();
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('leaves a short answer alone', () => {
		expect(splitAnswer('Noise levels')).toEqual([{ before: '', text: 'Noise levels', after: '' }]);
		expect(splitAnswer('')).toEqual([]);
	});

	it('cuts between paragraphs rather than within one', () => {
		const [first, second] = shown(`${words(8)}\n\n${words(3)}\n${words(3)}`, 70);
		expect(first).toBe(`${words(8)}\n\n`);
		expect(second).toBe(`${words(3)}\n${words(3)}`);
	});

	it('keeps a code block whole where it fits the next part', () => {
		const code = `\`\`\`js\n${'x();\n'.repeat(10)}\`\`\`\n`;
		const [first, second] = shown(`${words(9)}\n${code}`, 80);
		expect(first).toBe(`${words(9)}\n`);
		expect(second).toBe(code);
	});

	it('opens a long code block again with its language', () => {
		const parts = shown(`\`\`\`python title="a"\n${'print(1)\n'.repeat(20)}\`\`\`\n`, 100);
		expect(parts.length).toBeGreaterThan(1);
		expect(parts[0]).toMatch(/^```python title="a"\n[^]*\n```$/);
		for (const part of parts.slice(1)) expect(part).toMatch(/^```python\n[^]*```\n?$/);
	});

	it('cuts lists and tables between their lines', () => {
		const rows = Array.from({ length: 30 }, (_, i) => `| row ${i} | ${words(2)} |`);
		for (const part of shown(rows.join('\n'), 200)) {
			for (const line of part.trim().split('\n')) expect(rows).toContain(line);
		}
	});

	it('cuts a line without end between words, and one without words between characters', () => {
		for (const part of shown(words(200), 100)) expect(part).toMatch(/^word\d+( word\d+)* ?$/);
		expect(shown('x'.repeat(250), 100).map(({ length }) => length)).toEqual([100, 100, 50]);
		for (const part of shown('😀'.repeat(125), 99)) expect(part).not.toMatch(lone);
	});

	it('does not take a fence within another for its end', () => {
		const parts = shown(`\`\`\`\`md\n\`\`\`js\n${'a\n'.repeat(60)}\`\`\`\n\`\`\`\`\nEnd`, 100);
		expect(parts[0].endsWith('\n````')).toBe(true);
		expect(parts[1].startsWith('````md\n')).toBe(true);
	});

	it.each([
		['fences', '```\n'.repeat(250_000)],
		['one line', 'a'.repeat(1_000_000)],
		['spaces', ' '.repeat(1_000_000)],
		['blank lines', '\n'.repeat(1_000_000)],
		['backticks', '`'.repeat(1_000_000)],
		['rows', '|a|\n'.repeat(250_000)],
	])('goes through a megabyte of %s', (_name, text) => {
		withoutHanging(() => {
			const parts = splitAnswer(text);
			expect(parts.reduce((sum, part) => sum + part.text.length, 0)).toBe(text.length);
		});
	});
});
