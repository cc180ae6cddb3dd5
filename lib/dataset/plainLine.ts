import { isPlainText, mayFollow } from './plainChat';
import type { JsonObject, JsonValue } from './types';
import { isWellFormed } from './wellFormed';

/**
 * Whether a line certainly is a chat example that nothing can be said against: messages of system (or
 * developer), user and assistant in turn, each a role and a text in this order, the answer last; in the text
 * no key twice, no character that UTF-8 cannot write, nothing like a control token. Nearly every line of a real
 * file ends here. False says nothing: then the slower checks decide, which this one must never contradict.
 *
 * Compares the text with its parsed value by lengths, from quote to quote. That costs a tenth of the parse,
 * where a second look at every character would cost more than the parse itself.
 */
export function isPlainLine(text: string, value: JsonObject): boolean {
	const { messages } = value;
	if (!Array.isArray(messages) || !text.startsWith('{"messages":')) return false;
	at = 12;
	let before: JsonValue | undefined;
	for (let index = 0; index < messages.length; index++) {
		if (!passSeparator(text, index === 0 ? BRACKET : COMMA)) return false;
		const message = messages[index];
		if (typeof message !== 'object' || message === null || Array.isArray(message)) return false;
		const { role, content } = message;
		if (!mayFollow(role, before) || !passRole(text, role) || !passContent(text, content))
			return false;
		before = role;
	}
	return before === 'assistant' && isEnd(text, at) && !hasNul(text);
}

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const LETTER_C = 0x63;
const LETTER_R = 0x72;
const OPENING_BRACE = 0x7b;
const BRACE = 0x7d;
/** Units that are looked at one by one before a search is called, which costs as much as a dozen of them. */
const NEAR = 16;

/** Where in the text the walk is; module state, because a million small objects would cost more than the walk. */
let at = 0;

/** `{"role":"user",` */
function passRole(text: string, role: string): boolean {
	if (text.charCodeAt(at) !== OPENING_BRACE || !isKey(text, at + 1, LETTER_R, 4)) return false;
	at += 8;
	passSpace(text);
	const end = at + 1 + role.length;
	if (text.charCodeAt(at) !== QUOTE || text.charCodeAt(end) !== QUOTE) return false;
	at = end + 1;
	return passSeparator(text, COMMA);
}

/** `"content":"…"}` */
function passContent(text: string, content: JsonValue | undefined): boolean {
	if (!isPlainText(content) || !isKey(text, at, LETTER_C, 7)) return false;
	at += 10;
	passSpace(text);
	const start = at + 1;
	const end = endOfString(text, start + content.length);
	if (end === -1 || text.charCodeAt(at) !== QUOTE || text.charCodeAt(end + 1) !== BRACE)
		return false;
	if (!isPlainSurplus(text, content, start, end)) return false;
	at = end + 2;
	return true;
}

/** Whether a key of that first letter and length stands there; with the value beside it, that says which key it is. */
function isKey(text: string, from: number, letter: number, length: number): boolean {
	return (
		text.charCodeAt(from) === QUOTE &&
		text.charCodeAt(from + 1) === letter &&
		text.charCodeAt(from + 1 + length) === QUOTE &&
		text.charCodeAt(from + 2 + length) === COLON
	);
}

/**
 * What escapes may hide; each makes the text longer than its content. From 5 units more on, one of them can be a
 * `\u` escape, the only way in for half an emoji. From 13 on, an earlier content can stand in front of this
 * one, with its key (`","content":"`), of which only the last was parsed. As the last one takes up the rest, the
 * end of the earlier one, a quote without a backslash, would be found within the surplus.
 */
function isPlainSurplus(text: string, content: string, start: number, end: number): boolean {
	const surplus = end - start - content.length;
	if (surplus < 5) return true;
	return isWellFormed(content) && (surplus < 13 || !hasEnd(text, start, start + surplus - 13));
}

/** Four zeros are rare, and quicker to search than anything that begins with a backslash. */
function hasNul(text: string): boolean {
	return text.includes('0000') && text.includes('\\u0000');
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

/** Index of the first quote at or after `from` that is not escaped, or -1. */
function endOfString(text: string, from: number): number {
	for (let near = from; near < from + NEAR; near++) {
		if (text.charCodeAt(near) === QUOTE && !isEscaped(text, near)) return near;
	}
	let end = text.indexOf('"', from + NEAR);
	while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
	return end;
}

function isEscaped(text: string, quote: number): boolean {
	let before = quote - 1;
	while (text.charCodeAt(before) === BACKSLASH) before--;
	return (quote - 1 - before) % 2 === 1;
}

function passSeparator(text: string, unit: number): boolean {
	if (text.charCodeAt(at) === SPACE && unit === BRACKET) at++;
	if (text.charCodeAt(at) !== unit) return false;
	at++;
	passSpace(text);
	return true;
}

function passSpace(text: string): void {
	if (text.charCodeAt(at) === SPACE) at++;
}

/** `]}` and at most a carriage return. */
function isEnd(text: string, from: number): boolean {
	if (!text.startsWith(']}', from)) return false;
	const rest = text.length - from - 2;
	return rest === 0 || (rest === 1 && text.charCodeAt(from + 2) === 0x0d);
}
