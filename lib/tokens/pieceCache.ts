const SLOT_BITS = 14;
const SLOTS = 1 << SLOT_BITS;
/** In bytes. Longer pieces are rare; they are merged each time. */
const LONGEST = 24;

/**
 * The ids of pieces that are no token themselves and were met of late. Two pieces that meet in one slot replace each
 * other, so it never grows: 2.1 MiB at most.
 */
export class PieceCache {
	/** The ids of slot `n` start at index `n * LONGEST`. */
	readonly ids = new Int32Array(SLOTS * LONGEST);
	private readonly counts = new Uint8Array(SLOTS);
	private readonly hashes = new Int32Array(SLOTS);
	private readonly lengths = new Uint8Array(SLOTS);
	private readonly bytes = new Uint8Array(SLOTS * LONGEST);

	/** Where in `ids` a piece with this hash has its ids. */
	indexOf(hash: number): number {
		return (hash >>> (32 - SLOT_BITS)) * LONGEST;
	}

	/** How many ids the piece `bytes[start, end)` has; 0 when it is not here. */
	count(hash: number, bytes: Uint8Array, start: number, end: number): number {
		const slot = hash >>> (32 - SLOT_BITS);
		if (this.hashes[slot] !== hash || this.lengths[slot] !== end - start) return 0;
		const shift = slot * LONGEST - start;
		for (let at = start; at < end; at++) {
			if (this.bytes[at + shift] !== bytes[at]) return 0;
		}
		return this.counts[slot];
	}

	/** Keeps the first `count` of `ids`, unless the piece is too long. */
	keep(
		hash: number,
		bytes: Uint8Array,
		start: number,
		end: number,
		ids: Int32Array,
		count: number,
	) {
		if (end - start > LONGEST) return;
		const slot = hash >>> (32 - SLOT_BITS);
		this.hashes[slot] = hash;
		this.lengths[slot] = end - start;
		this.counts[slot] = count;
		const shift = slot * LONGEST - start;
		for (let at = start; at < end; at++) this.bytes[at + shift] = bytes[at];
		for (let index = 0; index < count; index++) this.ids[slot * LONGEST + index] = ids[index];
	}
}
