import { isPlainText, mayFollow } from './plainChat';
import { endOfString, isEscaped } from './quotes';
import type { JsonObject, JsonValue } from './types';
import { isWellFormed } from './wellFormed';

/**
 * Whether a line certainly is a chat example that nothing can be said against: messages of system (or
 * developer), user and assistant in turn, each a role and a text in this order, the answer last; in the text
 * no key twice, no character that UTF-8 cannot write, nothing like a control token. Nearly every line of a real
 * file ends here. False says nothing: then the slower checks decide, which this one must never contradict.
 *
 * Compares the text with its parsed value by lengths, from quote to quote. That costs a fifth of the parse,
 * where a second look at every character would cost more than the parse itself.
 */
export function isPlainLine(text: string, value: JsonObject): boolean {
	const { messages } = value;
	if (!Array.isArray(messages) || messages.length === 0) return false;
	// JavaScript writes no spaces, Python one after each comma and colon.
	const space = text.charCodeAt(12) === SPACE ? 1 : 0;
	if (text.charCodeAt(11) !== COLON || text.charCodeAt(12 + space) !== OPENING_BRACKET)
		return false;
	let before: JsonValue | undefined;
	let at = 13 + space;
	for (let index = 0; index < messages.length; index++) {
		const message = messages[index];
		if (typeof message !== 'object' || message === null || Array.isArray(message)) return false;
		const { role, content } = message;
		if (!mayFollow(role, before) || !isPlainText(content)) return false;
		const start = startOfContent(text, at, role.length, space);
		if (start === -1) return false;
		const end = endOfString(text, start + content.length);
		if (text.charCodeAt(end + 1) !== CLOSING_BRACE || !isPlainSurplus(text, content, start, end)) {
			return false;
		}
		const separator = index === messages.length - 1 ? CLOSING_BRACKET : COMMA;
		if (text.charCodeAt(end + 2) !== separator) return false;
		before = role;
		at = end + 3 + space;
	}
	return before === 'assistant' && isEnd(text, at - space);
}

const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * Index of the first unit of the content in `{"role":"user","content":"…"}`, or -1. The punctuation is enough:
 * there is room for exactly two members with names of 4 and 7 units, and the parsed message has these two.
 */
function startOfContent(text: string, at: number, roleLength: number, space: number): number {
	const role = at + 9 + space;
	const name = role + roleLength + 2 + space;
	const content = name + 11 + space;
	const isThere =
		text.charCodeAt(at) === OPENING_BRACE &&
		text.charCodeAt(at + 7) === COLON &&
		text.charCodeAt(role - 1) === QUOTE &&
		text.charCodeAt(role + roleLength) === QUOTE &&
		text.charCodeAt(role + roleLength + 1) === COMMA &&
		text.charCodeAt(name + 9) === COLON &&
		text.charCodeAt(content - 1) === QUOTE;
	return isThere ? content : -1;
}

/** A brace and at most a carriage return. */
function isEnd(text: string, at: number): boolean {
	if (text.charCodeAt(at) !== CLOSING_BRACE) return false;
	const rest = text.length - at - 1;
	return rest === 0 || (rest === 1 && text.charCodeAt(at + 1) === CARRIAGE_RETURN);
}

/**
 * What escapes may hide; each makes the text longer than its content. From 5 units more on, one of them can be a
 * `\u` escape, the only way in for half an emoji and for NUL. From 13 on, an earlier content can stand in front of
 * this one, with its key (`","content":"`), of which only the last was parsed. As the last one takes up the rest,
 * the end of the earlier one, a quote without a backslash, would be found within the surplus.
 */
function isPlainSurplus(text: string, content: string, start: number, end: number): boolean {
	const surplus = end - start - content.length;
	if (surplus < 5) return true;
	if (!isWellFormed(content) || content.includes('\0')) return false;
	return surplus < 13 || !hasEnd(text, start, start + surplus - 13);
}

/** Whether a quote that is not escaped stands in a part of the text. */
function hasEnd(text: string, from: number, to: number): boolean {
	let quote = text.indexOf('"', from);
	while (quote !== -1 && quote <= to) {
		if (!isEscaped(text, quote)) return true;
		quote = text.indexOf('"', quote + 1);
	}
	return false;
}
