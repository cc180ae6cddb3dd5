import { isPair } from './split';

/** Longer runs without a space are no words: scripts without spaces, links, data. */
const MAX_WORD = 200;
/** The longest beginning of a mention. */
const MENTION_LENGTH = 12;

/**
 * How much of an unfinished text can be shown: up to the beginning of its last word. Slack may drop blanks at the
 * beginning of a piece, so no piece begins with one; and a mention is not cut before it can be told.
 */
export function wordBorder(text: string): number {
	const lowest = Math.max(1, text.length - MAX_WORD);
	for (let index = text.length - 1; index >= lowest; index--) {
		if (isBlank(text[index - 1]) && !isBlank(text[index])) return index;
	}
	return text.length > MAX_WORD ? borderWithin(text) : 0;
}

function borderWithin(text: string): number {
	let index = text.length - MENTION_LENGTH;
	const bracket = text.lastIndexOf('<');
	if (bracket !== -1 && bracket < index && bracket > index - MENTION_LENGTH) index = bracket;
	while (index > 0 && (isBlank(text[index]) || isPair(text, index))) index--;
	return index;
}

function isBlank(character: string): boolean {
	return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}
