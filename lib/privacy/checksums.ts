/** Check digits of numbers, on strings of ASCII digits. All are total: false for what they cannot read. */

const ZERO = 48;

/** ISO/IEC 7812-1: cards, and many national numbers. */
export function luhn(digits: string): boolean {
	let sum = 0;
	let isDoubled = false;
	for (let at = digits.length - 1; at >= 0; at--) {
		let digit = digits.charCodeAt(at) - ZERO;
		if (isDoubled) {
			digit *= 2;
			if (digit > 9) digit -= 9;
		}
		sum += digit;
		isDoubled = !isDoubled;
	}
	return digits.length > 0 && sum % 10 === 0;
}

/** Sum of the digits times their weights; further digits are left out. */
export function weighted(digits: string, weights: readonly number[]): number {
	let sum = 0;
	for (let at = 0; at < weights.length; at++) sum += (digits.charCodeAt(at) - ZERO) * weights[at];
	return sum;
}

/** ISO 7064 mod 97, as in IBANs: the remainder of letters and digits, letters counting from 10. */
export function mod97(text: string): number {
	let rest = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit >= 48 && unit <= 57) rest = (rest * 10 + unit - 48) % 97;
		else if (unit >= 65 && unit <= 90) rest = (rest * 100 + unit - 55) % 97;
		else return -1;
	}
	return rest;
}

/** ISO 7064 mod 11,10: whether the last digit is the check digit of those before it. */
export function mod11and10(digits: string): boolean {
	let product = 10;
	for (let at = 0; at < digits.length - 1; at++) {
		const sum = (digits.charCodeAt(at) - ZERO + product) % 10 || 10;
		product = (sum * 2) % 11;
	}
	return (11 - product) % 10 === digits.charCodeAt(digits.length - 1) - ZERO;
}

const DIHEDRAL = [
	'0123456789',
	'1234067895',
	'2340178956',
	'3401289567',
	'4012395678',
	'5987604321',
	'6598710432',
	'7659821043',
	'8765932104',
	'9876543210',
];
const PERMUTATIONS = [
	'0123456789',
	'1576283094',
	'5803796142',
	'8916043527',
	'9453126870',
	'4286573901',
	'2793806415',
	'7046913258',
];

/** Verhoeff's dihedral check digit, as in India's Aadhaar. */
export function verhoeff(digits: string): boolean {
	let check = 0;
	for (let at = 0; at < digits.length; at++) {
		const digit = digits.charCodeAt(digits.length - 1 - at) - ZERO;
		const permuted = PERMUTATIONS[at % 8].charCodeAt(digit) - ZERO;
		check = DIHEDRAL[check].charCodeAt(permuted) - ZERO;
	}
	return check === 0;
}

/** Whether day and month exist together, and the year, if given, is one that a living person can be born in. */
export function isDate(day: number, month: number, year?: number): boolean {
	if (month < 1 || month > 12 || day < 1) return false;
	if (year !== undefined && (year < 1880 || year > 2100)) return false;
	const isShort = month === 4 || month === 6 || month === 9 || month === 11;
	return day <= (month === 2 ? 29 : isShort ? 30 : 31);
}
