/** A binary heap of numbers with a fixed capacity. */
export class MinHeap {
	size = 0;
	private readonly entries: Float64Array;

	constructor(capacity: number) {
		this.entries = new Float64Array(capacity);
	}

	push(entry: number) {
		const { entries } = this;
		let at = this.size++;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (entries[parent] <= entry) break;
			entries[at] = entries[parent];
			at = parent;
		}
		entries[at] = entry;
	}

	/** The smallest entry; the heap must not be empty. */
	pop(): number {
		const { entries } = this;
		const smallest = entries[0];
		const last = entries[--this.size];
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= this.size) break;
			if (child + 1 < this.size && entries[child + 1] < entries[child]) child++;
			if (entries[child] >= last) break;
			entries[at] = entries[child];
			at = child;
		}
		entries[at] = last;
		return smallest;
	}
}
