import { CUE, type Cues } from '../cues';
import type { Report } from '../types';

const REACH = 28;
const MONTH =
	'(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|januar|februar|märz|mai|juni|juli|okt|dez|ene|abr|ago|dic|janv|févr|avril|juin|juil|août|déc|gen|mag|giu|lug|set|ott)\\p{L}{0,8}';
/** A separator that is the same twice, or a month in words. */
const DATE = new RegExp(
	[
		'(?<!\\d)(?:\\d{4}([-./ ])\\d{1,2}\\1\\d{1,2}',
		'\\d{1,2}([-./ ])\\d{1,2}\\2(?:\\d{4}|\\d{2})',
		`\\d{1,2}(?:st|nd|rd|th)?\\.?[ -](?:of )?(?:de )?${MONTH}\\.?,?[ -](?:de )?(?:\\d{4}|\\d{2})`,
		`${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`,
		'\\d{4}年\\d{1,2}月\\d{1,2}日)(?!\\d)',
	].join('|'),
	'iu',
);

/** Dates right after a word that speaks of birth. */
export function reportBirthDates(text: string, cues: Cues, report: Report): void {
	if ((cues.outer & CUE.birth) !== 0 && text.length < 40) {
		const whole = DATE.exec(text);
		if (whole) report(whole.index, whole.index + whole[0].length, 'birthDate', 0.9, true);
	}
	cues.each(CUE.birth, (_, end) => {
		const near = text.slice(end, end + REACH + 24);
		const match = DATE.exec(near);
		if (!match || match.index > REACH || near.slice(0, match.index).includes('\n\n')) return;
		report(end + match.index, end + match.index + match[0].length, 'birthDate', 0.9, true);
	});
}
