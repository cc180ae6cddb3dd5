import { parseLine } from './examples';
import { type JsonPiece, JsonPieceScanner } from './jsonPieces';
import { DEFAULT_MAX_LINE_BYTES } from './lines';
import { openPieces, type ReadOptions } from './reader';
import type { ByteSource, Finding, JsonObject } from './types';
import { invalidUtf8Offset } from './utf8';

/** What one piece of a file turned out to be. */
export interface ReadObject {
	piece: JsonPiece;
	/** Empty when the piece was too long. */
	text: string;
	/** The object, also when there are findings about it; missing when the piece is not one. */
	value?: JsonObject;
	findings: readonly Finding[];
}

/**
 * All JSON objects of a file, however they are laid out (see `JsonPieceScanner`), in batches of what ends within
 * one piece of 64 KiB. Everything that is not an object comes along with a finding that says why.
 */
export async function* readObjects(
	source: ByteSource,
	options: ReadOptions = {},
	scanner = new JsonPieceScanner(options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES),
): AsyncGenerator<ReadObject[]> {
	const { pieces } = await openPieces(source, options);
	for await (const bytes of pieces) {
		scanner.push(bytes);
		yield scanner.take().map(readObject);
	}
	scanner.end();
	yield scanner.take().map(readObject);
}

function readObject(piece: JsonPiece): ReadObject {
	const { line, bytes } = piece;
	if (!bytes) return { piece, text: '', findings: [tooLong(line)] };
	const text = bytes.toString('utf8');
	const offset = text.includes('\ufffd') ? invalidUtf8Offset(bytes) : -1;
	if (offset !== -1) return { piece, text, findings: [notUtf8(line, offset)] };
	return { piece, text, ...parseLine(text, line) };
}

function tooLong(line: number): Finding {
	return {
		severity: 'error',
		code: 'line_too_long',
		line,
		message: `The object that begins on line ${line} is longer than is allowed.`,
		fix: 'Check that brackets and quotes are closed there, or raise the longest line allowed.',
	};
}

function notUtf8(line: number, offset: number): Finding {
	return {
		severity: 'error',
		code: 'invalid_utf8',
		line,
		message: `Line ${line} holds bytes that are not UTF-8, the first one ${offset} bytes after its start.`,
		fix: 'Save the file as UTF-8; it was probably saved in another encoding such as Windows-1252.',
	};
}
