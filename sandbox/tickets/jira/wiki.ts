/** Markdown as the wiki markup of Jira Data Center. */
import { type Block, type Inline, parseMarkdown } from './markdown';

export function wikiOf(markdown: string, attachments: string[] = []): string {
	const files = attachments.map((name) =>
		/\.(png|jpe?g|gif)$/i.test(name) ? `!${name}|thumbnail!` : `[^${name}]`,
	);
	return [...parseMarkdown(markdown).map((block) => blockOf(block, '')), ...files].join('\n\n');
}

function blockOf(block: Block, bullet: string): string {
	switch (block.kind) {
		case 'paragraph':
			return inlineOf(block.content);
		case 'heading':
			return `h${block.level}. ${inlineOf(block.content)}`;
		case 'code':
			return `{code${block.language ? `:${block.language}` : ''}}\n${block.text}\n{code}`;
		case 'quote':
			return `{quote}\n${block.blocks.map((part) => blockOf(part, '')).join('\n\n')}\n{quote}`;
		case 'list':
			return block.items
				.map((item) => itemOf(item, bullet + (block.ordered ? '#' : '*')))
				.join('\n');
		case 'table':
			return block.rows.map(rowOf).join('\n');
		case 'rule':
			return '----';
	}
}

function itemOf(blocks: Block[], bullet: string): string {
	return blocks
		.map((block, index) =>
			index === 0 ? `${bullet} ${blockOf(block, bullet)}` : blockOf(block, bullet),
		)
		.join('\n');
}

function rowOf(row: Inline[][], index: number): string {
	const bar = index === 0 ? '||' : '|';
	return `${bar}${row.map((cell) => inlineOf(cell).replaceAll('|', '\\|')).join(bar)}${bar}`;
}

function inlineOf(content: Inline[]): string {
	return content.map(partOf).join('');
}

function partOf(part: Inline): string {
	if (part.kind === 'break') return '\n';
	if (part.kind === 'link') return `[${part.text}|${part.href}]`;
	const [mark] = part.marks;
	if (mark === 'code') return `{{${part.text.replaceAll('\\', '\\\\')}}}`;
	const sign = mark === 'strong' ? '*' : mark === 'em' ? '_' : '';
	const text = mark ? part.text : part.text.replace(/([{}[\]*])/g, '\\$1');
	return `${sign}${text}${sign}`;
}
