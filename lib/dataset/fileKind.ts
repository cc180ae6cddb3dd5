import type { Finding } from './types';
import { scanJson } from './jsonScan';

/** What the first bytes of a file say it is; `jsonl` is also the answer when nothing speaks against it. */
export type FileKind =
	| 'jsonl'
	| 'empty'
	| 'gzip'
	| 'zip'
	| 'utf16le'
	| 'utf16be'
	| 'jsonArray'
	| 'prettyJson'
	| 'csv'
	| 'crOnly'
	| 'html'
	| 'binary';

/** Bytes from the start of a file that are enough for `detectFileKind`. */
export const HEAD_BYTES = 4096;

export const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Names what a file is from its first `HEAD_BYTES` bytes (all of them, for a shorter file). */
export function detectFileKind(head: Uint8Array): FileKind {
	const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
	if (bytes.length === 0) return 'empty';
	return binaryKind(bytes) ?? textKind(withoutMark(bytes).toString('utf8'));
}

/** The bytes behind a UTF-8 byte order mark, or all of them when there is none. */
export function withoutMark(bytes: Buffer): Buffer {
	return bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes;
}

function binaryKind(bytes: Buffer): FileKind | undefined {
	const start = bytes.toString('latin1', 0, 4);
	if (start.startsWith('\x1f\x8b')) return 'gzip';
	if (start === 'PK\x03\x04') return 'zip';
	if (start.startsWith('\xff\xfe')) return 'utf16le';
	if (start.startsWith('\xfe\xff')) return 'utf16be';
	// UTF-16 without a mark: `{` and `"` have a zero byte on one side.
	if (/^[{["]\0[^\0]\0$/.test(start)) return 'utf16le';
	if (/^\0[{["]\0[^\0]$/.test(start)) return 'utf16be';
	if (start === '%PDF') return 'binary';
	return bytes.includes(0) && !/^\s*\{/.test(bytes.toString('latin1')) ? 'binary' : undefined;
}

function textKind(text: string): FileKind {
	const body = text.trimStart();
	if (body === '') return 'jsonl';
	if (isCrOnly(text)) return 'crOnly';
	if (body.startsWith('[')) return 'jsonArray';
	if (body.startsWith('{')) return isSpreadOverLines(body) ? 'prettyJson' : 'jsonl';
	if (/^<(!doctype|html|\?xml)/i.test(body)) return 'html';
	return looksLikeTable(body) ? 'csv' : 'jsonl';
}

/** Old Macintosh line breaks: a carriage return between two objects, and no line feed at all. */
function isCrOnly(text: string): boolean {
	return !text.includes('\n') && /\}[ \t]*\r\s*[{]/.test(text);
}

/** The first line is no whole object, and the second carries on with it. */
function isSpreadOverLines(body: string): boolean {
	const lineEnd = body.indexOf('\n');
	if (lineEnd === -1 || scanJson(body.slice(0, lineEnd)).fault?.kind !== 'truncated') return false;
	const secondLine = lineEnd + body.slice(lineEnd).search(/\S|$/);
	const { fault } = scanJson(body);
	return fault === undefined || fault.at > secondLine;
}

function looksLikeTable(body: string): boolean {
	const [first, second] = body.split(/\r?\n/, 2);
	if (second === undefined || /^[{["]?\s*[{[]/.test(second)) return false;
	return /[^\s,;\t][,;\t]/.test(first) && /[,;\t]/.test(second);
}

const NAMES: Record<Exclude<FileKind, 'jsonl' | 'empty'>, [what: string, fix: string]> = {
	gzip: ['a gzip-compressed file', 'Decompress the file, or run the Repair operation on it first.'],
	zip: [
		'a ZIP archive or an Excel workbook',
		'Take the JSONL file out of the archive; save a workbook as CSV and use the Convert operation.',
	],
	utf16le: ['text in UTF-16, not UTF-8', 'Run the Repair operation, or save the file as UTF-8.'],
	utf16be: ['text in UTF-16, not UTF-8', 'Run the Repair operation, or save the file as UTF-8.'],
	jsonArray: [
		'one JSON array, not one JSON object on each line',
		'Run the Repair operation, which writes each element of the array on a line of its own.',
	],
	prettyJson: [
		'JSON with objects spread over several lines; JSONL needs each object on one line',
		'Run the Repair operation, which joins the lines of each object.',
	],
	csv: ['a table (CSV), not JSONL', 'Run the Convert operation and name the columns to use.'],
	crOnly: [
		'text with bare carriage returns for line breaks, which makes it one single line',
		'Run the Repair operation, or save the file with Unix (LF) line ends.',
	],
	binary: [
		'a binary file, not text',
		'Choose the binary field that holds the training file; turn documents and tables into text first.',
	],
	html: [
		'a web page, not JSONL',
		'Check the address it was downloaded from; it probably answered with a login or a warning page.',
	],
};

/** What to tell the user about a file that is not JSONL; undefined for `jsonl`. */
export function fileKindFinding(kind: FileKind): Finding | undefined {
	if (kind === 'jsonl') return undefined;
	if (kind === 'empty') {
		return {
			severity: 'error',
			code: 'empty_file',
			message: 'The file is empty.',
			fix: 'Check the step that wrote the file; a training file needs at least 10 examples.',
		};
	}
	const [what, fix] = NAMES[kind];
	return {
		severity: 'error',
		code: `file_is_${snakeCase(kind)}`,
		message: `The file is ${what}.`,
		fix,
	};
}

function snakeCase(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
