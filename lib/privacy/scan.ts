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
		DIGIT.lastIndex = from;
		if (!DIGIT.test(text)) return chunks;
		const digit = DIGIT.lastIndex - 1;
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

/** ASCII only. */
export function isAlphanumeric(unit: number): boolean {
	return (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
}

export function isDigit(unit: number): boolean {
	return unit >= 48 && unit <= 57;
}
