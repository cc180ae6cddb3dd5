import { MinHeap } from './minHeap';
import { findToken, hashBytes, longestToken, type Vocabulary } from './vocabulary';

/** Higher than any rank: the two neighbours together are no token. */
const NONE = 0x7fffffff;
/** Up to this many parts it is cheaper to search all ranks for the lowest than to keep a heap. */
const FEW_PARTS = 64;
/** In bytes (2^20). Longer pieces must be cut, which bounds the memory for one hostile word to about 40 MiB. */
export const LONGEST_PIECE = 1 << 20;

/** Room for the parts of most pieces. */
const sharedStarts = new Int32Array(1024);
const sharedRanks = new Int32Array(FEW_PARTS);

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
	const isShort = end - start < sharedStarts.length;
	const starts = isShort ? sharedStarts : new Int32Array(end - start + 1);
	const parts = end - start;
	for (let index = 0; index <= parts; index++) starts[index] = start + index;
	const merge = parts <= FEW_PARTS ? mergeBySearch : mergeByHeap;
	const count = merge(vocabulary, bytes, starts, parts);
	for (let index = 0; index < count; index++) {
		ids[index] = idOf(vocabulary, bytes, starts[index], starts[index + 1]);
	}
	return count;
}

/** Leaves the parts that remain in `starts`, and returns their number. */
function mergeBySearch(
	vocabulary: Vocabulary,
	bytes: Uint8Array,
	starts: Int32Array,
	parts: number,
): number {
	/** Of each part together with its right neighbour. */
	const ranks = sharedRanks;
	for (let index = 0; index < parts; index++) {
		ranks[index] = rankAt(vocabulary, bytes, starts, parts, index);
	}
	for (;;) {
		const lowest = indexOfLowest(ranks, parts);
		if (ranks[lowest] === NONE) return parts;
		parts--;
		for (let index = lowest + 1; index <= parts; index++) {
			starts[index] = starts[index + 1];
			ranks[index] = ranks[index + 1];
		}
		ranks[lowest] = rankAt(vocabulary, bytes, starts, parts, lowest);
		if (lowest > 0) ranks[lowest - 1] = rankAt(vocabulary, bytes, starts, parts, lowest - 1);
	}
}

function rankAt(
	vocabulary: Vocabulary,
	bytes: Uint8Array,
	starts: Int32Array,
	parts: number,
	index: number,
): number {
	return index + 1 < parts ? rankOf(vocabulary, bytes, starts[index], starts[index + 2]) : NONE;
}

function indexOfLowest(values: Int32Array, length: number): number {
	let lowest = 0;
	for (let index = 1; index < length; index++) {
		if (values[index] < values[lowest]) lowest = index;
	}
	return lowest;
}

/** The same with the parts as a linked list and their ranks in a heap. */
function mergeByHeap(
	vocabulary: Vocabulary,
	bytes: Uint8Array,
	starts: Int32Array,
	parts: number,
): number {
	const next = new Int32Array(parts + 1);
	const previous = new Int32Array(parts + 1);
	for (let index = 0; index <= parts; index++) {
		next[index] = index + 1;
		previous[index] = index - 1;
	}
	const ranks = new Int32Array(parts);
	// Every join takes one entry out and puts at most two in, and there are fewer joins than parts.
	const heap = new MinHeap(2 * parts);
	const updateRank = (index: number) => {
		const right = next[index];
		ranks[index] =
			right < parts ? rankOf(vocabulary, bytes, starts[index], starts[next[right]]) : NONE;
		if (ranks[index] !== NONE) heap.push(ranks[index] * LONGEST_PIECE + index);
	};
	for (let index = 0; index < parts; index++) updateRank(index);
	while (heap.size > 0) {
		const entry = heap.pop();
		const index = entry % LONGEST_PIECE;
		// An entry stays in the heap when its rank changes or its part is swallowed.
		if (ranks[index] !== Math.floor(entry / LONGEST_PIECE)) continue;
		ranks[next[index]] = NONE;
		next[index] = next[next[index]];
		previous[next[index]] = index;
		updateRank(index);
		if (index > 0) updateRank(previous[index]);
	}
	let count = 0;
	for (let index = 0; index < parts; index = next[index]) starts[count++] = starts[index];
	starts[count] = starts[parts];
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
