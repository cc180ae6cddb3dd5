import type { Found } from './types';

/**
 * Finds without overlaps, in order of place. Where two overlap, the one that a checksum confirms wins, then the
 * longer one, then the surer one; what is left of the other is dropped with it, unless the winner covers only
 * part of it and nothing else does: then the loser's rest is not private by itself.
 */
export function resolveOverlaps(found: Found[]): Found[] {
	if (found.length < 2) return found;
	const byPlace = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
	const chosen: Found[] = [];
	for (let at = 0; at < byPlace.length;) {
		let end = byPlace[at].end;
		let next = at + 1;
		while (next < byPlace.length && byPlace[next].start < end)
			end = Math.max(end, byPlace[next++].end);
		if (next === at + 1) chosen.push(byPlace[at]);
		else chooseIn(byPlace.slice(at, next), chosen);
		at = next;
	}
	return chosen;
}

/** Among finds that hang together: the best ones first, each taking its place. */
function chooseIn(cluster: Found[], chosen: Found[]): void {
	const taken: Found[] = [];
	for (const one of cluster.sort(byRank)) {
		if (
			taken.length < MOST_IN_CLUSTER &&
			taken.every((other) => one.start >= other.end || one.end <= other.start)
		)
			taken.push(one);
	}
	taken.sort((a, b) => a.start - b.start);
	for (const one of taken) chosen.push(one);
}

/** Finds that overlap in a chain are few in honest text; this keeps hostile text from costing the square. */
const MOST_IN_CLUSTER = 1000;

function byRank(a: Found, b: Found): number {
	return (
		Number(b.checked) - Number(a.checked) ||
		b.end - b.start - (a.end - a.start) ||
		b.score - a.score ||
		a.start - b.start
	);
}
