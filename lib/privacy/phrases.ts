import { foldUnit, foldWord, MARK, NO_WORD, standsAlone } from './wordUnits';

const ASCII = 0x80;
const ASCII_FOLDED = Uint16Array.from({ length: ASCII }, (_, unit) => foldUnit(unit));
/** Of the filter: one word of the text in a hundred gets past it without need. */
const BYTES_A_PHRASE = 8;
const MAX_WORDS = 12;
/** Units between two words of a phrase: `Doe,  Jane`, `Jane-Doe`. */
const MAX_GAP = 3;

interface Branch<T> {
	next?: Map<string, Branch<T>>;
	payload?: T;
}

export type VisitPhrase<T> = (start: number, end: number, payload: T) => void;

/** A table that goes along in the pass of another one, see `PhraseTable.each`. */
export interface Companion {
	table: PhraseTable<unknown>;
	visit: VisitPhrase<unknown>;
}

/**
 * Finds phrases in texts, whatever their case and accents, as whole words. Costs one table lookup a character,
 * however many phrases there are.
 */
export class PhraseTable<T> {
	/** Bits of the hashes of all first words: nearly every word of a text ends here. */
	private readonly filter: Uint8Array;

	private readonly root: Branch<T> = {};

	size = 0;

	/** @param expected about how many phrases there will be; with more, only speed suffers */
	constructor(expected = 1000) {
		this.filter = new Uint8Array(
			Math.max(32, 2 ** Math.ceil(Math.log2(expected * BYTES_A_PHRASE))),
		);
	}

	/** Adds a phrase of up to 12 words; the first payload of a phrase stays unless `merge` says otherwise. */
	add(phrase: string, payload: T, merge?: (known: T, added: T) => T): void {
		const words = wordsOf(phrase);
		if (words.length === 0 || words.length > MAX_WORDS) return;
		this.mark(hashOf(words[0]));
		let branch = this.root;
		for (const word of words) {
			branch.next ??= new Map();
			let next = branch.next.get(word);
			if (!next) branch.next.set(word, (next = {}));
			branch = next;
		}
		if (branch.payload === undefined) this.size++;
		branch.payload =
			branch.payload === undefined || !merge
				? (branch.payload ?? payload)
				: merge(branch.payload, payload);
	}

	/**
	 * Calls back for each phrase in the text, the longest one at each place, without overlaps.
	 *
	 * @param companion looks for its own phrases in the same pass, which overlap only those of this table
	 */
	each(text: string, visit: VisitPhrase<T>, companion?: Companion): void {
		const table = companion?.table;
		if (this.size === 0 && table === undefined) return;
		const { length } = text;
		let past = 0;
		let tablePast = 0;
		for (let at = 0; at < length;) {
			const start = at;
			let unit = text.charCodeAt(at++);
			let folded = unit < ASCII ? ASCII_FOLDED[unit] : foldUnit(unit);
			if (folded <= MARK) continue;
			let hash = mixed(0, folded);
			if (!standsAlone(unit)) {
				for (; at < length; at++) {
					unit = text.charCodeAt(at);
					if (unit < ASCII) {
						folded = ASCII_FOLDED[unit];
						if (folded === NO_WORD) break;
					} else {
						folded = standsAlone(unit) ? NO_WORD : foldUnit(unit);
						if (folded === NO_WORD) break;
						if (folded === MARK) continue;
					}
					hash = mixed(hash, folded);
				}
			}
			if (start >= past && this.isMarked(hash)) past = this.visitAt(text, start, at, visit);
			if (table !== undefined && start >= tablePast && table.isMarked(hash))
				tablePast = table.visitAt(text, start, at, companion!.visit);
		}
	}

	/** This table for the pass of another one; it is told of phrases of its own only. */
	companion(visit: VisitPhrase<T>): Companion {
		return { table: this, visit: visit as VisitPhrase<unknown> };
	}

	/** Visits the longest phrase that begins with this word, if any; where the next one may begin. */
	private visitAt(text: string, start: number, end: number, visit: VisitPhrase<T>): number {
		const hit = this.longestAt(text, start, end);
		if (!hit) return end;
		visit(start, hit.end, hit.payload);
		return hit.end;
	}

	private longestAt(
		text: string,
		start: number,
		end: number,
	): { end: number; payload: T } | undefined {
		let branch = this.root.next?.get(foldWord(text.slice(start, end)));
		let found: { end: number; payload: T } | undefined;
		let wordEnd = end;
		while (branch) {
			if (branch.payload !== undefined) found = { end: wordEnd, payload: branch.payload };
			if (!branch.next) break;
			const word = nextWord(text, wordEnd);
			if (!word) break;
			branch = branch.next.get(foldWord(text.slice(word.start, word.end)));
			wordEnd = word.end;
		}
		return found;
	}

	private mark(hash: number): void {
		this.filter[(hash >>> 3) & (this.filter.length - 1)] |= 1 << (hash & 7);
	}

	private isMarked(hash: number): boolean {
		return (this.filter[(hash >>> 3) & (this.filter.length - 1)] & (1 << (hash & 7))) !== 0;
	}
}

/** Words of a text, folded. */
export function wordsOf(text: string): string[] {
	const words: string[] = [];
	for (
		let word = nextWord(text, 0, text.length);
		word;
		word = nextWord(text, word.end, text.length)
	)
		words.push(foldWord(text.slice(word.start, word.end)));
	return words;
}

/** The word that begins within `maxGap` units; a word is cut at 256 units. */
function nextWord(
	text: string,
	from: number,
	maxGap = MAX_GAP,
): { start: number; end: number } | undefined {
	let start = from;
	while (start < text.length && foldUnit(text.charCodeAt(start)) <= MARK) {
		if (start - from >= maxGap) return undefined;
		start++;
	}
	if (start >= text.length) return undefined;
	if (standsAlone(text.charCodeAt(start))) return { start, end: start + 1 };
	let end = start + 1;
	while (
		end < text.length &&
		end - start < 256 &&
		foldUnit(text.charCodeAt(end)) !== NO_WORD &&
		!standsAlone(text.charCodeAt(end))
	)
		end++;
	return { start, end };
}

function hashOf(word: string): number {
	let hash = 0;
	for (let at = 0; at < word.length; at++) hash = mixed(hash, word.charCodeAt(at));
	return hash;
}

/** The multiplication spreads upwards only, so the shift brings the high bits down to where the filter looks. */
function mixed(hash: number, unit: number): number {
	const product = Math.imul(hash ^ unit, 0x9e3779b1);
	return product ^ (product >>> 15);
}
