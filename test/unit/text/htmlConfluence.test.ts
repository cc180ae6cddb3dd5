import { htmlToMarkdown } from '../../../lib/text/html';

const markdown = (html: string) => htmlToMarkdown(html).text;

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
