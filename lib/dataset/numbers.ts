const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether a JSON number keeps its value when it is read as a double, e.g. not `1e999` and not a 20-digit id. */
export function isExactNumber(literal: string): boolean {
	const value = Number(literal);
	if (!Number.isFinite(value)) return false;
	return significant(literal) === significant(String(value));
}

/** Digits without zeros around them, and the power of ten of the last one: equal for equal values. */
function significant(literal: string): string {
	const match = NUMBER.exec(literal);
	if (!match) return literal;
	const [, whole, fraction = '', exponent = '0'] = match;
	const digits = (whole + fraction).replace(/^0+/, '');
	const trimmed = withoutTrailingZeros(digits);
	if (trimmed === '') return '0';
	const power = Number(exponent) - fraction.length + (digits.length - trimmed.length);
	return `${trimmed}e${power}`;
}

/** A loop, as `/0+$/` takes quadratic time on a long run of zeros that is not at the end. */
function withoutTrailingZeros(digits: string): string {
	let end = digits.length;
	while (end > 0 && digits[end - 1] === '0') end--;
	return digits.slice(0, end);
}
