/** Bits of `Run.marks`. */
export const STRONG = 1;
export const EMPHASIS = 2;
export const STRIKE = 4;
export const CODE = 8;

export interface Style {
	marks: number;
	/** Where the text leads to, already judged by `linkTarget`. */
	href?: string;
}

/** A stretch of text in one style. `\n` is a line break. */
export interface Run {
	text: string;
	style: Style;
}

export interface Paragraph {
	type: 'paragraph';
	/** Markdown, of several lines where it has line breaks. */
	text: string;
}

export interface Heading {
	type: 'heading';
	level: number;
	text: string;
}

export interface CodeBlock {
	type: 'code';
	language: string;
	text: string;
}

export interface Rule {
	type: 'rule';
}

export interface Quote {
	type: 'quote';
	blocks: Block[];
}

export interface Item {
	type: 'item';
	blocks: Block[];
	/** Of a task. */
	done?: boolean;
}

export interface List {
	type: 'list';
	/** The first number of a numbered list. */
	start?: number;
	items: Item[];
}

export interface Cell {
	type: 'cell';
	header: boolean;
	columns: number;
	rows: number;
	blocks: Block[];
}

export interface Row {
	type: 'row';
	cells: Cell[];
}

export interface Table {
	type: 'table';
	/** What stands in the table but in none of its cells. */
	caption: Block[];
	rows: Row[];
	/** It only places things on a page. */
	isLayout: boolean;
}

export type Block = Paragraph | Heading | CodeBlock | Rule | Quote | List | Table;
