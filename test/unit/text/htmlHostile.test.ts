import fc from 'fast-check';
import { htmlToMarkdown } from '../../../lib/text/html';
import { withoutHanging } from '../../support/withoutHanging';

const markdown = (html: string) => htmlToMarkdown(html).text;

describe('hostile markup', () => {
	test.each([
		'div',
		'ul><li',
		'ol',
		'blockquote',
		'table><tr><td',
		'b',
		'a href="x"',
		'pre',
		'p',
		'h1',
		'span style="white-space:pre"',
		'ac:link',
		'ac:structured-macro ac:name="code"',
		'ac:parameter',
		'time',
		'q',
		'x:y',
	])('20,000 of <%s> in one another', (tag) => {
		const out = withoutHanging(() => markdown(`<${tag}>`.repeat(20_000) + 'deepest'));
		expect(out).toContain('deepest');
	});

	test.each([
		'<',
		'<a ',
		'<a ">"',
		'<a b=">" ',
		'<a b="',
		"<a b='>",
		'<!--',
		'<!-- >',
		'<![CDATA[',
		'</',
		'</a',
		'<style>',
		'<script ',
		'&#',
		'&amp',
		'<b><i></b>',
		'<li></li>',
		'</div><div>',
		'<td></tr>',
		'<table><td>',
		'<a/b/c ',
		'<i = " >',
		'<a class="gmail_quote">',
		'<p style="',
		' ',
		'\n<br>',
		'<ul><ul></li>',
		'<h1>a</h2>',
	])('a megabyte of %j', (piece) => {
		const html = `start ${piece.repeat(1_000_000 / piece.length)}`;
		const out = withoutHanging(() => markdown(html));
		expect(out).toContain('start');
	});

	test.each(['time', 'ac:link', 'at', 'ac:parameter'])('much text in many of <%s>', (tag) => {
		const html = `<${tag}>`.repeat(20_000) + 'word '.repeat(200_000);
		const out = withoutHanging(() => markdown(html));
		expect(out.match(/word/g)).toHaveLength(200_000);
	});

	test('10 MB of mail', () => {
		const html = '<p>Some <b>bold</b> words of a mail &amp; more</p>\n'.repeat(200_000);
		expect(html.length).toBeGreaterThan(10_000_000);
		const out = withoutHanging(() => markdown(html));
		expect(out.split('**bold**')).toHaveLength(200_001);
	}, 30_000);
});

describe('for any markup', () => {
	const NAMES = [
		'div',
		'p',
		'b',
		'i',
		'a',
		'ul',
		'ol',
		'li',
		'table',
		'tr',
		'td',
		'th',
		'blockquote',
		'pre',
		'code',
		'h2',
		'span',
		'br',
		'hr',
		'caption',
		'sup',
		'ac:rich-text-body',
		'unknown',
	];
	const tag = fc.constantFrom(...NAMES);
	const words = fc.integer({ min: 1, max: 99 }).map((n) => `w${n}x`);
	const piece = fc.oneof(
		words.map((word) => ({ markup: ` ${word} `, words: [word] })),
		tag.map((name) => ({ markup: `<${name}>`, words: [] as string[] })),
		tag.map((name) => ({ markup: `</${name}>`, words: [] as string[] })),
		fc
			.constantFrom(
				'<br/>',
				'<!-- c -->',
				'<a href="https://x.example">',
				'<img alt="">',
				'&nbsp;',
				'<td colspan=3>',
			)
			.map((markup) => ({ markup, words: [] as string[] })),
	);

	test('no word is lost, none comes twice, and no tag is left', () => {
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
				const out = markdown(pieces.map(({ markup }) => markup).join(''));
				const sorted = (all: string[]) => [...all].sort();
				expect(sorted(out.match(/w\d+x/g) ?? [])).toEqual(sorted(pieces.flatMap((p) => p.words)));
				expect(out).not.toMatch(/<\/?[a-z]/);
			}),
			{ numRuns: 2_000 },
		);
	});

	test('nothing throws', () => {
		const junk = fc.string({
			unit: fc.constantFrom(
				'<',
				'>',
				'/',
				'!',
				'-',
				'[',
				']',
				'"',
				"'",
				'=',
				'&',
				'#',
				';',
				'a',
				'b',
				' ',
				'\n',
				'\0',
				'<p',
				'<li',
				'<td',
				'<pre',
				'<![CDATA[',
				'<!--',
			),
		});
		fc.assert(
			fc.property(junk, (html) => expect(typeof markdown(html)).toBe('string')),
			{ numRuns: 2_000 },
		);
	});

	test('text without markup stays as it is', () => {
		const prose = fc.array(
			fc.constantFrom('snake_case', '2*3*4', 'C:\\x', '[1]', '~5', '#7', '1.', 'end.'),
			{ minLength: 1 },
		);
		fc.assert(
			fc.property(prose, (parts) => expect(markdown(parts.join(' '))).toBe(parts.join(' '))),
		);
	});
});
