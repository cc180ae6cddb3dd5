import fc from 'fast-check';
import { type HtmlOptions, htmlToMarkdown } from '../../../lib/text/html';

const markdown = (html: string, options?: HtmlOptions) => htmlToMarkdown(html, options).text;

test.each<[string, string, string]>([
	['paragraphs', '<p>One.</p><p>Two.<p>Three.', 'One.\n\nTwo.\n\nThree.'],
	[
		'lines of a mail',
		'<div>Hi,</div><div><br></div><div>one</div><div>two<br></div><div>three</div>',
		'Hi,\n\none\ntwo\nthree',
	],
	['white space', '  a\n\t b <b> c </b>d<!-- x --> e ', 'a b **c** d e'],
	['hard spaces', '<p>a&nbsp;&nbsp; b</p><p>&nbsp;</p>', 'a b'],
	[
		'preserved lines',
		'<div style="white-space: pre-wrap">a\n  b</div><p>c\nd</p>',
		'a\n  b\n\nc d',
	],
	['headings', '<h1>A <i>b</i></h1>c<h3>D<br>e</h3>', '# A *b*\n\nc\n\n### D e'],
	['rule', 'a<hr>b', 'a\n\n---\n\nb'],
	['nested lists', '<ul><li>a<ol start="3"><li>b<li>c</ol><li>d</ul>', '- a\n  3. b\n  4. c\n- d'],
	[
		'a list of paragraphs',
		'<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>',
		'- a\n\n  b\n- c',
	],
	['a list right in a list', '<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>', '- a\n  - b\n- c'],
	['items without a list', 'x<li>a<li>b', 'x\n- a\n- b'],
	['quote', '<blockquote>a<p>b</blockquote>c', '> a\n>\n> b\n\nc'],
	['code', 'run <code>a &lt; b</code> or <tt>x`y</tt>', 'run `a < b` or ``x`y``'],
	[
		'code block',
		'<pre class="x">\n  a &lt;b&gt;\n\t<span>c</span>\n</pre>d',
		'```\n  a <b>\n\tc\n```\n\nd',
	],
	[
		'code block with a language',
		'<pre><code class="hljs language-sql">select 1</code></pre>',
		'```sql\nselect 1\n```',
	],
	[
		'marks',
		'<b>a</b> <strong>b</strong> <em>c</em> <del>d</del> <u>e</u>',
		'**a** **b** *c* ~~d~~ e'.replace('** **', ' '),
	],
	['powers and indices', '10<sup>6</sup> H<sub>2</sub>O 1<sup>st</sup>', '10^6 H2O 1st'],
	['wrongly nested marks', '<b>a<i>b</b>c</i>d', '**a*b****c*d'],
	['an end tag without a start', 'a</b></div></table></li> b</p>c', 'a b\n\nc'],
	[
		'links',
		'<a href="https://x.example/?a=1&amp;b=2">here</a>',
		'[here](https://x.example/?a=1&b=2)',
	],
	['a link without an address', '<a name="x">a</a> <a href="#top">b</a>', 'a b'],
	[
		'links that run something',
		'<a href=" JaVa&#10;script:x()">a</a> <a href=data:text/html,x>b</a> <a href="vbscript:x">c</a>',
		'a b c',
	],
	[
		'a link that is its own text',
		'<a href="https://x.example/">https://x.example</a> <a href="mailto:a@x.example">a@x.example</a>',
		'https://x.example a@x.example',
	],
	[
		'a picture with a name',
		'<img src="cid:image001.png@01DB" alt=""> <img alt="shot.png" src="/x">',
		'[attachment: image001.png] [attachment: shot.png]',
	],
	[
		'Zendesk’s picture',
		'<img src="https://x.zendesk.com/attachments/token/a/?name=Screen+1.png">',
		'[attachment: Screen 1.png]',
	],
	['a picture with a text', '<img src="https://x.example/1" alt="The hall">', '[image: The hall]'],
	[
		'emoji and tracking pixels',
		'<img alt="😀" src="x"><img src="https://x.example/t.gif" width=1 height=1>!',
		'😀!',
	],
	[
		'character references',
		'&lt;b&gt; &amp;amp; &eacute; &#8364; &#x1F600; &#146; &unknown; &',
		'<b> &amp; é € 😀 ’ &unknown; &',
	],
	[
		'scripts, styles, comments',
		'a<script>b<p></script><STYLE>c</STYLE ><!-- d > e -->f<title>g</title>',
		'af',
	],
	[
		'conditional comments of Word',
		'<![if !mso]>a<![endif]><!--[if gte mso 9]><xml>b</xml><![endif]--><o:p>c</o:p>',
		'ac',
	],
	['a comment that never ends', 'a<!-- b> c', 'a c'],
	['a script that never ends', 'a<script> b', 'a b'],
	['less than', 'a < b, 5<6 and x<y> z', 'a < b, 5<6 and x z'],
	[
		'addresses in angle brackets',
		'Jane <jane@x.example> at <https://x.example/a>',
		'Jane <jane@x.example> at <https://x.example/a>',
	],
	['a tag that never ends', 'a <b', 'a <b'],
	[
		'quotes in attributes',
		'<a title="a > b" href=\'https://x.example\'>c</a>',
		'[c](https://x.example)',
	],
	['a quote that never ends', '<a title="a>b</a> c', 'b c'],
	['capital letters', '<P>A<BR>B</P>', 'A\nB'],
	['definition lists', '<dl><dt>a<dd>b<dt>c<dd>d</dl>', 'a\nb\nc\nd'],
	[
		'a mention of Jira',
		'<a class="user-hover" rel="712020:ab" href="/x">Jane Doe</a> hi',
		'@Jane Doe hi',
	],
])('%s', (_, html, expected) => {
	expect(markdown(html)).toBe(expected);
});

describe('tables', () => {
	test.each<[string, string, string]>([
		[
			'with a head',
			'<table><caption>Floors</caption><thead><tr><th>A<th>B</thead><tr><td>1<td>2|3</table>',
			'Floors\n\n| A | B |\n| --- | --- |\n| 1 | 2\\|3 |',
		],
		[
			'without one',
			'<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>',
			'| a | b |\n| --- | --- |\n| c | d |',
		],
		[
			'with spans',
			'<table><tr><th colspan=2>A<th>B<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>',
			'| A |  | B |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n|  | 4 | 5 |',
		],
		[
			'with lists and code in cells',
			'<table><tr><th>A<th>B<tr><td><ul><li>x<li>y</ul><td><pre>a|b</pre></table>',
			'| A | B |\n| --- | --- |\n| x; y | `a\\|b` |',
		],
		[
			'of a page’s layout',
			'<table><tr><td><table><tr><td>a</td></tr><tr><td><p>b</p><p>c</p></td></tr></table></td><td>d</td></tr></table>',
			'a\n\nb\n\nc\n\nd',
		],
		[
			'that say they are layout',
			'<table role="presentation"><tr><td>a<td>b<tr><td>c<td>d</table>',
			'a\n\nb\n\nc\n\nd',
		],
		[
			'with data within layout',
			'<table><tr><td>Hi<table><tr><th>A<th>B<tr><td>1<td>2</table></table>',
			'Hi\n\n| A | B |\n| --- | --- |\n| 1 | 2 |',
		],
		[
			'with text outside of cells',
			'<table>x<tr>y<td>a<td>b</tr><tr><td>c<td>d</table>z',
			'x\n\ny\n\n| a | b |\n| --- | --- |\n| c | d |\n\nz',
		],
		[
			'with an absurd span',
			'<table><tr><td colspan=99999999>a<td>b<tr><td>c<td rowspan=x>d</table>',
			`| a | ${' | '.repeat(48)} | b |`.replace(/ {2,}/g, '  '),
		],
	])('%s', (_, html, expected) => {
		expect(markdown(html)).toContain(expected);
	});
});

describe('Confluence’s storage format', () => {
	const macro = (name: string, body: string) =>
		`<ac:structured-macro ac:name="${name}" ac:schema-version="1">${body}</ac:structured-macro>`;
	test.each<[string, string, string]>([
		[
			'code',
			macro(
				'code',
				'<ac:parameter ac:name="language">sql</ac:parameter><ac:parameter ac:name="collapse">true</ac:parameter><ac:plain-text-body><![CDATA[select <b> & 1\n  from x]]></ac:plain-text-body>',
			),
			'```sql\nselect <b> & 1\n  from x\n```',
		],
		[
			'code with a title',
			macro(
				'code',
				'<ac:parameter ac:name="title">a.sql</ac:parameter><ac:plain-text-body><![CDATA[x]]></ac:plain-text-body>',
			),
			'**a.sql**\n\n```\nx\n```',
		],
		[
			'noformat',
			macro('noformat', '<ac:plain-text-body><![CDATA[ a ]]></ac:plain-text-body>'),
			'```\n a\n```',
		],
		[
			'panels',
			macro('warning', '<ac:rich-text-body><p>Hot.</p></ac:rich-text-body>'),
			'**Warning:** Hot.',
		],
		[
			'expand',
			macro(
				'expand',
				'<ac:parameter ac:name="title">More</ac:parameter><ac:rich-text-body><p>a</p></ac:rich-text-body>',
			),
			'**More**\n\na',
		],
		[
			'status in a sentence',
			`<p>now ${macro('status', '<ac:parameter ac:name="colour">Green</ac:parameter><ac:parameter ac:name="title">DONE</ac:parameter>')} at last</p>`,
			'now DONE at last',
		],
		[
			'issues',
			`<p>see ${macro('jira', '<ac:parameter ac:name="server">J</ac:parameter><ac:parameter ac:name="key">IT-42</ac:parameter>')}</p>`,
			'see IT-42',
		],
		[
			'macros it does not know',
			macro('chart', '<ac:rich-text-body><p>a</p></ac:rich-text-body>'),
			'a',
		],
		[
			'links to pages',
			'<p>see <ac:link><ri:page ri:content-title="VPN &amp; more" /></ac:link> or <ac:link><ri:page ri:content-title="X"/><ac:plain-text-link-body><![CDATA[that]]></ac:plain-text-link-body></ac:link></p>',
			'see VPN & more or that',
		],
		[
			'people',
			'<p>ask <ac:link><ri:user ri:account-id="712020:ab" /></ac:link>.</p>',
			'ask @712020:ab.',
		],
		[
			'files',
			'<ac:image ac:width="10"><ri:attachment ri:filename="plan 1.png" /></ac:image>',
			'[attachment: plan 1.png]',
		],
		[
			'pictures from elsewhere',
			'<ac:image><ri:url ri:value="https://x.example/a.png" /></ac:image>',
			'https://x.example/a.png',
		],
		['emoticons', '<p>a <ac:emoticon ac:name="smile" ac:emoji-fallback="🙂" /></p>', 'a 🙂'],
		[
			'tasks',
			'<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>a</ac:task-body></ac:task><ac:task><ac:task-id>2</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body><span>b</span></ac:task-body></ac:task></ac:task-list>',
			'- [x] a\n- [ ] b',
		],
		['dates', '<p>by <time datetime="2026-03-02" /> at noon</p>', 'by 2026-03-02 at noon'],
		[
			'layouts',
			'<ac:layout><ac:layout-section><ac:layout-cell><p>a</p></ac:layout-cell><ac:layout-cell><p>b</p></ac:layout-cell></ac:layout-section></ac:layout>',
			'a\n\nb',
		],
		[
			'extensions with a fallback',
			'<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>a</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>a</p></ac:adf-fallback></ac:adf-extension>',
			'a',
		],
	])('%s', (_, html, expected) => {
		expect(markdown(html)).toBe(expected);
	});

	test('people and files are collected', () => {
		const { mentions, attachments } = htmlToMarkdown(
			'<ri:user ri:userkey="8a7f"/><ri:user ri:username="jdoe"/><ri:attachment ri:filename="a.png"/><ri:attachment ri:filename="a.png"/>',
		);
		expect({ mentions, attachments }).toEqual({
			mentions: ['8a7f', 'jdoe'],
			attachments: ['a.png'],
		});
	});
});

describe('quoted mails and signatures', () => {
	const cases: Array<[string, string]> = [
		[
			'Gmail',
			'<div dir="ltr">Yes.<br clear="all">-- <br><div class="gmail_signature" data-smartmail="gmail_signature">Jane</div></div><br><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">On Mon, Jane wrote:<br></div><blockquote class="gmail_quote"><div>Old<div>er</div></div></blockquote></div>',
		],
		[
			'Outlook on the web',
			'<div class="elementToProof">Yes.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Jane</div><div>Old</div><p>er</p>',
		],
		[
			'Outlook, forwarded through another one',
			'<div>Yes.</div><div id="x_x_divRplyFwdMsg">From</div>Old',
		],
		[
			'Apple Mail',
			'<div>Yes.</div><blockquote type="cite"><div>On 1 Jan, Jane wrote:</div><div>Old</div></blockquote>',
		],
		[
			'Thunderbird',
			'<p>Yes.</p><div class="moz-cite-prefix">Am 19.01. schrieb Jane:<br></div><blockquote type="cite" cite="mid:1"><p>Old</p></blockquote><div class="moz-signature">-- <br>Jane</div>',
		],
		['Yahoo', '<div>Yes.</div><div class="ydp1 yahoo_quoted"><div>Old</div></div>'],
		['Proton', '<div>Yes.</div><div class="protonmail_quote">Old<blockquote>er</blockquote></div>'],
		[
			'a signature of Outlook',
			'<div>Yes.</div><div id="Signature"><p>Jane</p><table><tr><td>IT</table></div>',
		],
		[
			'a signature of Zendesk',
			'<div class="zd-comment" dir="auto"><p>Yes.</p><div class="signature"><p>Jane</p></div></div>',
		],
	];

	test.each(cases)('%s', (_, html) => {
		expect(markdown(html)).toBe('Yes.');
		const whole = markdown(html, { stripQuotes: false });
		expect(whole).toMatch(/^Yes\./);
		expect(whole).toMatch(/Old|Jane/);
	});

	test('answers between quotes stay', () => {
		expect(
			markdown(
				'<blockquote type="cite">a?</blockquote><p>Yes.</p><blockquote type="cite">b?</blockquote><p>No.</p>',
			),
		).toBe('Yes.\n\nNo.');
	});

	test('what is nothing but a quote stays', () => {
		expect(markdown('<div class="gmail_quote">Forwarded: the printer burns.</div>')).toBe(
			'Forwarded: the printer burns.',
		);
		expect(markdown('<div id="divRplyFwdMsg">From: Jane</div><p>Old</p>')).toBe(
			'From: Jane\n\nOld',
		);
	});

	test('a quote without an end tag ends with what it stands in', () => {
		expect(
			markdown('<table><tr><td>a<td><div class="gmail_quote">b<tr><td>c<td>d</table>e'),
		).not.toContain('b');
		expect(
			markdown(
				'<div>a<div class="gmail_quote">b</div></div>c<div><span class="gmail_quote">d</div>e',
			),
		).toBe('a\nc\ne');
	});

	test('files in quotes do not count', () => {
		expect(
			htmlToMarkdown('a<blockquote type="cite"><img src="cid:x.png"></blockquote>').attachments,
		).toEqual([]);
	});
});

describe('hostile markup', () => {
	const seconds = (run: () => void) => {
		const started = performance.now();
		run();
		return (performance.now() - started) / 1000;
	};

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
		let out = '';
		expect(seconds(() => (out = markdown(`<${tag}>`.repeat(20_000) + 'deepest')))).toBeLessThan(3);
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
		let out = '';
		expect(seconds(() => (out = markdown(html)))).toBeLessThan(6);
		expect(out).toContain('start');
	});

	test.each(['time', 'ac:link', 'at', 'ac:parameter'])('much text in many of <%s>', (tag) => {
		const html = `<${tag}>`.repeat(20_000) + 'word '.repeat(200_000);
		let out = '';
		expect(seconds(() => (out = markdown(html)))).toBeLessThan(3);
		expect(out.match(/word/g)).toHaveLength(200_000);
	});

	test('10 MB of mail', () => {
		const html = '<p>Some <b>bold</b> words of a mail &amp; more</p>\n'.repeat(200_000);
		expect(html.length).toBeGreaterThan(10_000_000);
		let out = '';
		expect(seconds(() => (out = markdown(html)))).toBeLessThan(8);
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
