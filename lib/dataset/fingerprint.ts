import { findRoot, hashBytes, mix } from './hashing';
import { Normaliser } from './normaliser';
import { signText } from './signature';

export { normaliseText } from './normaliser';

/**
 * Tells which texts are the same or nearly the same, in about 160 bytes a text: an exact hash of the normalised text,
 * and a one-permutation MinHash over its five-byte pieces (Li, Owen, Zhang 2012; empty bins filled as by Shrivastava
 * 2017), compared by locality-sensitive hashing. Five-byte pieces see small edits in short texts and work without
 * spaces between words, where word shingles do not.
 */

/** Bins of a signature; each keeps the lowest eight bits of its minimum. */
const BINS = 128;
const WORDS = BINS / 4;
/** Numbers of four bins that are compared before it is asked whether it still makes sense. */
const WORDS_A_PART = 4;
const CHUNK_TEXTS = 32 * 1024;
/** Marks a text that is compared with nothing. */
const ALONE = -1;
/** Texts with the same band that are compared with a new one: a bound against buckets that everything falls into. */
const MAX_CHAIN = 16;
/** Jaccard similarity from which two texts count as nearly the same. */
export const NEAR_DUPLICATE_THRESHOLD = 0.7;

export interface FingerprintOptions {
	/** 0 to 1; 1 finds exact duplicates only. Default `NEAR_DUPLICATE_THRESHOLD`. */
	threshold?: number;
	/**
	 * How far below the threshold an estimated similarity still joins two texts. For callers that look at the texts
	 * afterwards: the estimate is off by 0.04 (one standard deviation at 0.7). Default 0.
	 */
	margin?: number;
	/** Texts without a letter or digit are duplicates of nothing. Without it they are duplicates of each other. */
	ignoreEmpty?: boolean;
}

/** Collects fingerprints; `clusters` then says which texts belong together. */
export class FingerprintIndex {
	size = 0;

	/** Root of each text by exact hash only: the index of the first text that is the same. */
	private exactRoot = new Int32Array(1024);

	/** Two 32-bit hashes a text. */
	private hashes = new Int32Array(2048);

	/** Open-addressing table of text indices plus one, for exact duplicates. */
	private table = new Int32Array(4096);

	private readonly signatures: Uint8Array[] = [];

	/** Where the signature of each text is, when they are no longer all there. */
	private slots: Int32Array | undefined;

	/** The same memory, four bins in one number. */
	private readonly words: Int32Array[] = [];

	private readonly threshold: number;

	/** Bins that agree in the signatures of two texts that are joined. */
	private readonly joinFrom: number;

	private readonly ignoreEmpty: boolean;

	private readonly minima = new Int32Array(BINS);

	private readonly normaliser = new Normaliser();

	constructor(options: FingerprintOptions = {}) {
		this.threshold = options.threshold ?? NEAR_DUPLICATE_THRESHOLD;
		this.joinFrom = binsFor(this.threshold - (options.margin ?? 0));
		this.ignoreEmpty = options.ignoreEmpty ?? false;
	}

	/** Takes the next text, and gives the index of the first one that is exactly the same after normalisation (or its own). */
	add(text: string): number {
		const bytes = this.normaliser.normalise(text);
		const index = this.size++;
		this.makeRoom();
		if (this.threshold < 1 && index % CHUNK_TEXTS === 0) this.addChunk();
		if (bytes.length === 0 && this.ignoreEmpty) {
			this.exactRoot[index] = ALONE;
			return index;
		}
		const { low, high } = hashBytes(bytes);
		this.hashes[2 * index] = low;
		this.hashes[2 * index + 1] = high;
		const root = this.findOrInsert(index, low, high);
		this.exactRoot[index] = root;
		if (this.threshold < 1 && root === index) signText(bytes, this.signatureAt(index), this.minima);
		return root;
	}

	/** Lets go of the fingerprints of all other texts. */
	keepOnly(isKept: (index: number) => boolean): void {
		if (this.threshold >= 1) return;
		const slots = new Int32Array(this.size);
		let kept = 0;
		for (let index = 0; index < this.size; index++) {
			if (this.exactRoot[index] !== index || !isKept(index)) continue;
			const start = (index % CHUNK_TEXTS) * WORDS;
			const words = this.words[Math.floor(index / CHUNK_TEXTS)].subarray(start, start + WORDS);
			// Never further back than where it comes from.
			this.words[Math.floor(kept / CHUNK_TEXTS)].set(words, (kept % CHUNK_TEXTS) * WORDS);
			slots[index] = kept++;
		}
		this.signatures.length = 0;
		this.words.length = Math.ceil(kept / CHUNK_TEXTS);
		this.hashes = new Int32Array(0);
		this.table = new Int32Array(0);
		this.slots = slots;
	}

	/** Lets go of all memory; nothing can be asked afterwards. */
	release(): void {
		this.table = new Int32Array(0);
		this.signatures.length = 0;
		this.words.length = 0;
		this.exactRoot = new Int32Array(0);
		this.hashes = new Int32Array(0);
	}

	/** Index of the first text with the same hash. */
	exactRootOf(index: number): number {
		const root = this.exactRoot[index];
		return root === ALONE ? index : root;
	}

	/** Whether the fingerprints leave it open that two texts are as similar as the threshold (and the margin) say. */
	mayBeSimilar(a: number, b: number): boolean {
		const [first, second] = [this.exactRootOf(a), this.exactRootOf(b)];
		const { slots } = this;
		return this.mayBeJoined(slots?.[first] ?? first, slots?.[second] ?? second);
	}

	/** 32 bits of the exact hash of a text: the same for the same text in every run. */
	hashOf(index: number): number {
		return this.hashes[2 * index] >>> 0;
	}

	/** How many texts had nothing to compare; only with `ignoreEmpty`. */
	get empty(): number {
		let count = 0;
		for (let index = 0; index < this.size; index++) if (this.exactRoot[index] === ALONE) count++;
		return count;
	}

	/**
	 * For each text the smallest index of its cluster. Clusters are closed: near to a near one counts as well.
	 * No text can be added afterwards.
	 *
	 * @param pause called now and then (a million texts take many seconds), to let other work on the event loop run
	 */
	async clusters(pause?: () => Promise<void>): Promise<Int32Array> {
		const roots = this.exactRoot.slice(0, this.size);
		for (let index = 0; index < roots.length; index++)
			if (roots[index] === ALONE) roots[index] = index;
		if (this.threshold < 1) await this.joinNearDuplicates(roots, pause);
		for (let index = 0; index < roots.length; index++) roots[index] = findRoot(roots, index);
		return roots;
	}

	/** Estimated Jaccard similarity of two texts, corrected for the chance that eight bits agree by accident. */
	similarity(a: number, b: number): number {
		return similarityOf(this.agreeingBins(a, b, 0));
	}

	/** Bins that agree in two signatures; 0 as soon as it is clear that there are fewer than `least`. */
	private agreeingBins(a: number, b: number, least: number): number {
		const first = this.words[Math.floor(a / CHUNK_TEXTS)];
		const second = this.words[Math.floor(b / CHUNK_TEXTS)];
		const start = (a % CHUNK_TEXTS) * WORDS;
		const shift = (b % CHUNK_TEXTS) * WORDS - start;
		let agreeing = 0;
		for (let part = 0; part < WORDS; part += WORDS_A_PART) {
			for (let at = start + part; at < start + part + WORDS_A_PART; at++) {
				// Four bins at a time: a byte of zeros is one that agrees.
				const differing = first[at] ^ second[at + shift];
				const marks = ~(((differing & 0x7f7f7f7f) + 0x7f7f7f7f) | differing | 0x7f7f7f7f);
				agreeing += Math.imul(marks >>> 7, 0x01010101) >>> 24;
			}
			if (agreeing + (WORDS - part - WORDS_A_PART) * 4 < least) return 0;
		}
		return agreeing;
	}

	private signatureAt(index: number): Uint8Array {
		const start = (index % CHUNK_TEXTS) * BINS;
		return this.signatures[Math.floor(index / CHUNK_TEXTS)].subarray(start, start + BINS);
	}

	private addChunk(): void {
		const chunk = new Uint8Array(CHUNK_TEXTS * BINS);
		this.signatures.push(chunk);
		this.words.push(new Int32Array(chunk.buffer));
	}

	private makeRoom(): void {
		if (this.size > this.exactRoot.length) {
			this.exactRoot = doubled(this.exactRoot);
			this.hashes = doubled(this.hashes);
		}
		if (this.size * 2 <= this.table.length) return;
		this.table = new Int32Array(this.table.length * 2);
		for (let index = 0; index < this.size - 1; index++) {
			if (this.exactRoot[index] === index) this.insert(index);
		}
	}

	private insert(index: number): void {
		const mask = this.table.length - 1;
		let slot = this.hashes[2 * index] & mask;
		while (this.table[slot] !== 0) slot = (slot + 1) & mask;
		this.table[slot] = index + 1;
	}

	private findOrInsert(index: number, low: number, high: number): number {
		const mask = this.table.length - 1;
		for (let slot = low & mask; ; slot = (slot + 1) & mask) {
			const other = this.table[slot] - 1;
			if (other === -1) {
				this.table[slot] = index + 1;
				return index;
			}
			if (this.hashes[2 * other] === low && this.hashes[2 * other + 1] === high) return other;
		}
	}

	/** Band by band, so that one table serves for all of them. */
	private async joinNearDuplicates(roots: Int32Array, pause?: () => Promise<void>): Promise<void> {
		// The table for exact duplicates has done its work, and has the size that is needed here.
		const newest = this.table;
		const slots = newest.length;
		const next = new Int32Array(this.size);
		const rows = rowsFor(this.threshold);
		for (let band = 0; band < Math.floor(BINS / rows); band++) {
			newest.fill(0);
			for (let index = 0; index < this.size; index++) {
				if (pause && index % CHUNK_TEXTS === 0) await pause();
				if (this.exactRoot[index] !== index) continue;
				const slot = this.bandKey(index, band, rows) & (slots - 1);
				this.joinWithChain(roots, index, newest[slot] - 1, next);
				next[index] = newest[slot] - 1;
				newest[slot] = index + 1;
			}
		}
	}

	private joinWithChain(roots: Int32Array, index: number, newest: number, next: Int32Array): void {
		let root = findRoot(roots, index);
		let other = newest;
		for (let steps = 0; other !== -1 && steps < MAX_CHAIN; steps++) {
			const otherRoot = findRoot(roots, other);
			if (root !== otherRoot && this.mayBeJoined(index, other)) {
				roots[Math.max(root, otherRoot)] = Math.min(root, otherRoot);
				root = Math.min(root, otherRoot);
			}
			other = next[other];
		}
	}

	private mayBeJoined(a: number, b: number): boolean {
		return this.agreeingBins(a, b, this.joinFrom) >= this.joinFrom;
	}

	private bandKey(index: number, band: number, rows: number): number {
		const signature = this.signatures[Math.floor(index / CHUNK_TEXTS)];
		const start = (index % CHUNK_TEXTS) * BINS + band * rows;
		let hash = band;
		for (let row = start; row < start + rows; row++)
			hash = Math.imul(hash ^ signature[row], 0x01000193);
		return mix(hash);
	}
}

/** Bins a band. A pair exactly at the threshold is found with a chance of 0.9 (0.87 at 0.5), most above it always. */
function rowsFor(threshold: number): number {
	return threshold >= 0.85 ? 8 : threshold >= 0.7 ? 6 : 4;
}

/** Eight bits agree once in 256 times by accident. */
function similarityOf(agreeing: number): number {
	return Math.max(0, (agreeing / BINS - 1 / 256) / (1 - 1 / 256));
}

/** The fewest agreeing bins for which `similarityOf` gives as much. */
function binsFor(similarity: number): number {
	let agreeing = 0;
	while (agreeing <= BINS && similarityOf(agreeing) < similarity) agreeing++;
	return agreeing;
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
	const larger = new Int32Array(values.length * 2);
	larger.set(values);
	return larger;
}
