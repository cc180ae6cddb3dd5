export interface CountedValue {
	value: string;
	count: number;
}

const MAX_DISTINCT = 10_000;
const LONGEST_VALUE = 200;

/** Counts texts; only so many different ones are told apart, the rest is counted together. */
export class Counter {
	/** Values beyond those that are told apart. */
	others = 0;

	private readonly counts = new Map<string, number>();

	add(value: string, times = 1): void {
		const name = value.slice(0, LONGEST_VALUE);
		const count = this.counts.get(name);
		if (count === undefined && this.counts.size >= MAX_DISTINCT) this.others += times;
		else this.counts.set(name, (count ?? 0) + times);
	}

	get distinct(): number {
		return this.counts.size;
	}

	/** The commonest ones first. */
	list(max = Infinity): CountedValue[] {
		return [...this.counts]
			.map(([value, count]) => ({ value, count }))
			.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
			.slice(0, max);
	}
}
