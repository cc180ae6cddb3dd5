import { GRAM_BYTES } from '../signature';

const FIRST_SLOTS = 4096;

/**
 * Exact Jaccard similarity of the sets of five-byte pieces of two normalised texts: 0 for nothing in common, 1 for the
 * same pieces. Reuses its memory, which grows to about 20 bytes for each byte of the longest two texts.
 */
export class ExactJaccard {
	/** First four bytes of a piece. */
	private starts = new Int32Array(FIRST_SLOTS);

	/** Its fifth byte. */
	private ends = new Uint8Array(FIRST_SLOTS);

	/** The comparison that last used the slot: even when only the first text has the piece, odd when the second has it. */
	private stamps = new Int32Array(FIRST_SLOTS);

	private stamp = 0;

	similarity(a: Uint8Array, b: Uint8Array): number {
		if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
		this.makeRoom(a.length + b.length);
		this.stamp += 2;
		const { stamp } = this;
		let union = 0;
		let common = 0;
		eachPiece(a, (start, end) => {
			const slot = this.find(start, end);
			if (this.stamps[slot] >= stamp) return;
			this.put(slot, start, end, stamp);
			union++;
		});
		eachPiece(b, (start, end) => {
			const slot = this.find(start, end);
			const found = this.stamps[slot];
			if (found === stamp + 1) return;
			if (found === stamp) common++;
			else union++;
			this.put(slot, start, end, stamp + 1);
		});
		return common / union;
	}

	/** The slot of the piece, or the free one where it belongs. */
	private find(start: number, end: number): number {
		const { starts, ends, stamps, stamp } = this;
		const mask = starts.length - 1;
		let hash = Math.imul(start ^ Math.imul(end, 0x2c1b3c6d), 0x9e3779b1);
		hash ^= hash >>> 15;
		let slot = hash & mask;
		while (stamps[slot] >= stamp && (starts[slot] !== start || ends[slot] !== end))
			slot = (slot + 1) & mask;
		return slot;
	}

	private put(slot: number, start: number, end: number, stamp: number): void {
		this.starts[slot] = start;
		this.ends[slot] = end;
		this.stamps[slot] = stamp;
	}

	private makeRoom(pieces: number): void {
		if (pieces * 2 <= this.starts.length && this.stamp < 2 ** 30) return;
		const slots = 2 ** Math.ceil(Math.log2(Math.max(pieces * 2, FIRST_SLOTS)));
		this.starts = new Int32Array(slots);
		this.ends = new Uint8Array(slots);
		this.stamps = new Int32Array(slots);
		this.stamp = 0;
	}
}

/** A text shorter than a piece is one piece. */
function eachPiece(bytes: Uint8Array, visit: (start: number, end: number) => void): void {
	let window = 0;
	const first = Math.min(GRAM_BYTES, bytes.length) - 1;
	for (let at = 0; at < bytes.length; at++) {
		const before = window;
		window = (window << 8) | bytes[at];
		if (at >= first) visit(before, bytes[at]);
	}
}
