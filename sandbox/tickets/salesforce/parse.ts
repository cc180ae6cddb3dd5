/**
 * The part of SOQL that is needed to read cases, and its refusals.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select.htm
 */
import { malformed } from './refusal';

export interface Select {
	/** Paths such as `Contact.Name`. */
	fields: string[];
	subqueries: Select[];
	isCount: boolean;
	from: string;
	where?: Condition;
	orderBy: string[];
	limit?: number;
}

export type Literal = string | number | boolean | null | Moment;

export interface Moment {
	/** Milliseconds since the epoch. */
	at: number;
}

export type Condition =
	| { kind: 'and'; parts: Condition[] }
	| { kind: 'or'; parts: Condition[] }
	| { kind: 'not'; part: Condition }
	| { kind: 'compare'; field: string; operator: string; value: Literal }
	| { kind: 'in'; field: string; values: Literal[]; negated: boolean };

type Token = { kind: 'word' | 'text' | 'number' | 'moment' | 'mark'; value: string };

const TOKEN =
	/\s*(?:(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?)|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|'((?:[^'\\]|\\.)*)'|(<=|>=|!=|<>|[=<>(),]))/y;

export function parseSoql(soql: string): Select {
	const parser = new Parser(tokens(soql));
	const select = parser.select();
	parser.end();
	return select;
}

function tokens(soql: string): Token[] {
	const found: Token[] = [];
	TOKEN.lastIndex = 0;
	while (soql.slice(TOKEN.lastIndex).trim() !== '') {
		const start = TOKEN.lastIndex;
		const match = TOKEN.exec(soql);
		if (!match) throw malformed(`unexpected token: '${soql.slice(start).trim().slice(0, 20)}'`);
		const [, moment, number, word, text, mark] = match;
		if (moment !== undefined) found.push({ kind: 'moment', value: moment });
		else if (number !== undefined) found.push({ kind: 'number', value: number });
		else if (word !== undefined) found.push({ kind: 'word', value: word });
		else if (text !== undefined) found.push({ kind: 'text', value: unescaped(text) });
		else found.push({ kind: 'mark', value: mark });
	}
	return found;
}

function unescaped(text: string): string {
	const letters: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
	return text.replace(/\\(.)/gs, (whole, letter: string) => {
		if (letter === "'" || letter === '"' || letter === '\\') return letter;
		if (!letters[letter]) throw malformed(`Illegal escape sequence '${whole}'`);
		return letters[letter];
	});
}

class Parser {
	private at = 0;

	constructor(private readonly list: Token[]) {}

	select(): Select {
		this.keyword('SELECT');
		const select: Select = { fields: [], subqueries: [], isCount: false, from: '', orderBy: [] };
		do this.selected(select);
		while (this.takesMark(','));
		this.keyword('FROM');
		select.from = this.word();
		if (this.takesWord('WHERE')) select.where = this.condition();
		if (this.takesWord('ORDER')) {
			this.keyword('BY');
			do select.orderBy.push(this.word());
			while (this.takesMark(','));
		}
		if (this.takesWord('LIMIT')) select.limit = Number(this.next('number').value);
		return select;
	}

	end(): void {
		const rest = this.list[this.at];
		if (rest) throw malformed(`unexpected token: '${rest.value}'`);
	}

	private selected(select: Select): void {
		if (this.takesMark('(')) {
			select.subqueries.push(this.select());
			this.mark(')');
			return;
		}
		const name = this.word();
		if (name.toUpperCase() === 'COUNT' && this.takesMark('(')) {
			this.mark(')');
			select.isCount = true;
			return;
		}
		select.fields.push(name);
	}

	/** AND and OR may not be mixed without parentheses. */
	private condition(): Condition {
		const first = this.simple();
		const parts = [first];
		let kind: 'and' | 'or' | undefined;
		for (;;) {
			const found = this.takesWord('AND') ? 'and' : this.takesWord('OR') ? 'or' : undefined;
			if (!found) break;
			if (kind && found !== kind) throw malformed(`unexpected token: '${found.toUpperCase()}'`);
			kind = found;
			parts.push(this.simple());
		}
		return kind ? ({ kind, parts } as Condition) : first;
	}

	private simple(): Condition {
		if (this.takesWord('NOT')) return { kind: 'not', part: this.simple() };
		if (this.takesMark('(')) {
			const inner = this.condition();
			this.mark(')');
			return inner;
		}
		const field = this.word();
		const negated = this.takesWord('NOT');
		if (negated || this.peekWord('IN')) {
			this.keyword('IN');
			return { kind: 'in', field, values: this.list_(), negated };
		}
		if (this.takesWord('LIKE')) {
			return { kind: 'compare', field, operator: 'LIKE', value: this.literal() };
		}
		const operator = this.next('mark').value;
		if (!/^(=|!=|<>|<|<=|>|>=)$/.test(operator)) throw malformed(`unexpected token: '${operator}'`);
		return {
			kind: 'compare',
			field,
			operator: operator === '<>' ? '!=' : operator,
			value: this.literal(),
		};
	}

	private list_(): Literal[] {
		this.mark('(');
		const values: Literal[] = [];
		do values.push(this.literal());
		while (this.takesMark(','));
		this.mark(')');
		return values;
	}

	private literal(): Literal {
		const { kind, value } = this.next();
		if (kind === 'text') return value;
		if (kind === 'number') return Number(value);
		if (kind === 'moment') return { at: Date.parse(value) };
		const word = value.toLowerCase();
		if (word === 'true' || word === 'false') return word === 'true';
		if (word === 'null') return null;
		throw malformed(`unexpected token: '${value}'`);
	}

	private next(kind?: Token['kind']): Token {
		const token = this.list[this.at++];
		if (!token) throw malformed("unexpected token: '<EOF>'");
		if (kind && token.kind !== kind) throw malformed(`unexpected token: '${token.value}'`);
		return token;
	}

	private word(): string {
		return this.next('word').value;
	}

	private keyword(word: string): void {
		if (!this.takesWord(word))
			throw malformed(`unexpected token: '${this.list[this.at]?.value ?? '<EOF>'}'`);
	}

	private mark(mark: string): void {
		if (!this.takesMark(mark))
			throw malformed(`expecting '${mark}', found '${this.list[this.at]?.value ?? '<EOF>'}'`);
	}

	private peekWord(word: string): boolean {
		const token = this.list[this.at];
		return token?.kind === 'word' && token.value.toUpperCase() === word;
	}

	private takesWord(word: string): boolean {
		const takes = this.peekWord(word);
		if (takes) this.at++;
		return takes;
	}

	private takesMark(mark: string): boolean {
		const token = this.list[this.at];
		const takes = token?.kind === 'mark' && token.value === mark;
		if (takes) this.at++;
		return takes;
	}
}
