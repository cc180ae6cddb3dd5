/**
 * Does `work` for every entry, at most `limit` at a time, and gives the results in order. After a failure nothing
 * new is begun.
 */
export async function inParallel<T, R>(
	entries: T[],
	limit: number,
	work: (entry: T) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(entries.length);
	let next = 0;
	let failed = false;
	const lane = async () => {
		while (next < entries.length && !failed) {
			const index = next++;
			try {
				results[index] = await work(entries[index]);
			} finally {
				failed ||= !(index in results);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, entries.length)) }, lane));
	return results;
}
