/**
 * What the pre-tokeniser must know of a character, as bits: https://github.com/openai/tiktoken's o200k_base pattern
 * in terms of Unicode general categories. Every character has at least one bit.
 */
export const UPPER = 1; // [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]
export const LOWER = 2; // [\p{Ll}\p{Lm}\p{Lo}\p{M}]
export const NUMBER = 4; // \p{N}
export const SPACE = 8; // \s, which in tiktoken's Rust is White_Space: with U+0085, without U+FEFF, unlike JavaScript's
export const NEWLINE = 16; // [\r\n]
export const SYMBOL = 32; // [^\s\p{L}\p{N}]
export const PREFIX = 64; // [^\r\n\p{L}\p{N}]

const CODE_POINTS = 0x110000;

/** 0 until a character is met; a table of all would take 100 ms to fill. */
const known = new Uint8Array(CODE_POINTS);

/**
 * The bits of the character whose UTF-8 form starts at `at`; the bytes must be well-formed.
 * Characters that the Unicode version of the running Node does not know yet count as symbols.
 */
export function characterBits(bytes: Uint8Array, at: number): number {
	const codePoint = codePointAt(bytes, at);
	return known[codePoint] || (known[codePoint] = classify(codePoint));
}

/** Bytes of the character that starts with this byte. */
export function characterWidth(lead: number): number {
	if (lead < 0x80) return 1;
	if (lead < 0xe0) return 2;
	return lead < 0xf0 ? 3 : 4;
}

/** The code point whose well-formed UTF-8 starts at `at`. */
export function codePointAt(bytes: Uint8Array, at: number): number {
	const lead = bytes[at];
	if (lead < 0x80) return lead;
	const second = bytes[at + 1] & 0x3f;
	if (lead < 0xe0) return ((lead & 0x1f) << 6) | second;
	const third = bytes[at + 2] & 0x3f;
	if (lead < 0xf0) return ((lead & 0x0f) << 12) | (second << 6) | third;
	return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[at + 3] & 0x3f);
}

function classify(codePoint: number): number {
	const character = String.fromCodePoint(codePoint);
	return codePoint < 0x80 ? classifyAscii(character) : classifyUnicode(character);
}

/** By itself, because patterns with Unicode classes take milliseconds to get ready. */
function classifyAscii(character: string): number {
	if (/[\r\n]/.test(character)) return SPACE | NEWLINE;
	if (/[\t\v\f ]/.test(character)) return SPACE | PREFIX;
	if (/[0-9]/.test(character)) return NUMBER;
	if (/[A-Z]/.test(character)) return UPPER;
	return /[a-z]/.test(character) ? LOWER : SYMBOL | PREFIX;
}

function classifyUnicode(character: string): number {
	if (/\p{White_Space}/u.test(character)) return SPACE | PREFIX;
	if (/\p{N}/u.test(character)) return NUMBER;
	if (/[\p{Lu}\p{Lt}]/u.test(character)) return UPPER;
	if (/\p{Ll}/u.test(character)) return LOWER;
	if (/\p{L}/u.test(character)) return UPPER | LOWER;
	if (/\p{M}/u.test(character)) return UPPER | LOWER | SYMBOL | PREFIX;
	return SYMBOL | PREFIX;
}
