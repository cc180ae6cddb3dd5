/**
 * Tells which texts are the same or nearly the same, in about 160 bytes a text: an exact hash of the normalised text,
 * and a one-permutation MinHash over its five-byte pieces (Li, Owen, Zhang 2012; empty bins filled as by Shrivastava
 * 2017), compared by locality-sensitive hashing. Five-byte pieces see small edits in short texts and work without
 * spaces between words, where word shingles do not.
 */

/** Bins of a signature; each keeps the lowest eight bits of its minimum. */
const BINS = 128;
const BIN_SHIFT = 25;
const MAX_RANK = 2 ** BIN_SHIFT - 1;
const NO_RANK = 2 ** BIN_SHIFT;
const BANDS = 21;
const ROWS = 6;
const GRAM_BYTES = 5;
const CHUNK_TEXTS = 32 * 1024;
/** Texts with the same band that are compared with a new one: a bound against buckets that everything falls into. */
const MAX_CHAIN = 16;
/** Jaccard similarity from which two texts count as nearly the same. */
export const NEAR_DUPLICATE_THRESHOLD = 0.7;

export interface FingerprintOptions {
	/** 0 to 1; 1 finds exact duplicates only. Default `NEAR_DUPLICATE_THRESHOLD`. */
	threshold?: number;
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

	private readonly threshold: number;

	private readonly minima = new Int32Array(BINS);

	constructor(options: FingerprintOptions = {}) {
		this.threshold = options.threshold ?? NEAR_DUPLICATE_THRESHOLD;
	}

	/** Takes the next text, and gives the index of the first one that is exactly the same after normalisation (or its own). */
	add(text: string): number {
		const bytes = normaliseText(text);
		const index = this.size++;
		this.makeRoom();
		const { low, high } = hashBytes(bytes);
		this.hashes[2 * index] = low;
		this.hashes[2 * index + 1] = high;
		const root = this.findOrInsert(index, low, high);
		this.exactRoot[index] = root;
		if (this.threshold < 1) {
			if (index % CHUNK_TEXTS === 0) this.signatures.push(new Uint8Array(CHUNK_TEXTS * BINS));
			if (root === index) this.sign(bytes, index);
		}
		return root;
	}

	/** 32 bits of the exact hash of a text: the same for the same text in every run. */
	hashOf(index: number): number {
		return this.hashes[2 * index] >>> 0;
	}

	/**
	 * For each text the smallest index of its cluster. Clusters are closed: near to a near one counts as well.
	 *
	 * @param pause called now and then (a million texts take many seconds), to let other work on the event loop run
	 */
	async clusters(pause?: () => Promise<void>): Promise<Int32Array> {
		const roots = this.exactRoot.slice(0, this.size);
		if (this.threshold < 1) await this.joinNearDuplicates(roots, pause);
		for (let index = 0; index < roots.length; index++) roots[index] = findRoot(roots, index);
		return roots;
	}

	/** Estimated Jaccard similarity of two texts, corrected for the chance that eight bits agree by accident. */
	similarity(a: number, b: number): number {
		const [first, second] = [this.signatureAt(a), this.signatureAt(b)];
		let same = 0;
		for (let bin = 0; bin < BINS; bin++) if (first[bin] === second[bin]) same++;
		return Math.max(0, (same / BINS - 1 / 256) / (1 - 1 / 256));
	}

	private signatureAt(index: number): Uint8Array {
		const start = (index % CHUNK_TEXTS) * BINS;
		return this.signatures[Math.floor(index / CHUNK_TEXTS)].subarray(start, start + BINS);
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

	/** Writes the MinHash signature of a text. */
	private sign(bytes: Buffer, index: number): void {
		const { minima } = this;
		minima.fill(NO_RANK);
		// The last four bytes in one number, and the one before them, roll through the text.
		let window = 0;
		const first = Math.min(GRAM_BYTES, bytes.length) - 1;
		for (let at = 0; at < bytes.length; at++) {
			const before = window >>> 24;
			window = (window << 8) | bytes[at];
			if (at >= first) this.offer(mix(window ^ Math.imul(before + 1, 0x9e3779b1)));
		}
		if (bytes.length === 0) this.offer(0);
		const signature = this.signatureAt(index);
		for (let bin = 0; bin < BINS; bin++) {
			let from = bin;
			// An empty bin borrows from one that every text with the same pieces would borrow from, too.
			for (let attempt = 1; minima[from] === NO_RANK; attempt++)
				from = mix(bin * 0x10001 + attempt) >>> BIN_SHIFT;
			signature[bin] = minima[from];
		}
	}

	private offer(hash: number): void {
		const bin = hash >>> BIN_SHIFT;
		const rank = hash & MAX_RANK;
		if (rank < this.minima[bin]) this.minima[bin] = rank;
	}

	/** Band by band, so that one table serves for all of them. */
	private async joinNearDuplicates(roots: Int32Array, pause?: () => Promise<void>): Promise<void> {
		const slots = 2 ** Math.ceil(Math.log2(Math.max(2, this.size * 2)));
		const newest = new Int32Array(slots);
		const next = new Int32Array(this.size);
		for (let band = 0; band < BANDS; band++) {
			newest.fill(0);
			for (let index = 0; index < this.size; index++) {
				if (pause && index % CHUNK_TEXTS === 0) await pause();
				if (this.exactRoot[index] !== index) continue;
				const slot = this.bandKey(index, band) & (slots - 1);
				this.joinWithChain(roots, index, newest[slot] - 1, next);
				next[index] = newest[slot] - 1;
				newest[slot] = index + 1;
			}
		}
	}

	private joinWithChain(roots: Int32Array, index: number, newest: number, next: Int32Array): void {
		let other = newest;
		for (let steps = 0; other !== -1 && steps < MAX_CHAIN; steps++) {
			const [a, b] = [findRoot(roots, index), findRoot(roots, other)];
			if (a !== b && this.similarity(index, other) >= this.threshold)
				roots[Math.max(a, b)] = Math.min(a, b);
			other = next[other];
		}
	}

	private bandKey(index: number, band: number): number {
		const signature = this.signatureAt(index);
		let hash = band;
		for (let row = band * ROWS; row < (band + 1) * ROWS; row++)
			hash = Math.imul(hash ^ signature[row], 0x01000193);
		return mix(hash);
	}
}

/**
 * The bytes that are compared: compatibility characters unified, ASCII letters in lower case, runs of other ASCII
 * characters as one space, everything beyond ASCII kept.
 */
export function normaliseText(text: string): Buffer {
	const bytes = Buffer.from(text, 'utf8');
	// ASCII only when every UTF-16 unit became one byte; then there is nothing to unify.
	const source = bytes.length === text.length ? bytes : Buffer.from(text.normalize('NFKC'), 'utf8');
	let length = 0;
	let spaceDue = false;
	for (let at = 0; at < source.length; at++) {
		const kept = NORMAL_BYTES[source[at]];
		if (kept === 0) spaceDue = length > 0;
		else {
			if (spaceDue) {
				source[length++] = 0x20;
				spaceDue = false;
			}
			source[length++] = kept;
		}
	}
	return source.subarray(0, length);
}

/** What a byte of the text becomes; 0 for those that become a space. */
const NORMAL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => {
	if (byte >= 0x80) return byte;
	const character = String.fromCharCode(byte);
	return /[0-9a-zA-Z]/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/** Two independent 32-bit hashes of a text. */
function hashBytes(bytes: Buffer): { low: number; high: number } {
	let low = 0x9e3779b1 ^ bytes.length;
	let high = 0x85ebca6b;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at];
		low = Math.imul(low ^ byte, 0x01000193);
		low ^= low >>> 15;
		high = Math.imul(high + byte + 1, 0x2c1b3c6d);
		high ^= high >>> 13;
	}
	return { low: mix(low), high: mix(high) };
}

/** Finaliser of MurmurHash3: every bit of the input moves every bit of the result. */
export function mix(value: number): number {
	let hash = value ^ (value >>> 16);
	hash = Math.imul(hash, 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return hash ^ (hash >>> 16);
}

function findRoot(roots: Int32Array, index: number): number {
	let root = index;
	while (roots[root] !== root) {
		roots[root] = roots[roots[root]];
		root = roots[root];
	}
	return root;
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
	const larger = new Int32Array(values.length * 2);
	larger.set(values);
	return larger;
}
