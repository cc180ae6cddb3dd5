const LONGEST = 64;

/**
 * The candidate a misspelt name was probably meant for, or undefined. Upper and lower case, spaces,
 * `_` and `-` count for nothing; otherwise up to a third of the letters may differ.
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
	const wanted = normalise(name);
	if (wanted === '' || wanted.length > LONGEST) return undefined;
	let best: string | undefined;
	let least = Math.floor(wanted.length / 3) + 1;
	for (const candidate of candidates) {
		const other = normalise(candidate);
		if (other.length > LONGEST || Math.abs(other.length - wanted.length) >= least) continue;
		const distance = editDistance(wanted, other);
		if (distance >= least) continue;
		least = distance;
		best = candidate;
	}
	return best;
}

function normalise(name: string): string {
	return name.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const substitution = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			row[j] = Math.min(row[j - 1] + 1, last[j] + 1, substitution);
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length];
}
