import fc from 'fast-check';

import { isDate, luhn, mod11and10, mod97, verhoeff } from '../../../lib/privacy/checksums';
import { keccak256 } from '../../../lib/privacy/recognisers/keccak';

describe('check digits', () => {
	test.each([
		['Luhn', luhn, '4111111111111111'],
		['Verhoeff', verhoeff, '2363'],
		['mod 11,10', mod11and10, '86095742719'],
	])('%s: finds every wrong digit', (_, check, valid) => {
		expect(check(valid)).toBe(true);
		for (let at = 0; at < valid.length; at++) {
			for (let digit = 0; digit < 10; digit++) {
				const changed = valid.slice(0, at) + String(digit) + valid.slice(at + 1);
				expect(check(changed)).toBe(changed === valid);
			}
		}
	});

	test('Verhoeff: finds two neighbours that changed places', () => {
		fc.assert(
			fc.property(fc.nat(99_999_999), fc.nat(6), (number, at) => {
				const digits = String(number).padStart(8, '0');
				const valid = [...'0123456789'].map((digit) => digits + digit).find(verhoeff)!;
				const swapped = valid.slice(0, at) + valid[at + 1] + valid[at] + valid.slice(at + 2);
				expect(verhoeff(swapped)).toBe(swapped === valid);
			}),
		);
	});

	test('mod 97 is that of the whole number, letters counting from 10', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 10n ** 34n }), (number) => {
				expect(mod97(String(number))).toBe(Number(number % 97n));
			}),
		);
		expect(mod97('A1')).toBe(101 % 97);
		expect(mod97('a')).toBe(-1);
	});
});

test('days that exist', () => {
	expect([isDate(29, 2), isDate(30, 2), isDate(31, 4), isDate(31, 12), isDate(0, 1)]).toEqual([
		true,
		false,
		false,
		true,
		false,
	]);
	expect([isDate(1, 1, 1899), isDate(1, 1, 1799), isDate(1, 13)]).toEqual([true, false, false]);
});

test.each([
	['', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
	['abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
])('Keccak-256 of %j', (text, digest) => {
	expect(keccak256(Buffer.from(text)).toString('hex')).toBe(digest);
});
