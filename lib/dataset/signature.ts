import { mix } from './hashing';

/** Bytes of the pieces that two texts are compared by. */
export const GRAM_BYTES = 5;

/**
 * Writes the MinHash signature of a normalised text.
 *
 * @param signature a byte for each bin; as many as a power of two
 * @param minima as many numbers, to work with
 */
export function signText(bytes: Buffer, signature: Uint8Array, minima: Int32Array): void {
	const bins = signature.length;
	// Hashes begin with the number of their bin; the bits behind it are their rank.
	const rankBits = 32 - Math.log2(bins);
	const noRank = 2 ** rankBits;
	minima.fill(noRank);
	// The last four bytes in one number, and the one before them, roll through the text.
	let window = 0;
	const first = Math.min(GRAM_BYTES, bytes.length) - 1;
	for (let at = 0; at < bytes.length; at++) {
		const before = window >>> 24;
		window = (window << 8) | bytes[at];
		if (at < first) continue;
		const hash = mix(window ^ Math.imul(before + 1, 0x9e3779b1));
		const bin = hash >>> rankBits;
		const rank = hash & (noRank - 1);
		if (rank < minima[bin]) minima[bin] = rank;
	}
	if (bytes.length === 0) minima[0] = 0;
	for (let bin = 0; bin < bins; bin++) {
		let from = bin;
		// An empty bin borrows from one that every text with the same pieces would borrow from, too.
		for (let attempt = 1; minima[from] === noRank; attempt++)
			from = mix(bin * 0x10001 + attempt) >>> rankBits;
		signature[bin] = minima[from];
	}
}
