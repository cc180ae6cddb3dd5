import { LONGEST_PIECE, mergePiece } from './merge';
import { PieceCache } from './pieceCache';
import { pieceEnd } from './pieces';
import { findToken, hashBytes, unpackVocabulary } from './vocabulary';

/** In UTF-16 units, of which each needs at most three bytes; a longer text gets a buffer of its own. */
const SHORT_TEXT = 1 << 15;
/** In bytes; a longer piece gets room of its own for its ids. */
const SHORT_PIECE = 1 << 10;

/** Turns text into o200k_base tokens. Holds the vocabulary and a cache, about 10 MiB: one serves the whole process. */
export class Encoder {
	private readonly vocabulary = unpackVocabulary();
	private readonly cache = new PieceCache();
	private readonly shortText = Buffer.allocUnsafeSlow(3 * SHORT_TEXT);
	private readonly shortIds = new Int32Array(SHORT_PIECE);

	/**
	 * @param output receives the ids; without it they are only counted
	 * @returns the number of ids
	 */
	encode(text: string, output?: number[]): number {
		const isShort = text.length <= SHORT_TEXT;
		const bytes = isShort ? this.shortText : Buffer.from(text, 'utf8');
		const length = isShort ? bytes.write(text, 'utf8') : bytes.length;
		let total = 0;
		for (let start = 0; start < length;) {
			const end = pieceEnd(bytes, start, pieceLimit(bytes, start, length));
			total += this.encodePiece(bytes, start, end, output);
			start = end;
		}
		return total;
	}

	private encodePiece(bytes: Uint8Array, start: number, end: number, output?: number[]): number {
		const hash = hashBytes(bytes, start, end);
		const id = findToken(this.vocabulary, bytes, start, end, hash);
		if (id >= 0) {
			output?.push(id);
			return 1;
		}
		const count = this.cache.find(hash, bytes, start, end, output);
		if (count > 0) return count;
		const firstEnd = this.vocabulary.crossings.segmentEnd(bytes, start, end);
		return firstEnd === end
			? this.mergeSegment(hash, bytes, start, end, output)
			: this.encodeSegments(bytes, start, firstEnd, end, output);
	}

	private encodeSegments(
		bytes: Uint8Array,
		start: number,
		firstEnd: number,
		end: number,
		output?: number[],
	): number {
		let total = this.encodePiece(bytes, start, firstEnd, output);
		for (let from = firstEnd; from < end;) {
			const to = this.vocabulary.crossings.segmentEnd(bytes, from, end);
			total += this.encodePiece(bytes, from, to, output);
			from = to;
		}
		return total;
	}

	private mergeSegment(
		hash: number,
		bytes: Uint8Array,
		start: number,
		end: number,
		output?: number[],
	): number {
		const ids = end - start <= SHORT_PIECE ? this.shortIds : new Int32Array(end - start);
		const count = mergePiece(this.vocabulary, bytes, start, end, ids);
		this.cache.keep(hash, bytes, start, end, ids, count);
		if (output) for (let index = 0; index < count; index++) output.push(ids[index]);
		return count;
	}
}

/** Where the piece that starts here has to end: not in the middle of a character. */
function pieceLimit(bytes: Uint8Array, start: number, length: number): number {
	let limit = start + LONGEST_PIECE;
	if (limit >= length) return length;
	while ((bytes[limit] & 0xc0) === 0x80) limit--;
	return limit;
}
