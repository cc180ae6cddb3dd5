import type { Body } from './check';

/**
 * The answer in the asked format. `json_object`: the answer itself when it is a JSON object, else `{"answer": …}`.
 * `json_schema`: the smallest value of the schema with the answer in its first free text.
 */
export function inFormat(answer: string, format: Body): string {
	if (format.type === 'text') return answer;
	const object = parseObject(answer);
	if (format.type === 'json_object') return JSON.stringify(object ?? { answer });
	const schema = ((format.json_schema ?? {}) as Body).schema as Body | undefined;
	const filler = new Filler(schema ?? {}, object ?? {}, answer);
	return JSON.stringify(filler.fill(schema ?? { type: 'object' }, object));
}

function parseObject(text: string): Body | undefined {
	try {
		const value: unknown = JSON.parse(text);
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isObject ? (value as Body) : undefined;
	} catch {
		return undefined;
	}
}

const MAX_DEPTH = 20;

class Filler {
	private answerPlaced: boolean;
	private readonly numbers: number[];

	constructor(
		private readonly root: Body,
		known: Body,
		private readonly answer: string,
	) {
		this.answerPlaced = Object.keys(known).length > 0;
		this.numbers = (answer.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
	}

	/** A value of the schema; `known` is taken where the trained answer already has it. */
	fill(schema: Body, known: unknown, depth = 0): unknown {
		const resolved = this.resolve(schema);
		const { type, enum: words } = resolved;
		if (resolved.const !== undefined) return resolved.const;
		if (Array.isArray(words)) return words.includes(known) ? known : this.wordOf(words);
		const plain = Array.isArray(type)
			? type[0]
			: (type ?? (resolved.properties ? 'object' : 'string'));
		if (plain === 'object' && depth < MAX_DEPTH) return this.fillObject(resolved, known, depth);
		if (plain === 'array') return Array.isArray(known) ? known : this.fillArray(resolved, depth);
		if (known !== undefined && typeof known === (plain === 'integer' ? 'number' : plain))
			return known;
		if (plain === 'integer') return Math.round(this.numbers.shift() ?? 0);
		if (plain === 'number') return this.numbers.shift() ?? 0;
		if (plain === 'boolean') return false;
		if (plain === 'null') return null;
		return this.fillText();
	}

	private fillObject(schema: Body, known: unknown, depth: number): Body {
		const properties = (schema.properties ?? {}) as Record<string, Body>;
		const given = typeof known === 'object' && known !== null ? (known as Body) : {};
		const entries = Object.entries(properties).map(([name, property]) => [
			name,
			this.fill(property, Object.hasOwn(given, name) ? given[name] : undefined, depth + 1),
		]);
		return Object.fromEntries(entries) as Body;
	}

	private fillArray(schema: Body, depth: number): unknown[] {
		const fewest = Number(schema.minItems ?? 0);
		const count = this.answerPlaced ? fewest : Math.max(1, fewest);
		if (depth >= MAX_DEPTH) return [];
		return Array.from({ length: Math.min(count, 100) }, () =>
			this.fill((schema.items ?? {}) as Body, undefined, depth + 1),
		);
	}

	private fillText(): string {
		const text = this.answerPlaced ? '' : this.answer;
		this.answerPlaced = true;
		return text;
	}

	private wordOf(words: unknown[]): unknown {
		const lower = this.answer.toLowerCase();
		return words.find((word) => lower.includes(String(word).toLowerCase())) ?? words[0];
	}

	/** Follows references and takes the first of several choices. */
	private resolve(schema: unknown, hops = 0): Body {
		if (typeof schema !== 'object' || schema === null || hops > MAX_DEPTH) return {};
		const { $ref: reference, anyOf, oneOf } = schema as Body;
		const choices = anyOf ?? oneOf;
		if (Array.isArray(choices) && choices.length > 0) return this.resolve(choices[0], hops + 1);
		if (typeof reference !== 'string') return schema as Body;
		if (reference === '#') return this.root;
		const name = reference.split('/').pop() ?? '';
		const definitions = (this.root.$defs ?? this.root.definitions ?? {}) as Body;
		return Object.hasOwn(definitions, name) ? this.resolve(definitions[name], hops + 1) : {};
	}
}
