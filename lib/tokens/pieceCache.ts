const SLOT_BITS = 14;
const SLOTS = 1 << SLOT_BITS;
/** In bytes. Longer pieces are rare; they are merged each time. */
const LONGEST = 24;

/**
 * The ids of pieces that are no token themselves and were met of late. Two pieces that meet in one slot replace each
 * other, so it never grows: 2.1 MiB at most.
 */
export class PieceCache {
	private readonly hashes = new Int32Array(SLOTS);
	private readonly lengths = new Uint8Array(SLOTS);
	private readonly counts = new Uint8Array(SLOTS);
	private readonly bytes = new Uint8Array(SLOTS * LONGEST);
	private readonly ids = new Int32Array(SLOTS * LONGEST);

	/**
	 * @param output receives the ids of the piece `bytes[start, end)`, if given
	 * @returns their number, 0 when the piece is not here
	 */
	find(hash: number, bytes: Uint8Array, start: number, end: number, output?: number[]): number {
		const slot = hash >>> (32 - SLOT_BITS);
		if (this.hashes[slot] !== hash || this.lengths[slot] !== end - start) return 0;
		const first = slot * LONGEST;
		for (let at = start, own = first; at < end; at++, own++) {
			if (this.bytes[own] !== bytes[at]) return 0;
		}
		const count = this.counts[slot];
		if (output) for (let index = 0; index < count; index++) output.push(this.ids[first + index]);
		return count;
	}

	/** Keeps the first `count` of `ids` for a piece, unless it is too long. */
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
		const first = slot * LONGEST;
		this.hashes[slot] = hash;
		this.lengths[slot] = end - start;
		this.counts[slot] = count;
		for (let at = start, own = first; at < end; at++, own++) this.bytes[own] = bytes[at];
		for (let index = 0; index < count; index++) this.ids[first + index] = ids[index];
	}
}
