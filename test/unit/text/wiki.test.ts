import fc from 'fast-check';
import { wikiToMarkdown } from '../../../lib/text/wiki';
import { withoutHanging } from '../../support/withoutHanging';

const markdown = (text: string) => wikiToMarkdown(text).text;

test.each<[string, string, string]>([
	['headings', 'h1. Title *bold*\nh6. Small\ntext', '# Title **bold**\n\n###### Small\n\ntext'],
	['no heading', 'h7. x\nah1. y', 'h7. x\nah1. y'],
	['paragraphs and lines', 'a\nb\n\nc\r\nd', 'a\nb\n\nc\nd'],
	['marks', '*a* _b_ -c- +d+ ??e?? {{f*g*}} *_h_*', '**a** *b* ~~c~~ d *e* `f*g*` ***h***'],
	[
		'marks within words',
		'a*b*c snake_case_name 2*3*4 e-mail-list',
		'a*b*c snake_case_name 2*3*4 e-mail-list',
	],
	['marks with space inside', '* a * b - c - d _ e _', '- a * b - c - d _ e _'],
	[
		'marks of one sign',
		'C++ and --force or --all- and A+ for +49 30',
		'C++ and --force or --all- and A+ for +49 30',
	],
	['powers', '10^6^ and x~1~', '10^6 and x~1~'],
	['escapes', '\\*a\\* \\{b\\} \\[c\\] \\\\d', '*a* {b} [c] \\\\d'],
	['line breaks', 'a\\\\b\\\\ c', 'a\nb\nc'],
	[
		'names of Windows servers',
		'open \\\\files\\customer or C:\\Temp',
		'open \\\\files\\customer or C:\\Temp',
	],
	[
		'nested lists',
		'* a\n** b\n**# c\n* d\n# e\n## f\n#* g\n# h',
		'- a\n  - b\n    1. c\n- d\n\n1. e\n   1. f\n\n   - g\n2. h',
	],
	['lists with hyphens', '- a\n- b\n-- c', '- a\n- b\n  - c'],
	['a list that begins deep', '*** a\n* b', '- - - a\n- b'],
	['lines that go on with an item', '* a\nmore\n* b', '- a\n  more\n- b'],
	['a list ends with an empty line', '# a\n\n# b', '1. a\n\n1. b'],
	['rules', 'a\n----\nb', 'a\n\n---\n\nb'],
	['quotes', 'bq. a *b*\n{quote}c\nd{quote}e', '> a **b**\n\n> c\n> d\n\ne'],
	['a list in a quote', '{quote}\n* a\n{quote}\nb', '> - a\n\nb'],
	['a quote that never ends', '{quote}a', '> a'],
	['panels', '{panel:title=Steps|borderStyle=solid}a{panel}b', '**Steps**\n\na\n\nb'],
	[
		'notes',
		'{warning}Hot.{warning}\n{info:title=Read}a{info}',
		'**Warning:** Hot.\n\n**Info: Read**\n\na',
	],
	['colours and anchors', 'a {color:#ff0000}*b*{color} {anchor:x}c', 'a **b** c'],
	['braces that are no macro', 'a {placeholder} ${HOME} {0}', 'a {placeholder} ${HOME} {0}'],
	[
		'code',
		'{code:java|title=Foo.java}\nif (*a* < b) {x}\n\n\tc\n{code}\nd',
		'**Foo.java**\n\n```java\nif (*a* < b) {x}\n\n\tc\n```\n\nd',
	],
	['code with a named language', '{code:title=a|language=sql}x{code}', '**a**\n\n```sql\nx\n```'],
	['code in a list', '# a\n{code}\nx\n{code}\n# b', '1. a\n\n   ```\n   x\n   ```\n2. b'],
	['noformat', '{noformat}\n*a*\n{code}\n{noformat}', '```\n*a*\n{code}\n```'],
	['noformat in a sentence', 'run {noformat}ls *{noformat} now', 'run `ls *` now'],
	['code that never ends', 'a {code:sh} b *c*', 'a b **c**'],
	['escaped code', '\\{code} a {code}b{code}', '{code} a\n\n```\nb\n```'],
	[
		'tables',
		'||Name||Value||\n|a|*b*|\n|c\\|d| |',
		'| Name | Value |\n| --- | --- |\n| a | **b** |\n| c\\|d |  |',
	],
	['cells over several lines', '|a|b\nc|\n|d|e|', '| a | b c |\n| --- | --- |\n| d | e |'],
	[
		'links and pictures with bars in tables',
		'|[a|https://x.example]|!b.png|width=10!|\n|c|d|',
		'| [a](https://x.example) | [attachment: b.png] |\n| --- | --- |\n| c | d |',
	],
	['code in tables', '|a|{code}x|y{code}|\n|b|c|', '| a | `x\\|y` |\n| --- | --- |\n| b | c |'],
	['a table ends with other text', '|a|b|\n|c|d|\ne', '| a | b |\n| --- | --- |\n| c | d |\n\ne'],
	[
		'links',
		'[docs|https://x.example/a] [https://x.example] [a|https://x.example|smart-link] [b|mailto:b@x.example]',
		'[docs](https://x.example/a) https://x.example [a](https://x.example) [b](mailto:b@x.example)',
	],
	['links that run something', '[a|javascript:x()] [b|data:text/html,x]', 'a b'],
	['brackets that are no link', '[ERROR] [1] [a|b] [x', '[ERROR] [1] [a|b] [x'],
	['mentions', 'Hi [~jdoe] and [~accountid:712020:ab-cd]!', 'Hi @jdoe and @712020:ab-cd!'],
	[
		'files',
		'see !shot 1.png! and !a.png|thumbnail! or [^log.txt]',
		'see !shot 1.png! and [attachment: a.png] or [attachment: log.txt]'.replace(
			'!shot 1.png!',
			'[attachment: shot 1.png]',
		),
	],
	['pictures from elsewhere', '!https://x.example/a.png!', 'https://x.example/a.png'],
	['exclamation marks', 'Stop! Really! Yes!', 'Stop! Really! Yes!'],
])('%s', (_, wiki, expected) => {
	expect(markdown(wiki)).toBe(expected);
});

test('people and files are collected', () => {
	const { mentions, attachments } = wikiToMarkdown(
		'[~jdoe] [~accountid:7:a] [~jdoe] !a.png! [^b.txt]',
	);
	expect({ mentions, attachments }).toEqual({
		mentions: ['jdoe', '7:a'],
		attachments: ['a.png', 'b.txt'],
	});
});

describe('for any text', () => {
	const words = fc.integer({ min: 1, max: 99 }).map((n) => `w${n}x`);
	const signs = fc.constantFrom(
		...[
			'* ',
			'** ',
			'# ',
			'- ',
			'*',
			'_',
			'-',
			'+',
			'^',
			'~',
			'??',
			'|',
			'||',
			'\n',
			'\n\n',
			' ',
			'h2. ',
			'bq. ',
			'{quote}',
			'{panel}',
			'{info}',
			'{color:red}',
			'{color}',
			'{code}',
			'{noformat}',
			'{{',
			'}}',
			'[',
			']',
			'!',
			'\\',
			'\\\\ ',
			'----\n',
			'{',
			'}',
			'\0',
		],
	);

	test('no word is lost and none comes twice', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(words, signs), { maxLength: 60 }), (pieces) => {
				const wiki = pieces.join(' ');
				const sorted = (text: string) => [...(text.match(/w\d+x/g) ?? [])].sort();
				expect(sorted(markdown(wiki))).toEqual(sorted(wiki));
				const dense = pieces.join('');
				expect(sorted(markdown(dense))).toEqual(sorted(dense));
			}),
			{ numRuns: 2_000 },
		);
	});

	test.each([
		'*',
		'* ',
		'*a ',
		'[',
		'[a|',
		'[~',
		'{code}',
		'{code',
		'{noformat}',
		'{{',
		'|',
		'||a',
		'|a\n',
		'!a',
		'{quote}',
		'-',
		'_a',
		'\\',
		'\\\\ ',
		'# a\n',
		'#*#* a\n',
		'\n',
		'{info}\n',
		'{',
		'{a',
		'^',
		'\0',
	])(
		'a megabyte of %j',
		(piece) => {
			withoutHanging(() => {
				markdown(piece.repeat(1_000_000 / piece.length));
			});
		},
		20_000,
	);

	test('links before a million open brackets', () => {
		withoutHanging(() => {
			markdown(`${'[a]'.repeat(100_000)}${'['.repeat(400_000)}]`);
			markdown(`|${'[a]'.repeat(100_000)}${'['.repeat(400_000)}]|`);
		});
	}, 20_000);
});
