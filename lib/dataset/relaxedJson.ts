/**
 * Reads what people and programs write when they mean JSON, as far as there is only one way to understand it:
 * trailing commas, typographic quotes as delimiters, Python's quotes and literals, keys without quotes, raw line
 * breaks in texts. Everything else (a missing bracket, NaN, a key given twice) is refused.
 */
import { MAX_DEPTH } from './jsonScan';
import type { JsonObject, JsonValue } from './types';

export type SyntaxMend =
	| 'trailing_comma'
	| 'smart_quotes'
	| 'single_quotes'
	| 'python_literal'
	| 'unquoted_key'
	| 'raw_control_character'
	| 'needless_escape';

export interface RelaxedJson {
	/** Missing when the text cannot be understood. */
	value?: JsonValue;
	mends: Set<SyntaxMend>;
}

/** Never throws. */
export function parseRelaxed(text: string): RelaxedJson {
	const parser = new RelaxedParser(text);
	try {
		return { value: parser.parse(), mends: parser.mends };
	} catch {
		return { mends: parser.mends };
	}
}

class NotUnderstood extends Error {}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const SPACE = /[ \t\r\n\ufeff\u00a0]*/y;
const LITERALS = new Map<string, boolean | null>([
	['true', true],
	['false', false],
	['null', null],
]);
const PYTHON_LITERALS = new Map<string, boolean | null>([
	['True', true],
	['False', false],
	['None', null],
]);
const ESCAPES: { [letter: string]: string } = {
	'"': '"',
	'\\': '\\',
	'/': '/',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};
/** Per kind of opening quote: what closes the text, and where the next interesting character is. */
const QUOTES: { [open: string]: { close: string; stops: RegExp } } = {
	'"': { close: '"', stops: /["\\\u0000-\u001f]/g },
	"'": { close: "'", stops: /['\\\u0000-\u001f]/g },
	'\u201c': { close: '\u201c\u201d', stops: /[\u201c\u201d\\\u0000-\u001f]/g },
	'\u201d': { close: '\u201c\u201d', stops: /[\u201c\u201d\\\u0000-\u001f]/g },
};

class RelaxedParser {
	readonly mends = new Set<SyntaxMend>();

	private at = 0;

	constructor(private readonly text: string) {}

	parse(): JsonValue {
		const value = this.value(1);
		this.space();
		if (this.at < this.text.length) throw new NotUnderstood();
		return value;
	}

	private value(depth: number): JsonValue {
		if (depth > MAX_DEPTH) throw new NotUnderstood();
		this.space();
		const first = this.text[this.at];
		if (first === '{') return this.object(depth);
		if (first === '[') return this.array(depth);
		if (first in QUOTES) return this.string();
		const number = this.match(NUMBER);
		if (number !== undefined) return this.number(number);
		return this.literal();
	}

	private object(depth: number): JsonObject {
		const object: JsonObject = {};
		this.at++;
		this.members('}', () => {
			const key = this.key();
			if (Object.hasOwn(object, key)) throw new NotUnderstood();
			this.expect(':');
			// Not by assignment, which would take "__proto__" for the object's prototype.
			Object.defineProperty(object, key, {
				value: this.value(depth + 1),
				configurable: true,
				enumerable: true,
				writable: true,
			});
		});
		return object;
	}

	private array(depth: number): JsonValue[] {
		const array: JsonValue[] = [];
		this.at++;
		this.members(']', () => array.push(this.value(depth + 1)));
		return array;
	}

	/** What stands between two brackets, with a comma allowed after the last member but not alone. */
	private members(close: string, readMember: () => void): void {
		for (let count = 0; !this.skip(close); count++) {
			if (count > 0) {
				this.expect(',');
				if (this.skip(close)) {
					this.mends.add('trailing_comma');
					return;
				}
			}
			readMember();
		}
	}

	private key(): string {
		this.space();
		if (this.text[this.at] in QUOTES) return this.string();
		const word = this.match(WORD);
		if (word === undefined) throw new NotUnderstood();
		this.mends.add('unquoted_key');
		return word;
	}

	private literal(): JsonValue {
		const word = this.match(WORD) ?? '';
		const value = LITERALS.get(word);
		if (value !== undefined) return value;
		const foreign = PYTHON_LITERALS.get(word);
		if (foreign === undefined) throw new NotUnderstood();
		this.mends.add('python_literal');
		return foreign;
	}

	/** Numbers that would lose digits are refused: there is no telling what they were meant to be. */
	private number(digits: string): number {
		const value = Number(digits);
		const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
		if (!isExact) throw new NotUnderstood();
		return value;
	}

	private string(): string {
		const open = this.text[this.at++];
		const { close, stops } = QUOTES[open];
		if (open === "'") this.mends.add('single_quotes');
		else if (open !== '"') this.mends.add('smart_quotes');
		let result = '';
		for (;;) {
			stops.lastIndex = this.at;
			const found = stops.exec(this.text);
			if (!found) throw new NotUnderstood();
			result += this.text.slice(this.at, found.index);
			this.at = found.index + 1;
			if (close.includes(found[0])) return result;
			if (found[0] === '\\') result += this.escape(open);
			else {
				this.mends.add('raw_control_character');
				// A line break inside a text is one line feed, whatever the system that wrote the file.
				if (found[0] !== '\r' || this.text[this.at] !== '\n') result += found[0];
			}
		}
	}

	private escape(open: string): string {
		const letter = this.text[this.at++];
		if (letter === 'u') return this.codeUnit(4);
		if (letter === 'x' && open === "'") return this.codeUnit(2);
		const meant = ESCAPES[letter];
		if (meant !== undefined) return meant;
		if (letter !== "'" && letter !== '\u201c' && letter !== '\u201d') throw new NotUnderstood();
		if (open !== letter) this.mends.add('needless_escape');
		return letter;
	}

	private codeUnit(length: number): string {
		const digits = this.text.slice(this.at, this.at + length);
		if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) throw new NotUnderstood();
		this.at += length;
		return String.fromCharCode(Number.parseInt(digits, 16));
	}

	private expect(character: string): void {
		if (!this.skip(character)) throw new NotUnderstood();
	}

	private skip(character: string): boolean {
		this.space();
		if (this.text[this.at] !== character) return false;
		this.at++;
		return true;
	}

	private space(): void {
		SPACE.lastIndex = this.at;
		this.at += SPACE.exec(this.text)?.[0].length ?? 0;
	}

	private match(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0];
		if (found !== undefined) this.at += found.length;
		return found;
	}
}
