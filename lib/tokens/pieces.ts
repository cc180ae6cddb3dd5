import {
	characterBits,
	characterWidth,
	LOWER,
	NEWLINE,
	NUMBER,
	PREFIX,
	SPACE,
	SYMBOL,
	UPPER,
} from './characters';

const BLANK = 0x20;
const SLASH = 0x2f;
const APOSTROPHE = 0x27;
const LETTER = UPPER | LOWER;

/**
 * Where the piece that starts at `start` ends, in the way o200k_base cuts a text before it merges bytes. It is the
 * pattern below by hand, over UTF-8 and without backtracking, so linear for any input:
 *
 *     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *     |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *     |\p{N}{1,3}
 *     | ?[^\s\p{L}\p{N}]+[\r\n/]*
 *     |\s*[\r\n]+
 *     |\s+(?!\S)
 *     |\s+
 *
 * @param bytes well-formed UTF-8
 * @param start where a piece starts, before `limit`
 * @param limit where the text ends
 */
export function pieceEnd(bytes: Uint8Array, start: number, limit: number): number {
	const bits = characterBits(bytes, start);
	if ((bits & LETTER) !== 0 && (bits & PREFIX) === 0) {
		return contractionEnd(bytes, lettersEnd(bytes, start, limit), limit);
	}
	if ((bits & NUMBER) !== 0) return numberEnd(bytes, start, limit);
	const second = start + characterWidth(bytes[start]);
	if ((bits & PREFIX) !== 0) {
		if ((bits & LETTER) !== 0) return markEnd(bytes, second, limit);
		const end = lettersEnd(bytes, second, limit);
		if (end > second) return contractionEnd(bytes, end, limit);
	}
	if ((bits & SYMBOL) !== 0) return symbolsEnd(bytes, second, limit);
	if (bytes[start] === BLANK && second < limit && (characterBits(bytes, second) & SYMBOL) !== 0) {
		return symbolsEnd(bytes, second, limit);
	}
	return spaceEnd(bytes, start, limit);
}

/**
 * The first two lines of the pattern from behind the prefix: capitals, then small letters. Letters without case and
 * marks count as both, so a run of capitals that no small letter follows is given back down to the last of those.
 */
function lettersEnd(bytes: Uint8Array, start: number, limit: number): number {
	let at = start;
	let lastCaseless = 0;
	let bits = 0;
	while (at < limit) {
		bits = characterBits(bytes, at);
		if ((bits & UPPER) === 0) break;
		at += characterWidth(bytes[at]);
		if ((bits & LOWER) !== 0) lastCaseless = at;
		bits = 0;
	}
	if ((bits & LOWER) === 0) return lastCaseless || at;
	do at += characterWidth(bytes[at]);
	while (at < limit && (characterBits(bytes, at) & LOWER) !== 0);
	return at;
}

/** A mark is a prefix and a letter: it goes with what follows only if the pattern's first line can match that. */
function markEnd(bytes: Uint8Array, second: number, limit: number): number {
	const end = lettersEnd(bytes, second, limit);
	return contractionEnd(bytes, isAllCapitals(bytes, second, end) ? second : end, limit);
}

function isAllCapitals(bytes: Uint8Array, start: number, end: number): boolean {
	for (let at = start; at < end; at += characterWidth(bytes[at])) {
		if ((characterBits(bytes, at) & LOWER) !== 0) return false;
	}
	return true;
}

/** `(?i:'s|'t|'re|'ve|'m|'ll|'d)?` */
function contractionEnd(bytes: Uint8Array, at: number, limit: number): number {
	if (bytes[at] !== APOSTROPHE || at + 1 >= limit) return at;
	const letter = bytes[at + 1] | 0x20;
	switch (letter) {
		case 0x73: // s
		case 0x74: // t
		case 0x6d: // m
		case 0x64: // d
			return at + 2;
		case 0x72: // r
		case 0x76: // v
			return at + 2 < limit && (bytes[at + 2] | 0x20) === 0x65 ? at + 3 : at;
		case 0x6c: // l
			return at + 2 < limit && (bytes[at + 2] | 0x20) === 0x6c ? at + 3 : at;
	}
	// U+017F, the long s, is an `s` to Rust when case does not matter.
	return bytes[at + 1] === 0xc5 && bytes[at + 2] === 0xbf ? at + 3 : at;
}

function numberEnd(bytes: Uint8Array, start: number, limit: number): number {
	let at = start;
	for (let count = 0; count < 3 && at < limit; count++) {
		if ((characterBits(bytes, at) & NUMBER) === 0) break;
		at += characterWidth(bytes[at]);
	}
	return at;
}

function symbolsEnd(bytes: Uint8Array, start: number, limit: number): number {
	let at = start;
	while (at < limit && (characterBits(bytes, at) & SYMBOL) !== 0) at += characterWidth(bytes[at]);
	while (at < limit && (bytes[at] === SLASH || (characterBits(bytes, at) & NEWLINE) !== 0)) at++;
	return at;
}

/** Up to the last line break of a run; else the run, less its last character when a word may want it. */
function spaceEnd(bytes: Uint8Array, start: number, limit: number): number {
	let at = start;
	let last = start;
	let afterNewline = 0;
	while (at < limit) {
		const bits = characterBits(bytes, at);
		if ((bits & SPACE) === 0) break;
		last = at;
		at += characterWidth(bytes[at]);
		if ((bits & NEWLINE) !== 0) afterNewline = at;
	}
	if (afterNewline > 0) return afterNewline;
	return at === limit || last === start ? at : last;
}
