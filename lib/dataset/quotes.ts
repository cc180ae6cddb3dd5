const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Units that are looked at one by one before a search is called, which costs as much as a dozen of them. */
const NEAR = 16;

/** Index of the first quote at or after `from` that no backslash escapes, or -1. */
export function endOfString(text: string, from: number): number {
	for (let near = from; near < from + NEAR; near++) {
		if (text.charCodeAt(near) === QUOTE && !isEscaped(text, near)) return near;
	}
	let end = text.indexOf('"', from + NEAR);
	while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
	return end;
}

/** Whether the quote at an index is part of a text: an odd number of backslashes stands before it. */
export function isEscaped(text: string, quote: number): boolean {
	let before = quote - 1;
	while (text.charCodeAt(before) === BACKSLASH) before--;
	return (quote - 1 - before) % 2 === 1;
}
