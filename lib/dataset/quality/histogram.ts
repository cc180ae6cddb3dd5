/** What there is to say about many whole numbers. */
export interface Distribution {
	count: number;
	total: number;
	min: number;
	mean: number;
	p50: number;
	p95: number;
	max: number;
}

/** Numbers from `from` to `to`, both included; the last bin of a histogram may have no upper end. */
export interface Bin {
	from: number;
	to?: number;
	count: number;
	/** Of a bin without an upper end, e.g. `3000 and longer`. */
	label?: string;
}

const EXACT_UP_TO = 65_536;
const LARGE_TO_KEEP = 1_000_000;
const MAX_BINS = 16;
const NICE_STEPS = [1, 2, 5];
/** Fewer numbers have no tail to speak of. */
const MIN_TO_CLIP = 4;
/** So much farther than 95 % of the numbers may 99 % of them reach before the others' bars are too thin to tell apart. */
const LONGEST_TAIL = 3;

/** Exact counts of whole numbers from 0, in constant memory but for those beyond 65,536. */
export class Tally {
	count = 0;

	private total = 0;

	private readonly byNumber = new Uint32Array(EXACT_UP_TO + 1);

	private readonly larger: number[] = [];

	private largest = 0;

	add(number: number): void {
		this.count++;
		this.total += number;
		this.largest = Math.max(this.largest, number);
		if (number <= EXACT_UP_TO) this.byNumber[number]++;
		else if (this.larger.length < LARGE_TO_KEEP) this.larger.push(number);
	}

	distribution(): Distribution | undefined {
		if (this.count === 0) return undefined;
		this.larger.sort((a, b) => a - b);
		return {
			count: this.count,
			total: this.total,
			min: this.nth(1),
			mean: Math.round((this.total / this.count) * 10) / 10,
			p50: this.nth(Math.ceil(this.count * 0.5)),
			p95: this.nth(Math.ceil(this.count * 0.95)),
			max: this.largest,
		};
	}

	/**
	 * Bins of equal, round width as far as 99 % of the numbers go, and one for the rest. Where those few are far out
	 * themselves (of less than a hundred numbers it can be one), the bins go as far as 95 % of them.
	 */
	histogram(): Bin[] {
		if (this.count === 0) return [];
		const least = this.nth(1);
		const reach = this.reach(least) + 1;
		const width = niceWidth((reach - least) / MAX_BINS);
		const bins: Bin[] = [];
		for (let from = Math.floor(least / width) * width; from < reach; from += width)
			bins.push({ from, to: from + width - 1, count: this.countBetween(from, from + width - 1) });
		const counted = bins.reduce((sum, bin) => sum + bin.count, 0);
		if (counted < this.count)
			bins.push({ from: bins[bins.length - 1].from + width, count: this.count - counted });
		return bins;
	}

	private reach(least: number): number {
		const far = this.nth(Math.ceil(this.count * 0.99));
		if (this.count < MIN_TO_CLIP || far - least < MAX_BINS) return far;
		const near = this.nth(Math.min(this.count - 1, Math.ceil(this.count * 0.95)));
		return far - least > LONGEST_TAIL * (near - least) ? near : far;
	}

	/** The number at a rank from 1, smallest first. */
	private nth(rank: number): number {
		let seen = 0;
		for (let number = 0; number <= EXACT_UP_TO; number++) {
			seen += this.byNumber[number];
			if (seen >= rank) return number;
		}
		return this.larger[Math.min(rank - seen, this.larger.length) - 1] ?? this.largest;
	}

	private countBetween(from: number, to: number): number {
		let count = 0;
		for (let number = from; number <= Math.min(to, EXACT_UP_TO); number++)
			count += this.byNumber[number];
		if (to <= EXACT_UP_TO) return count;
		return count + this.larger.filter((number) => number >= from && number <= to).length;
	}
}

function niceWidth(least: number): number {
	for (let power = 1; ; power *= 10) {
		const step = NICE_STEPS.find((nice) => nice * power >= least);
		if (step !== undefined) return step * power;
	}
}

/**
 * The bins with the last one's label where it has no upper end.
 *
 * @param beyond what the numbers there are, e.g. `longer`
 */
export function labelled(bins: readonly Bin[], beyond: string): Bin[] {
	return bins.map((bin) =>
		bin.to === undefined ? { ...bin, label: `${bin.from} and ${beyond}` } : bin,
	);
}
