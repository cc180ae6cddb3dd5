/**
 * What becomes of single characters when a text is brought to NFKC, so that most texts need not be. Asked for millions
 * of characters, so what is known of each is kept. After the Unicode Standard Annex #15, Normalization Forms, section 9
 * (https://www.unicode.org/reports/tr15/), with what JavaScript can tell of the properties.
 */

const UNKNOWN = 0;
/** Stays, and begins anew: nothing before it has an effect on it. */
export const STAYS = 1;
/** Stays or not, depending on the characters before it. */
export const DEPENDS = 2;
/** Becomes something else that stays and begins anew, see `replacementOf`. */
export const REPLACED = 3;
/** Changes with what stands around it, or is not known well enough. */
export const CHANGES = 4;

/** Characters from here on are rare; they count as not known. */
const LOOKED_AT = 0x30000;

/** What is known of each character so far, for those who cannot wait: 0 or one of the above. */
export const KNOWN_STABILITY = new Uint8Array(LOOKED_AT);

/** `STAYS`, `DEPENDS`, `REPLACED` or `CHANGES`. */
export function stabilityOf(code: number): number {
	if (code >= LOOKED_AT) return CHANGES;
	if (KNOWN_STABILITY[code] === UNKNOWN) KNOWN_STABILITY[code] = classify(code);
	return KNOWN_STABILITY[code];
}

/** The UTF-8 bytes that a character is replaced by. */
export function replacementOf(code: number): Uint8Array {
	let replacement = replacements.get(code);
	if (!replacement) {
		replacement = Buffer.from(String.fromCodePoint(code).normalize('NFKC'), 'utf8');
		replacements.set(code, replacement);
	}
	return replacement;
}

/** Whether a character that depends on it stays behind one that begins anew. */
export function staysBehind(before: number, code: number): boolean {
	const slot = (Math.imul(before, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b)) >>> (32 - SLOT_BITS);
	if (SLOT_BEFORE[slot] !== before || SLOT_CODE[slot] !== code) {
		SLOT_BEFORE[slot] = before;
		SLOT_CODE[slot] = code;
		SLOT_STAYS[slot] = isUnchanged(String.fromCodePoint(before, code)) ? 1 : 0;
	}
	return SLOT_STAYS[slot] === 1;
}

export function isUnchanged(text: string): boolean {
	return text.normalize('NFKC') === text;
}

const replacements = new Map<number, Uint8Array>();

/** Pairs that were asked for, each in the one slot where it belongs. */
const SLOT_BITS = 12;
const SLOT_BEFORE = new Int32Array(2 ** SLOT_BITS).fill(-1);
const SLOT_CODE = new Int32Array(2 ** SLOT_BITS);
const SLOT_STAYS = new Uint8Array(2 ** SLOT_BITS);

function classify(code: number): number {
	if (code < 0x80) return STAYS;
	const character = String.fromCodePoint(code);
	if (/\p{Cs}/u.test(character)) return CHANGES;
	const unified = character.normalize('NFKC');
	if (unified !== character) return isReplaceable(unified) ? REPLACED : CHANGES;
	// Vowels and final consonants of hangul join with what stands before them.
	if (code >= 0x1161 && code <= 0x11c2) return CHANGES;
	if (code >= 0x10000) return isPictureOrHan(code, character) ? STAYS : CHANGES;
	if (!/\p{M}/u.test(character)) return STAYS;
	return isReordered(character) || joiningMarks().has(character) ? DEPENDS : STAYS;
}

function isReplaceable(unified: string): boolean {
	for (const character of unified)
		if (stabilityOf(character.codePointAt(0)!) !== STAYS) return false;
	return true;
}

/** Beyond the basic plane there are letters that join with others; these do not. */
function isPictureOrHan(code: number, character: string): boolean {
	const isInRange = (code >= 0x1f000 && code < 0x1fc00) || code >= 0x20000;
	return isInRange && !/\p{M}/u.test(character);
}

/** Whether a mark has a place in the order of marks: then it changes places with one that belongs before or behind it. */
function isReordered(mark: string): boolean {
	return (
		mark === FIRST_OF_MARKS ||
		mark === LAST_OF_MARKS ||
		(mark + FIRST_OF_MARKS).normalize('NFD') !== mark + FIRST_OF_MARKS ||
		(LAST_OF_MARKS + mark).normalize('NFD') !== LAST_OF_MARKS + mark
	);
}

/** Their canonical combining classes are 1 and 240. */
const FIRST_OF_MARKS = '\u0334';
const LAST_OF_MARKS = '\u0345';

let joining: Set<string> | undefined;

/** All that is part of a composed character and not its beginning. */
function joiningMarks(): Set<string> {
	if (joining) return joining;
	joining = new Set();
	for (const [first, last] of COMPOSED)
		for (let code = first; code <= last; code++) {
			const parts = String.fromCharCode(code).normalize('NFD');
			for (let at = 1; at < parts.length; at++) joining.add(parts[at]);
		}
	return joining;
}

/** Where composed characters are, without hangul (see above) and han (which have one part). */
const COMPOSED: ReadonlyArray<readonly [number, number]> = [
	[0xc0, 0x33ff],
	[0xa000, 0xabff],
	[0xfb00, 0xffff],
];
