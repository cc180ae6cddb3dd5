import { STRONG } from '../markdown/blocks';
import type { MarkdownBuilder } from '../markdown/builder';
import { WikiInline } from './inline';
import { cellsOf, isRowComplete } from './rows';
import type { Verbatim } from './verbatim';

/** Macros that stand around blocks. Their tags become lines of their own. */
const BLOCK_MACRO = /(?<!\\)\{(quote|panel|info|note|tip|warning|expand)(?::([^{}\n]{0,300}))?\}/g;
const MACRO_LINE = /^\{(quote|panel|info|note|tip|warning|expand)(?::([^{}\n]{0,300}))?\}$/;

const LABELS = new Map([
	['info', 'Info:'],
	['note', 'Note:'],
	['tip', 'Tip:'],
	['warning', 'Warning:'],
]);

/** Deeper lists are not told apart. */
const MAX_LIST_DEPTH = 12;

/** Reads wiki markup line by line. */
export class WikiBlocks {
	private readonly inline: WikiInline;
	/** The bullets of the open lists, e.g. `*#`. */
	private bullets = '';
	private isInTable = false;
	private isInQuote = false;

	constructor(
		private readonly builder: MarkdownBuilder,
		verbatim: Verbatim[],
	) {
		this.inline = new WikiInline(builder, verbatim);
	}

	read(source: string[]): void {
		const lines = source.flatMap(withMacrosApart);
		for (let at = 0; at < lines.length;) at += this.take(lines, at);
		this.closeAll();
		if (this.isInQuote) this.builder.close();
	}

	/** Returns how many lines it took. */
	private take(lines: string[], at: number): number {
		const line = lines[at].trim();
		const macro = MACRO_LINE.exec(line);
		if (macro !== null) this.macro(macro[1], macro[2] ?? '');
		else if (line === '') this.emptyLine();
		else if (line.startsWith('|')) return this.row(lines, at);
		else if (!this.listItem(line)) this.textLine(line);
		return 1;
	}

	private emptyLine(): void {
		this.closeAll();
		this.builder.paragraph();
	}

	private textLine(line: string): void {
		const heading = /^h([1-6])\.\s+(.*)$/.exec(line) ?? /^h([1-6])\.()$/.exec(line);
		if (heading !== null) return this.heading(Number(heading[1]), heading[2]);
		if (line.startsWith('bq. ')) return this.quoteLine(line.slice(4));
		if (/^-{4,}$/.test(line)) return this.rule();
		this.closeTable();
		// Within a list it goes on with the item, as in Jira.
		this.builder.line();
		this.inline.write(line);
	}

	private heading(level: number, text: string): void {
		this.closeAll();
		this.builder.startHeading(level);
		this.inline.write(text);
		this.builder.endHeading();
	}

	private quoteLine(text: string): void {
		this.closeAll();
		this.builder.openQuote();
		this.inline.write(text);
		this.builder.close();
	}

	private rule(): void {
		this.closeAll();
		this.builder.rule();
	}

	private macro(name: string, options: string): void {
		this.closeAll();
		if (name === 'quote') this.toggleQuote();
		else this.panel(name, titleOf(name, options));
	}

	private toggleQuote(): void {
		if (this.isInQuote) this.builder.close();
		else this.builder.openQuote();
		this.isInQuote = !this.isInQuote;
	}

	private panel(name: string, title: string): void {
		// The closing tag is written as the opening one without options; a label at the end would mean nothing.
		const label = this.inline.togglePanel(name) ? LABELS.get(name) : undefined;
		this.builder.paragraph();
		if (title === '' && label !== undefined) return this.builder.label(label);
		const heading = [label, title].filter((part) => part !== undefined).join(' ');
		this.builder.text(heading, { marks: STRONG });
		this.builder.paragraph();
	}

	private listItem(line: string): boolean {
		const found = /^([*#]+|-{1,3})\s+(\S.*)$/.exec(line);
		if (found === null) return false;
		this.closeTable();
		this.openLists(found[1].slice(0, MAX_LIST_DEPTH));
		this.builder.openItem();
		this.inline.write(found[2]);
		return true;
	}

	/** The last item stays open for what follows it; `bullets` of `n` characters are `n` lists with an item each. */
	private openLists(bullets: string): void {
		let shared = 0;
		while (shared < bullets.length && isSameList(bullets[shared], this.bullets[shared])) shared++;
		this.closeLists(shared);
		if (shared > 0 && shared === bullets.length) this.builder.close();
		for (let depth = shared; depth < bullets.length; depth++) {
			if (bullets[depth] === '#') this.builder.openList(1);
			else this.builder.openList();
			if (depth < bullets.length - 1) this.builder.openItem();
		}
		this.bullets = bullets;
	}

	private closeLists(depth: number): void {
		for (let open = this.bullets.length; open > depth; open--) {
			this.builder.close();
			this.builder.close();
		}
		this.bullets = this.bullets.slice(0, depth);
	}

	private row(lines: string[], at: number): number {
		this.closeLists(0);
		let height = 1;
		let row = lines[at].trim();
		const parts = [row];
		while (!isRowComplete(row) && goesOn(lines[at + height])) {
			row = lines[at + height].trim();
			parts.push(row);
			height++;
		}
		if (!this.isInTable) this.builder.openTable();
		this.isInTable = true;
		this.builder.openRow();
		for (const { text, isHeader } of cellsOf(parts.join('\n'))) {
			this.builder.openCell(isHeader);
			text.split('\n').forEach((line, index) => {
				if (index > 0) this.builder.line();
				this.inline.write(line.trim().replace(/^(?:[*#]+|-) (?=\S)/, '- '));
			});
			this.builder.close();
		}
		this.builder.close();
		return height;
	}

	private closeTable(): void {
		if (this.isInTable) this.builder.close();
		this.isInTable = false;
	}

	private closeAll(): void {
		this.closeTable();
		this.closeLists(0);
	}
}

function withMacrosApart(line: string): string[] {
	if (!line.includes('{') || line.trimStart().startsWith('|')) return [line];
	const apart = line.replace(BLOCK_MACRO, '\n$&\n');
	return apart === line ? [line] : apart.split('\n').filter((part) => part.trim() !== '');
}

function isSameList(bullet: string, open: string | undefined): boolean {
	return open !== undefined && (bullet === '#') === (open === '#');
}

function goesOn(line: string | undefined): boolean {
	return line !== undefined && line.trim() !== '' && !line.trim().startsWith('|');
}

function titleOf(name: string, options: string): string {
	if (name === 'expand' && !options.includes('=')) return options.trim();
	const title = options.split('|').find((option) => option.trim().startsWith('title='));
	return title?.trim().slice('title='.length).trim() ?? '';
}
