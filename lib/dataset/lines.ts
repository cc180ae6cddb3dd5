import type { Finding } from './types';
import { invalidUtf8Offset } from './utf8';

/** Longest physical line that is looked at; OpenAI's longest lines (ten 10 MB images) want a larger setting. */
export const DEFAULT_MAX_LINE_BYTES = 32 * 1024 * 1024;

const LINE_FEED = 0x0a;
const FIRST_CARRY_BYTES = 16 * 1024;
const KEPT_CARRY_BYTES = 1024 * 1024;
const NOTHING = Buffer.alloc(0);

export interface LineHandler {
	/** May take the bytes of a line that is not too long before they are decoded; they are good until it returns. */
	takeBytes?(bytes: Buffer, line: number): boolean;
	/** One physical line without its line feed; a carriage return before it is still there. */
	onLine(text: string, line: number): void;
	/** A line that cannot be given as text: too long, or not UTF-8 (then `text` holds U+FFFD in place of the bad bytes). */
	onBadLine(finding: Finding, line: number, text?: string): void;
}

/**
 * Cuts a stream of bytes into physical lines at 0x0A and nowhere else (U+2028, U+0085 and CR are content).
 * Synchronous, so that a file of a million lines costs one promise a chunk and not one a line.
 * Holds at most one unfinished line; a line beyond `maxLineBytes` is passed over without being kept.
 */
export class LineSplitter {
	/** Line feeds seen so far, plus one for a last line without one (after `end`). */
	lines = 0;

	bytes = 0;

	/** False when the last line of a non-empty input had no line feed; known after `end`. */
	endedWithLineFeed = false;

	private carry: Buffer = NOTHING;

	private carried = 0;

	private lineBytes = 0;

	private tooLong = false;

	constructor(
		private readonly handler: LineHandler,
		private readonly maxLineBytes = DEFAULT_MAX_LINE_BYTES,
	) {}

	push(chunk: Uint8Array): void {
		const bytes = asBuffer(chunk);
		this.bytes += bytes.length;
		let start = 0;
		let end = bytes.indexOf(LINE_FEED);
		while (end !== -1) {
			this.lines++;
			if (this.lineBytes === 0 && end - start <= this.maxLineBytes) this.emit(bytes, start, end);
			else this.finishCarried(bytes, start, end);
			start = end + 1;
			end = bytes.indexOf(LINE_FEED, start);
		}
		if (start < bytes.length) this.keep(bytes, start, bytes.length);
	}

	end(): void {
		this.endedWithLineFeed = this.bytes > 0 && this.lineBytes === 0;
		if (this.lineBytes === 0) return;
		this.lines++;
		this.finishCarried(NOTHING, 0, 0);
	}

	private emit(bytes: Buffer, start: number, end: number): void {
		if (this.handler.takeBytes?.(bytes.subarray(start, end), this.lines)) return;
		const text = bytes.toString('utf8', start, end);
		// The decoder writes U+FFFD for bad bytes, so only a line that holds one needs a closer look.
		if (text.includes('\ufffd')) {
			const offset = invalidUtf8Offset(bytes.subarray(start, end));
			if (offset !== -1) {
				this.handler.onBadLine(notUtf8(this.lines, offset), this.lines, text);
				return;
			}
		}
		this.handler.onLine(text, this.lines);
	}

	private finishCarried(bytes: Buffer, start: number, end: number): void {
		this.keep(bytes, start, end);
		const length = this.lineBytes;
		const tooLong = this.tooLong;
		this.lineBytes = 0;
		this.tooLong = false;
		this.carried = 0;
		if (tooLong)
			this.handler.onBadLine(lineTooLong(this.lines, length, this.maxLineBytes), this.lines);
		else this.emit(this.carry, 0, length);
		if (this.carry.length > KEPT_CARRY_BYTES) this.carry = NOTHING;
	}

	private keep(bytes: Buffer, start: number, end: number): void {
		this.lineBytes += end - start;
		if (this.lineBytes > this.maxLineBytes) {
			this.tooLong = true;
			this.carry = NOTHING;
			this.carried = 0;
			return;
		}
		this.makeRoom(this.lineBytes);
		bytes.copy(this.carry, this.carried, start, end);
		this.carried = this.lineBytes;
	}

	private makeRoom(needed: number): void {
		if (needed <= this.carry.length) return;
		const doubled = Math.max(FIRST_CARRY_BYTES, this.carry.length * 2);
		const larger = Buffer.allocUnsafe(Math.max(needed, Math.min(doubled, this.maxLineBytes)));
		this.carry.copy(larger, 0, 0, this.carried);
		this.carry = larger;
	}
}

function asBuffer(chunk: Uint8Array): Buffer {
	if (Buffer.isBuffer(chunk)) return chunk;
	return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function lineTooLong(line: number, bytes: number, limit: number): Finding {
	return {
		severity: 'error',
		code: 'line_too_long',
		line,
		message: `Line ${line} is ${inMegabytes(bytes)} long; lines over ${inMegabytes(limit)} are not read.`,
		fix: 'Check that line breaks are there between the examples, or raise the longest line allowed.',
	};
}

function notUtf8(line: number, offset: number): Finding {
	return {
		severity: 'error',
		code: 'invalid_utf8',
		line,
		message: `Line ${line} holds bytes that are not UTF-8, the first one ${offset} bytes into the line.`,
		fix: 'Save the file as UTF-8; it was probably saved in another encoding such as Windows-1252.',
	};
}

function inMegabytes(bytes: number): string {
	const megabytes = bytes / (1024 * 1024);
	return `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MiB`;
}
