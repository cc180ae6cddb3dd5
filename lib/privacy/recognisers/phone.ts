import { CUE, type Cues } from '../cues';
import { type NumberRun, patternOf } from '../numberRun';
import { isAlphanumeric, isDigit, unitAt } from '../scan';
import type { Report } from '../types';

/** What may follow a number, e.g. ` ext. 12`, `x4587`; within 16 units of its end. */
const EXTENSION =
	/[ ,]{0,2}(?:x|ext(?:ension|n)?|durchwahl|dw|poste|#)[.: ]{0,2}\d{1,6}(?![\d\w])/iy;
/** `555-0123-Office`, as address books print it. */
const LABEL = /-(?:office|mobile|cell|home|work|fax)(?![a-z])/iy;
const NANP = new Set(['3-3-4', '1-3-3-4', '3-4', '1-10'].map(patternOf));
const LOCAL = patternOf('3-4');
const DATES = new Set(
	['2-2-4', '1-1-4', '1-2-4', '2-1-4', '4-2-2', '4-1-1', '4-1-2', '4-2-1'].map(patternOf),
);
const PAIRS = new Set(['2-2-2-2-2', '2-2-2-2-2-2', '2-2-2-2-2-2-2'].map(patternOf));
const MOST_DIGITS = 15;

/** Numbers like `978-3-16-148410-0` (ISBN) and `112-7654321-1234567` (orders) have a form of their own. */
const OTHERS = new Set(
	['3-7-7', '3-1-2-6-1', '3-1-4-4-1', '3-1-3-5-1', '4-4-4-4', '4-4-4'].map(patternOf),
);

/**
 * Telephone numbers: international ones by their prefix, national ones by their form, anything else that has the
 * length of one only with a word near it that speaks of telephones.
 */
export function reportPhone(text: string, run: NumberRun, cues: Cues, report: Report): void {
	const { digits } = run;
	if (digits.length > MOST_DIGITS + 2 || OTHERS.has(run.pattern)) return;
	if (run.groups > 2 && (hasDate(text, run) || isDump(text, run))) return;
	const prefix = prefixBefore(text, run.start);
	const score = scoreOf(text, run, prefix, cues);
	if (score === 0) return;
	EXTENSION.lastIndex = run.end;
	const end = EXTENSION.test(text) ? EXTENSION.lastIndex : run.end;
	report(prefix.start, end, 'phone', score, prefix.isPlus);
}

function scoreOf(
	text: string,
	{ digits, start, end, pattern, groups, isAttached }: NumberRun,
	prefix: { start: number; isPlus: boolean },
	cues: Cues,
): number {
	const isCued = cues.near(CUE.phone, prefix.start, end);
	if (prefix.isPlus) return digits[0] !== '0' && digits.length <= MOST_DIGITS ? 0.9 : 0;
	LABEL.lastIndex = end;
	const isLabelled = LABEL.test(text);
	if (isAttached && !isLabelled && !(isCued && text[start - 1] === '=')) return 0;
	if (isLabelled) return 0.8;
	const before = cues.kindBefore(start, 24);
	const isRecord = (before & (CUE.record | CUE.version)) !== 0 && (before & CUE.phone) === 0;
	if (isRecord) return 0;
	const isDoubleZero = digits.startsWith('00') && digits[2] !== '0' && digits.length >= 10;
	if (isDoubleZero && (groups > 1 || isCued)) return 0.8;
	const bracket = text[start - 1] === '(';
	// The argument of a function.
	if (bracket && isAlphanumeric(unitAt(text, start - 2))) return 0;
	if (NANP.has(pattern) && pattern !== LOCAL && hasTightForm(text, start, end)) {
		const area = digits.length === 11 ? digits[1] : digits[0];
		if (isCued || (area !== '0' && area !== '1')) return 0.7;
	}
	if (digits.length > 12) {
		const isTold = groups > 1 ? isCued : (before & CUE.phone) !== 0;
		return isTold && digits.length <= MOST_DIGITS ? 0.4 : 0;
	}
	if (digits[0] === '0' && digits.length >= 9 && groups > 1) return isCued ? 0.7 : 0.5;
	if (bracket && groups > 1 && digits.length >= 8) return 0.6;
	if (isCued) return 0.4;
	return groups > 1 && digits.length >= 8 && isWholeLine(text, start, end) ? 0.4 : 0;
}

/** Bytes (`00 1a 28 58`, of which five or more can be digits) and four numbers with full stops. */
function isDump(
	text: string,
	{ digits, groups, pattern, start, end, isWhole }: NumberRun,
): boolean {
	if (PAIRS.has(pattern)) return groups !== 5 || !isWhole || digits.startsWith('00');
	return groups === 4 && /^\d+\.\d+\.\d+\.\d+$/.test(text.slice(start, end));
}

/** A plus sign and brackets that belong to the number. */
function prefixBefore(text: string, start: number): { start: number; isPlus: boolean } {
	let at = start;
	if (text[at - 1] === '(') at--;
	if (text[at - 1] !== '+') return { start: at, isPlus: false };
	return { start: at - 1, isPlus: !isDigit(unitAt(text, at - 2)) };
}

/** A number alone on its line, as in the block under a signature. */
function isWholeLine(text: string, start: number, end: number): boolean {
	const before = text.slice(Math.max(0, start - 3), start);
	const after = text.slice(end, end + 3);
	return (
		/(?:^|\n)[ (]{0,2}$/.test(start < 3 ? before : ` ${before}`) &&
		/^[ ]{0,2}(?:\r?\n|$)/.test(after)
	);
}

/** Nothing but one separator between groups, as in `555-123-4567`, or a bracket and a space. */
function hasTightForm(text: string, start: number, end: number): boolean {
	const separators = text.slice(start, end).replace(/\d+/g, '_');
	return /^(?:_-_-_(?:-_)?|_\._\._(?:\._)?|_ _ _(?: _)?|_\) ?_[-. ]_|_[- ]\(?_\)?[- ]?_[-. ]_|_-_|_ _-_|_[- ]_-_-_)$/.test(
		separators,
	);
}

/** A date in it, as in `2026-11-21 10` or `01.02.2024 5551234`: digits that count days. */
export function hasDate(text: string, { start, end, pattern }: NumberRun): boolean {
	if (DATES.has(pattern)) return true;
	const piece = text.slice(start, end);
	return (
		/(?:^|[ (])(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?![\d])/.test(
			piece,
		) ||
		/(?:^|[ (])(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)\d\d(?![\d])/.test(
			piece,
		)
	);
}
