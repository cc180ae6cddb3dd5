/**
 * Calls `work` for each item, at most `limit` at a time, and gives the results in the order of the items.
 * After a failure no further call is begun; those under way are waited for, so that nothing goes on in the dark.
 */
export async function inParallel<T, R>(
	items: readonly T[],
	limit: number,
	work: (item: T) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(items.length);
	let next = 0;
	let failed = false;
	const worker = async () => {
		while (!failed && next < items.length) {
			const index = next++;
			try {
				results[index] = await work(items[index]);
			} finally {
				failed ||= !(index in results);
			}
		}
	};
	const workers = Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, worker);
	const settled = await Promise.allSettled(workers);
	const broken = settled.find((one) => one.status === 'rejected');
	if (broken) throw broken.reason;
	return results;
}
