/** What is known of an example that was counted. */
export interface SampledExample {
	bytes: number;
	tokens: number;
}

/** An estimated number of tokens and the interval that holds the true one in 95 of 100 cases. */
export interface TokenEstimate {
	total: number;
	low: number;
	high: number;
	/** How many examples were counted. */
	sampled: number;
	examples: number;
	/** Whether every example was counted, so that `total` is no estimate. */
	exact: boolean;
}

/**
 * The tokens of all examples from a random sample of them: the sample's tokens a byte, times all bytes. The interval
 * is the usual one of a ratio estimate without replacement; with 1,000 examples of tickets it is about 0.3 % wide to
 * each side.
 *
 * @param sample drawn at random; at least 2 for an interval, 100 for one to rely on
 * @param all the number of examples and of their bytes, counted in the same way as those of the sample
 * @see Cochran, Sampling Techniques, chapter 6
 */
export function estimateTotal(
	sample: readonly SampledExample[],
	all: { examples: number; bytes: number },
): TokenEstimate {
	const sampled = sample.length;
	const tokens = sum(sample, (example) => example.tokens);
	const ratio =
		tokens /
		Math.max(
			1,
			sum(sample, (example) => example.bytes),
		);
	const exact = sampled >= all.examples;
	const total = exact ? tokens : Math.round(ratio * all.bytes);
	const margin = exact ? 0 : marginOfError(sample, ratio, all.examples);
	const low = Math.max(tokens, Math.floor(total - margin));
	return { total, low, high: Math.ceil(total + margin), sampled, examples: all.examples, exact };
}

function marginOfError(sample: readonly SampledExample[], ratio: number, examples: number): number {
	const degrees = sample.length - 1;
	if (degrees < 1) return Infinity;
	const squares = sum(sample, ({ tokens, bytes }) => (tokens - ratio * bytes) ** 2);
	const variance = squares / degrees / sample.length;
	const unseen = 1 - sample.length / examples;
	return studentsT(degrees) * examples * Math.sqrt(variance * unseen);
}

/** The two-sided 95 % quantile, from 3 degrees of freedom on to within 1 %. */
function studentsT(degrees: number): number {
	return 1.96 + 2.372 / degrees + 2.823 / degrees ** 2 + 2.556 / degrees ** 3;
}

function sum<T>(list: readonly T[], value: (item: T) => number): number {
	return list.reduce((total, item) => total + value(item), 0);
}

/**
 * Draws examples at random from a stream whose length is not known beforehand, each with the same chance, and counts
 * only those. The same seed and stream give the same sample.
 */
export class TokenSampler {
	private readonly sample: SampledExample[] = [];
	private examples = 0;
	private bytes = 0;

	/** @param size how many examples are counted in the end; 1,000 takes some 20 ms of counting, or more from long streams */
	constructor(
		private readonly size = 1000,
		private seed = 1,
	) {}

	/** Offers the next example; `countTokens` is called if it is drawn. */
	offer(bytes: number, countTokens: () => number) {
		this.examples++;
		this.bytes += bytes;
		const place = Math.floor(this.random() * this.examples);
		const isFilling = this.sample.length < this.size;
		if (isFilling) this.sample.push({ bytes, tokens: countTokens() });
		else if (place < this.size) this.sample[place] = { bytes, tokens: countTokens() };
	}

	estimate(): TokenEstimate {
		return estimateTotal(this.sample, { examples: this.examples, bytes: this.bytes });
	}

	/** From 0 to 1, by the 32-bit SplitMix generator. */
	private random(): number {
		this.seed = (this.seed + 0x9e3779b9) | 0;
		let mixed = this.seed;
		mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
	}
}
