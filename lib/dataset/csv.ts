/** CSV by RFC 4180, with what spreadsheets make of it: other delimiters, bare CR or LF as line ends, ragged rows. */
import { openPieces, type ReadOptions } from './reader';
import type { ByteSource, Finding } from './types';

export type CsvDelimiter = ',' | ';' | '\t' | '|';

export interface CsvOptions extends ReadOptions {
	/** Default: the one that occurs most often in the first row. */
	delimiter?: CsvDelimiter;
}

export interface CsvRow {
	/** 1-based physical line on which the row begins. */
	line: number;
	fields: string[];
	/** Why the row cannot be relied on. */
	problem?: Finding;
}

export const CSV_DELIMITERS: readonly CsvDelimiter[] = [',', ';', '\t', '|'];

const DEFAULT_MAX_ROW_LENGTH = 32 * 1024 * 1024;

/**
 * Rows of a CSV file, the first one too, in batches of what ends within one piece of 64 KiB. Blank lines are left
 * out. What the file holds never throws; bytes that are not UTF-8 become U+FFFD with a problem on the row.
 */
export async function* readCsv(
	source: ByteSource,
	options: CsvOptions = {},
): AsyncGenerator<CsvRow[]> {
	const decoder = new TextDecoder('utf-8');
	const { pieces } = await openPieces(source, options);
	let parser: CsvParser | undefined;
	for await (const bytes of pieces) {
		const text = decoder.decode(bytes, { stream: true });
		parser ??= new CsvParser(options.delimiter ?? detectDelimiter(text), options.maxLineBytes);
		parser.push(text);
		yield parser.take();
	}
	parser?.push(decoder.decode());
	parser?.end();
	if (parser) yield parser.take();
}

/** The delimiter that the first row has most of, outside quotes; a comma when it has none. */
export function detectDelimiter(text: string): CsvDelimiter {
	const counts = new Map<string, number>(CSV_DELIMITERS.map((delimiter) => [delimiter, 0]));
	let quoted = false;
	let rowHasText = false;
	for (const character of text) {
		if (character === '"') quoted = !quoted;
		else if (quoted) continue;
		else if (character === '\n' || character === '\r') {
			if (rowHasText) break;
		} else if (counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
		rowHasText ||= character.trim() !== '';
	}
	return CSV_DELIMITERS.reduce((best, next) =>
		(counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best,
	);
}

/** A row as CSV with CR LF, as RFC 4180 wants it; fields are quoted only where they have to be. */
export function toCsvRow(fields: readonly string[], delimiter: CsvDelimiter = ','): string {
	return `${fields.map((field) => (needsQuotes(field, delimiter) ? `"${field.replace(/"/g, '""')}"` : field)).join(delimiter)}\r\n`;
}

function needsQuotes(field: string, delimiter: string): boolean {
	return field.includes(delimiter) || /["\r\n]|^\s|\s$/.test(field);
}

type State = 'start' | 'plain' | 'quoted' | 'quote_in_quoted';

class CsvParser {
	private rows: CsvRow[] = [];

	private state: State = 'start';

	private fields: string[] = [];

	private field = '';

	private line = 1;

	private rowLine = 1;

	private rowLength = 0;

	private hasQuotes = false;

	private problem: Finding | undefined;

	private lastWasReturn = false;

	/** Characters that end a run of plain text. */
	private readonly stops: RegExp;

	constructor(
		private readonly delimiter: CsvDelimiter,
		private readonly maxRowLength = DEFAULT_MAX_ROW_LENGTH,
	) {
		this.stops = delimiter === '|' ? /[|\r\n]/g : new RegExp(`[${delimiter}\\r\\n]`, 'g');
	}

	push(text: string): void {
		let at = 0;
		if (this.lastWasReturn && text.startsWith('\n')) at = 1;
		if (text !== '') this.lastWasReturn = false;
		while (at < text.length) {
			if (this.state === 'quoted') at = this.readQuoted(text, at);
			else if (this.state === 'plain') at = this.readPlain(text, at);
			else at = this.readOne(text, at);
		}
	}

	end(): void {
		if (this.state === 'quoted') {
			this.flag(
				'unclosed_quote',
				`The quote opened in the row that begins on line ${this.rowLine} is never closed.`,
				'Close the quote; quotes inside a field are written twice.',
			);
		}
		if (this.fields.length > 0 || this.field !== '' || this.hasQuotes) this.endRow();
	}

	take(): CsvRow[] {
		const { rows } = this;
		this.rows = [];
		return rows;
	}

	private readQuoted(text: string, at: number): number {
		const end = text.indexOf('"', at);
		const part = text.slice(at, end === -1 ? text.length : end);
		this.line += part.split('\n').length - 1;
		this.append(part);
		if (end === -1) return text.length;
		this.state = 'quote_in_quoted';
		return end + 1;
	}

	private readPlain(text: string, at: number): number {
		this.stops.lastIndex = at;
		const end = this.stops.exec(text)?.index ?? text.length;
		this.append(text.slice(at, end));
		return end < text.length ? this.readEnd(text, end) : end;
	}

	/** One character in one of the states that last for one character only. */
	private readOne(text: string, at: number): number {
		const character = text[at];
		if (this.state === 'quote_in_quoted') {
			if (character === '"') {
				this.append('"');
				this.state = 'quoted';
				return at + 1;
			}
			// What follows a closing quote is kept, as every spreadsheet does.
			this.state = 'plain';
			return at;
		}
		if (character === '"') {
			this.hasQuotes = true;
			this.state = 'quoted';
			return at + 1;
		}
		this.state = 'plain';
		return at;
	}

	/** A delimiter or line end outside quotes. */
	private readEnd(text: string, at: number): number {
		this.state = 'start';
		if (text[at] === this.delimiter) {
			this.endField();
			return at + 1;
		}
		this.endRow();
		this.line++;
		this.rowLine = this.line;
		if (text[at] === '\n') return at + 1;
		this.lastWasReturn = at + 1 === text.length;
		return text[at + 1] === '\n' ? at + 2 : at + 1;
	}

	private append(part: string): void {
		this.rowLength += part.length;
		if (this.rowLength > this.maxRowLength) {
			this.flag(
				'row_too_long',
				`The row that begins on line ${this.rowLine} is longer than is allowed.`,
				'Check that every quote in the file is closed, or raise the longest line allowed.',
			);
			this.field = '';
		} else this.field += part;
		if (part.includes('\ufffd')) {
			this.flag(
				'invalid_utf8',
				`The row that begins on line ${this.rowLine} holds U+FFFD, the sign for bytes that are not UTF-8.`,
				'Save the table as “CSV UTF-8”.',
			);
		}
	}

	private endField(): void {
		this.fields.push(this.field);
		this.field = '';
	}

	private endRow(): void {
		this.endField();
		const isBlank = this.fields.length === 1 && this.fields[0].trim() === '' && !this.hasQuotes;
		if (!isBlank) {
			const row: CsvRow = { line: this.rowLine, fields: this.fields };
			if (this.problem) row.problem = this.problem;
			this.rows.push(row);
		}
		this.fields = [];
		this.rowLength = 0;
		this.hasQuotes = false;
		this.problem = undefined;
	}

	private flag(code: string, message: string, fix: string): void {
		this.problem ??= { severity: 'error', code, line: this.rowLine, message, fix };
	}
}
