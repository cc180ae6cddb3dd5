import type { Block, CodeBlock, List } from './blocks';
import { longestBackticks } from './inline';
import { renderTable } from './table';

/** Blocks as Markdown, an empty line between two of them. Their depth must be bounded. */
export function renderBlocks(blocks: Block[]): string {
	return blockLines(blocks).join('\n');
}

/** The lines of blocks; `isItem` keeps a list close to the sentence of the item that introduces it. */
export function blockLines(blocks: Block[], isItem = false): string[] {
	const lines: string[] = [];
	let previous: Block | undefined;
	for (const block of blocks) {
		const own = linesOf(block);
		if (own.length === 0) continue;
		const isClose = isItem && previous?.type === 'paragraph' && block.type === 'list';
		if (previous !== undefined && !isClose) lines.push('');
		for (const line of own) lines.push(line);
		previous = block;
	}
	return lines;
}

function linesOf(block: Block): string[] {
	switch (block.type) {
		case 'paragraph':
			return block.text.split('\n');
		case 'heading':
			return [`${'#'.repeat(block.level)} ${block.text}`];
		case 'code':
			return codeLines(block);
		case 'rule':
			return ['---'];
		case 'quote':
			return blockLines(block.blocks).map((line) => (line === '' ? '>' : `> ${line}`));
		case 'list':
			return listLines(block);
		case 'table':
			return renderTable(block);
	}
}

function codeLines({ language, text }: CodeBlock): string[] {
	const fence = '`'.repeat(Math.max(3, longestBackticks(text) + 1));
	const name = /^[\w+#.-]{1,30}$/.test(language) ? language : '';
	return [`${fence}${name}`, ...text.trimEnd().split(/\r\n?|\n/), fence];
}

function listLines({ items, start }: List): string[] {
	const lines: string[] = [];
	let number = start;
	for (const { blocks, done } of items) {
		const own = blockLines(blocks, true);
		if (own.length === 0) continue;
		const bullet = number === undefined ? '- ' : `${number++}. `;
		const box = done === undefined ? '' : done ? '[x] ' : '[ ] ';
		const indent = ' '.repeat(bullet.length);
		own.forEach((line, index) => {
			if (index === 0) lines.push(`${bullet}${box}${line}`);
			else lines.push(line === '' ? '' : `${indent}${line}`);
		});
	}
	return lines;
}
