/** A piece of a text that is kept, or how much is missing between two of them. */
export type Cut<T> = { of: T; text: string } | { gap: number };

/**
 * Keeps the first and the last characters of a row of texts, half of what is allowed each, and says where how many are
 * missing. Characters of two halves (emoji) stay whole.
 *
 * @param maxCharacters of all texts together
 */
export function cutInTheMiddle<T extends { text: string }>(
	row: readonly T[],
	maxCharacters: number,
): { parts: Array<Cut<T>>; leftOutCharacters: number } {
	const total = row.reduce((sum, { text }) => sum + text.length, 0);
	const allowed = Math.max(0, Math.floor(maxCharacters));
	if (total <= allowed) {
		return { parts: row.map((of) => ({ of, text: of.text })), leftOutCharacters: 0 };
	}
	const head = Math.ceil(allowed / 2);
	const tail = total - (allowed - head);
	const parts: Array<Cut<T>> = [];
	let at = 0;
	let leftOutCharacters = 0;
	for (const of of row) {
		const { text } = of;
		const first = text.slice(0, wholeAt(text, head - at));
		const last = text.slice(wholeAt(text, tail - at));
		const gap = text.length - first.length - last.length;
		at += text.length;
		leftOutCharacters += Math.max(0, gap);
		if (gap <= 0) parts.push({ of, text });
		else parts.push(...piece(of, first), { gap }, ...piece(of, last));
	}
	return { parts: joinGaps(parts), leftOutCharacters };
}

function piece<T>(of: T, text: string): Array<Cut<T>> {
	return text === '' ? [] : [{ of, text }];
}

function joinGaps<T>(parts: Array<Cut<T>>): Array<Cut<T>> {
	const joined: Array<Cut<T>> = [];
	for (const part of parts) {
		const before = joined.at(-1);
		if (before && 'gap' in before && 'gap' in part) before.gap += part.gap;
		else joined.push(part);
	}
	return joined;
}

/** Within the text, and one further back where the cut would go through a character of two halves. */
function wholeAt(text: string, position: number): number {
	const inside = Math.max(0, Math.min(position, text.length));
	const before = text.charCodeAt(inside - 1);
	return inside < text.length && before >= 0xd800 && before <= 0xdbff ? inside - 1 : inside;
}
