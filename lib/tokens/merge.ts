import { MinHeap } from './minHeap';
import { findToken, hashBytes, longestToken, type Vocabulary } from './vocabulary';

/** Higher than any rank: the two neighbours together are no token. */
const NONE = 0x7fffffff;
/** Up to this many bytes it is cheaper to search the whole row for the lowest rank than to keep a heap. */
const SHORT = 100;
/** In bytes (2^20). Longer pieces must be cut, which bounds the memory for one hostile word to about 40 MiB. */
export const LONGEST_PIECE = 1 << 20;

/**
 * Byte pair encoding of `bytes[start, end)`: again and again the two neighbours whose union is the token of the lowest
 * rank (a token's rank is its id), the leftmost of equals, become one. O(n log n) for long pieces.
 *
 * @param end at most `LONGEST_PIECE` after `start`
 * @param ids receives the ids from index 0 on; must have room for one a byte
 * @returns the number of ids
 */
export function mergePiece(
	vocabulary: Vocabulary,
	bytes: Uint8Array,
	start: number,
	end: number,
	ids: Int32Array,
): number {
	if (end - start <= SHORT) return mergeBySearch(vocabulary, bytes, start, end, ids);
	return mergeByHeap(vocabulary, bytes.subarray(start, end), ids);
}

/** Where each part starts, behind them the end of the last one. */
const starts = new Int32Array(SHORT + 1);
/** Of each part together with its right neighbour. */
const ranks = new Int32Array(SHORT + 1);

function mergeBySearch(
	vocabulary: Vocabulary,
	bytes: Uint8Array,
	start: number,
	end: number,
	ids: Int32Array,
): number {
	let parts = end - start;
	const rankAt = (index: number) =>
		index + 1 < parts ? rankOf(vocabulary, bytes, starts[index], starts[index + 2]) : NONE;
	for (let index = 0; index <= parts; index++) starts[index] = start + index;
	for (let index = 0; index < parts; index++) ranks[index] = rankAt(index);
	for (;;) {
		const lowest = indexOfLowest(ranks, parts);
		if (ranks[lowest] === NONE) break;
		parts--;
		for (let index = lowest + 1; index <= parts; index++) {
			starts[index] = starts[index + 1];
			ranks[index] = ranks[index + 1];
		}
		ranks[lowest] = rankAt(lowest);
		if (lowest > 0) ranks[lowest - 1] = rankAt(lowest - 1);
	}
	for (let index = 0; index < parts; index++) {
		ids[index] = idOf(vocabulary, bytes, starts[index], starts[index + 1]);
	}
	return parts;
}

function indexOfLowest(values: Int32Array, length: number): number {
	let lowest = 0;
	for (let index = 1; index < length; index++) {
		if (values[index] < values[lowest]) lowest = index;
	}
	return lowest;
}

/** The same with the parts as a linked list, each known by its first byte, and the ranks in a heap. */
function mergeByHeap(vocabulary: Vocabulary, bytes: Uint8Array, ids: Int32Array): number {
	const { length } = bytes;
	const next = new Int32Array(length + 1);
	const previous = new Int32Array(length + 1);
	for (let at = 0; at <= length; at++) {
		next[at] = at + 1;
		previous[at] = at - 1;
	}
	const current = new Int32Array(length);
	// Every join takes one entry out and puts at most two in, and there are fewer joins than bytes.
	const heap = new MinHeap(2 * length);
	const updateRank = (at: number) => {
		const right = next[at];
		current[at] = right < length ? rankOf(vocabulary, bytes, at, next[right]) : NONE;
		if (current[at] !== NONE) heap.push(current[at] * LONGEST_PIECE + at);
	};
	for (let at = 0; at < length; at++) updateRank(at);
	while (heap.size > 0) {
		const entry = heap.pop();
		const at = entry % LONGEST_PIECE;
		// An entry stays in the heap when its rank changes or its part is swallowed.
		if (current[at] !== Math.floor(entry / LONGEST_PIECE)) continue;
		current[next[at]] = NONE;
		next[at] = next[next[at]];
		previous[next[at]] = at;
		updateRank(at);
		if (at > 0) updateRank(previous[at]);
	}
	let count = 0;
	for (let at = 0; at < length; at = next[at]) ids[count++] = idOf(vocabulary, bytes, at, next[at]);
	return count;
}

function rankOf(vocabulary: Vocabulary, bytes: Uint8Array, start: number, end: number): number {
	if (end - start === 2) return vocabulary.pairIds[(bytes[start] << 8) | bytes[start + 1]] || NONE;
	if (end - start > longestToken) return NONE;
	const id = idOf(vocabulary, bytes, start, end);
	return id < 0 ? NONE : id;
}

function idOf(vocabulary: Vocabulary, bytes: Uint8Array, start: number, end: number): number {
	return findToken(vocabulary, bytes, start, end, hashBytes(bytes, start, end));
}
