import { isDate, luhn, mod11and10, weighted } from '../checksums';
import { CUE } from '../cues';
import type { NumberRule } from './types';

const cued = { kind: CUE.nationalId, when: 'always' } as const;
const cuedIfBare = { kind: CUE.nationalId, when: 'bare' } as const;
const common = { type: 'nationalId', checked: true } as const;

/** Check digits as the registers of the countries publish them. */
export const EUROPE: NumberRule[] = [
	{ ...common, name: 'GB NHS number', lengths: [10], cue: cued, isValid: isNhs },
	{
		...common,
		name: 'PL PESEL',
		lengths: [11],
		isValid: (digits) =>
			isDate(Number(digits.slice(4, 6)), Number(digits.slice(2, 4)) % 20) &&
			Number(digits.slice(2, 4)) % 20 > 0 &&
			weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
	},
	{
		...common,
		name: 'DE tax identification number',
		lengths: [11],
		forms: ['2-3-3-3'],
		cue: cuedIfBare,
		isValid: (digits) =>
			digits[0] !== '0' && hasRepetition(digits.slice(0, 10)) && mod11and10(digits),
	},
	{
		...common,
		name: 'SE personnummer',
		lengths: [10],
		forms: ['6-4'],
		cue: cuedIfBare,
		isValid: isPersonnummer,
	},
	{
		...common,
		name: 'SE personnummer with century',
		lengths: [12],
		forms: ['8-4'],
		cue: cuedIfBare,
		isValid: (digits) => /^(?:18|19|20)/.test(digits) && isPersonnummer(digits.slice(2)),
	},
	{
		...common,
		name: 'DK CPR number',
		checked: false,
		lengths: [10],
		forms: ['6-4'],
		cue: cuedIfBare,
		isValid: startsWithDay,
	},
	{
		...common,
		name: 'NO fødselsnummer',
		lengths: [11],
		isValid: (digits) =>
			startsWithDay(digits) &&
			weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
			weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
	},
	{
		...common,
		name: 'NL burgerservicenummer',
		lengths: [9],
		cue: cued,
		isValid: (digits) => weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
	},
	{
		...common,
		name: 'BE national number',
		lengths: [11],
		forms: ['2-2-2-3-2'],
		cue: cuedIfBare,
		isValid: (digits) =>
			['', '2'].some(
				(century) => 97 - (Number(century + digits.slice(0, 9)) % 97) === Number(digits.slice(9)),
			),
	},
	{
		...common,
		name: 'FR social security number',
		lengths: [15],
		forms: ['1-2-2-2-3-3-2', '13-2'],
		isValid: (digits) =>
			/^[12]/.test(digits) &&
			isDate(1, Number(digits.slice(3, 5)) % 20 || 1) &&
			97 - Number(BigInt(digits.slice(0, 13)) % 97n) === Number(digits.slice(13)),
	},
	{
		...common,
		name: 'CH AHV number',
		lengths: [13],
		forms: ['3-4-4-2'],
		isValid: (digits) =>
			digits.startsWith('756') &&
			weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
	},
];

function isNhs(digits: string): boolean {
	const check = 11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
	return check !== 10 && check % 11 === Number(digits[9]);
}

/** One digit twice or three times among the first ten, as the tax office deals them out. */
function hasRepetition(digits: string): boolean {
	const different = new Set(digits).size;
	return different === 9 || different === 8;
}

function isPersonnummer(digits: string): boolean {
	const day = Number(digits.slice(4, 6));
	// 60 more for people who have no number of their own yet.
	return isDate(day > 60 ? day - 60 : day, Number(digits.slice(2, 4))) && luhn(digits);
}

function startsWithDay(digits: string): boolean {
	return isDate(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)));
}
