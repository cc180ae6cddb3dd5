/** Counts by reason, put together. */
export function sum(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
	const total = new Map(Object.entries(a));
	for (const [reason, count] of Object.entries(b)) {
		total.set(reason, (total.get(reason) ?? 0) + count);
	}
	return Object.fromEntries(total);
}

/** Sorts out what does not belong to a query, counted by reason. */
export function tally<T>(
	items: readonly T[],
	reasonOf: (item: T) => string | undefined,
): { kept: T[]; leftOut: Record<string, number> } {
	const counts = new Map<string, number>();
	const kept: T[] = [];
	for (const item of items) {
		const reason = reasonOf(item);
		if (reason === undefined) kept.push(item);
		else counts.set(reason, (counts.get(reason) ?? 0) + 1);
	}
	return { kept, leftOut: Object.fromEntries(counts) };
}
