import { Crossings } from './crossings';
import { byteCount, digits, parts, tokenCount, twoDigitLeads } from './vocabulary.generated';

/** In bytes. */
export const longestToken = 128;

/** Ids below this are single bytes. */
const SINGLE_BYTES = 256;
/** 2^19 slots for 200,000 tokens: 1.3 probes for one that is there. */
const TABLE_BITS = 19;
const SLOTS = 1 << TABLE_BITS;
/** `id + 1` fits in 18 bits; the rest of a slot holds the 14 lower bits of the hash. */
const ID_BITS = 18;
const ID_MASK = (1 << ID_BITS) - 1;
const HASH_FACTOR = 0x9e3779b1;

/** The tokens of o200k_base (OpenAI's vocabulary since GPT-4o) and an index from bytes to ids. */
export interface Vocabulary {
	/** All tokens one after the other; token `id` is at `offsets[id]` to `offsets[id + 1]`. */
	bytes: Uint8Array;
	offsets: Uint32Array;
	/**
	 * Open addressing with linear probing. The upper bits of a hash choose the slot, which holds the lower bits of the
	 * hash and, below them, `id + 1`; 0 is an empty slot. Small, because what is slow here is a miss of the CPU's cache.
	 */
	table: Int32Array;
	/** The id of each token of two bytes, at `first << 8 | second`; 0 where there is none. */
	pairIds: Int32Array;
	crossings: Crossings;
}

/** Hash of `bytes[start, end)` as the table uses it. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
	let hash = 0;
	for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], HASH_FACTOR);
	return hash;
}

/** The id of the token that equals `bytes[start, end)`, or -1. `hash` is that of `hashBytes`. */
export function findToken(
	{ bytes: known, offsets, table }: Vocabulary,
	bytes: Uint8Array,
	start: number,
	end: number,
	hash: number,
): number {
	for (let slot = hash >>> (32 - TABLE_BITS); ; slot = (slot + 1) & (SLOTS - 1)) {
		const entry = table[slot];
		if (entry === 0) return -1;
		if (((entry ^ (hash << ID_BITS)) & ~ID_MASK) !== 0) continue;
		const id = (entry & ID_MASK) - 1;
		const shift = offsets[id] - start;
		if (offsets[id + 1] - shift !== end) continue;
		let at = start;
		while (at < end && bytes[at] === known[at + shift]) at++;
		if (at === end) return id;
	}
}

/** Reads the text that scripts/build-vocabulary.mjs wrote. About 25 ms; 5 MiB are kept. */
export function unpackVocabulary(): Vocabulary {
	const numbers = unpackNumbers();
	const bytes = new Uint8Array(byteCount);
	const offsets = new Uint32Array(tokenCount + 1);
	const hashes = new Int32Array(tokenCount);
	let end = 0;
	for (let id = 0; id < SINGLE_BYTES; id++) {
		bytes[end] = numbers[id];
		hashes[id] = hashBytes(bytes, end, end + 1);
		offsets[id + 1] = ++end;
	}
	for (let id = SINGLE_BYTES, part = SINGLE_BYTES; id < tokenCount; id++) {
		const left = numbers[part++];
		const right = numbers[part++];
		for (let at = offsets[left]; at < offsets[left + 1]; at++) bytes[end++] = bytes[at];
		// The hash of a row of bytes goes on from that of its beginning.
		let hash = hashes[left];
		for (let at = offsets[right]; at < offsets[right + 1]; at++) {
			bytes[end++] = bytes[at];
			hash = Math.imul(hash ^ bytes[at], HASH_FACTOR);
		}
		hashes[id] = hash;
		offsets[id + 1] = end;
	}
	return {
		bytes,
		offsets,
		table: buildTable(hashes),
		pairIds: indexPairs(bytes, offsets),
		crossings: new Crossings(bytes, offsets),
	};
}

/** The byte of each single-byte token, then the two earlier tokens that each other one is made of. */
function unpackNumbers(): Int32Array {
	const base = digits.length;
	const values = new Uint8Array(128);
	for (let value = 0; value < base; value++) values[digits.charCodeAt(value)] = value;
	const text = Buffer.from(parts, 'latin1');
	const numbers = new Int32Array(2 * tokenCount - SINGLE_BYTES);
	for (let at = 0, index = 0; index < numbers.length; index++) {
		const lead = values[text[at++]];
		const isShort = lead < twoDigitLeads;
		const upper = (isShort ? lead : lead - twoDigitLeads) * base + values[text[at++]];
		numbers[index] = isShort ? upper : (twoDigitLeads + upper) * base + values[text[at++]];
	}
	return numbers;
}

function buildTable(hashes: Int32Array): Int32Array {
	const table = new Int32Array(SLOTS);
	for (let id = 0; id < hashes.length; id++) {
		let slot = hashes[id] >>> (32 - TABLE_BITS);
		while (table[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
		table[slot] = (hashes[id] << ID_BITS) | (id + 1);
	}
	return table;
}

function indexPairs(bytes: Uint8Array, offsets: Uint32Array): Int32Array {
	const pairIds = new Int32Array(1 << 16);
	for (let id = SINGLE_BYTES; id < tokenCount; id++) {
		const at = offsets[id];
		if (offsets[id + 1] - at === 2) pairIds[(bytes[at] << 8) | bytes[at + 1]] = id;
	}
	return pairIds;
}
