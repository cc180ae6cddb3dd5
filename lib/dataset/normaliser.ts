import {
	DEPENDS,
	isUnchanged,
	KNOWN_STABILITY,
	REPLACED,
	replacementOf,
	stabilityOf,
	STAYS,
	staysBehind,
} from './unicodeStability';
import { characterAt, sizeOf, startOfCharacterBefore } from './utf8Characters';

/**
 * The bytes that are compared: compatibility characters unified, ASCII letters in lower case, runs of other ASCII
 * characters as one space, everything beyond ASCII kept.
 */
export function normaliseText(text: string): Buffer {
	return Buffer.from(new Normaliser(text.length).normalise(text));
}

/** Normalises one text after the other in the same memory: what it gives is good until the next call. */
export class Normaliser {
	/** The text so far is in its first `length` bytes. */
	bytes = new Uint8Array(0);

	/** The same memory, four bytes in one number. */
	words = new Int32Array(0);

	length = 0;

	private source = Buffer.alloc(0);

	constructor(private readonly firstBytes = FIRST_BYTES) {}

	/** The whole of a text. */
	normalise(text: string): Buffer {
		if (!this.take(text, TEXT)) this.take(text.normalize('NFKC'), UNIFIED);
		return this.end();
	}

	/**
	 * Begins a new text.
	 *
	 * @param sourceBytes the most bytes of UTF-8 that are going to be added
	 */
	clear(sourceBytes: number): void {
		this.length = 0;
		const most = sourceBytes * MOST_GROWTH + SPARE_BYTES;
		// One huge text is no reason to keep as much memory for the others.
		if (most <= this.bytes.length && this.bytes.length <= KEPT_BYTES) return;
		const buffer = new ArrayBuffer(Math.max(most, this.firstBytes) & ~3);
		this.bytes = new Uint8Array(buffer);
		this.words = new Int32Array(buffer);
	}

	/**
	 * Adds the text of a JSON string without parsing it.
	 *
	 * @param at where it begins, behind the quote
	 * @returns where its closing quote is; -1 for a string that has to be parsed, or is not one
	 */
	addJsonString(source: Uint8Array, at: number, end: number): number {
		const quote = this.copy(source, at, end, JSON_STRING);
		return quote < end ? quote : -1;
	}

	/** Adds another text that is normalised. */
	append({ bytes, length }: Normaliser): void {
		this.separate();
		this.bytes.set(bytes.subarray(0, length), this.length);
		this.length += length;
	}

	/** Keeps what comes next apart from what was before. */
	separate(): void {
		if (!this.isBehindSpace()) this.bytes[this.length++] = SPACE;
	}

	end(): Buffer {
		if (this.length > 0 && this.isBehindSpace()) this.length--;
		return Buffer.from(this.bytes.buffer, 0, this.length);
	}

	private isBehindSpace(): boolean {
		return this.length === 0 || this.bytes[this.length - 1] === SPACE;
	}

	private take(text: string, table: Uint8Array): boolean {
		const most = text.length * MOST_BYTES_A_UNIT;
		if (most > this.source.length || this.source.length > KEPT_BYTES)
			this.source = Buffer.allocUnsafeSlow(Math.max(most, this.firstBytes));
		const length = this.source.write(text, 0, 'utf8');
		this.clear(length);
		return this.copy(this.source, 0, length, table) === length;
	}

	/** Gives where it stopped: at the end, or at a quote that ends a JSON string; -1 when it cannot go on. */
	private copy(source: Uint8Array, start: number, end: number, table: Uint8Array): number {
		let at = this.copyEasy(source, start, end, table);
		while (at < end && source[at] >= 0x80) {
			const code = characterAt(source, at, end);
			if (code === -1) return -1;
			if (table !== UNIFIED && stabilityOf(code) === REPLACED) {
				if (!this.addReplacement(code)) return -1;
			} else {
				if (table !== UNIFIED && !isSettled(source, at, start, code, table)) return -1;
				for (let byte = 0; byte < sizeOf(code); byte++)
					this.bytes[this.length++] = source[at + byte];
			}
			at = this.copyEasy(source, at + sizeOf(code), end, table);
		}
		return at === end || (table === JSON_STRING && source[at] === QUOTE) ? at : -1;
	}

	/** Goes on to the first character that needs a closer look. Long, for a call in the loop would double its time. */
	private copyEasy(source: Uint8Array, start: number, end: number, table: Uint8Array): number {
		const { bytes } = this;
		let { length } = this;
		let isBehindSpace = this.isBehindSpace() ? 1 : 0;
		let at = start;
		while (at < end) {
			const byte = source[at];
			const mapped = table[byte];
			if (mapped !== SPECIAL) {
				// Without a branch, because nobody can foresee where words end: a second space is written over.
				bytes[length] = mapped;
				const isSpace = (mapped - SPACE - 1) >>> 31;
				length += 1 - (isSpace & isBehindSpace);
				isBehindSpace = isSpace;
				at++;
			} else if (byte >= 0xc2 && byte < 0xe0) {
				const next = source[at + 1];
				const code = ((byte & 0x1f) << 6) | (next & 0x3f);
				if ((next & 0xc0) !== 0x80 || KNOWN_STABILITY[code] !== STAYS) break;
				bytes[length] = byte;
				bytes[length + 1] = next;
				length += 2;
				at += 2;
				isBehindSpace = 0;
			} else if (byte >= 0xe0 && byte < 0xf0) {
				const second = source[at + 1];
				const third = source[at + 2];
				const code = ((byte & 0xf) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
				if ((second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) break;
				if (code < 0x800 || KNOWN_STABILITY[code] !== STAYS) break;
				bytes[length] = byte;
				bytes[length + 1] = second;
				bytes[length + 2] = third;
				length += 3;
				at += 3;
				isBehindSpace = 0;
			} else if (byte === BACKSLASH && IS_ESCAPE[source[at + 1]] === 1) {
				// All of these stand for what becomes a space.
				bytes[length] = SPACE;
				length += 1 - isBehindSpace;
				isBehindSpace = 1;
				at += 2;
			} else break;
		}
		this.length = length;
		// A character that is cut off by the end is none.
		return at > end ? -1 : at;
	}

	/** False for one that is too long. */
	private addReplacement(code: number): boolean {
		const replacement = replacementOf(code);
		if (replacement.length > sizeOf(code) * MOST_GROWTH) return false;
		for (const byte of replacement) {
			if (byte < 0x80 && TEXT[byte] === SPACE) this.separate();
			else this.bytes[this.length++] = byte < 0x80 ? TEXT[byte] : byte;
		}
		return true;
	}
}

/** Whether a character stays as it is behind those before it. */
function isSettled(
	source: Uint8Array,
	at: number,
	textStart: number,
	code: number,
	table: Uint8Array,
): boolean {
	const stability = stabilityOf(code);
	if (stability !== DEPENDS) return stability === STAYS;
	const codes = [code];
	for (let start = at; start > textStart && codes.length < MOST_MARKS;) {
		start = startOfCharacterBefore(source, start);
		// Not what it looks like.
		const isEscape = table === JSON_STRING && start > textStart && source[start - 1] === BACKSLASH;
		const before = isEscape ? -1 : characterAt(source, start, at);
		const stabilityBefore = before === -1 ? -1 : stabilityOf(before);
		codes.unshift(before);
		if (stabilityBefore === STAYS)
			return codes.length === 2
				? staysBehind(before, code)
				: isUnchanged(String.fromCodePoint(...codes));
		if (stabilityBefore !== DEPENDS) return false;
	}
	return false;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Characters that are looked at together. */
const MOST_MARKS = 6;
/** A UTF-16 unit takes at most three bytes in UTF-8. */
const MOST_BYTES_A_UNIT = 3;
/** Times its bytes that a character may be replaced by. */
const MOST_GROWTH = 2;
const FIRST_BYTES = 16 * 1024;
const KEPT_BYTES = 1024 * 1024;
/** Room for the spaces between parts. */
const SPARE_BYTES = 16;

/** Stands in the tables for bytes that are no easy ASCII. */
const SPECIAL = 0;
/** What each byte of a text becomes. */
const TEXT = Uint8Array.from({ length: 256 }, (_, byte) => {
	if (byte >= 0x80) return SPECIAL;
	const character = String.fromCharCode(byte);
	return /[0-9a-zA-Z]/.test(character) ? character.toLowerCase().charCodeAt(0) : SPACE;
});
/** A text that is in NFKC. */
const UNIFIED = TEXT.slice();
const JSON_STRING = TEXT.map((mapped, byte) =>
	byte < SPACE || byte === QUOTE || byte === BACKSLASH ? SPECIAL : mapped,
);
/** What may stand behind a backslash, but for `u`. */
const IS_ESCAPE = Uint8Array.from({ length: 256 }, (_, byte) =>
	'"\\/bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0,
);
