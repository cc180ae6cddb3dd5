/**
 * Two independent 32-bit hashes of a text, four bytes at a time.
 *
 * @param words the bytes as numbers
 */
export function hashText(
	bytes: Uint8Array,
	words: Int32Array,
	length: number,
): { low: number; high: number } {
	let low = 0x9e3779b1 ^ length;
	let high = 0x85ebca6b;
	for (let at = 0; at < length >>> 2; at++) {
		const word = words[at];
		low = Math.imul(low ^ word, 0x01000193);
		low ^= low >>> 15;
		high = Math.imul(high + word + 1, 0x2c1b3c6d);
		high ^= high >>> 13;
	}
	for (let at = length & ~3; at < length; at++) {
		low = Math.imul(low ^ bytes[at], 0x01000193);
		low ^= low >>> 15;
		high = Math.imul(high + bytes[at] + 1, 0x2c1b3c6d);
		high ^= high >>> 13;
	}
	return { low: mix(low), high: mix(high) };
}

/** Finaliser of MurmurHash3: every bit of the input moves every bit of the result. */
export function mix(value: number): number {
	let hash = value ^ (value >>> 16);
	hash = Math.imul(hash, 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return hash ^ (hash >>> 16);
}

/** The smallest index of a set of indices that were joined; shortens the way there for the next time. */
export function findRoot(roots: Int32Array, index: number): number {
	let root = index;
	while (roots[root] !== root) {
		roots[root] = roots[roots[root]];
		root = roots[root];
	}
	return root;
}
