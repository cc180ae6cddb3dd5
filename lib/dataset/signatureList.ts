import { BAND_HASH_BITS, NO_BAND_HASH } from './bandSort';
import { mix } from './hashing';
import { giveBack } from './memory';
import { BINS, Signer } from './signature';

/** Signatures are compared four bins at a time. */
const WORDS = BINS / 4;
/** A half and a quarter tell nearly always that two signatures have not enough in common. */
const QUARTER = WORDS / 4;
const HALF = WORDS / 2;
/** Pairs further than so many standard deviations from what is expected are missed: one in 700 of those that just agree. */
const MOST_DEVIATIONS = 3;
const CHUNK_TEXTS = 32 * 1024;

/** The signatures of many texts, 128 bytes each. */
export class SignatureList {
	private readonly chunks: Uint8Array[] = [];

	/** The same memory, four bins in one number. */
	private readonly words: Int32Array[] = [];

	/** Where the signature of each text is, when they are no longer all there. */
	private slots: Int32Array | undefined;

	private readonly signer = new Signer();

	private readonly mostDiffering: number;

	private readonly mostInQuarter: number;

	private readonly mostInHalf: number;

	/** @param leastAgreeing bins that agree in the signatures of two texts that are alike */
	constructor(leastAgreeing: number) {
		this.mostDiffering = BINS - leastAgreeing;
		this.mostInQuarter = mostInPart(this.mostDiffering, BINS / 4);
		this.mostInHalf = mostInPart(this.mostDiffering, BINS / 2);
	}

	/** Signs a normalised text. */
	set(index: number, bytes: Uint8Array, length: number): void {
		const chunk = Math.floor(index / CHUNK_TEXTS);
		while (this.chunks.length <= chunk) this.addChunk();
		this.signer.sign(bytes, length, this.chunks[chunk], (index % CHUNK_TEXTS) * BINS);
	}

	/** Whether enough bins of two signatures agree. */
	areAlike(first: number, second: number): boolean {
		const { slots } = this;
		const [a, b] = slots ? [slots[first], slots[second]] : [first, second];
		const words = this.words[Math.floor(a / CHUNK_TEXTS)];
		const others = this.words[Math.floor(b / CHUNK_TEXTS)];
		const start = (a % CHUNK_TEXTS) * WORDS;
		const other = (b % CHUNK_TEXTS) * WORDS;
		let count = differing(words, start, others, other, QUARTER);
		if (count > this.mostInQuarter) return false;
		count += differing(words, start + QUARTER, others, other + QUARTER, HALF - QUARTER);
		if (count > this.mostInHalf) return false;
		count += differing(words, start + HALF, others, other + HALF, WORDS - HALF);
		return count <= this.mostDiffering;
	}

	/** Bins of two signatures that agree. */
	agreeing(a: number, b: number): number {
		const words = this.words[Math.floor(a / CHUNK_TEXTS)];
		const others = this.words[Math.floor(b / CHUNK_TEXTS)];
		const start = (a % CHUNK_TEXTS) * WORDS;
		return BINS - differing(words, start, others, (b % CHUNK_TEXTS) * WORDS, WORDS);
	}

	/**
	 * Hashes of a band: the same for texts that have the same bins there.
	 *
	 * @param hashes where they are written
	 * @param roots the hash is asked for the texts that are their own root
	 */
	hashBand(band: number, rows: number, roots: Int32Array, hashes: Int32Array): void {
		for (let index = 0; index < hashes.length; index++) {
			if (roots[index] !== index) {
				hashes[index] = NO_BAND_HASH;
				continue;
			}
			const bins = this.chunks[Math.floor(index / CHUNK_TEXTS)];
			const start = (index % CHUNK_TEXTS) * BINS + band * rows;
			let hash = band;
			for (let row = start; row < start + rows; row++)
				hash = Math.imul(hash ^ bins[row], 0x01000193);
			hashes[index] = mix(hash) >>> (32 - BAND_HASH_BITS);
		}
	}

	/** Lets go of the signatures of all other texts; then there are no band hashes any more. */
	keepOnly(size: number, isKept: (index: number) => boolean): void {
		const slots = new Int32Array(size);
		let kept = 0;
		for (let index = 0; index < size; index++) {
			if (!isKept(index)) continue;
			const start = (index % CHUNK_TEXTS) * WORDS;
			const words = this.words[Math.floor(index / CHUNK_TEXTS)].subarray(start, start + WORDS);
			// Never further back than where it comes from.
			this.words[Math.floor(kept / CHUNK_TEXTS)].set(words, (kept % CHUNK_TEXTS) * WORDS);
			slots[index] = kept++;
		}
		this.chunks.length = 0;
		this.words.splice(Math.ceil(kept / CHUNK_TEXTS)).forEach(giveBack);
		this.slots = slots;
	}

	release(): void {
		this.chunks.length = 0;
		this.words.splice(0).forEach(giveBack);
	}

	private addChunk(): void {
		const chunk = new Uint8Array(CHUNK_TEXTS * BINS);
		this.chunks.push(chunk);
		this.words.push(new Int32Array(chunk.buffer));
	}
}

/** How many bytes of so many numbers are different. */
function differing(
	words: Int32Array,
	start: number,
	others: Int32Array,
	other: number,
	length: number,
): number {
	let counts = 0;
	for (let at = 0; at < length; at++) {
		const difference = words[start + at] ^ others[other + at];
		// The highest bit of each byte that is not zero; four counts of at most 32 side by side.
		counts += ((((difference & 0x7f7f7f7f) + 0x7f7f7f7f) | difference) >>> 7) & 0x01010101;
	}
	return Math.imul(counts, 0x01010101) >>> 24;
}

/** The most bins that differ in a part of a signature when no more than so many differ in all of it. */
function mostInPart(mostDiffering: number, part: number): number {
	const share = mostDiffering / BINS;
	const variance = (part * share * (1 - share) * (BINS - part)) / (BINS - 1);
	return Math.floor(part * share + MOST_DEVIATIONS * Math.sqrt(Math.max(0, variance)));
}
