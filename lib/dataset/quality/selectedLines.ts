import { DEFAULT_MAX_LINE_BYTES, LineSplitter } from '../lines';
import { openPieces, type ReadOptions } from '../reader';
import type { ByteSource, Finding } from '../types';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** One physical line of a file, not decoded. */
export interface SelectedLine {
	/** 1-based. */
	line: number;
	/** Without its line end; of a line that is too long only the beginning. */
	bytes: Buffer;
}

/**
 * Some of the lines of a file, a batch at a time; the others cost no more than looking for their ends.
 *
 * @param select asked for each line in order, once
 */
export async function* selectLines(
	source: ByteSource,
	select: (line: number) => boolean,
	options: ReadOptions = {},
): AsyncGenerator<SelectedLine[]> {
	const most = (options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES) + 1;
	let line = 1;
	let isSelected = select(line);
	let carry: Buffer[] = [];
	let carried = 0;
	const takeLine = (rest: Buffer): SelectedLine => {
		const bytes = carry.length === 0 ? rest : Buffer.concat([...carry, rest]);
		carry = [];
		carried = 0;
		return { line, bytes: withoutReturn(bytes) };
	};
	const { pieces } = await openPieces(source, options);
	for await (const piece of pieces) {
		const batch: SelectedLine[] = [];
		let start = 0;
		for (let end = piece.indexOf(LINE_FEED); end !== -1; end = piece.indexOf(LINE_FEED, start)) {
			if (isSelected) batch.push(takeLine(piece.subarray(start, end)));
			isSelected = select(++line);
			start = end + 1;
		}
		const rest = isSelected ? piece.subarray(start, start + most - carried) : piece.subarray(0, 0);
		// A copy: the source may use its memory again.
		if (rest.length > 0) carry.push(Buffer.from(rest));
		carried += rest.length;
		if (batch.length > 0) yield batch;
	}
	if (carried > 0) yield [takeLine(Buffer.alloc(0))];
}

/** Why the bytes of a line cannot be used as text, if they cannot. */
export function lineProblem(
	{ line, bytes }: SelectedLine,
	{ maxLineBytes }: ReadOptions,
): { problem?: Finding; text?: string } {
	let found: { problem?: Finding; text?: string } = {};
	const splitter = new LineSplitter(
		{
			onLine: (text) => (found = { text }),
			onBadLine: (problem, _line, text) => (found = { problem, text }),
		},
		maxLineBytes,
	);
	splitter.lines = line - 1;
	splitter.push(bytes);
	splitter.end();
	return found;
}

function withoutReturn(bytes: Buffer): Buffer {
	return bytes[bytes.length - 1] === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
}
