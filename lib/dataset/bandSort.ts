const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
/** Bits of the hashes that are sorted by. */
export const BAND_HASH_BITS = 2 * DIGIT_BITS;
/** In place of the hash of a text that is left out. */
export const NO_BAND_HASH = -1;

/**
 * Brings texts with the same hash side by side, by radix sort: with millions of texts the steps from one to the next
 * through a hash table would be as many waits for memory.
 */
export class BandSort {
	/** Indices of texts ordered by hash, and those with the same hash by index; the first `length`. */
	readonly order: Int32Array;

	length = 0;

	private readonly halfway: Int32Array;

	private readonly low = new Int32Array(DIGITS);

	private readonly high = new Int32Array(DIGITS);

	/** @param memory to work with, of at least two numbers a text */
	constructor(texts: number, memory: Int32Array) {
		this.order = memory.subarray(0, texts);
		this.halfway = memory.subarray(texts, 2 * texts);
	}

	/** @param hashes of `BAND_HASH_BITS`, or `NO_BAND_HASH`, one for each text */
	sort(hashes: Int32Array): void {
		const { low, high, order, halfway } = this;
		low.fill(0);
		high.fill(0);
		for (let index = 0; index < hashes.length; index++) {
			const hash = hashes[index];
			if (hash === NO_BAND_HASH) continue;
			low[hash & (DIGITS - 1)]++;
			high[hash >>> DIGIT_BITS]++;
		}
		toStarts(low);
		this.length = toStarts(high);
		for (let index = 0; index < hashes.length; index++) {
			const hash = hashes[index];
			if (hash !== NO_BAND_HASH) halfway[low[hash & (DIGITS - 1)]++] = index;
		}
		for (let at = 0; at < this.length; at++)
			order[high[hashes[halfway[at]] >>> DIGIT_BITS]++] = halfway[at];
	}
}

/** From how many there are of each to where each begins; gives how many there are. */
function toStarts(counts: Int32Array): number {
	let start = 0;
	for (let digit = 0; digit < counts.length; digit++) {
		const count = counts[digit];
		counts[digit] = start;
		start += count;
	}
	return start;
}
