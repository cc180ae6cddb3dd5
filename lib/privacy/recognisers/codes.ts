import type { Cues } from '../cues';
import { CODES, isHetu, isNino } from '../nationalIds/codes';
import { type Chunks, isAlphanumeric, unitAt } from '../scan';
import type { Report } from '../types';
import { reportCrypto } from './crypto';
import { reportIban } from './iban';

const NINO_LENGTH = 13;
const HETU_LENGTH = 11;
const LONGEST_CODE = 18;
const SHORTEST_CODE = 6;
/** `DE89`, the first group of an IBAN. */
const SHORTEST_CHUNK = 4;
const SPACE = 0x20;
const PLUS = 0x2b;
const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;

/** Identifiers with letters: IBANs, crypto addresses, national ids, documents. Each begins at a chunk with a digit. */
export function reportCodes(text: string, chunks: Chunks, cues: Cues, report: Report): void {
	const checks = { count: 0 };
	for (let at = 0; at < chunks.length; at++) {
		const start = chunks.starts[at];
		const end = chunks.ends[at];
		if (chunks.pure[at] === 1) reportBehindDigits(text, start, end, report);
		else {
			if (end - start < SHORTEST_CHUNK) continue;
			const code = end - start <= 90 ? text.slice(start, end) : '';
			reportIban(text, start, report);
			reportCrypto(code, start, checks, report);
			if (!isJoined(text, start, end)) reportCode(code, start, cues, report);
		}
	}
}

function reportCode(code: string, start: number, cues: Cues, report: Report): void {
	if (code.length < SHORTEST_CODE || code.length > LONGEST_CODE) return;
	const end = start + code.length;
	for (const { form, type, cue, isValid } of CODES) {
		if (!form.test(code) || (cue !== undefined && !cues.near(cue, start, end))) continue;
		if (isValid && !isValid(code)) continue;
		report(start, end, type, cue === undefined ? 0.8 : 0.6, isValid !== undefined);
		return;
	}
}

/** `131052-308T` begins with six digits; `QQ 12 34 56 C` has letters before two. */
function reportBehindDigits(text: string, start: number, end: number, report: Report): void {
	if (end - start === 6 && isCentury(unitAt(text, end))) {
		const code = text.slice(start, start + HETU_LENGTH);
		if (isHetu(code) && !isWordAt(text, start + HETU_LENGTH) && !isWordAt(text, start - 1))
			report(start, start + HETU_LENGTH, 'nationalId', 0.9, true);
	}
	if (end - start === 2 && hasPrefix(text, start) && !isWordAt(text, start - 4)) {
		const from = start - 3;
		const code = text.slice(from, from + NINO_LENGTH);
		if (from >= 0 && isNino(code) && !isWordAt(text, from + NINO_LENGTH))
			report(from, from + NINO_LENGTH, 'nationalId', 0.9);
	}
}

/** The sign between the date and the number of a Finnish id. */
function isCentury(unit: number): boolean {
	return (
		unit === HYPHEN || unit === PLUS || (unit >= 65 && unit <= 70) || (unit >= 85 && unit <= 89)
	);
}

/** Two letters and a space or hyphen in front, as in `QQ 12`. */
function hasPrefix(text: string, start: number): boolean {
	const before = unitAt(text, start - 1);
	return (
		(before === SPACE || before === HYPHEN) &&
		isLetter(unitAt(text, start - 2)) &&
		isLetter(unitAt(text, start - 3))
	);
}

/** ASCII only. */
function isLetter(unit: number): boolean {
	return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
}

function isWordAt(text: string, place: number): boolean {
	const unit = unitAt(text, place);
	return unit === UNDERSCORE || isAlphanumeric(unit);
}

/** Part of something longer, as in `a1b2c3-d4e5f6` or `x_12345678Z`. */
function isJoined(text: string, start: number, end: number): boolean {
	return (
		/[_/=@#.-]/.test(text[start - 1] ?? '') ||
		(/[_/=@-]/.test(text[end] ?? '') && isWordAt(text, end + 1))
	);
}
