import { BandSort } from './bandSort';
import { findRoot, hashText } from './hashing';
import { giveBack } from './memory';
import { Normaliser } from './normaliser';
import { BINS } from './signature';
import { SignatureList } from './signatureList';

export { normaliseText } from './normaliser';

/**
 * Tells which texts are the same or nearly the same, in about 160 bytes a text: an exact hash of the normalised text,
 * and a one-permutation MinHash over its five-byte pieces (Li, Owen, Zhang 2012; empty bins filled as by Shrivastava
 * 2017), compared by locality-sensitive hashing. Five-byte pieces see small edits in short texts and work without
 * spaces between words, where word shingles do not.
 */

/** Texts that are taken between two pauses. */
const PAUSE_TEXTS = 32 * 1024;
/** Marks a text that is compared with nothing. */
const ALONE = -1;
/** Texts with the same band that one is compared with: a bound against bands that everything falls into. */
const MAX_COMPARED = 16;
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

	private readonly signatures: SignatureList;

	private readonly threshold: number;

	private readonly ignoreEmpty: boolean;

	private readonly normaliser = new Normaliser();

	constructor(options: FingerprintOptions = {}) {
		this.threshold = options.threshold ?? NEAR_DUPLICATE_THRESHOLD;
		this.signatures = new SignatureList(binsFor(this.threshold - (options.margin ?? 0)));
		this.ignoreEmpty = options.ignoreEmpty ?? false;
	}

	/** Takes the next text, and gives the index of the first one that is exactly the same after normalisation (or its own). */
	add(text: string): number {
		this.normaliser.normalise(text);
		return this.addNormalised(this.normaliser);
	}

	/** As `add`, for a text that has been normalised. */
	addNormalised({ bytes, words, length }: Normaliser): number {
		const index = this.size++;
		this.makeRoom();
		if (length === 0 && this.ignoreEmpty) {
			this.exactRoot[index] = ALONE;
			return index;
		}
		const { low, high } = hashText(bytes, words, length);
		this.hashes[2 * index] = low;
		this.hashes[2 * index + 1] = high;
		const root = this.findOrInsert(index, low, high);
		this.exactRoot[index] = root;
		if (this.threshold < 1 && root === index) this.signatures.set(index, bytes, length);
		return root;
	}

	/** Lets go of the fingerprints of all other texts. */
	keepOnly(isKept: (index: number) => boolean): void {
		if (this.threshold >= 1) return;
		const isKeptRoot = (index: number) => this.exactRoot[index] === index && isKept(index);
		this.signatures.keepOnly(this.size, isKeptRoot);
		this.letGo();
	}

	/** Lets go of all memory; nothing can be asked afterwards. */
	release(): void {
		this.signatures.release();
		this.letGo();
		giveBack(this.exactRoot);
		this.exactRoot = new Int32Array(0);
	}

	/** Index of the first text with the same hash. */
	exactRootOf(index: number): number {
		const root = this.exactRoot[index];
		return root === ALONE ? index : root;
	}

	/** Whether the fingerprints leave it open that two texts are as similar as the threshold (and the margin) say. */
	mayBeSimilar(a: number, b: number): boolean {
		return this.signatures.areAlike(this.exactRootOf(a), this.exactRootOf(b));
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
		return similarityOf(this.signatures.agreeing(a, b));
	}

	private letGo(): void {
		giveBack(this.hashes);
		giveBack(this.table);
		this.hashes = new Int32Array(0);
		this.table = new Int32Array(0);
	}

	private makeRoom(): void {
		if (this.size > this.exactRoot.length) {
			this.exactRoot = doubled(this.exactRoot);
			this.hashes = doubled(this.hashes);
		}
		if (this.size * 2 <= this.table.length) return;
		const slots = this.table.length * 2;
		giveBack(this.table);
		this.table = new Int32Array(slots);
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

	/** Band by band, in the same memory. */
	private async joinNearDuplicates(roots: Int32Array, pause?: () => Promise<void>): Promise<void> {
		// The table for exact duplicates has done its work, and has room for two numbers a text.
		const bands = new BandSort(this.size, this.table);
		const hashes = new Int32Array(this.size);
		const rows = rowsFor(this.threshold);
		for (let band = 0; band < Math.floor(BINS / rows); band++) {
			await pause?.();
			this.signatures.hashBand(band, rows, this.exactRoot, hashes);
			bands.sort(hashes);
			for (let first = 0; first < bands.length; first += PAUSE_TEXTS) {
				await pause?.();
				const end = Math.min(first + PAUSE_TEXTS, bands.length);
				this.joinInBand(roots, bands.order, hashes, first, end);
			}
		}
		giveBack(hashes);
	}

	/** Compares each text with some of those before it that have the same hash. */
	private joinInBand(
		roots: Int32Array,
		order: Int32Array,
		hashes: Int32Array,
		first: number,
		end: number,
	): void {
		for (let at = first; at < end; at++) {
			const text = order[at];
			const hash = hashes[text];
			const last = Math.max(0, at - MAX_COMPARED);
			for (let before = at - 1; before >= last && hashes[order[before]] === hash; before--)
				if (this.signatures.areAlike(text, order[before])) join(roots, text, order[before]);
		}
	}
}

function join(roots: Int32Array, a: number, b: number): void {
	const [first, second] = [findRoot(roots, a), findRoot(roots, b)];
	roots[Math.max(first, second)] = Math.min(first, second);
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
	giveBack(values);
	return larger;
}
