import { htmlToMarkdown } from '../../../lib/text/html';

const markdown = (html: string) => htmlToMarkdown(html).text;

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
	[
		'lists with absurd numbers',
		'<ol start="-3"><li>a</ol>b<ol start="x"><li>c</ol>d<ol start="0"><li>e</ol>',
		'1. a\n\nb\n\n1. c\n\nd\n\n0. e',
	],
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
