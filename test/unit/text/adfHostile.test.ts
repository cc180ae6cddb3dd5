import fc from 'fast-check';
import { adfToMarkdown } from '../../../lib/text/adf';
import { withoutHanging } from '../../support/withoutHanging';

type Node = Record<string, unknown>;

const doc = (...content: Node[]) => ({ type: 'doc', version: 1, content });
const text = (value: string, ...marks: Node[]) => ({ type: 'text', text: value, marks });
const p = (...content: Array<Node | string>) => ({
	type: 'paragraph',
	content: content.map((part) => (typeof part === 'string' ? text(part) : part)),
});

describe('hostile documents', () => {
	const TYPES = [
		'paragraph',
		'bulletList',
		'listItem',
		'blockquote',
		'table',
		'tableRow',
		'tableCell',
		'panel',
		'expand',
		'taskList',
		'taskItem',
		'layoutSection',
		'codeBlock',
		'unknown',
		'heading',
	];

	test.each(TYPES)('20,000 of %s in one another', (type) => {
		let deep: Node = p('deepest');
		for (let depth = 0; depth < 20_000; depth++) deep = { type, content: [deep] };
		expect(adfToMarkdown(deep).text).toContain('deepest');
	});

	const tree = fc.letrec<{ node: Node }>((tie) => ({
		node: fc.oneof(
			{ maxDepth: 6 },
			fc.record({
				type: fc.constant('text'),
				text: fc.constantFrom('alpha', 'be|ta', '```gamma', ' delta ', '- eps', 'a\nb', '|', '>'),
				marks: fc.subarray([
					{ type: 'strong' },
					{ type: 'em' },
					{ type: 'code' },
					{ type: 'link', attrs: { href: 'https://x.example' } },
				]),
			}),
			fc.record({
				type: fc.constantFrom(...TYPES),
				content: fc.array(tie('node'), { maxLength: 5 }),
			}),
		) as fc.Arbitrary<Node>,
	})).node;

	function wordsOf(value: Node): string[] {
		const own = typeof value.text === 'string' ? (value.text.match(/[a-z]+/g) ?? []) : [];
		return [...own, ...((value.content as Node[] | undefined) ?? []).flatMap(wordsOf)];
	}

	test('no letter of any document is lost, and none comes twice', () => {
		fc.assert(
			fc.property(tree, (value) => {
				const letters = (texts: string[]) => [...texts.join('')].sort().join('');
				const out = adfToMarkdown(value).text.replace(/https:\/\/x\.example/g, '');
				expect(letters(out.match(/[a-z]/g) ?? [])).toBe(letters(wordsOf(value)));
			}),
			{ numRuns: 1_000 },
		);
	});

	test('anything at all is taken', () => {
		fc.assert(
			fc.property(fc.anything({ withBigInt: true }), (value) => {
				expect(typeof adfToMarkdown(value).text).toBe('string');
			}),
		);
	});

	test('200,000 nodes take no more than a moment', () => {
		const big = doc(
			...Array.from({ length: 50_000 }, (_, i) => p(`a${i} `, text('b', { type: 'strong' }), ' c')),
		);
		withoutHanging(() => {
			expect(adfToMarkdown(big).text).toContain('a49999 **b** c');
		});
	});
});
