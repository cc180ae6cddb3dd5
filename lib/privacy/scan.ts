/**
 * Where digits are in a text: the starting point of every recogniser of numbers and codes. A text without digits
 * costs them nothing.
 */

/** Maximal runs of ASCII letters and digits that hold a digit, in order. */
export class Chunks {
	readonly starts: number[] = [];

	readonly ends: number[] = [];

	/** 1 for nothing but digits. */
	readonly pure: number[] = [];

	get length(): number {
		return this.starts.length;
	}

	push(start: number, end: number, isPure: boolean): void {
		this.starts.push(start);
		this.ends.push(end);
		this.pure.push(isPure ? 1 : 0);
	}
}

/** `345-899-3560x4587`: the digits belong to the number, what follows is its extension. */
const WITH_EXTENSION = /^(\d{3,})(?:x|ext)\d{1,6}$/i;
const DIGIT = /\d/g;

export function findChunks(text: string): Chunks {
	const chunks = new Chunks();
	let from = 0;
	for (;;) {
		const digit = nextDigit(text, from);
		if (digit === -1) return chunks;
		let start = digit;
		while (start > from && isAlphanumeric(text.charCodeAt(start - 1))) start--;
		let end = digit + 1;
		let isPure = start === digit;
		while (end < text.length && isAlphanumeric(text.charCodeAt(end))) {
			if (text.charCodeAt(end) > NINE) isPure = false;
			end++;
		}
		from = end;
		if (!isPure && start === digit && end - start < 40) {
			const number = WITH_EXTENSION.exec(text.slice(start, end));
			if (number) {
				chunks.push(start, start + number[1].length, true);
				continue;
			}
		}
		chunks.push(start, end, isPure);
	}
}

const NINE = 57;
const NEARBY = 8;

/** Digits come in groups: the next one is often so near that calling the expression would cost more. */
function nextDigit(text: string, from: number): number {
	const near = Math.min(text.length, from + NEARBY);
	for (let at = from; at < near; at++) if (isDigit(text.charCodeAt(at))) return at;
	DIGIT.lastIndex = near;
	return DIGIT.test(text) ? DIGIT.lastIndex - 1 : -1;
}

/** The unit at a place, 0 beyond the ends: `charCodeAt` gives NaN there, for which the engine compiles anew. */
export function unitAt(text: string, place: number): number {
	return place >= 0 && place < text.length ? text.charCodeAt(place) : 0;
}

/** ASCII only. */
export function isAlphanumeric(unit: number): boolean {
	return (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
}

export function isDigit(unit: number): boolean {
	return unit >= 48 && unit <= 57;
}
