/**
 * A small part of JQL, read as Jira reads it: what our node sends, and enough of the rest to try filters with.
 * Whatever it does not know is refused in Jira's words, never passed over.
 */
import { DATES, fieldNamed, holds, isEmpty, place, type Row } from './jqlFields';
import { type Token, tokensOf } from './jqlTokens';
import { badQuery } from './refusal';

export type { Row };

type Test = (row: Row) => boolean;

export interface Jql {
	matches: Test;
	compare: (a: Row, b: Row) => number;
	/** Whether there is any condition: Cloud refuses a search without one. */
	isBounded: boolean;
}

/** @param projects - keys, ids and names of the projects that exist, in lower case */
export function parseJql(text: string, now: number, projects: Set<string>): Jql {
	return new Parser(tokensOf(text), now, projects).parse();
}

class Parser {
	private at = 0;

	constructor(
		private readonly tokens: Token[],
		private readonly now: number,
		private readonly projects: Set<string>,
	) {}

	parse(): Jql {
		const isBounded = this.tokens.length > 0 && !this.isWord('order');
		const matches = isBounded ? this.either() : () => true;
		const compare = this.order();
		if (this.at < this.tokens.length) throw this.unexpected();
		return { matches, compare, isBounded };
	}

	private either(): Test {
		const parts = [this.both()];
		while (this.accept('or')) parts.push(this.both());
		return (row) => parts.some((part) => part(row));
	}

	private both(): Test {
		const parts = [this.negation()];
		while (this.accept('and')) parts.push(this.negation());
		return (row) => parts.every((part) => part(row));
	}

	private negation(): Test {
		if (this.accept('not')) {
			const inner = this.negation();
			return (row) => !inner(row);
		}
		if (!this.acceptSign('(')) return this.condition();
		const inner = this.either();
		this.expectSign(')');
		return inner;
	}

	private condition(): Test {
		const field = this.field();
		if (this.accept('is')) {
			const not = this.accept('not');
			if (!this.accept('empty') && !this.accept('null')) throw this.unexpected();
			return (row) => isEmpty(row, field) !== not;
		}
		const not = this.accept('not');
		if (this.accept('in')) {
			const values = this.list();
			const tests = values.map((value) => this.equals(field, value));
			return (row) => !(not && isEmpty(row, field)) && tests.some((test) => test(row)) !== not;
		}
		const sign = this.next();
		if (not || sign?.kind !== 'sign') throw this.unexpected();
		return this.comparison(field, sign.text, this.value());
	}

	private comparison(field: string, sign: string, value: Token): Test {
		if (sign === '~' || sign === '!~') {
			const words = value.text.toLowerCase().split(/\s+/).filter(Boolean);
			const source = (row: Row) => (field === 'summary' ? row.summary : row.text).toLowerCase();
			return (row) => words.every((word) => source(row).includes(word)) === (sign === '~');
		}
		if (sign === '=' || sign === '!=') {
			const test = this.equals(field, value);
			return (row) => (sign === '=' ? test(row) : !isEmpty(row, field) && !test(row));
		}
		if (DATES.includes(field)) {
			const time = this.time(value);
			return (row) => {
				const own = row[field as 'created'];
				return own !== undefined && holds(own, sign, time);
			};
		}
		if (field === 'key') return this.keyComparison(sign, value);
		throw badQuery(`The operator '${sign}' is not supported by the '${field}' field.`);
	}

	/** As Jira does it: the number within the project of the named issue, even where an id is given. */
	private keyComparison(sign: string, value: Token): Test {
		const key = /^([A-Z][A-Z0-9_]*)-(\d+)$/i.exec(value.text);
		const id = /^\d+$/.test(value.text) ? Number(value.text) - 10_000 : undefined;
		const number = key ? Number(key[2]) : id;
		if (number === undefined) {
			throw badQuery(`The issue key '${value.text}' for field 'key' is invalid.`);
		}
		return (row) => {
			const sameProject = !key || row.project.key === key[1].toUpperCase();
			return sameProject && holds(row.number, sign, number);
		};
	}

	private equals(field: string, { text }: Token): Test {
		const wanted = text.toLowerCase();
		if (field === 'project') {
			if (!this.projects.has(wanted)) {
				throw badQuery(`The value '${text}' does not exist for the field 'project'.`);
			}
			return ({ project: { id, key, name } }) =>
				[id, key, name].some((own) => own.toLowerCase() === wanted);
		}
		if (field === 'key') return (row) => row.key.toLowerCase() === wanted || `${row.id}` === text;
		if (field === 'resolution') {
			return (row) => row.resolution?.toLowerCase() === wanted || row.resolutionId === text;
		}
		if (field === 'labels') return (row) => row.labels.some((l) => l.toLowerCase() === wanted);
		if (DATES.includes(field)) {
			const time = this.time({ kind: 'word', text });
			return (row) => row[field as 'created'] === time;
		}
		return (row) => String(row[field as 'status'] ?? '').toLowerCase() === wanted;
	}

	/** Names in quotes or not; a bare number is milliseconds, a date in quotes one of the account's zone (UTC here). */
	private time({ kind, text }: Token): number {
		if (kind === 'word' && /^\d{6,}$/.test(text)) return Number(text);
		if (kind === 'word' && text === '0') return 0;
		const ago = /^-(\d+)([mhdw])$/.exec(text);
		if (ago) {
			const unit = { m: 60e3, h: 3600e3, d: 86400e3, w: 604800e3 }[ago[2] as 'm'];
			return this.now - Number(ago[1]) * unit;
		}
		const date = /^(\d{4})[-/](\d\d)[-/](\d\d)(?: (\d\d):(\d\d))?$/.exec(text);
		if (!date) {
			throw badQuery(
				`Date value '${text}' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
			);
		}
		const [, year, month, day, hour = '0', minute = '0'] = date;
		return Date.UTC(+year, +month - 1, +day, +hour, +minute);
	}

	private field(): string {
		const token = this.next();
		if (!token || token.kind === 'sign') throw this.unexpected();
		const field = fieldNamed(token.text);
		if (field !== undefined) return field;
		throw badQuery(
			`Field '${token.text}' does not exist or you do not have permission to view it.`,
		);
	}

	private list(): Token[] {
		this.expectSign('(');
		const values = [this.value()];
		while (this.acceptSign(',')) values.push(this.value());
		this.expectSign(')');
		return values;
	}

	private value(): Token {
		const token = this.next();
		if (!token || token.kind === 'sign') throw this.unexpected();
		return token;
	}

	private order(): Jql['compare'] {
		if (!this.accept('order')) return (a, b) => b.created - a.created;
		if (!this.accept('by')) throw this.unexpected();
		const keys: Array<{ field: string; sign: 1 | -1 }> = [];
		do {
			const field = this.field();
			const descending = this.accept('desc');
			if (!descending) this.accept('asc');
			keys.push({ field, sign: descending ? -1 : 1 });
		} while (this.acceptSign(','));
		if (keys.length > 7) throw badQuery('The orderBy clause may hold 7 fields at most.');
		return (a, b) => {
			for (const { field, sign } of keys) {
				const [first, second] = [place(a, field), place(b, field)];
				if (first !== second) return first < second ? -sign : sign;
			}
			return 0;
		};
	}

	private next(): Token | undefined {
		return this.tokens[this.at++];
	}

	private isWord(word: string): boolean {
		const token = this.tokens[this.at];
		return token?.kind === 'word' && token.text.toLowerCase() === word;
	}

	private accept(word: string): boolean {
		if (!this.isWord(word)) return false;
		this.at++;
		return true;
	}

	private acceptSign(sign: string): boolean {
		const token = this.tokens[this.at];
		if (token?.kind !== 'sign' || token.text !== sign) return false;
		this.at++;
		return true;
	}

	private expectSign(sign: string): void {
		if (!this.acceptSign(sign)) throw this.unexpected();
	}

	private unexpected() {
		const token = this.tokens[Math.min(this.at, this.tokens.length - 1)];
		return badQuery(
			`Error in the JQL Query: Expecting something else than '${token?.text ?? ''}'.`,
		);
	}
}
