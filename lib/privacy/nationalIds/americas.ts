import { luhn, weighted } from '../checksums';
import { CUE } from '../cues';
import type { NumberRule } from './types';

const cued = { kind: CUE.nationalId, when: 'always' } as const;
const cuedIfBare = { kind: CUE.nationalId, when: 'bare' } as const;

/** Structure after the agencies that give the numbers out: SSA, IRS, CMS, Service Canada, Receita Federal. */
export const AMERICAS: NumberRule[] = [
	{
		name: 'US Social Security number',
		type: 'nationalId',
		lengths: [9],
		forms: ['3-2-4'],
		cue: cuedIfBare,
		checked: false,
		isValid: (digits) =>
			!/^(?:000|666|9)/.test(digits) && !/^...00/.test(digits) && !digits.endsWith('0000'),
	},
	{
		name: 'US Individual Taxpayer Identification Number',
		type: 'nationalId',
		lengths: [9],
		forms: ['3-2-4'],
		cue: cuedIfBare,
		checked: false,
		isValid: (digits) => /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])/.test(digits),
	},
	{
		name: 'US employer identification number',
		type: 'nationalId',
		lengths: [9],
		forms: ['2-7'],
		cue: cued,
		checked: false,
		isValid: () => true,
	},
	{
		name: 'US National Provider Identifier',
		type: 'nationalId',
		lengths: [10],
		cue: cued,
		checked: true,
		isValid: (digits) => /^[12]/.test(digits) && luhn(`80840${digits}`),
	},
	{
		name: 'US bank routing number',
		type: 'bankAccount',
		lengths: [9],
		cue: { kind: CUE.bank, when: 'always' },
		checked: true,
		isValid: (digits) =>
			/^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(digits) &&
			weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
	},
	{
		name: 'CA Social Insurance Number',
		type: 'nationalId',
		lengths: [9],
		cue: cued,
		checked: true,
		isValid: (digits) => !/^[08]/.test(digits) && luhn(digits),
	},
	{
		name: 'BR CPF',
		type: 'nationalId',
		lengths: [11],
		forms: ['3-3-3-2'],
		cue: cuedIfBare,
		checked: true,
		isValid: isCpf,
	},
];

function isCpf(digits: string): boolean {
	if (/^(\d)\1*$/.test(digits)) return false;
	return [9, 10].every((length) => {
		let sum = 0;
		for (let at = 0; at < length; at++) sum += Number(digits[at]) * (length + 1 - at);
		return ((sum * 10) % 11) % 10 === Number(digits[length]);
	});
}
