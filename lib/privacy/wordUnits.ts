/**
 * UTF-16 units as parts of words, without case and accents: one table lookup a unit. `É`, `é` and `e` are the
 * same, `ß`, `ø` and Cyrillic stay themselves. Han, kana and Hangul units are words of their own, as these scripts
 * write names without spaces around them.
 */

/** Not part of a word. */
export const NO_WORD = 0;
/** Part of a word that counts for nothing: accents that stand behind their letter. */
export const MARK = 1;

const ASCII = 0x80;
const FIRST_IDEOGRAPH = 0x2e80;
const folded = new Uint16Array(65536);
const isFolded = new Uint8Array(65536);

for (let unit = 0; unit < ASCII; unit++) {
	isFolded[unit] = 1;
	const isDigit = unit >= 48 && unit <= 57;
	const isLower = unit >= 97 && unit <= 122;
	const isUpper = unit >= 65 && unit <= 90;
	folded[unit] = isDigit || isLower ? unit : isUpper ? unit + 32 : NO_WORD;
}

/** The unit that stands for this one in comparisons, `NO_WORD` or `MARK`. */
export function foldUnit(unit: number): number {
	if (isFolded[unit] === 0) {
		isFolded[unit] = 1;
		folded[unit] = computeFold(unit);
	}
	return folded[unit];
}

/** Whether a unit is a word of its own. */
export function standsAlone(unit: number): boolean {
	return unit >= FIRST_IDEOGRAPH && unit < 0xfb00;
}

/** Whether a word goes on with this unit; false for NaN, the unit beyond an end. */
export function isWordUnit(unit: number): boolean {
	return unit >= 0 && foldUnit(unit) > MARK && !standsAlone(unit);
}

/** A text in the form in which words are compared: folded, everything between words left out. */
export function foldWord(word: string): string {
	let text = '';
	for (let at = 0; at < word.length; at++) {
		const unit = foldUnit(word.charCodeAt(at));
		if (unit > MARK) text += String.fromCharCode(unit);
	}
	return text;
}

function computeFold(unit: number): number {
	if (unit >= 0xd800 && unit < 0xe000) return NO_WORD;
	const character = String.fromCharCode(unit);
	if (/\p{M}/u.test(character)) return MARK;
	if (!/[\p{L}\p{N}]/u.test(character)) return NO_WORD;
	const base = character.normalize('NFKD').toLowerCase();
	// Hangul would fall apart into its letters.
	return standsAlone(unit) ? unit : base.charCodeAt(0);
}
