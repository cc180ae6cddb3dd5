/** Markdown as the document format of Jira Cloud, https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
import { type Block, type Inline, parseMarkdown } from './markdown';

export interface AdfNode {
	type: string;
	attrs?: Record<string, unknown>;
	marks?: Array<{ type: string; attrs?: Record<string, unknown> }>;
	content?: AdfNode[];
	text?: string;
}

/** @param mentions - account ids by display name; `@Name` in a text becomes a mention */
export function adfOf(
	markdown: string,
	attachments: string[] = [],
	mentions: ReadonlyMap<string, string> = new Map(),
) {
	const content = parseMarkdown(markdown).map((block) => blockOf(block, mentions));
	const files = attachments.map((name) => mediaOf(name));
	return { version: 1, type: 'doc', content: [...content, ...files] };
}

function blockOf(block: Block, mentions: ReadonlyMap<string, string>): AdfNode {
	const inline = (content: Inline[]) => content.flatMap((part) => inlineOf(part, mentions));
	const blocks = (content: Block[]) => content.map((part) => blockOf(part, mentions));
	switch (block.kind) {
		case 'paragraph':
			return { type: 'paragraph', content: inline(block.content) };
		case 'heading':
			return { type: 'heading', attrs: { level: block.level }, content: inline(block.content) };
		case 'code':
			return {
				type: 'codeBlock',
				attrs: block.language ? { language: block.language } : {},
				content: block.text === '' ? [] : [{ type: 'text', text: block.text }],
			};
		case 'quote':
			return { type: 'blockquote', content: blocks(block.blocks) };
		case 'list':
			return {
				type: block.ordered ? 'orderedList' : 'bulletList',
				content: block.items.map((item) => ({ type: 'listItem', content: blocks(item) })),
			};
		case 'table':
			return {
				type: 'table',
				content: block.rows.map((row, index) => ({
					type: 'tableRow',
					content: row.map((cell) => ({
						type: index === 0 ? 'tableHeader' : 'tableCell',
						attrs: {},
						content: [{ type: 'paragraph', content: inline(cell) }],
					})),
				})),
			};
		case 'rule':
			return { type: 'rule' };
	}
}

function inlineOf(part: Inline, mentions: ReadonlyMap<string, string>): AdfNode[] {
	if (part.kind === 'break') return [{ type: 'hardBreak' }];
	if (part.kind === 'link') {
		return [
			{ type: 'text', text: part.text, marks: [{ type: 'link', attrs: { href: part.href } }] },
		];
	}
	if (part.marks.length > 0) {
		return [{ type: 'text', text: part.text, marks: part.marks.map((type) => ({ type })) }];
	}
	for (const [name, id] of mentions) {
		const at = part.text.indexOf(`@${name}`);
		if (at < 0) continue;
		const before = part.text.slice(0, at);
		const after = part.text.slice(at + name.length + 1);
		return [
			...(before === '' ? [] : [{ type: 'text', text: before }]),
			{ type: 'mention', attrs: { id, text: `@${name}`, accessLevel: '' } },
			...(after === '' ? [] : inlineOf({ ...part, text: after }, mentions)),
		];
	}
	return [{ type: 'text', text: part.text }];
}

function mediaOf(name: string): AdfNode {
	const attrs = { type: 'file', id: `media-${name}`, collection: '', alt: name };
	return { type: 'mediaSingle', attrs: { layout: 'center' }, content: [{ type: 'media', attrs }] };
}
