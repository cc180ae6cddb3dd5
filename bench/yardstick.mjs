// Seconds are another thing on each machine, and from hour to hour on a virtual one. What is asked for in seconds was
// measured where decoding and parsing a file of examples in memory goes at 500 MB/s; each run measures that as well.
import { readFileSync } from 'node:fs';
import { stopwatch } from './stopwatch.mjs';

const ASKED_AT = 500;

export const YARDSTICK = 'decode and JSON.parse, file in memory';

/** A contender: what a program has to do at least that understands each example of a file. */
export function parseInMemory({ file }) {
	const bytes = readFileSync(file);
	const elapsed = stopwatch();
	let valid = 0;
	for (let start = 0; start < bytes.length;) {
		const end = bytes.indexOf(10, start);
		JSON.parse(bytes.utf8Slice(start, end));
		valid++;
		start = end + 1;
	}
	return { ...elapsed(), valid, bytes: bytes.length };
}

/** How fast this machine is, as a share of the one on which seconds were asked for: by CPU time, during this run. */
export function speedOfMachine(medians) {
	const { bytes, cpu } = medians[YARDSTICK];
	return bytes / 1e6 / cpu / ASKED_AT;
}
