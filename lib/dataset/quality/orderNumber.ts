/** Words that people and systems rate with. */
const RATINGS = new Map<string, number>([
	['good', 1],
	['positive', 1],
	['up', 1],
	['👍', 1],
	['yes', 1],
	['neutral', 0],
	['bad', -1],
	['negative', -1],
	['down', -1],
	['👎', -1],
	['no', -1],
]);
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]{4,18}(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const LONGEST = 40;

/**
 * A date or a rating as a number to order by: numbers (also as text), ISO dates in milliseconds, true above false,
 * good above bad. Undefined for anything else.
 */
export function orderNumber(value: unknown): number | undefined {
	if (typeof value === 'boolean') return value ? 1 : -1;
	if (value instanceof Date) return finite(value.getTime());
	if (typeof value === 'number') return finite(value);
	if (typeof value !== 'string' || value.length > LONGEST) return undefined;
	const text = value.trim();
	if (text === '') return undefined;
	if (ISO_DATE.test(text)) return finite(Date.parse(text.replace(' ', 'T')));
	return RATINGS.get(text.toLowerCase()) ?? finite(Number(text));
}

function finite(number: number): number | undefined {
	return Number.isFinite(number) ? number : undefined;
}
