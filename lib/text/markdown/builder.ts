import { cleanText } from '../clean';
import type { ConvertedText } from '../types';
import { type Block, type Cell, type Item, type List, type Row, type Run, STRONG } from './blocks';
import type { Quote, Style, Table } from './blocks';
import { renderInline } from './inline';
import { renderBlocks } from './render';

/** Containers deeper than this are taken apart: their text goes to the one around them. */
const MAX_DEPTH = 24;

type Container = Quote | List | Item | Table | Row | Cell;

const PLAIN: Style = { marks: 0 };
const BOLD: Style = { marks: STRONG };

/**
 * Takes a document's parts in reading order and writes it as Markdown. Containers are opened and closed like
 * brackets; a container in a place where it cannot stand (a cell without a row) is left out and its text kept.
 */
export class MarkdownBuilder {
	private readonly root: Block[] = [];
	private readonly containers: Container[] = [];
	/** For each open call whether it made a container. */
	private readonly opened: boolean[] = [];
	private runs: Run[] = [];
	private heading = 0;
	private code: { language: string; parts: string[] } | undefined;
	/** The paragraph so far is a label that waits for the text it belongs to. */
	private isLabel = false;
	private readonly mentions = new Set<string>();
	private readonly attachments = new Set<string>();

	text(text: string, style: Style = PLAIN): void {
		if (text === '') return;
		if (this.code !== undefined) this.code.parts.push(text);
		else this.runs.push({ text, style });
		this.isLabel = false;
	}

	lineBreak(): void {
		this.text('\n');
	}

	/** The next text begins a line of its own. */
	line(): void {
		if (!this.isLabel && !this.isAtLineStart()) this.lineBreak();
	}

	/** The next text begins a paragraph of its own. */
	paragraph(): void {
		if (this.code !== undefined) this.line();
		else if (!this.isLabel) this.flush();
	}

	/** Words in bold before the next paragraph, or on their own if none follows. */
	label(text: string): void {
		this.flush();
		this.runs.push({ text, style: BOLD }, { text: ' ', style: PLAIN });
		this.isLabel = true;
	}

	isAtLineStart(): boolean {
		return /^$|\n$/.test(this.lastText());
	}

	/** Whether another space would be one too many. */
	isAfterSpace(): boolean {
		return /^$|[ \t\n]$/.test(this.lastText());
	}

	startHeading(level: number): void {
		this.flush();
		this.heading = Math.min(Math.max(Math.trunc(level) || 1, 1), 6);
	}

	endHeading(): void {
		this.flush();
		this.heading = 0;
	}

	startCode(language = ''): void {
		this.endCode();
		this.flush();
		this.code = { language, parts: [] };
	}

	/** The language of the code that is open, where it was not known yet. */
	codeLanguage(language: string): void {
		if (this.code?.language === '') this.code.language = language;
	}

	/** Makes the open item a task. */
	taskState(done: boolean): void {
		const item = this.containers.at(-1);
		if (item?.type === 'item') item.done = done;
	}

	endCode(): void {
		if (this.code === undefined) return;
		const { language, parts } = this.code;
		this.code = undefined;
		const text = parts.join('').replace(/^\n/, '');
		if (text.trim() !== '') this.add({ type: 'code', language, text });
	}

	codeBlock(text: string, language = ''): void {
		this.startCode(language);
		this.text(text);
		this.endCode();
	}

	rule(): void {
		this.flush();
		this.add({ type: 'rule' });
	}

	openQuote(): void {
		this.openBlock({ type: 'quote', blocks: [] });
	}

	openList(start?: number): void {
		this.openBlock({ type: 'list', start, items: [] });
	}

	openItem(done?: boolean): void {
		const list = this.within();
		const item: Item = { type: 'item', blocks: [], ...(done === undefined ? {} : { done }) };
		if (list?.type === 'list' && this.enter(item)) list.items.push(item);
		else this.skip();
	}

	openTable(isLayout = false): void {
		this.openBlock({ type: 'table', caption: [], rows: [], isLayout });
	}

	openRow(): void {
		const table = this.within();
		const row: Row = { type: 'row', cells: [] };
		if (table?.type === 'table' && this.enter(row)) table.rows.push(row);
		else this.skip();
	}

	openCell(header = false, columns = 1, rows = 1): void {
		const row = this.within();
		const cell: Cell = { type: 'cell', header, columns, rows, blocks: [] };
		if (row?.type === 'row' && this.enter(cell)) row.cells.push(cell);
		else this.skip();
	}

	/** Closes what was opened last. */
	close(): void {
		this.flush();
		if (this.opened.pop() === true) this.containers.pop();
	}

	mention(name: string, style?: Style): void {
		const plain = name.replace(/^@/, '').trim();
		if (plain === '') return;
		this.mentions.add(plain);
		this.text(`@${plain}`, style);
	}

	attachment(name: string): void {
		const plain = name.replace(/\s+/g, ' ').trim();
		if (plain !== '') this.attachments.add(plain);
		this.text(plain === '' ? '[attachment]' : `[attachment: ${plain}]`);
	}

	finish(): ConvertedText {
		this.endCode();
		this.flush();
		return {
			text: cleanText(renderBlocks(this.root)),
			mentions: [...this.mentions],
			attachments: [...this.attachments],
		};
	}

	private openBlock(block: Quote | List | Table): void {
		this.endCode();
		this.flush();
		const target = this.target();
		if (this.enter(block)) target.push(block);
		else this.skip();
	}

	private within(): Container | undefined {
		this.endCode();
		this.flush();
		return this.containers.at(-1);
	}

	private enter(container: Container): boolean {
		if (this.containers.length >= MAX_DEPTH) return false;
		this.containers.push(container);
		this.opened.push(true);
		return true;
	}

	private skip(): void {
		this.opened.push(false);
	}

	private flush(): void {
		this.isLabel = false;
		if (this.runs.length === 0) return;
		const text = renderInline(this.runs);
		this.runs = [];
		if (text === '') return;
		if (this.heading === 0) this.add({ type: 'paragraph', text });
		else this.add({ type: 'heading', level: this.heading, text: text.replace(/\n+/g, ' ') });
	}

	private add(block: Block): void {
		this.target().push(block);
	}

	/** Where a block goes: into the last item of a list, before a table's rows. */
	private target(): Block[] {
		const container = this.containers.at(-1);
		if (container === undefined) return this.root;
		if (container.type === 'list') return lastItem(container).blocks;
		if (container.type === 'table') return container.caption;
		if (container.type === 'row') return (this.containers.at(-2) as Table).caption;
		return container.blocks;
	}

	private lastText(): string {
		return (this.code === undefined ? this.runs.at(-1)?.text : this.code.parts.at(-1)) ?? '';
	}
}

function lastItem(list: List): Item {
	const last = list.items.at(-1);
	if (last !== undefined) return last;
	const item: Item = { type: 'item', blocks: [] };
	list.items.push(item);
	return item;
}
