import { CUE, type Cues } from '../cues';
import { luhn } from '../checksums';
import { type NumberRun, patternOf } from '../numberRun';
import type { Report } from '../types';

const FORMS = new Set(
	[
		'4-4-4-4',
		'4-6-5',
		'4-6-4',
		'4-4-4-4-3',
		'4-4-4-1',
		'4-4-4',
		'4-4-5',
		'6-13',
		'4-4-4-3',
		'4-4-4-2',
	].map(patternOf),
);

/**
 * Payment cards: prefix and length of a network, and Luhn's check digit. Where the text speaks of a card, any
 * prefix will do, and right behind such a word also a number that was mistyped.
 */
export function reportCard(run: NumberRun, cues: Cues, report: Report): void {
	const { digits, groups, pattern, start, end, isPart, isAttached } = run;
	if (isPart || digits.length < 12 || (groups > 1 && !FORMS.has(pattern))) return;
	const isCued = cues.near(CUE.card, start, end);
	// A telephone number with its country can pass for a short card number.
	if (!isCued && digits.length < 14 && cues.near(CUE.phone, start, end)) return;
	if (luhn(digits) && (isCued || hasNetwork(digits))) report(start, end, 'card', 1, true);
	else if (isCued && digits.length > 12 && !isAttached && (cues.kindBefore(start) & CUE.card) !== 0)
		report(start, end, 'card', 0.5);
}

/** Ranges of the networks, as ISO/IEC 7812 issuers publish them. */
function hasNetwork(digits: string): boolean {
	const { length } = digits;
	const four = Number(digits.slice(0, 4));
	const two = Math.floor(four / 100);
	if (two >= 40 && two <= 49) return length === 13 || length === 16 || length === 19;
	if (two === 34 || two === 37) return length === 15;
	if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return length === 16;
	if (four === 1800 || four === 2131) return length === 15;
	if (four >= 3528 && four <= 3589) return length >= 16;
	if ((four >= 3000 && four <= 3059) || four === 3095 || two === 36 || two === 38 || two === 39)
		return length >= 14;
	if (four >= 2200 && four <= 2204) return length >= 16;
	// Maestro, Discover, UnionPay, RuPay.
	return two === 50 || (two >= 56 && two <= 69) || two === 81 || two === 82;
}
