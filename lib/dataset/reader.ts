import { detectFileKind, HEAD_BYTES, withoutMark, type FileKind } from './fileKind';
import { DEFAULT_MAX_LINE_BYTES, LineSplitter } from './lines';
import type { ByteSource, Finding } from './types';

/** Bytes of lines that are in memory together; large enough that the promise each piece costs does not matter. */
export const PIECE_BYTES = 64 * 1024;

const PAUSE_AFTER_MS = 25;

export interface ReadOptions {
	/** Bytes; a longer line is passed over with a finding. */
	maxLineBytes?: number;
	/** Reading stops with the signal's reason once it is aborted. */
	signal?: AbortSignal;
	/**
	 * Lets other work on the event loop run; called about every 25 ms of work.
	 * Needed only for bytes that are in memory already: a stream lets go of the loop by itself.
	 */
	pause?: () => Promise<void>;
}

/** One physical line. `text` is missing only when the line was too long to read. */
export interface Line {
	/** 1-based. */
	line: number;
	/** Without line feed; a carriage return before the line feed is still there. */
	text?: string;
	/** Why the line cannot be used as it is. */
	problem?: Finding;
}

/** What is known of a file before its first line. */
export interface FileStart {
	kind: FileKind;
	byteOrderMark: boolean;
}

/**
 * Physical lines of UTF-8 text, split at 0x0A only, in constant memory. A byte order mark is left out.
 * Does not look at what kind of file it is: see `openPieces` and `detectFileKind`.
 */
export async function* readLines(
	source: ByteSource,
	options: ReadOptions = {},
): AsyncGenerator<Line> {
	for await (const batch of readBatches(source, options)) yield* batch;
}

/** As `readLines`, but all lines that end within one piece of 64 KiB at a time: one promise a piece. */
export async function* readBatches(
	source: ByteSource,
	options: ReadOptions = {},
): AsyncGenerator<Line[]> {
	let batch: Line[] = [];
	const splitter = new LineSplitter(
		{
			onLine: (text, line) => batch.push({ line, text }),
			onBadLine: (problem, line, text) => batch.push({ line, text, problem }),
		},
		options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES,
	);
	const { pieces } = await openPieces(source, options);
	for await (const piece of pieces) {
		splitter.push(piece);
		if (batch.length === 0) continue;
		yield batch;
		batch = [];
	}
	splitter.end();
	if (batch.length > 0) yield batch;
}

/** Looks at the first bytes, then hands over all of them, without a byte order mark, in pieces of limited size. */
export async function openPieces(
	source: ByteSource,
	options: ReadOptions = {},
	pieceBytes = PIECE_BYTES,
): Promise<FileStart & { pieces: AsyncGenerator<Buffer> }> {
	const iterator = piecesOf(source, options, pieceBytes);
	const head: Buffer[] = [];
	let headBytes = 0;
	while (headBytes < HEAD_BYTES) {
		const next = await iterator.next();
		if (next.done) break;
		head.push(next.value);
		headBytes += next.value.length;
	}
	const start = Buffer.concat(head);
	const body = withoutMark(start);
	return {
		kind: detectFileKind(start.subarray(0, HEAD_BYTES)),
		byteOrderMark: body.length < start.length,
		pieces: prepend(body, iterator),
	};
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
	try {
		if (first.length > 0) yield first;
		yield* rest;
	} finally {
		// Reached also when the reader stops half way: closes the file behind the source.
		await rest.return(undefined);
	}
}

async function* piecesOf(
	source: ByteSource,
	{ signal, pause }: ReadOptions,
	pieceBytes: number,
): AsyncGenerator<Buffer> {
	let since = performance.now();
	for await (const chunk of source) {
		for (let at = 0; at < chunk.length; at += pieceBytes) {
			signal?.throwIfAborted();
			if (pause && performance.now() - since > PAUSE_AFTER_MS) {
				await pause();
				since = performance.now();
			}
			const length = Math.min(pieceBytes, chunk.length - at);
			yield Buffer.from(chunk.buffer, chunk.byteOffset + at, length);
		}
	}
}
