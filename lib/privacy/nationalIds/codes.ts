import { isDate } from '../checksums';
import { CUE } from '../cues';
import { isChinese } from './asiaPacific';
import type { CodeRule } from './types';

const NIF_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const HETU_LETTERS = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const NRIC_WEIGHTS = [2, 7, 6, 5, 4, 3, 2];
const NINO =
	/^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d\d){3}[ -]?[A-D]$/i;

/** Identifiers with letters, in the runs of letters and digits of a text. Lengths are exact. */
export const CODES: CodeRule[] = [
	{ name: 'GB National Insurance number', type: 'nationalId', form: NINO },
	{
		name: 'IN permanent account number',
		type: 'nationalId',
		form: /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/,
	},
	{
		name: 'IN GSTIN',
		type: 'nationalId',
		form: /^(?:0[1-9]|[1-3]\d)[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/,
	},
	{
		name: 'ES NIF and NIE',
		type: 'nationalId',
		form: /^(?:\d{8}|[XYZ]\d{7})[A-HJ-NP-TV-Z]$/i,
		isValid: (code) => {
			const number = code
				.slice(0, 8)
				.replace(/^[XYZ]/i, (letter) => String('XYZ'.indexOf(letter.toUpperCase())));
			return NIF_LETTERS[Number(number) % 23] === code[8].toUpperCase();
		},
	},
	{
		name: 'IT codice fiscale',
		type: 'nationalId',
		form: /^[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPR-T][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/i,
		isValid: isFiscalCode,
	},
	{
		name: 'SG NRIC and FIN',
		type: 'nationalId',
		form: /^[STFGM]\d{7}[A-Z]$/i,
		isValid: isNric,
	},
	{
		name: 'US Medicare Beneficiary Identifier',
		type: 'nationalId',
		form: /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d[AC-HJKMNP-RT-Y]{2}\d\d$/,
	},
	{
		name: 'CN resident identity number',
		type: 'nationalId',
		form: /^\d{17}X$/i,
		isValid: isChinese,
	},
	{
		name: 'FR social security number of Corsica',
		type: 'nationalId',
		form: /^[12]\d{4}2[AB]\d{8}$/i,
	},
	{
		name: 'DE identity card',
		type: 'identityDocument',
		form: /^[LMNPRTVWXY][\dCFGHJKLMNPRTVWXYZ]{8,9}$/,
		cue: CUE.document,
	},
	{
		name: 'Passport or driving licence',
		type: 'identityDocument',
		form: /^(?=(?:[A-Z]*\d){5})[A-Z\d]{6,18}$/i,
		cue: CUE.document,
	},
];

/** `131052-308T`, `010203A123X`: day, sign of the century, number, check character. */
export function isHetu(code: string): boolean {
	const match = /^(\d\d)(\d\d)(\d\d)[-+A-FU-Y](\d{3})([\dA-FHJ-NPR-Y])$/i.exec(code);
	if (!match || !isDate(Number(match[1]), Number(match[2]))) return false;
	const number = Number(match[1] + match[2] + match[3] + match[4]);
	return HETU_LETTERS[number % 31] === match[5].toUpperCase();
}

/** With spaces, `QQ 12 34 56 C`, or without. */
export function isNino(code: string): boolean {
	return NINO.test(code);
}

function isNric(code: string): boolean {
	const upper = code.toUpperCase();
	let sum = upper[0] === 'T' || upper[0] === 'G' ? 4 : upper[0] === 'M' ? 3 : 0;
	NRIC_WEIGHTS.forEach((weight, at) => (sum += weight * Number(upper[at + 1])));
	const letters =
		upper[0] === 'S' || upper[0] === 'T'
			? 'JZIHGFEDCBA'
			: upper[0] === 'M'
				? 'KLJNPQRTUWX'
				: 'XWUTRQPNMLK';
	const at = upper[0] === 'M' ? 10 - (sum % 11) : sum % 11;
	return letters[at] === upper[8];
}

/** Values of the characters at odd places, after the decree of 23 December 1976. */
const ODD_VALUES: { [character: string]: number } = Object.fromEntries(
	[
		1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
	].flatMap((value, at) => [
		[String.fromCharCode(65 + at), value],
		...(at < 10 ? [[String(at), value]] : []),
	]) as Array<[string, number]>,
);

function isFiscalCode(code: string): boolean {
	const upper = code.toUpperCase();
	let sum = 0;
	for (let at = 0; at < 15; at++) {
		const unit = upper.charCodeAt(at);
		sum += at % 2 === 0 ? ODD_VALUES[upper[at]] : unit < 58 ? unit - 48 : unit - 65;
	}
	return sum % 26 === upper.charCodeAt(15) - 65;
}
