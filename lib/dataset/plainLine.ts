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
	if (!Array.isArray(messages)) return false;
	let at = passKey(text, passUnit(text, 0, OPENING_BRACE), LETTER_M, 8);
	let before: JsonValue | undefined;
	for (let index = 0; index < messages.length; index++) {
		at = passSpace(text, passUnit(text, at, index === 0 ? OPENING_BRACKET : COMMA));
		const message = messages[index];
		if (typeof message !== 'object' || message === null || Array.isArray(message)) return false;
		const { role, content } = message;
		if (!mayFollow(role, before) || !isPlainText(content)) return false;
		at = passContent(text, passRole(text, at, role), content);
		if (at === NOWHERE) return false;
		before = role;
	}
	return before === 'assistant' && isEnd(text, at);
}

const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const LETTER_C = 0x63;
const LETTER_M = 0x6d;
const LETTER_R = 0x72;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** Where a walk ends that found something else; far enough before the text that further steps fail as well. */
const NOWHERE = -1000;

/** `{"role":"user",` */
function passRole(text: string, from: number, role: string): number {
	const at = passKey(text, passUnit(text, from, OPENING_BRACE), LETTER_R, 4);
	const end = passUnit(text, at, QUOTE) + role.length;
	return passSpace(text, passUnit(text, passUnit(text, end, QUOTE), COMMA));
}

/** `"content":"…"}` */
function passContent(text: string, from: number, content: string): number {
	const start = passUnit(text, passKey(text, from, LETTER_C, 7), QUOTE);
	if (start === NOWHERE) return NOWHERE;
	const end = endOfString(text, start + content.length);
	if (end === -1 || !isPlainSurplus(text, content, start, end)) return NOWHERE;
	return passUnit(text, end + 1, CLOSING_BRACE);
}

/** A key of that first letter and length, which is enough to tell it: the value beside it has that very key. */
function passKey(text: string, from: number, letter: number, length: number): number {
	const isThere =
		text.charCodeAt(from) === QUOTE &&
		text.charCodeAt(from + 1) === letter &&
		text.charCodeAt(from + 1 + length) === QUOTE &&
		text.charCodeAt(from + 2 + length) === COLON;
	return isThere ? passSpace(text, from + 3 + length) : NOWHERE;
}

function passUnit(text: string, at: number, unit: number): number {
	return text.charCodeAt(at) === unit ? at + 1 : NOWHERE;
}

function passSpace(text: string, at: number): number {
	return text.charCodeAt(at) === SPACE ? at + 1 : at;
}

/** `]}` and at most a carriage return. */
function isEnd(text: string, from: number): boolean {
	const rest = text.length - passUnit(text, passUnit(text, from, CLOSING_BRACKET), CLOSING_BRACE);
	return rest === 0 || (rest === 1 && text.charCodeAt(text.length - 1) === CARRIAGE_RETURN);
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
