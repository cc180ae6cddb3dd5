import type { Block, Cell, Table } from './blocks';
import { codeSpan } from './inline';
import { blockLines } from './render';

const MAX_COLUMNS = 100;
const MAX_SPAN = 50;

/**
 * A GFM table, its first row as the head. A table that only places things on a page (one column, one row without a
 * head, another table or a longer piece of code in a cell) becomes the blocks of its cells, one after another.
 */
export function renderTable(table: Table): string[] {
	const before = blockLines(table.caption);
	const lines = isData(table) ? gridLines(table) : blockLines(table.rows.flatMap(cellBlocks));
	return before.length > 0 && lines.length > 0 ? [...before, '', ...lines] : [...before, ...lines];
}

function isData({ rows, isLayout }: Table): boolean {
	if (isLayout) return false;
	const filled = rows.filter(({ cells }) => cells.some(({ blocks }) => blocks.length > 0));
	const hasHead = filled.some(({ cells }) => cells.some(({ header }) => header));
	return (
		(filled.length > 1 || (filled.length === 1 && hasHead)) &&
		filled.some(({ cells }) => cells.length > 1) &&
		filled.every(({ cells }) => cells.every(({ blocks }) => blocks.every(fitsInCell)))
	);
}

function fitsInCell(block: Block): boolean {
	if (block.type === 'table') return false;
	if (block.type === 'code') return !block.text.trim().includes('\n');
	if (block.type === 'quote') return block.blocks.every(fitsInCell);
	if (block.type === 'list') return block.items.every(({ blocks }) => blocks.every(fitsInCell));
	return true;
}

function cellBlocks({ cells }: { cells: Cell[] }): Block[] {
	return cells.flatMap(({ blocks }) => blocks);
}

function gridLines({ rows }: Table): string[] {
	/** How many rows more each column is taken by a cell from above. */
	let taken: number[] = [];
	const grid: string[][] = [];
	for (const { cells } of rows) {
		const placed = place(cells, taken);
		taken = placed.taken;
		if (cells.some(({ blocks }) => blocks.length > 0)) grid.push(placed.texts);
	}
	const columns = grid.reduce((most, texts) => Math.max(most, texts.length), 0);
	const [head, ...body] = grid;
	while (head.length < columns) head.push('');
	return [head, Array<string>(columns).fill('---'), ...body].map(
		(texts) => `| ${texts.join(' | ')} |`,
	);
}

/** Cells beyond the last column that is kept share it. */
function place(cells: Cell[], above: number[]): { texts: string[]; taken: number[] } {
	const texts: string[] = [];
	const beyond: string[] = [];
	const taken = above.map((rows) => Math.max(0, rows - 1));
	for (const cell of cells) {
		while (texts.length < MAX_COLUMNS && (above[texts.length] ?? 0) > 0) texts.push('');
		if (texts.length >= MAX_COLUMNS) {
			beyond.push(cellText(cell));
			continue;
		}
		const end = Math.min(texts.length + bounded(cell.columns), MAX_COLUMNS);
		for (let isFirst = true; texts.length < end; isFirst = false) {
			taken[texts.length] = bounded(cell.rows) - 1;
			texts.push(isFirst ? cellText(cell) : '');
		}
	}
	if (beyond.length > 0) texts.push([texts.pop(), ...beyond].join(' ').trim());
	return { texts, taken: Array.from(taken, (rows) => rows ?? 0) };
}

function bounded(span: number): number {
	return Number.isFinite(span) ? Math.min(Math.max(Math.trunc(span), 1), MAX_SPAN) : 1;
}

function cellText({ blocks }: Cell): string {
	return inlineText(blocks).replace(/\n+/g, ' ').replace(/\|/g, '\\|');
}

function inlineText(blocks: Block[]): string {
	return blocks
		.map((block) => {
			switch (block.type) {
				case 'paragraph':
				case 'heading':
					return block.text;
				case 'code':
					return codeSpan(block.text.trim());
				case 'quote':
					return inlineText(block.blocks);
				case 'list':
					return block.items.map(({ blocks: own }) => inlineText(own)).join('; ');
				default:
					return '';
			}
		})
		.filter((text) => text !== '')
		.join(' ');
}
