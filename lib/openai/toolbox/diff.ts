/** What changed between two texts, at a cost that is bounded whatever the texts are. */

export interface Change {
	type: 'equal' | 'delete' | 'insert';
	text: string;
}

type Unit = 'line' | 'word';

/** Differences that are looked for exactly; memory grows with the square. */
const MAX_EDITS = 1_000;
/** Of a changed block, in UTF-16 units; the words of a longer one are not compared. */
const MAX_BLOCK_LENGTH = 200_000;
const CONTEXT_LINES = 3;

/**
 * The changes by words (and white space, and punctuation marks): deletions before insertions, neighbours joined. The
 * texts of `equal` and `delete` make up `before`, those of `equal` and `insert` make up `after`.
 *
 * Lines are compared first and words only within lines that changed. Where more than 1,000 edits lie between the two
 * texts, what is left counts as replaced.
 */
export function wordChanges(before: string, after: string): Change[] {
	const changes: Change[] = [];
	for (const { removed, added, equal } of blocksOf(compare(before, after, 'line'))) {
		if (equal !== undefined) changes.push({ type: 'equal', text: equal });
		else if (Math.max(removed.length, added.length) > MAX_BLOCK_LENGTH) {
			changes.push({ type: 'delete', text: removed }, { type: 'insert', text: added });
		} else changes.push(...compare(removed, added, 'word'));
	}
	return joined(changes);
}

/**
 * The changes by lines as a unified diff of three lines of context, without file names; empty when nothing changed.
 * https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 */
export function unifiedDiff(before: string, after: string): string {
	if (before === after) return '';
	const lines = compare(before, after, 'line').flatMap(({ type, text }) =>
		unitsOf(text, 'line').map((line) => ({ type, line })),
	);
	return hunksOf(lines.map(({ type }) => type !== 'equal'))
		.map(([start, end]) => hunk(lines, start, end))
		.join('');
}

interface DiffLine {
	type: Change['type'];
	line: string;
}

const MARKS = { equal: ' ', delete: '-', insert: '+' };

function hunk(lines: DiffLine[], start: number, end: number): string {
	const count = (from: number, to: number, other: Change['type']) =>
		lines.slice(from, to).filter(({ type }) => type !== other).length;
	const range = (other: Change['type']) => {
		const length = count(start, end, other);
		const first = count(0, start, other) + (length > 0 ? 1 : 0);
		return length === 1 ? String(first) : `${first},${length}`;
	};
	const body = lines.slice(start, end).map(({ type, line }) => {
		const whole = line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
		return MARKS[type] + whole;
	});
	return `@@ -${range('insert')} +${range('delete')} @@\n${body.join('')}`;
}

/** Stretches of lines around the changed ones, each with its context; stretches that touch are one. */
function hunksOf(changed: boolean[]): Array<[start: number, end: number]> {
	const hunks: Array<[number, number]> = [];
	for (const [index, isChanged] of changed.entries()) {
		if (!isChanged) continue;
		const start = Math.max(0, index - CONTEXT_LINES);
		const end = Math.min(changed.length, index + CONTEXT_LINES + 1);
		const last = hunks.at(-1);
		if (last && start <= last[1]) last[1] = end;
		else hunks.push([start, end]);
	}
	return hunks;
}

/** Unchanged stretches, and between them what was taken out and put in. */
function blocksOf(changes: Change[]) {
	const blocks: Array<{ equal?: string; removed: string; added: string }> = [];
	for (const { type, text } of changes) {
		const last = blocks.at(-1);
		if (type === 'equal') blocks.push({ equal: text, removed: '', added: '' });
		else {
			const open = last && last.equal === undefined ? last : { removed: '', added: '' };
			if (open !== last) blocks.push(open);
			if (type === 'delete') open.removed += text;
			else open.added += text;
		}
	}
	return blocks;
}

function compare(before: string, after: string, unit: Unit): Change[] {
	const a = unitsOf(before, unit);
	const b = unitsOf(after, unit);
	let start = 0;
	while (start < a.length && start < b.length && a[start] === b[start]) start++;
	let end = 0;
	while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) {
		end++;
	}
	return joined([
		...a.slice(0, start).map(equal),
		...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
		...a.slice(a.length - end).map(equal),
	]);
}

function unitsOf(text: string, unit: Unit): string[] {
	const pattern =
		unit === 'line' ? /[^\n]*\n|[^\n]+$/g : /\s+|[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu;
	return text.match(pattern) ?? [];
}

/** The part between equal beginning and equal end, by Myers' greedy algorithm, http://www.xmailserver.org/diff2.pdf. */
function middle(a: string[], b: string[]): Change[] {
	if (a.length === 0 || b.length === 0) return replaced(a, b);
	const trace = furthestPaths(a, b);
	return trace ? walkBack(a, b, trace) : replaced(a, b);
}

/** For each number of edits, how far into `a` each diagonal gets; undefined when more edits than allowed are needed. */
function furthestPaths(a: string[], b: string[]): Int32Array[] | undefined {
	const most = Math.min(a.length + b.length, MAX_EDITS);
	const trace: Int32Array[] = [];
	let last = new Int32Array(3);
	for (let edits = 0; edits <= most; edits++) {
		// Index `edits + 1 + diagonal`, with a place beyond either end.
		const now = new Int32Array(2 * edits + 3);
		for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
			let x = edits === 0 ? 0 : step(last, edits - 1, diagonal);
			while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
			now[edits + 1 + diagonal] = x;
			if (x >= a.length && x - diagonal >= b.length) return [...trace, now];
		}
		trace.push(now);
		last = now;
	}
	return undefined;
}

/** Where a diagonal starts from its neighbours at one edit less: an insertion keeps x, a deletion moves it on. */
function step(last: Int32Array, edits: number, diagonal: number): number {
	const fromAbove = diagonal < edits ? last[edits + 1 + diagonal + 1] : -1;
	const fromLeft = diagonal > -edits ? last[edits + 1 + diagonal - 1] + 1 : -1;
	return Math.max(fromAbove, fromLeft);
}

function walkBack(a: string[], b: string[], trace: Int32Array[]): Change[] {
	const changes: Change[] = [];
	let x = a.length;
	let y = b.length;
	for (let edits = trace.length - 1; edits > 0; edits--) {
		const diagonal = x - y;
		const last = trace[edits - 1];
		const before = edits - 1;
		const above = diagonal < before ? last[before + 1 + diagonal + 1] : -1;
		const left = diagonal > -before ? last[before + 1 + diagonal - 1] + 1 : -1;
		const isInsertion = above >= left;
		const start = Math.max(above, left);
		while (x > start) changes.push(equal(a[--x]));
		y = x - diagonal;
		if (isInsertion) changes.push({ type: 'insert', text: b[--y] });
		else changes.push({ type: 'delete', text: a[--x] });
	}
	while (x > 0) changes.push(equal(a[--x]));
	return changes.reverse();
}

function replaced(a: string[], b: string[]): Change[] {
	return [
		{ type: 'delete', text: a.join('') },
		{ type: 'insert', text: b.join('') },
	];
}

function equal(text: string): Change {
	return { type: 'equal', text };
}

/** Within a stretch of changes all deletions come first; nothing empty is left. */
function joined(changes: Change[]): Change[] {
	const result: Change[] = [];
	let removed: string[] = [];
	let added: string[] = [];
	let same: string[] = [];
	const close = () => {
		if (same.length > 0) result.push(equal(same.join('')));
		if (removed.length > 0) result.push({ type: 'delete', text: removed.join('') });
		if (added.length > 0) result.push({ type: 'insert', text: added.join('') });
		removed = [];
		added = [];
		same = [];
	};
	for (const { type, text } of changes) {
		if (text === '') continue;
		if (type === 'equal') {
			if (removed.length + added.length > 0) close();
			same.push(text);
		} else {
			if (same.length > 0) close();
			(type === 'delete' ? removed : added).push(text);
		}
	}
	close();
	return result;
}
