import { isExactNumber } from './numbers';
import { child } from './paths';

/** What is wrong at the place where a text stops being JSON (RFC 8259). */
export type JsonFaultKind =
	| 'truncated'
	| 'trailing_comma'
	| 'not_a_number'
	| 'python_literal'
	| 'single_quotes'
	| 'smart_quotes'
	| 'unquoted_key'
	| 'comment'
	| 'byte_order_mark'
	| 'control_character'
	| 'bad_escape'
	| 'two_values'
	| 'missing_comma'
	| 'missing_colon'
	| 'too_deep'
	| 'unexpected';

export interface JsonFault {
	kind: JsonFaultKind;
	/** Index into the text, in UTF-16 units. */
	at: number;
}

/** A place inside a value, e.g. `messages[2].content`. */
export interface Spot {
	path: string;
	at: number;
}

export interface JsonScan {
	/** Where and why the text stops being JSON. */
	fault?: JsonFault;
	/** Keys that occur twice in one object; `JSON.parse` silently keeps the last. */
	duplicateKeys: Spot[];
	/** Numbers that change their value when they are read as a double. */
	inexactNumbers: Spot[];
}

/** Levels of nesting an example may have; tool schemas are the deepest real ones, at about a dozen. */
export const MAX_DEPTH = 64;

const MAX_SPOTS = 20;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const ESCAPE = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/;
const LITERALS = new Set(['true', 'false', 'null']);
const NOT_NUMBERS = new Set(['NaN', 'Infinity']);
const FOREIGN_LITERALS = new Set(['None', 'True', 'False', 'undefined']);

interface Level {
	/** Keys seen so far, for an object; undefined for an array. */
	keys?: Set<string>;
	key: string;
	index: number;
}

type Expecting = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'commaOrEnd';

/**
 * Reads a text as JSON the slow way, to say what `JSON.parse` does not: where and why it stops being JSON,
 * which keys are doubled, which numbers lose digits. Never recurses; stops at the first fault.
 */
export function scanJson(text: string, maxDepth = MAX_DEPTH): JsonScan {
	return new Scanner(text, maxDepth).run();
}

class Scanner {
	private at = 0;

	private expecting: Expecting = 'value';

	private readonly levels: Level[] = [];

	private readonly result: JsonScan = { duplicateKeys: [], inexactNumbers: [] };

	constructor(
		private readonly text: string,
		private readonly maxDepth: number,
	) {}

	run(): JsonScan {
		do {
			this.skipSpace();
			const kind = this.step();
			if (kind) {
				this.result.fault = { kind, at: this.at };
				return this.result;
			}
		} while (this.levels.length > 0);
		this.skipSpace();
		if (this.at < this.text.length) this.result.fault = { kind: 'two_values', at: this.at };
		return this.result;
	}

	private step(): JsonFaultKind | undefined {
		if (this.at >= this.text.length) return 'truncated';
		switch (this.expecting) {
			case 'value':
			case 'valueOrEnd':
				return this.value();
			case 'key':
			case 'keyOrEnd':
				return this.key();
			case 'commaOrEnd':
				return this.commaOrEnd();
		}
	}

	private value(): JsonFaultKind | undefined {
		const first = this.text[this.at];
		if (first === '{' || first === '[') return this.open(first);
		if (first === ']' && this.expecting === 'valueOrEnd') return this.close();
		if (first === ']' || first === '}') return this.afterComma() ? 'trailing_comma' : 'unexpected';
		this.expecting = 'commaOrEnd';
		if (first === '"') return this.string();
		if (first === '-' || (first >= '0' && first <= '9')) return this.number();
		return isLetter(first) ? this.word() : strangeStart(first);
	}

	private open(bracket: string): JsonFaultKind | undefined {
		if (this.levels.length >= this.maxDepth) return 'too_deep';
		const isObject = bracket === '{';
		this.levels.push({ keys: isObject ? new Set() : undefined, key: '', index: 0 });
		this.expecting = isObject ? 'keyOrEnd' : 'valueOrEnd';
		this.at++;
		return undefined;
	}

	private close(): undefined {
		this.levels.pop();
		this.expecting = 'commaOrEnd';
		this.at++;
	}

	private key(): JsonFaultKind | undefined {
		const first = this.text[this.at];
		if (first === '}') return this.expecting === 'keyOrEnd' ? this.close() : 'trailing_comma';
		if (first !== '"') return isLetter(first) ? 'unquoted_key' : strangeStart(first);
		const start = this.at;
		const fault = this.string();
		if (fault) return fault;
		this.noteKey(start);
		this.skipSpace();
		if (this.at >= this.text.length) return 'truncated';
		if (this.text[this.at] !== ':') return 'missing_colon';
		this.at++;
		this.expecting = 'value';
		return undefined;
	}

	private noteKey(start: number): void {
		const level = this.levels[this.levels.length - 1];
		level.key = JSON.parse(this.text.slice(start, this.at)) as string;
		if (level.keys?.has(level.key)) this.note(this.result.duplicateKeys, start);
		level.keys?.add(level.key);
	}

	private commaOrEnd(): JsonFaultKind | undefined {
		const level = this.levels[this.levels.length - 1];
		const next = this.text[this.at];
		if (next === (level.keys ? '}' : ']')) return this.close();
		if (next !== ',') return startsValue(next) ? 'missing_comma' : strangeStart(next);
		this.at++;
		level.index++;
		this.expecting = level.keys ? 'key' : 'value';
		return undefined;
	}

	/** Passes over a string; `at` stays on the offending character when there is one. */
	private string(): JsonFaultKind | undefined {
		const { text } = this;
		for (let at = this.at + 1; at < text.length; at++) {
			const unit = text.charCodeAt(at);
			if (unit === 0x22) {
				this.at = at + 1;
				return undefined;
			}
			if (unit < 0x20) return this.stopAt(at, 'control_character');
			if (unit !== 0x5c) continue;
			const escape = ESCAPE.exec(text.slice(at, at + 6));
			if (escape) at += escape[0].length - 1;
			else return this.stopAt(at, at + 6 > text.length ? 'truncated' : 'bad_escape');
		}
		return this.stopAt(text.length, 'truncated');
	}

	private number(): JsonFaultKind | undefined {
		NUMBER.lastIndex = this.at;
		const match = NUMBER.exec(this.text);
		if (!match) return this.text.startsWith('-Infinity', this.at) ? 'not_a_number' : 'unexpected';
		if (!isExactNumber(match[0])) this.note(this.result.inexactNumbers, this.at);
		this.at += match[0].length;
		return undefined;
	}

	private word(): JsonFaultKind | undefined {
		WORD.lastIndex = this.at;
		const word = WORD.exec(this.text)?.[0] ?? '';
		if (LITERALS.has(word)) {
			this.at += word.length;
			return undefined;
		}
		if (NOT_NUMBERS.has(word)) return 'not_a_number';
		if (FOREIGN_LITERALS.has(word)) return 'python_literal';
		const isCut = this.at + word.length === this.text.length && /^(t|f|n)/.test(word);
		return isCut ? 'truncated' : 'unexpected';
	}

	private skipSpace(): void {
		while (isSpace(this.text.charCodeAt(this.at))) this.at++;
	}

	private stopAt(at: number, kind: JsonFaultKind): JsonFaultKind {
		this.at = at;
		return kind;
	}

	/** Whether the last thing before the present character is a comma. */
	private afterComma(): boolean {
		let before = this.at - 1;
		while (isSpace(this.text.charCodeAt(before))) before--;
		return this.text[before] === ',';
	}

	private note(spots: Spot[], at: number): void {
		if (spots.length < MAX_SPOTS) spots.push({ path: this.path(), at });
	}

	private path(): string {
		let path = '';
		for (const level of this.levels) {
			path = child(path, level.keys ? level.key : level.index);
		}
		return path;
	}
}

function isSpace(unit: number): boolean {
	return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

function isLetter(character: string): boolean {
	return /[\p{L}_$]/u.test(character);
}

function startsValue(character: string): boolean {
	return /["{[\p{L}\d-]/u.test(character);
}

function strangeStart(character: string): JsonFaultKind {
	if (character === "'" || character === '`') return 'single_quotes';
	if (/[“”„‟‘’«»]/.test(character)) return 'smart_quotes';
	if (character === '\ufeff') return 'byte_order_mark';
	return character === '/' || character === '#' ? 'comment' : 'unexpected';
}
