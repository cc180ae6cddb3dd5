import { MAX_DEPTH } from './jsonScan';
import { endOfString } from './quotes';
import type { JsonObject, JsonValue } from './types';

/**
 * Whether a JSON text holds what its parsed value holds and nothing more: no key given twice (of which
 * `JSON.parse` keeps the last), no number that lost digits, nothing deeper than 64 levels. False also for texts
 * with unusual white space: it costs a slow second look, and is no finding by itself.
 *
 * Walks over the value with a finger on the text, jumping from quote to quote. That costs a tenth of a parse,
 * where a second look at every character would cost more than the parse itself.
 */
export function mirrors(text: string, value: JsonObject): boolean {
	source = text;
	at = 0;
	passSpace();
	const isPassed = passObject(value, 1);
	source = '';
	const rest = text.length - at;
	return isPassed && (rest === 0 || (rest === 1 && text.charCodeAt(at) === CARRIAGE_RETURN));
}

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const CARRIAGE_RETURN = 0x0d;

/** Texts up to this length are too short to hold an earlier member of the same name. */
const SHORT = 12;

/** The text and the finger; module state, because a million small objects would cost more than the walk. */
let source = '';
let at = 0;

/** The last name asked for, and how it stands in the text as a key. */
let keyName = '';
let key = '"":';

function passObject(value: JsonObject, depth: number): boolean {
	if (depth > MAX_DEPTH || !pass(0x7b)) return false;
	let isFirst = true;
	for (const name in value) {
		if (!isFirst && !passSeparator(COMMA)) return false;
		isFirst = false;
		if (!passString(name) || !passSeparator(COLON)) return false;
		const member = value[name];
		const isLong = typeof member === 'string' && member.length > SHORT;
		if (isLong ? !passLong(name, member) : !passValue(member, depth)) return false;
	}
	return pass(0x7d);
}

/**
 * Passes over a long text by its length, to the first quote beyond that has no backslash. Were the text of
 * an earlier member of the same name here, then that name would come again before the end; and it cannot,
 * when there is no more room than its quotes, colon and comma take. What is in a text has its quotes escaped.
 */
function passLong(name: string, value: string): boolean {
	if (source.charCodeAt(at) !== QUOTE) return false;
	const shortest = at + 1 + value.length;
	const end = endOfString(source, shortest);
	if (end === -1) return false;
	if (end - shortest > name.length + 5) {
		if (name !== keyName) {
			keyName = name;
			key = `"${name}":`;
		}
		const again = source.indexOf(key, at);
		if (again !== -1 && again < end) return false;
	}
	at = end + 1;
	return true;
}

function passArray(values: JsonValue[], depth: number): boolean {
	if (depth > MAX_DEPTH || !pass(0x5b)) return false;
	for (let index = 0; index < values.length; index++) {
		if (index > 0 && !passSeparator(COMMA)) return false;
		if (!passValue(values[index], depth)) return false;
	}
	return pass(0x5d);
}

function passValue(value: JsonValue, depth: number): boolean {
	if (typeof value === 'string') return passString(value);
	if (typeof value !== 'object' || value === null) return passLiteral(String(value));
	return Array.isArray(value) ? passArray(value, depth + 1) : passObject(value, depth + 1);
}

/** A name or a short text: by its length when that ends at a quote, else up to the first quote that is not escaped. */
function passString(value: string): boolean {
	if (source.charCodeAt(at) !== QUOTE) return false;
	const next = at + 1 + value.length;
	if (source.charCodeAt(next) === QUOTE && source.charCodeAt(next - 1) !== BACKSLASH) {
		at = next + 1;
		return true;
	}
	const end = endOfString(source, at + 1);
	if (end < next) return false;
	at = end + 1;
	return true;
}

function passLiteral(literal: string): boolean {
	if (!source.startsWith(literal, at)) return false;
	at += literal.length;
	return !/[\d.eE]/.test(source.charAt(at));
}

function passSeparator(unit: number): boolean {
	if (!pass(unit)) return false;
	passSpace();
	return true;
}

function passSpace(): void {
	if (source.charCodeAt(at) === SPACE) at++;
}

function pass(unit: number): boolean {
	if (source.charCodeAt(at) !== unit) return false;
	at++;
	return true;
}
