const FUNCTIONS: Record<string, (...values: number[]) => number> = {
	min: Math.min,
	max: Math.max,
	abs: Math.abs,
	floor: Math.floor,
	ceil: Math.ceil,
	exp: Math.exp,
	sqrt: Math.sqrt,
	log: Math.log,
};

const TOKENS = /\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?|[A-Za-z_]\w*|[()+\-*/^,])/gy;
const MAX_LENGTH = 2_000;

/**
 * The value of a multi grader's `calculate_output`: numbers, names of its graders, + - * / ^, brackets and
 * min, max, abs, floor, ceil, exp, sqrt, log.
 *
 * @throws SyntaxError for anything else, ReferenceError for an unknown name
 */
export function evaluateFormula(formula: string, values: ReadonlyMap<string, number>): number {
	const parser = new Parser(tokenize(formula), values);
	return parser.whole();
}

function tokenize(formula: string): string[] {
	if (formula.length > MAX_LENGTH) throw new SyntaxError('the formula is too long');
	const tokens = [...formula.trimEnd().matchAll(TOKENS)];
	const read = tokens.reduce((sum, [all]) => sum + all.length, 0);
	if (read < formula.trimEnd().length) throw new SyntaxError(`cannot read ${formula.slice(read)}`);
	return tokens.map((match) => match[1]);
}

class Parser {
	private position = 0;

	constructor(
		private readonly tokens: string[],
		private readonly values: ReadonlyMap<string, number>,
	) {}

	whole(): number {
		const value = this.sum();
		if (this.position < this.tokens.length) throw new SyntaxError(`unexpected ${this.peek()}`);
		return value;
	}

	private sum(): number {
		let value = this.product();
		for (;;) {
			if (this.take('+')) value += this.product();
			else if (this.take('-')) value -= this.product();
			else return value;
		}
	}

	private product(): number {
		let value = this.signed();
		for (;;) {
			if (this.take('*')) value *= this.signed();
			else if (this.take('/')) value /= this.signed();
			else return value;
		}
	}

	private signed(): number {
		if (this.take('-')) return -this.signed();
		if (this.take('+')) return this.signed();
		const base = this.atom();
		return this.take('^') ? base ** this.signed() : base;
	}

	private atom(): number {
		if (this.take('(')) {
			const value = this.sum();
			this.expect(')');
			return value;
		}
		const token = this.tokens[this.position++];
		if (token === undefined) throw new SyntaxError('the formula ends too early');
		if (/^\d/.test(token)) return Number(token);
		if (!/^[A-Za-z_]/.test(token)) throw new SyntaxError(`unexpected ${token}`);
		return this.take('(') ? this.call(token) : this.value(token);
	}

	private call(name: string): number {
		if (!Object.hasOwn(FUNCTIONS, name)) throw new ReferenceError(`unknown function ${name}`);
		const values = [this.sum()];
		while (this.take(',')) values.push(this.sum());
		this.expect(')');
		return FUNCTIONS[name](...values);
	}

	private value(name: string): number {
		const value = this.values.get(name);
		if (value === undefined) throw new ReferenceError(`unknown grader ${name}`);
		return value;
	}

	private peek(): string | undefined {
		return this.tokens[this.position];
	}

	private take(token: string): boolean {
		if (this.peek() !== token) return false;
		this.position += 1;
		return true;
	}

	private expect(token: string): void {
		if (!this.take(token)) throw new SyntaxError(`expected ${token}`);
	}
}
