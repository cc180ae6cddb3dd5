import { countTokens } from '../../lib/tokens';

export { countTokens };

/** The longest beginning of `text` that has at most `limit` tokens, cut between characters. */
export function firstTokens(text: string, limit: number): string {
	if (countTokens(text) <= limit) return text;
	const characters = Array.from(text);
	let fits = 0;
	let tooLong = characters.length;
	while (tooLong - fits > 1) {
		const middle = (fits + tooLong) >> 1;
		if (countTokens(characters.slice(0, middle).join('')) <= limit) fits = middle;
		else tooLong = middle;
	}
	return characters.slice(0, fits).join('');
}
