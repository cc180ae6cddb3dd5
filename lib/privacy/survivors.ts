import { PhraseTable, wordsOf } from './phrases';
import type { Found, PrivateType } from './types';

const MAX_WORDS = 12;
/** Values that are not made of words, e.g. a password of signs only, are searched for one by one. */
const MAX_SEARCHED = 50;
const MAX_SPELLINGS = 16;
const SHORTEST_IN_EXAMPLE = 3;
const SHORTEST_IN_RUN = 6;

/**
 * Values that were found somewhere and may stand elsewhere too, where nothing gives them away. In the example they
 * were found in all of them count; in the rest of a run only those that no ordinary word can be.
 */
export class Survivors {
	private readonly table: PhraseTable<{ type: PrivateType; spellings: Set<string> }>;

	private readonly searched = new Map<string, PrivateType>();

	/** @param expected about how many values there will be */
	constructor(
		private readonly scope: 'example' | 'run',
		expected: number,
	) {
		this.table = new PhraseTable(expected);
	}

	get size(): number {
		return this.table.size + this.searched.size;
	}

	add(value: string, type: PrivateType): void {
		if (!this.isWorth(value, type)) return;
		const words = wordsOf(value);
		if (words.length > 0 && words.length <= MAX_WORDS && !/\p{M}$/u.test(value)) {
			this.table.add(value, { type, spellings: new Set([value]) }, (known) => {
				if (known.spellings.size < MAX_SPELLINGS) known.spellings.add(value);
				return known;
			});
		} else if (this.searched.size < MAX_SEARCHED) this.searched.set(value, type);
	}

	find(text: string): Found[] {
		const found: Found[] = [];
		this.table.each(text, (start, end, { type, spellings }) => {
			const piece = text.slice(start, end);
			// Signs at its ends belong to a value, but not to the words it is found by.
			const isSame = spellings.has(piece) || [...spellings].some((one) => one.includes(piece));
			if (isSame || isCertain(piece)) found.push(findOf(start, end, type));
		});
		for (const [value, type] of this.searched) {
			for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length))
				found.push(findOf(at, at + value.length, type));
		}
		return found;
	}

	private isWorth(value: string, type: PrivateType): boolean {
		if (this.scope === 'example') {
			// Two digits of a postal code, "May" of a date of birth.
			return value.length >= SHORTEST_IN_EXAMPLE && !/^\d{1,4}$/.test(value);
		}
		return value.length >= SHORTEST_IN_RUN && type !== 'literal' && isCertain(value);
	}
}

/** No ordinary word, and no ordinary number: digits with something, an at sign, or several words. */
function isCertain(value: string): boolean {
	return (
		/@/.test(value) ||
		/\d{5}/.test(value) ||
		(/\d/.test(value) && /\p{L}/u.test(value)) ||
		/\p{L}[ .,-]+\p{L}/u.test(value)
	);
}

function findOf(start: number, end: number, type: PrivateType): Found {
	return { start, end, type, score: 0.9, checked: true };
}
