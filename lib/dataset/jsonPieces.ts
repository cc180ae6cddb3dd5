/**
 * Cuts a stream of bytes into JSON objects wherever their lines end: one a line, several on a line, spread over
 * lines, or as elements of one large array. Looks at brackets and quotes only, so that it also finds the borders of
 * objects that are not quite JSON. What belongs to no object comes out as a piece too, so that nothing is lost.
 */
export interface JsonPiece {
	/** 1-based physical lines on which the piece begins and ends. */
	line: number;
	lastLine: number;
	/** Without white space around it. Missing when the piece was longer than allowed. */
	bytes?: Buffer;
	/** One line of an object that was broken and therefore taken apart. */
	fragment?: true;
	/** What stands between it and the object before, when that is neither a line feed nor a comma of an array. */
	joinedBy?: 'nothing' | 'carriage_return';
}

/** How often something was seen in the file as a whole, and where first. */
export interface Sightings {
	count: number;
	firstLine: number;
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Last byte of “ and ” (E2 80 9C, E2 80 9D). */
const SMART_QUOTES = [0x9c, 0x9d];

/** Brackets whose kind is remembered; what is nested deeper is refused later anyway. */
const TRACKED_DEPTH = 256;

/** Synchronous, one pass, bounded memory: `push` bytes, `end`, and `take` the pieces found so far as often as you like. */
export class JsonPieceScanner {
	readonly carriageReturns: Sightings = { count: 0, firstLine: 0 };

	/** Commas behind objects that are not in an array. */
	readonly strayCommas: Sightings = { count: 0, firstLine: 0 };

	/** Line of the first square bracket outside of any object: the file is a JSON array. 0 for none. */
	arrayLine = 0;

	endsWithLineFeed = false;

	bytes = 0;

	private pieces: JsonPiece[] = [];

	private mode: 'between' | 'object' | 'text' = 'between';

	private line = 1;

	private firstLine = 1;

	/** Bytes of the piece under way that earlier chunks held. */
	private kept: Buffer[] = [];

	private keptBytes = 0;

	/** Last bytes of the chunk before. */
	private tail = Buffer.alloc(2);

	/** Byte that closes the string under way (0: none; the first smart quote stands for both). */
	private string = 0;

	private escaped = false;

	private readonly brackets = new Uint8Array(TRACKED_DEPTH);

	private depth = 0;

	/** Last byte of the object outside strings and white space: what may follow depends on it. */
	private previous = 0;

	/** Only white space so far on this line of the object. */
	private atLineStart = false;

	private joinedBy: 'line_feed' | 'nothing' | 'carriage_return' = 'line_feed';

	constructor(private readonly maxPieceBytes: number) {}

	/** Physical lines so far. */
	get lines(): number {
		if (this.bytes === 0) return 0;
		return this.endsWithLineFeed ? this.line - 1 : this.line;
	}

	push(input: Uint8Array): void {
		const chunk = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
		let start = 0;
		for (let at = 0; at < chunk.length; at++) {
			let byte = chunk[at];
			if (this.mode === 'between') {
				if (this.beginsPiece(byte)) start = at;
			} else if (this.mode === 'text') {
				if (byte === LF || byte === OPEN_OBJECT) this.finish(chunk, start, at);
				if (byte === LF) this.joinedBy = 'line_feed';
				else if (byte === OPEN_OBJECT) {
					this.beginObject();
					start = at;
				}
			} else {
				if (this.string === QUOTE && !this.escaped && !this.atLineStart) {
					at = endOfPlainText(chunk, at);
					if (at === chunk.length) break;
					byte = chunk[at];
				}
				const outcome = this.readObjectByte(byte, chunk, at);
				if (outcome === 'closed') this.finish(chunk, start, at + 1);
				else if (outcome === 'broken') {
					this.breakUp(chunk, start, at);
					this.beginObject();
					start = at;
				}
			}
			if (byte === LF) this.endLine(this.byteBefore(chunk, at, 1));
		}
		if (this.mode !== 'between') this.keep(chunk, start, chunk.length);
		this.bytes += chunk.length;
		if (chunk.length === 0) return;
		this.endsWithLineFeed = chunk[chunk.length - 1] === LF;
		this.tail = Buffer.concat([this.tail, chunk.subarray(-2)]).subarray(-2);
	}

	end(): void {
		const nothing = Buffer.alloc(0);
		if (this.mode === 'text') this.finish(nothing, 0, 0);
		else if (this.mode === 'object') this.breakUp(nothing, 0, 0);
	}

	take(): JsonPiece[] {
		const { pieces } = this;
		if (pieces.length > 0) this.pieces = [];
		return pieces;
	}

	private byteBefore(chunk: Buffer, at: number, distance: 1 | 2): number {
		return at >= distance ? chunk[at - distance] : this.tail[2 + at - distance];
	}

	private endLine(byteBefore: number): void {
		if (byteBefore === CR) countAt(this.carriageReturns, this.line);
		this.line++;
	}

	/** Between two pieces; true when this byte is the first of the next one. */
	private beginsPiece(byte: number): boolean {
		switch (byte) {
			case SPACE:
			case TAB:
				return false;
			case LF:
				this.joinedBy = 'line_feed';
				return false;
			case CR:
				if (this.joinedBy === 'nothing') this.joinedBy = 'carriage_return';
				return false;
			case COMMA:
				if (this.arrayLine === 0) countAt(this.strayCommas, this.line);
				return false;
			case OPEN_ARRAY:
				this.arrayLine ||= this.line;
				return false;
			case CLOSE_ARRAY:
				if (this.arrayLine > 0) return false;
				break;
			case OPEN_OBJECT:
				this.beginObject();
				return true;
		}
		this.mode = 'text';
		this.firstLine = this.line;
		return true;
	}

	private beginObject(): void {
		this.mode = 'object';
		this.firstLine = this.line;
		this.string = 0;
		this.escaped = false;
		this.atLineStart = false;
		this.brackets[0] = OPEN_OBJECT;
		this.depth = 1;
		this.previous = OPEN_OBJECT;
	}

	private readObjectByte(byte: number, chunk: Buffer, at: number): 'closed' | 'broken' | undefined {
		const startsLine = this.atLineStart && !isSpace(byte);
		if (byte === LF) this.atLineStart = true;
		else if (startsLine) this.atLineStart = false;

		if (this.string !== 0) {
			// No text goes on with a curly bracket at the start of a line as often as a new example begins there.
			if (startsLine && byte === OPEN_OBJECT) return 'broken';
			this.readStringByte(byte, chunk, at);
			return undefined;
		}
		if (isSpace(byte) || byte === LF) return undefined;
		if (startsLine && byte === OPEN_OBJECT && !this.mayHoldObject()) return 'broken';
		if (this.opensString(byte, chunk, at)) return undefined;
		if (byte >= 0x80) return undefined;
		this.previous = byte;
		if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
			if (this.depth < TRACKED_DEPTH) this.brackets[this.depth] = byte;
			this.depth++;
		} else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
			this.depth--;
			if (this.depth === 0) return 'closed';
		}
		return undefined;
	}

	private readStringByte(byte: number, chunk: Buffer, at: number): void {
		if (this.escaped) this.escaped = false;
		else if (byte === BACKSLASH) this.escaped = true;
		else if (
			this.string === SMART_QUOTES[0] ? this.isSmartQuote(byte, chunk, at) : byte === this.string
		) {
			this.string = 0;
			this.previous = QUOTE;
		}
	}

	private opensString(byte: number, chunk: Buffer, at: number): boolean {
		if (byte === QUOTE) this.string = QUOTE;
		else if (!OPENERS.has(this.previous)) return false;
		else if (byte === APOSTROPHE) this.string = APOSTROPHE;
		else if (this.isSmartQuote(byte, chunk, at)) this.string = SMART_QUOTES[0];
		else return false;
		return true;
	}

	private isSmartQuote(byte: number, chunk: Buffer, at: number): boolean {
		return (
			SMART_QUOTES.includes(byte) &&
			this.byteBefore(chunk, at, 1) === 0x80 &&
			this.byteBefore(chunk, at, 2) === 0xe2
		);
	}

	/** Whether an object can stand here, inside the one under way. */
	private mayHoldObject(): boolean {
		if (this.depth > TRACKED_DEPTH) return true;
		if (this.brackets[this.depth - 1] === OPEN_OBJECT) return this.previous === COLON;
		return this.previous === COMMA || this.previous === OPEN_ARRAY;
	}

	private keep(chunk: Buffer, start: number, end: number): void {
		this.keptBytes += end - start;
		if (this.keptBytes > this.maxPieceBytes) this.kept = [];
		// A copy: the caller may use its chunk again, and a slice would hold all of it in memory.
		else if (end > start) this.kept.push(Buffer.from(chunk.subarray(start, end)));
	}

	/** The bytes of the piece that ends here; undefined when they were too many. */
	private complete(chunk: Buffer, start: number, end: number): Buffer | undefined {
		let bytes: Buffer | undefined;
		if (this.keptBytes + end - start > this.maxPieceBytes) bytes = undefined;
		else if (this.kept.length === 0) bytes = chunk.subarray(start, end);
		else bytes = Buffer.concat([...this.kept, chunk.subarray(start, end)]);
		this.kept = [];
		this.keptBytes = 0;
		this.mode = 'between';
		return bytes;
	}

	private finish(chunk: Buffer, start: number, end: number): void {
		const { firstLine, line, joinedBy, arrayLine } = this;
		const piece: JsonPiece = {
			line: firstLine,
			lastLine: line,
			bytes: this.complete(chunk, start, end),
		};
		if (joinedBy !== 'line_feed' && arrayLine === 0) piece.joinedBy = joinedBy;
		this.pieces.push(piece);
		this.joinedBy = 'nothing';
	}

	/** Gives up on the object under way: its lines come out one by one. */
	private breakUp(chunk: Buffer, start: number, end: number): void {
		const { firstLine, line } = this;
		const bytes = this.complete(chunk, start, end);
		this.joinedBy = 'line_feed';
		if (!bytes) {
			this.pieces.push({ line: firstLine, lastLine: line });
			return;
		}
		const lines = splitLines(bytes);
		const isTakenApart = lines.filter(({ length }) => length > 0).length > 1;
		lines.forEach((content, index) => {
			if (content.length === 0) return;
			const piece: JsonPiece = {
				line: firstLine + index,
				lastLine: firstLine + index,
				bytes: content,
			};
			if (isTakenApart) piece.fragment = true;
			this.pieces.push(piece);
		});
	}
}

/** What stands before a key or a value. */
const OPENERS = new Set([OPEN_OBJECT, OPEN_ARRAY, COMMA, COLON]);

/** Index of the next byte that means something inside a string: a quote, a backslash or a line feed. */
function endOfPlainText(bytes: Buffer, at: number): number {
	while (at < bytes.length) {
		const byte = bytes[at];
		if (byte === QUOTE || byte === BACKSLASH || byte === LF) break;
		at++;
	}
	return at;
}

function isSpace(byte: number): boolean {
	return byte === SPACE || byte === TAB || byte === CR;
}

function countAt(sightings: Sightings, line: number): void {
	sightings.count++;
	sightings.firstLine ||= line;
}

/** Lines without the white space around them; blank ones are empty. */
function splitLines(bytes: Buffer): Buffer[] {
	const lines: Buffer[] = [];
	for (let start = 0; start <= bytes.length;) {
		const end = bytes.indexOf(LF, start);
		lines.push(trim(bytes.subarray(start, end === -1 ? bytes.length : end)));
		if (end === -1) break;
		start = end + 1;
	}
	return lines;
}

function trim(bytes: Buffer): Buffer {
	let start = 0;
	let end = bytes.length;
	while (start < end && isSpace(bytes[start])) start++;
	while (end > start && isSpace(bytes[end - 1])) end--;
	return bytes.subarray(start, end);
}
