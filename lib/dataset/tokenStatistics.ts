export interface TokenStatistics {
	/** Tokens of all examples; what is beyond the limit of an example is counted too. */
	total: number;
	/** Tokens of all examples, none counted beyond the limit: what training is charged for, once an epoch. */
	billed: number;
	min: number;
	mean: number;
	p95: number;
	max: number;
	/** Examples over the limit. */
	overLimit: number;
}

const EXACT_UP_TO = 65_536;

/** Exact statistics over any number of examples in constant memory (longer examples are rare and kept one by one). */
export class TokenTally {
	private readonly byCount = new Uint32Array(EXACT_UP_TO + 1);

	private readonly larger: number[] = [];

	private examples = 0;

	private total = 0;

	private billed = 0;

	private overLimit = 0;

	constructor(private readonly limit = Infinity) {}

	add(tokens: number): void {
		this.examples++;
		this.total += tokens;
		this.billed += Math.min(tokens, this.limit);
		if (tokens > this.limit) this.overLimit++;
		if (tokens <= EXACT_UP_TO) this.byCount[tokens]++;
		else this.larger.push(tokens);
	}

	statistics(): TokenStatistics | undefined {
		if (this.examples === 0) return undefined;
		this.larger.sort((a, b) => a - b);
		return {
			total: this.total,
			billed: this.billed,
			min: this.nth(1),
			mean: this.total / this.examples,
			p95: this.nth(Math.ceil(0.95 * this.examples)),
			max: this.nth(this.examples),
			overLimit: this.overLimit,
		};
	}

	/** The count at a rank from 1, smallest first. */
	private nth(rank: number): number {
		let seen = 0;
		for (let tokens = 0; tokens <= EXACT_UP_TO; tokens++) {
			seen += this.byCount[tokens];
			if (seen >= rank) return tokens;
		}
		return this.larger[rank - seen - 1];
	}
}
