import { mix } from './hashing';

/** Bytes of the pieces that two texts are compared by. */
export const GRAM_BYTES = 5;
/** Bins of a signature; each keeps eight bits of its minimum. */
export const BINS = 128;

/** Hashes begin with the number of their bin; the bits behind it are their rank. */
const RANK_BITS = 25;
const NO_RANK = 2 ** RANK_BITS;
const RANKS = NO_RANK - 1;

/** Makes MinHash signatures, one after the other in the same memory. */
export class Signer {
	private readonly minima = new Int32Array(BINS);

	/**
	 * Writes the signature of a normalised text.
	 *
	 * @param signatures one behind the other
	 * @param start where the signature begins among them
	 */
	sign(bytes: Uint8Array, length: number, signatures: Uint8Array, start: number): void {
		this.minima.fill(NO_RANK);
		if (length < GRAM_BYTES) this.findMinimum(bytes, length);
		else this.findMinima(bytes, length);
		const { minima } = this;
		for (let bin = 0; bin < BINS; bin++) {
			let from = bin;
			// An empty bin borrows from one that every text with the same pieces would borrow from, too.
			for (let attempt = 1; minima[from] === NO_RANK; attempt++)
				from = mix(bin * 0x10001 + attempt) >>> RANK_BITS;
			// The lowest bits of a product are the poorest ones.
			signatures[start + bin] = minima[from] ^ (minima[from] >>> 13);
		}
	}

	private findMinima(bytes: Uint8Array, length: number): void {
		const { minima } = this;
		// The last four bytes in one number, and the one before them, roll through the text.
		let window = (bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
		for (let at = GRAM_BYTES - 1; at < length; at++) {
			const before = window >>> 24;
			window = (window << 8) | bytes[at];
			const mixed = (Math.imul(window, 0x85ebca6b) + Math.imul(before, 0x9e3779b1)) | 0;
			const hash = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
			const bin = hash >>> RANK_BITS;
			// The smaller of the two without a branch, because nobody can foresee which it is.
			const difference = (hash & RANKS) - minima[bin];
			minima[bin] += difference & (difference >> 31);
		}
	}

	/** A text shorter than a piece is one piece. */
	private findMinimum(bytes: Uint8Array, length: number): void {
		let window = 0;
		for (let at = 0; at < length; at++) window = (window << 8) | bytes[at];
		const hash = mix(window);
		this.minima[hash >>> RANK_BITS] = hash & RANKS;
	}
}
