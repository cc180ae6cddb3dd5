import { isDate, luhn, verhoeff, weighted } from '../checksums';
import { CUE } from '../cues';
import type { NumberRule } from './types';

const cued = { kind: CUE.nationalId, when: 'always' } as const;
const cuedIfBare = { kind: CUE.nationalId, when: 'bare' } as const;
const common = { type: 'nationalId', checked: true } as const;

/** Asia, Australia, Africa and Türkiye. */
export const ASIA_PACIFIC: NumberRule[] = [
	{
		...common,
		name: 'AU tax file number',
		lengths: [9],
		cue: cued,
		isValid: (digits) => weighted(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
	},
	{
		...common,
		name: 'AU business number',
		lengths: [11],
		forms: ['2-3-3-3'],
		cue: cuedIfBare,
		isValid: (digits) =>
			(weighted(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0,
	},
	{
		...common,
		name: 'AU Medicare number',
		lengths: [10, 11],
		forms: ['4-5-1'],
		cue: cuedIfBare,
		isValid: (digits) =>
			/^[2-6]/.test(digits) &&
			weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]),
	},
	{
		...common,
		name: 'IN Aadhaar',
		lengths: [12],
		forms: ['4-4-4'],
		cue: cuedIfBare,
		isValid: (digits) => !/^[01]/.test(digits) && verhoeff(digits),
	},
	{
		...common,
		name: 'KR resident registration number',
		checked: false,
		lengths: [13],
		forms: ['6-7'],
		cue: cuedIfBare,
		isValid: (digits) =>
			isDate(Number(digits.slice(4, 6)), Number(digits.slice(2, 4))) && /^.{6}[1-8]/.test(digits),
	},
	{
		...common,
		name: 'TR identity number',
		lengths: [11],
		isValid: isTurkish,
	},
	{
		...common,
		name: 'TH identity number',
		lengths: [13],
		forms: ['1-4-5-2-1'],
		cue: cuedIfBare,
		isValid: (digits) =>
			(11 - (weighted(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 ===
			Number(digits[12]),
	},
	{
		...common,
		name: 'ZA identity number',
		lengths: [13],
		isValid: (digits) =>
			isDate(Number(digits.slice(4, 6)), Number(digits.slice(2, 4))) &&
			/^.{10}[01][89]/.test(digits) &&
			luhn(digits),
	},
	{
		...common,
		name: 'CN resident identity number',
		lengths: [18],
		isValid: (digits) => isChinese(digits),
	},
];

/** GB 11643: a birth date in it, and a check digit that can be X. */
export function isChinese(code: string): boolean {
	const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
	return (
		isDate(Number(code.slice(12, 14)), Number(code.slice(10, 12)), Number(code.slice(6, 10))) &&
		'10X98765432'[weighted(code, weights) % 11] === code[17].toUpperCase()
	);
}

function isTurkish(digits: string): boolean {
	if (digits[0] === '0') return false;
	const odd = weighted(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
	const even = weighted(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
	const sum = weighted(digits, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
	return (
		(((odd * 7 - even) % 10) + 10) % 10 === Number(digits[9]) && sum % 10 === Number(digits[10])
	);
}
