import { LONGEST_PIECE, mergePiece } from './merge';
import { PieceCache } from './pieceCache';
import { pieceEnd } from './pieces';
import { findToken, hashBytes, unpackVocabulary } from './vocabulary';

/** In UTF-16 units, of which each needs at most three bytes; a longer text gets a buffer of its own. */
const SHORT_TEXT = 1 << 15;
/** In bytes; room for the ids of most pieces. */
const SHORT_PIECE = 1 << 10;

/** Turns text into o200k_base tokens. Holds the vocabulary and a cache, about 10 MiB: one serves the whole process. */
export class Encoder {
	private readonly vocabulary = unpackVocabulary();
	private readonly cache = new PieceCache();
	private readonly shortText = Buffer.allocUnsafeSlow(3 * SHORT_TEXT);
	private readonly shortPiece = new Int32Array(SHORT_PIECE);
	/** Where `encodePiece` left its result: `ids` from `firstId` on. */
	private ids = this.shortPiece;
	private firstId = 0;

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
			const end = pieceEnd(bytes, start, length);
			for (; start < end; start = Math.min(end, start + LONGEST_PIECE)) {
				const count = this.encodePiece(bytes, start, Math.min(end, start + LONGEST_PIECE));
				if (output) this.copyIds(count, output);
				total += count;
			}
		}
		return total;
	}

	private copyIds(count: number, output: number[]) {
		for (let index = 0; index < count; index++) output.push(this.ids[this.firstId + index]);
	}

	/** Returns the number of ids, which are then in `ids` from `firstId` on. */
	private encodePiece(bytes: Uint8Array, start: number, end: number): number {
		const hash = hashBytes(bytes, start, end);
		const id = findToken(this.vocabulary, bytes, start, end, hash);
		this.ids = this.shortPiece;
		this.firstId = 0;
		if (id >= 0) {
			this.ids[0] = id;
			return 1;
		}
		const cached = this.cache.count(hash, bytes, start, end);
		if (cached > 0) {
			this.ids = this.cache.ids;
			this.firstId = this.cache.indexOf(hash);
			return cached;
		}
		if (end - start > SHORT_PIECE) this.ids = new Int32Array(end - start);
		const count = mergePiece(this.vocabulary, bytes, start, end, this.ids);
		this.cache.keep(hash, bytes, start, end, this.ids, count);
		return count;
	}
}
