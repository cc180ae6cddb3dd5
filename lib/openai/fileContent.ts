/** What a file of the server holds: as bytes, or as records. */
import { parseLine } from '../dataset/examples';
import { readLines } from '../dataset/reader';

/** Enough of a file to tell base64 from CSV. */
const HEAD_BYTES = 64;
const MAX_CSV_BYTES = 64 * 1024 * 1024;

/**
 * The bytes as they are meant: the result file of a job may come base64-encoded from OpenAI (though listed as CSV),
 * and is decoded while it streams. A CSV has a comma or line feed in its first bytes, which base64 never has.
 */
export async function* decodedResult(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
	let head: Buffer | undefined = Buffer.alloc(0);
	let base64 = false;
	let rest = '';
	const decode = (chunk: Buffer): Buffer => {
		if (!base64) return chunk;
		const text = rest + chunk.toString('latin1').replace(/[\r\n]/g, '');
		const whole = text.length - (text.length % 4);
		rest = text.slice(whole);
		return Buffer.from(text.slice(0, whole), 'base64');
	};
	for await (const chunk of source) {
		if (head === undefined) {
			yield decode(Buffer.from(chunk));
			continue;
		}
		head = Buffer.concat([head, chunk]);
		if (head.length < HEAD_BYTES) continue;
		base64 = looksLikeBase64(head);
		yield decode(head);
		head = undefined;
	}
	if (head !== undefined) {
		base64 = looksLikeBase64(head);
		yield decode(head);
	}
	if (rest !== '') yield Buffer.from(rest, 'base64');
}

function looksLikeBase64(head: Buffer): boolean {
	const text = head.toString('latin1').replace(/[\r\n]+$/, '');
	if (text.length < 8 || !/^[A-Za-z0-9+/\r\n]+={0,2}$/.test(text)) return false;
	const whole = text.replace(/[\r\n]/g, '');
	const start = Buffer.from(whole.slice(0, whole.length - (whole.length % 4)), 'base64');
	return /^\s*[\x20-\x7e]+/.test(start.toString('latin1')) && start.includes(',');
}

/** A record of a file: a line of JSONL, or a row of CSV. */
export type FileRecord = Record<string, unknown>;

/** The objects of a JSONL file. A line that is none becomes `{line, text}`, so that nothing is lost. */
export async function* jsonlRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<FileRecord> {
	for await (const { line, text = '' } of readLines(source)) {
		if (text.trim() === '') continue;
		yield parseLine(text, line).value ?? { line, text };
	}
}

/**
 * Rows of a CSV file by its header; numbers as numbers, empty cells as null.
 *
 * @throws RangeError for more than 64 MiB: result files hold some rows a training step.
 */
export async function* csvRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<FileRecord> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of source) {
		bytes += chunk.length;
		if (bytes > MAX_CSV_BYTES) throw new RangeError('The CSV file has more than 64 MiB');
		chunks.push(chunk);
	}
	const [header, ...rows] = csvRows(
		Buffer.concat(chunks)
			.toString()
			.replace(/^\ufeff/, ''),
	);
	for (const row of rows) {
		yield Object.fromEntries(header.map((name, column) => [name, cellValue(row[column])]));
	}
}

function cellValue(cell: string | undefined): string | number | null {
	if (cell === undefined || cell === '') return null;
	const number = Number(cell);
	return Number.isFinite(number) && cell.trim() !== '' ? number : cell;
}

/** https://datatracker.ietf.org/doc/html/rfc4180; blank lines are left out. */
function csvRows(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	const cells = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\n|\r|$)/y;
	while (cells.lastIndex < text.length) {
		const [, cell, end] = cells.exec(text) ?? [];
		if (cell === undefined) break;
		row.push(cell.startsWith('"') ? cell.slice(1, -1).replace(/""/g, '"') : cell);
		if (end === ',') {
			if (cells.lastIndex === text.length) row.push('');
			else continue;
		}
		if (row.length > 1 || row[0] !== '') rows.push(row);
		row = [];
	}
	if (row.length > 0) rows.push(row);
	return rows;
}
