import { toWellFormed } from '../dataset/wellFormed';

/** Characters up to which texts are compared letter by letter; longer ones are compared word by word. */
const MAX_CHARACTERS = 2_000;
/** Units of the differing middle that are compared; what lies beyond counts as different. */
const MAX_UNITS = 3_000;
/** Of a text, in UTF-16 units; an answer of any model is shorter. */
const MAX_LENGTH = 1_000_000;
const KEPT_MARKS = new Set('%#@&/');

/**
 * A text without what does not change its meaning: letter case, white space, invisible characters, punctuation, and
 * the several ways in which Unicode writes the same character. Punctuation within numbers and the sign of a number
 * stay, as do `% # @ & /`.
 */
export function normaliseText(text: string): string {
	const even = toWellFormed(text.slice(0, MAX_LENGTH)).normalize('NFKC').toLowerCase();
	return even
		.replace(/\p{Cf}/gu, '')
		.replace(/\p{P}/gu, (mark, at: number, whole: string) => kept(mark, at, whole))
		.replace(/\s+/g, ' ')
		.trim();
}

/**
 * How alike two texts are after `normaliseText`, from 0 to 1: twice the length of their longest common subsequence by
 * their lengths together. Both empty: 1. The cost is bounded whatever the texts are.
 */
export function textSimilarity(a: string, b: string): number {
	const first = normaliseText(a);
	const second = normaliseText(b);
	if (first === second) return 1;
	const byWord = Math.max(first.length, second.length) > MAX_CHARACTERS;
	return sequenceSimilarity(unitsOf(first, byWord), unitsOf(second, byWord));
}

function kept(mark: string, at: number, whole: string): string {
	if (KEPT_MARKS.has(mark)) return mark;
	const isBeforeDigit = isDigit(whole[at + 1]);
	if (mark === '-') return isBeforeDigit ? mark : ' ';
	const isInNumber = '.,:'.includes(mark) && isDigit(whole[at - 1]) && isBeforeDigit;
	// An apostrophe stands within a word.
	return isInNumber ? mark : mark === "'" || mark === '’' ? '' : ' ';
}

function isDigit(character: string | undefined): boolean {
	return character !== undefined && character >= '0' && character <= '9';
}

function unitsOf(text: string, byWord: boolean): string[] {
	return byWord ? text.split(' ') : [...text];
}

function sequenceSimilarity(a: readonly string[], b: readonly string[]): number {
	const shorter = Math.min(a.length, b.length);
	let start = 0;
	while (start < shorter && a[start] === b[start]) start++;
	let end = 0;
	while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
	const middle = commonLength(
		a.slice(start, Math.min(a.length - end, start + MAX_UNITS)),
		b.slice(start, Math.min(b.length - end, start + MAX_UNITS)),
	);
	return (2 * (start + middle + end)) / (a.length + b.length);
}

/** Length of the longest common subsequence, in one row of memory. */
function commonLength(a: readonly string[], b: readonly string[]): number {
	const numbers = new Map<string, number>();
	const numberOf = (unit: string) => {
		const known = numbers.get(unit);
		if (known !== undefined) return known;
		numbers.set(unit, numbers.size);
		return numbers.size - 1;
	};
	const across = Int32Array.from(b, numberOf);
	const row = new Uint16Array(across.length + 1);
	for (const unit of a) {
		const wanted = numbers.get(unit) ?? -1;
		let diagonal = 0;
		for (let at = 1; at <= across.length; at++) {
			const above = row[at];
			if (across[at - 1] === wanted) row[at] = diagonal + 1;
			else if (row[at - 1] > above) row[at] = row[at - 1];
			diagonal = above;
		}
	}
	return row[across.length];
}
