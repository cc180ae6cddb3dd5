import { characterWidth, codePointAt } from './characters';

const BITS = 20;

/**
 * Which boundaries between two characters some token crosses. Where none does, merging can never join what is on both
 * sides, so a long piece (a clause of Chinese or Japanese, a Thai sentence) can be cut there and each of its segments
 * merged by itself: the ids are the same, the work is less, and short segments come back.
 *
 * A filter of bits: it may take a boundary for crossed that is not, never the other way round. ASCII pairs always count
 * as crossed, most of them are.
 */
export class Crossings {
	/** Made when the first character beyond ASCII is met. */
	private bits: Uint8Array | undefined;

	/** Token `id` is at `offsets[id]` to `offsets[id + 1]` of `tokens`. */
	constructor(
		private readonly tokens: Uint8Array,
		private readonly offsets: Uint32Array,
	) {}

	/** Where the first segment of `bytes[start, end)` ends; the bytes must be well-formed UTF-8. */
	segmentEnd(bytes: Uint8Array, start: number, end: number): number {
		let before = codePointAt(bytes, start);
		for (let at = start + characterWidth(bytes[start]); at < end;) {
			const after = codePointAt(bytes, at);
			if ((before >= 0x80 || after >= 0x80) && !this.isCrossed(bytes, at, before, after)) return at;
			before = after;
			at += characterWidth(bytes[at]);
		}
		return end;
	}

	private isCrossed(bytes: Uint8Array, at: number, before: number, after: number): boolean {
		this.bits ??= findCrossings(this.tokens, this.offsets);
		if (has(this.bits, pairHash(before, after))) return true;
		const short = partHash(bytes, at);
		return has(this.bits, short) || has(this.bits, longPartHash(short, bytes, at));
	}
}

/** About 10 ms. */
function findCrossings(tokens: Uint8Array, offsets: Uint32Array): Uint8Array {
	const bits = new Uint8Array(1 << (BITS - 3));
	for (let id = 0; id + 1 < offsets.length; id++) {
		addToken(bits, tokens, offsets[id], offsets[id + 1]);
	}
	return bits;
}

function addToken(bits: Uint8Array, bytes: Uint8Array, start: number, end: number) {
	let isLeftWhole = !isContinuation(bytes[start]);
	for (let at = start + 1, left = start; at < end; at++) {
		if (isContinuation(bytes[at])) continue;
		const isRightWhole = at + characterWidth(bytes[at]) <= end;
		if (!isLeftWhole || !isRightWhole) {
			const short = partHash(bytes, at);
			add(bits, at + 1 < end ? longPartHash(short, bytes, at) : short);
		} else if (bytes[left] >= 0x80 || bytes[at] >= 0x80) {
			add(bits, pairHash(codePointAt(bytes, left), codePointAt(bytes, at)));
		}
		isLeftWhole = true;
		left = at;
	}
}

function add(bits: Uint8Array, hash: number) {
	bits[hash >>> (35 - BITS)] |= 1 << ((hash >>> (32 - BITS)) & 7);
}

function has(bits: Uint8Array, hash: number): boolean {
	return (bits[hash >>> (35 - BITS)] & (1 << ((hash >>> (32 - BITS)) & 7))) !== 0;
}

/** For a token with both characters whole. */
function pairHash(before: number, after: number): number {
	return Math.imul(Math.imul(before, 0x9e3779b1) ^ after, 0x85ebca6b);
}

/** For a token with a part of one of them, which is known by the byte before the boundary and the one behind it. */
function partHash(bytes: Uint8Array, at: number): number {
	return Math.imul((bytes[at - 1] << 8) | bytes[at], 0xc2b2ae35);
}

/** The same with the second byte behind the boundary, for tokens that have it. */
function longPartHash(partHash: number, bytes: Uint8Array, at: number): number {
	return Math.imul(partHash ^ (bytes[at + 1] + 1), 0x27d4eb2f);
}

function isContinuation(byte: number): boolean {
	return (byte & 0xc0) === 0x80;
}
