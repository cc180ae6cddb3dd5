import { adfToMarkdown } from '../../../lib/text/adf';

type Node = Record<string, unknown>;

const doc = (...content: Node[]) => ({ type: 'doc', version: 1, content });
const text = (value: string, ...marks: Node[]) => ({ type: 'text', text: value, marks });
const p = (...content: Array<Node | string>) => ({
	type: 'paragraph',
	content: content.map((part) => (typeof part === 'string' ? text(part) : part)),
});
const node = (type: string, attrs: Node, ...content: Node[]) => ({ type, attrs, content });
const item = (...content: Node[]) => ({ type: 'listItem', content });
const cell = (type: string, value: string, attrs: Node = {}) => node(type, attrs, p(value));
const row = (...content: Node[]) => ({ type: 'tableRow', content });
const markdown = (...content: Node[]) => adfToMarkdown(doc(...content)).text;

describe('every node type', () => {
	test.each<[string, Node[], string]>([
		['paragraph', [p('One.'), p('Two.')], 'One.\n\nTwo.'],
		['heading', [node('heading', { level: 3 }, text('Title'))], '### Title'],
		['heading without a level', [node('heading', {}, text('Title'))], '# Title'],
		['hardBreak', [p('a', { type: 'hardBreak' }, 'b')], 'a\nb'],
		['bulletList', [node('bulletList', {}, item(p('a')), item(p('b')))], '- a\n- b'],
		['orderedList', [node('orderedList', { order: 3 }, item(p('a')), item(p('b')))], '3. a\n4. b'],
		[
			'nested lists',
			[
				node(
					'bulletList',
					{},
					item(
						p('a'),
						node('orderedList', {}, item(p('b'), node('bulletList', {}, item(p('c'))))),
						p('d'),
					),
				),
			],
			'- a\n  1. b\n     - c\n\n  d',
		],
		[
			'code in a list',
			[
				node(
					'bulletList',
					{},
					item(p('run'), node('codeBlock', { language: 'sh' }, text('ls\ncd'))),
				),
			],
			'- run\n\n  ```sh\n  ls\n  cd\n  ```',
		],
		[
			'taskList',
			[
				node(
					'taskList',
					{},
					node('taskItem', { state: 'DONE' }, text('a')),
					node('taskItem', { state: 'TODO' }, text('b')),
					node('taskList', {}, node('taskItem', { state: 'TODO' }, text('c'))),
					node('blockTaskItem', { state: 'DONE' }, p('d')),
				),
			],
			'- [x] a\n- [ ] b\n  - [ ] c\n- [x] d',
		],
		[
			'decisionList',
			[node('decisionList', {}, node('decisionItem', { state: 'DECIDED' }, text('We stay.')))],
			'- **Decision:** We stay.',
		],
		['blockquote', [node('blockquote', {}, p('a'), p('b'))], '> a\n>\n> b'],
		[
			'codeBlock',
			[node('codeBlock', { language: 'ts' }, text('if (a < b) {\n\t`x`;\n}'))],
			'```ts\nif (a < b) {\n\t`x`;\n}\n```',
		],
		[
			'codeBlock that holds a fence',
			[node('codeBlock', {}, text('```\nx\n```'))],
			'````\n```\nx\n```\n````',
		],
		[
			'panel',
			[node('panel', { panelType: 'warning' }, p('Hot.'), p('Very.'))],
			'**Warning:** Hot.\n\nVery.',
		],
		['panel of one’s own', [node('panel', { panelType: 'custom' }, p('Hot.'))], 'Hot.'],
		[
			'panel with a list',
			[node('panel', { panelType: 'info' }, node('bulletList', {}, item(p('a'))))],
			'**Info:**\n\n- a',
		],
		['rule', [p('a'), { type: 'rule' }, p('b')], 'a\n\n---\n\nb'],
		[
			'table',
			[
				node(
					'table',
					{},
					row(cell('tableHeader', 'Name'), cell('tableHeader', 'Value')),
					row(cell('tableCell', 'a|b'), cell('tableCell', 'c')),
				),
			],
			'| Name | Value |\n| --- | --- |\n| a\\|b | c |',
		],
		[
			'table with spans',
			[
				node(
					'table',
					{},
					row(cell('tableHeader', 'A', { colspan: 2 }), cell('tableHeader', 'B')),
					row(
						cell('tableCell', '1', { rowspan: 2 }),
						cell('tableCell', '2'),
						cell('tableCell', '3'),
					),
					row(cell('tableCell', '4'), cell('tableCell', '5')),
				),
			],
			'| A |  | B |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n|  | 4 | 5 |',
		],
		[
			'table with a list and several lines in cells',
			[
				node(
					'table',
					{},
					row(cell('tableHeader', 'A'), cell('tableHeader', 'B')),
					row(
						node('tableCell', {}, node('bulletList', {}, item(p('x')), item(p('y')))),
						node('tableCell', {}, p('1', { type: 'hardBreak' }, '2'), p('3')),
					),
				),
			],
			'| A | B |\n| --- | --- |\n| x; y | 1 2 3 |',
		],
		[
			'table with an empty row',
			[
				node(
					'table',
					{},
					row(cell('tableHeader', 'A'), cell('tableHeader', 'B')),
					row(cell('tableCell', ''), cell('tableCell', ' ')),
					row(cell('tableCell', '1'), cell('tableCell', '2')),
				),
			],
			'| A | B |\n| --- | --- |\n| 1 | 2 |',
		],
		[
			'media',
			[node('mediaSingle', {}, node('media', { type: 'file', id: 'x', alt: 'shot 1.png' }))],
			'[attachment: shot 1.png]',
		],
		[
			'media without a name',
			[node('mediaGroup', {}, node('media', { type: 'file', id: 'x' }))],
			'[attachment]',
		],
		[
			'media from elsewhere',
			[
				node(
					'mediaSingle',
					{},
					node('media', { type: 'external', url: 'https://x.example/a.png', alt: 'a' }),
				),
			],
			'[a](https://x.example/a.png)',
		],
		[
			'caption',
			[
				node(
					'mediaSingle',
					{},
					node('media', { alt: 'a.png' }),
					node('caption', {}, text('The hall.')),
				),
			],
			'[attachment: a.png]\n\nThe hall.',
		],
		['mediaInline', [p('see ', node('mediaInline', { alt: 'a.pdf' }))], 'see [attachment: a.pdf]'],
		[
			'inlineCard',
			[p('see ', node('inlineCard', { url: 'https://x.example/1' }))],
			'see https://x.example/1',
		],
		[
			'inlineCard with data',
			[p(node('inlineCard', { data: { url: 'https://x.example/1', name: 'The page' } }))],
			'[The page](https://x.example/1)',
		],
		['blockCard', [node('blockCard', { url: 'https://x.example/1' })], 'https://x.example/1'],
		[
			'embedCard',
			[node('embedCard', { url: 'https://x.example/1', layout: 'wide' })],
			'https://x.example/1',
		],
		[
			'mention',
			[p('Hi ', node('mention', { id: '712020:ab', text: '@Jane Doe' }), '!')],
			'Hi @Jane Doe!',
		],
		['mention without a name', [p(node('mention', { id: '712020:ab' }))], '@712020:ab'],
		['emoji', [p(node('emoji', { shortName: ':smile:', text: '😄' }))], '😄'],
		['emoji of one’s own', [p(node('emoji', { shortName: ':alderbrook:' }))], ':alderbrook:'],
		['date', [p('by ', node('date', { timestamp: '1772409600000' }))], 'by 2026-03-02'],
		['date as a number', [p(node('date', { timestamp: 1772409600000 }))], '2026-03-02'],
		['date that is none', [p(node('date', { timestamp: 'soon' }))], 'soon'],
		[
			'status',
			[p('now ', node('status', { text: 'IN PROGRESS', color: 'blue' }))],
			'now IN PROGRESS',
		],
		['placeholder', [p(node('placeholder', { text: 'Type here' }))], 'Type here'],
		['expand', [node('expand', { title: 'More' }, p('Inside.'))], '**More**\n\nInside.'],
		['nestedExpand', [node('nestedExpand', { title: '' }, p('Inside.'))], 'Inside.'],
		[
			'layoutSection',
			[
				node(
					'layoutSection',
					{},
					node('layoutColumn', { width: 50 }, p('a')),
					node('layoutColumn', {}, p('b')),
				),
			],
			'a\n\nb',
		],
		[
			'extension',
			[p('a'), node('extension', { text: 'Chart of May' }), p('b')],
			'a\n\nChart of May\n\nb',
		],
		['inlineExtension', [p('a ', node('inlineExtension', { text: 'b' }))], 'a b'],
		['bodiedExtension', [node('bodiedExtension', {}, p('a'))], 'a'],
		['syncBlock', [p('a'), node('syncBlock', {}), node('bodiedSyncBlock', {}, p('b'))], 'a\n\nb'],
		[
			'a type of later years',
			[node('hologram', {}, p('a'), node('shimmer', { text: 'b' }))],
			'a\n\nb',
		],
	])('%s', (_, content, expected) => {
		expect(markdown(...content)).toBe(expected);
	});
});

describe('every mark', () => {
	const link = (href: string) => ({ type: 'link', attrs: { href } });
	test.each<[string, Node[], string]>([
		['strong', [text('a', { type: 'strong' })], '**a**'],
		['em', [text('a', { type: 'em' })], '*a*'],
		['strike', [text('a', { type: 'strike' })], '~~a~~'],
		['code', [text('a*b', { type: 'code' })], '`a*b`'],
		['code with a backtick', [text('a`b', { type: 'code' })], '``a`b``'],
		['code that begins with a backtick', [text('`a', { type: 'code' })], '`` `a ``'],
		[
			'a fence behind a link',
			[text('a', link('https://x.example')), text('~~~b')],
			'[a](https://x.example)~~~b',
		],
		['a fence behind bold text', [text('a', { type: 'strong' }), text('```b')], '**a**```b'],
		['both', [text('a', { type: 'strong' }, { type: 'em' })], '***a***'],
		[
			'overlapping',
			[
				text('a', { type: 'strong' }),
				text('b', { type: 'strong' }, { type: 'em' }),
				text('c', { type: 'em' }),
			],
			'**a*b****c*',
		],
		['space at the edges', [text('x'), text(' a ', { type: 'strong' }), text('y')], 'x **a** y'],
		[
			'one bold sentence in pieces',
			[text('a ', { type: 'strong' }), text('b', { type: 'strong' })],
			'**a b**',
		],
		[
			'link',
			[text('docs', link('https://x.example/a b(c)'))],
			'[docs](https://x.example/a%20b%28c%29)',
		],
		[
			'link with bold text',
			[text('docs', link('https://x.example'), { type: 'strong' })],
			'[**docs**](https://x.example)',
		],
		[
			'link that shows itself',
			[text('https://x.example/', link('https://x.example/'))],
			'https://x.example/',
		],
		['address', [text('it@x.example', link('mailto:it@x.example'))], 'it@x.example'],
		[
			'brackets in a link',
			[text('a] b', link('https://x.example'))],
			'[a\\] b](https://x.example)',
		],
		['script', [text('docs', link(' java\tscript:alert(1)'))], 'docs'],
		['data', [text('docs', link('DATA:text/html,x'))], 'docs'],
		['power', [text('10'), text('6', { type: 'subsup', attrs: { type: 'sup' } })], '10^6'],
		['index', [text('H'), text('2', { type: 'subsup', attrs: { type: 'sub' } }), text('O')], 'H2O'],
		[
			'those without a meaning for text',
			[
				'underline',
				'textColor',
				'backgroundColor',
				'fontSize',
				'alignment',
				'indentation',
				'annotation',
				'breakout',
				'border',
				'dataConsumer',
				'fragment',
			].map((type) => text(type[0], { type, attrs: { color: '#f00' } })),
			'utbfaiabbdf',
		],
	])('%s', (_, content, expected) => {
		expect(markdown(p(...content))).toBe(expected);
	});
});

describe('ordinary prose stays as it was typed', () => {
	test.each([
		'snake_case_names and 2*3*4 < 5 & 6 > 1',
		'[ERROR] disk full (see #42) ~ 3 %',
		'C:\\Users\\mira and \\\\files\\customer',
		'1. first\n2. second\n- third',
	])('%s', (prose) => {
		expect(markdown(p(prose))).toBe(prose);
	});

	test('but cannot open a code block', () => {
		expect(markdown(p('```not code'), p('more'))).toBe('\\```not code\n\nmore');
	});
});

test('collects who is mentioned and what is attached, once each', () => {
	const { mentions, attachments } = adfToMarkdown(
		doc(
			p(
				node('mention', { id: '1', text: '@Jane Doe' }),
				node('mention', { id: '1', text: '@Jane Doe ' }),
			),
			p(node('mention', { id: '2' }), node('mediaInline', { alt: 'a.pdf' })),
			node('mediaGroup', {}, node('media', { alt: 'a.pdf' }), node('media', { alt: 'b.png' })),
		),
	);
	expect({ mentions, attachments }).toEqual({
		mentions: ['Jane Doe', '2'],
		attachments: ['a.pdf', 'b.png'],
	});
});

test.each<[string, unknown, string]>([
	['JSON text, as Confluence gives it', JSON.stringify(doc(p('a'))), 'a'],
	['plain text', 'no JSON', 'no JSON'],
	['a list of nodes', [p('a'), p('b')], 'a\n\nb'],
	['nothing', null, ''],
	['undefined', undefined, ''],
	['a number', 7, ''],
	[
		'nodes with members of wrong kinds',
		{ type: 7, content: [null, 1, 'x', { type: 'text', text: 5, marks: 'strong' }] },
		'5',
	],
	['a symbol for a number', doc(node('heading', { level: Symbol('x') }, text('a'))), '# a'],
])('takes %s', (_, input, expected) => {
	expect(adfToMarkdown(input).text).toBe(expected);
});

test('a document that holds itself comes to an end', () => {
	const loop = doc(p('a'));
	loop.content.push(loop);
	expect(adfToMarkdown(loop).text).toBe('a');
});
