import { type Chunks, isAlphanumeric, isDigit, unitAt } from './scan';

/** A number as people write it: groups of digits with separators, e.g. `555-123-4567`. */
export interface NumberRun {
	start: number;
	end: number;
	digits: string;
	/** Lengths of the groups as one number in base 20: `3-3-4` is 3·400 + 3·20 + 4. */
	pattern: number;
	groups: number;
	/** Whether it hangs on a word, another number or a path (`ABC-1234567`, `id=12345678`, `$1234`). */
	isAttached: boolean;
	/** Whether it is the middle or the end of something longer (`ABC-1234567`, `a_1234567`, `1,234567`). */
	isPart: boolean;
	/** Whether the row of groups goes on with one of the same length before or behind it. */
	goesOn: boolean;
	/** Whether no other group hangs on to it. */
	isWhole: boolean;
}

const MAX_GROUPS = 7;
const MAX_DIGITS = 19;
const MIN_DIGITS = 7;
const MAX_GAP = 3;
const BASE = 20;
/** Groups in one line with nothing but spaces and the like between them; more are a row of a table. */
const MOST_IN_ROW = 30;

/** `3-3-4` as the number that `NumberRun.pattern` holds. */
export function patternOf(form: string): number {
	return form.split('-').reduce((sum, length) => sum * BASE + Number(length), 0);
}

/**
 * Calls back for every stretch of groups that can be one number: it begins and ends where the whole cluster of
 * numbers does, or at a space. At most seven calls a group, so that rows of short numbers cost no more than that.
 */
export function eachNumberRun(text: string, chunks: Chunks, visit: (run: NumberRun) => void): void {
	const gaps = gapsOf(text, chunks);
	for (let first = 0; first < chunks.length;) {
		let last = first;
		while (gaps[last] !== Gap.None) last++;
		const next = last + 1;
		if (chunks.pure[first] === 1)
			visitCluster(text, chunks, gaps, first, next, next - first > MOST_IN_ROW, visit);
		first = next;
	}
}

/** What stands behind each group; nothing behind the last. */
function gapsOf(text: string, chunks: Chunks): number[] {
	const gaps: number[] = [];
	for (let at = 0; at < chunks.length; at++) gaps.push(gapAfter(text, chunks, at));
	return gaps;
}

/** In a row of a table of numbers, a space ends a number. */
function visitCluster(
	text: string,
	chunks: Chunks,
	gaps: readonly number[],
	from: number,
	to: number,
	isRow: boolean,
	visit: (run: NumberRun) => void,
): void {
	const { starts, ends } = chunks;
	const sizeOf = (at: number) => ends[at] - starts[at];
	let before: number = Gap.None;
	for (let first = from; first < to; first++) {
		const mayBegin = before !== Gap.Joined;
		before = gaps[first];
		if (!mayBegin) continue;
		let digits = 0;
		let pattern = 0;
		for (let last = first; last < to && last < first + MAX_GROUPS; last++) {
			const size = sizeOf(last);
			digits += size;
			if (digits > MAX_DIGITS) break;
			pattern = pattern * BASE + size;
			const gap = gaps[last];
			if (digits >= MIN_DIGITS && gap !== Gap.Joined)
				visit({
					start: starts[first],
					end: ends[last],
					digits: digitsOf(text, chunks, first, last),
					pattern,
					groups: last - first + 1,
					...surroundings(text, starts[first], ends[last]),
					goesOn:
						(first > from && sizeOf(first - 1) === sizeOf(first)) ||
						(last + 1 < to && sizeOf(last + 1) === size),
					isWhole: first === from && last + 1 === to,
				});
			if (gap === Gap.None || (isRow && gap === Gap.Spaced)) break;
		}
	}
}

/** What stands between a group and the next. */
const Gap = { None: 0, Joined: 1, Spaced: 2 } as const;

function gapAfter(text: string, { starts, ends, pure, length }: Chunks, at: number): number {
	if (at + 1 >= length || pure[at + 1] === 0 || pure[at] === 0) return Gap.None;
	const from = ends[at];
	const to = starts[at + 1];
	if (to - from > MAX_GAP) return Gap.None;
	let isSpaced = false;
	let hasSlash = false;
	for (let place = from; place < to; place++) {
		const unit = text.charCodeAt(place);
		if (!isSeparator(unit)) return Gap.None;
		if (isSpace(unit)) isSpaced = true;
		if (unit === SLASH) hasSlash = true;
	}
	// `030 1234 / 0170 5678` are two numbers.
	if (isSpaced && hasSlash && to - from === MAX_GAP && !isAreaCode(text, starts[at], from))
		return Gap.None;
	return isSpaced ? Gap.Spaced : Gap.Joined;
}

/** `089 / 12 34 56`: up to five digits from zero on, with nothing in front. */
function isAreaCode(text: string, start: number, end: number): boolean {
	return (
		text.charCodeAt(start) === ZERO &&
		end - start <= 5 &&
		!isDigit(unitAt(text, start - 2)) &&
		!isSeparator(unitAt(text, start - 2))
	);
}

function digitsOf(text: string, { starts, ends }: Chunks, first: number, last: number): string {
	let digits = '';
	for (let at = first; at <= last; at++) digits += text.slice(starts[at], ends[at]);
	return digits;
}

/** Space, no-break and thin spaces, hyphens and dashes, full stop, slash, brackets. */
function isSeparator(unit: number): boolean {
	return (
		unit === 0x2d ||
		unit === 0x2e ||
		unit === 0x2f ||
		unit === 0x28 ||
		unit === 0x29 ||
		(unit >= 0x2010 && unit <= 0x2014) ||
		isSpace(unit)
	);
}

function isSpace(unit: number): boolean {
	return unit === 0x20 || unit === 0xa0 || unit === 0x2009 || unit === 0x202f;
}

function surroundings(
	text: string,
	start: number,
	end: number,
): Pick<NumberRun, 'isAttached' | 'isPart'> {
	const before = unitAt(text, start - 1);
	const earlier = unitAt(text, start - 2);
	const after = unitAt(text, end);
	const later = unitAt(text, end + 1);
	const isPart =
		before === UNDERSCORE ||
		(JOINING.has(before) && (isAlphanumeric(earlier) || earlier === UNDERSCORE)) ||
		(JOINING.has(after) && isAlphanumeric(later));
	const isAttached =
		isPart ||
		ATTACHING_BEFORE.has(before) ||
		(before === COLON && isDigit(earlier)) ||
		ATTACHING_AFTER.has(after) ||
		(after === COLON && isDigit(later));
	return { isAttached, isPart };
}

const ZERO = 0x30;
const SLASH = 0x2f;
const UNDERSCORE = 0x5f;
const COLON = 0x3a;
const ATTACHING_BEFORE = codes('#$€£¥_=%@\\&');
const ATTACHING_AFTER = codes('%_€$£@=°');
const JOINING = codes('-/.,');

function codes(characters: string): Set<number> {
	return new Set([...characters].map((character) => character.charCodeAt(0)));
}
