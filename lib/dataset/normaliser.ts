/**
 * The bytes that are compared: compatibility characters unified, ASCII letters in lower case, runs of other ASCII
 * characters as one space, everything beyond ASCII kept.
 */
export function normaliseText(text: string): Buffer {
	return Buffer.from(new Normaliser(text.length * MOST_BYTES_A_UNIT).normalise(text));
}

/** Normalises one text after the other in the same memory: what it gives is good until the next call. */
export class Normaliser {
	private buffer: Buffer;

	constructor(bytes = FIRST_BYTES) {
		this.buffer = Buffer.allocUnsafe(bytes);
	}

	normalise(text: string): Buffer {
		const length = this.normaliseSimple(text);
		return length === -1 ? this.normaliseAny(text) : this.buffer.subarray(0, length);
	}

	/** Text without combining and compatibility characters, at a third of the price; -1 when there is one. */
	private normaliseSimple(text: string): number {
		this.makeRoom(text.length * MOST_BYTES_A_UNIT);
		const { buffer } = this;
		let length = 0;
		let spaceDue = false;
		for (let at = 0; at < text.length; at++) {
			const unit = text.charCodeAt(at);
			if (unit < 0x80 && NORMAL_BYTES[unit] === 0) {
				spaceDue = length > 0;
				continue;
			}
			if (spaceDue) {
				buffer[length++] = 0x20;
				spaceDue = false;
			}
			if (unit < 0x80) buffer[length++] = NORMAL_BYTES[unit];
			else if (!isSimple(unit)) return -1;
			else if (unit < 0x800) {
				buffer[length++] = 0xc0 | (unit >> 6);
				buffer[length++] = 0x80 | (unit & 0x3f);
			} else {
				buffer[length++] = 0xe0 | (unit >> 12);
				buffer[length++] = 0x80 | ((unit >> 6) & 0x3f);
				buffer[length++] = 0x80 | (unit & 0x3f);
			}
		}
		return length;
	}

	private normaliseAny(text: string): Buffer {
		const unified = text.normalize('NFKC');
		this.makeRoom(unified.length * MOST_BYTES_A_UNIT);
		const { buffer } = this;
		const read = buffer.write(unified, 0, 'utf8');
		let length = 0;
		let spaceDue = false;
		for (let at = 0; at < read; at++) {
			const kept = NORMAL_BYTES[buffer[at]];
			if (kept === 0) spaceDue = length > 0;
			else {
				if (spaceDue) {
					buffer[length++] = 0x20;
					spaceDue = false;
				}
				buffer[length++] = kept;
			}
		}
		return buffer.subarray(0, length);
	}

	private makeRoom(bytes: number): void {
		// One huge text is no reason to keep as much memory for the others.
		if (bytes > this.buffer.length || this.buffer.length > KEPT_BYTES)
			this.buffer = Buffer.allocUnsafe(Math.max(bytes, FIRST_BYTES));
	}
}

/** A UTF-16 unit takes at most three bytes in UTF-8. */
const MOST_BYTES_A_UNIT = 3;
const FIRST_BYTES = 16 * 1024;
const KEPT_BYTES = 1024 * 1024;

const UNKNOWN = 0;
const SIMPLE = 1;
const NOT_SIMPLE = 2;
/** What is known of each UTF-16 unit. */
const SIMPLICITY = new Uint8Array(0x10000);

/** Whether a character stays as it is in every text that is brought to NFKC. */
function isSimple(unit: number): boolean {
	if (SIMPLICITY[unit] === UNKNOWN) {
		const character = String.fromCharCode(unit);
		const staysAlone =
			character.normalize('NFKC') === character && !/[\p{M}\p{Cs}]/u.test(character);
		// Vowels and final consonants of hangul join with what stands before them, as all marks do.
		const joins = unit >= 0x1161 && unit <= 0x11c2;
		SIMPLICITY[unit] = staysAlone && !joins ? SIMPLE : NOT_SIMPLE;
	}
	return SIMPLICITY[unit] === SIMPLE;
}

/** What a byte of the text becomes; 0 for those that become a space. */
const NORMAL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => {
	if (byte >= 0x80) return byte;
	const character = String.fromCharCode(byte);
	return /[0-9a-zA-Z]/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});
