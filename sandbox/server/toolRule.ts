import type { Body } from './check';
import { wordsOf } from './similarity';

export interface ToolCall {
	name: string;
	arguments: string;
}

/**
 * Which tool the sandbox calls, and with what. It understands nothing; the rule is:
 *
 * 1. `tool_choice: none`, no tools, or a conversation that ends with a tool's result: none.
 * 2. A named tool is called. `required` calls the tool that fits best.
 * 3. `auto` calls the tool that fits best if it fits: a word of its name (at least four letters) or two words of its
 *    description (at least five letters) stand in the user's message.
 * 4. Arguments: every property of the schema that is required (all, if none is) gets a value taken from the message:
 *    an enum value that stands there, else the first; the next number; an e-mail address or URL by `format`; text in
 *    quotes; a word that looks like an id (letters and digits, e.g. AB-123); else the whole message.
 */
export function chooseToolCall(
	tools: Body[],
	choice: unknown,
	question: string,
): ToolCall | undefined {
	const { mode, allowed } = readChoice(tools, choice);
	if (mode === 'none' || allowed.length === 0) return undefined;
	const rated = allowed
		.map((tool) => ({ tool, fit: fitOf(tool, question) }))
		.sort((a, b) => b.fit - a.fit);
	if (mode === 'auto' && rated[0].fit === 0) return undefined;
	const { name, parameters } = rated[0].tool.function as Body;
	return {
		name: name as string,
		arguments: JSON.stringify(argumentsFrom((parameters ?? {}) as Body, question)),
	};
}

export function readChoice(tools: Body[], choice: unknown): { mode: string; allowed: Body[] } {
	if (typeof choice === 'string') return { mode: choice, allowed: tools };
	const { type, allowed_tools: limited, ...named } = choice as Body;
	if (type === 'allowed_tools') {
		const { mode, tools: names = [] } = limited as { mode?: string; tools?: Body[] };
		const allowed = tools.filter((tool) => names.some((entry) => nameOf(entry) === nameOf(tool)));
		return { mode: mode ?? 'auto', allowed };
	}
	return { mode: 'required', allowed: tools.filter((tool) => nameOf(tool) === nameOf(named)) };
}

export function nameOf(tool: Body): unknown {
	return ((tool.function ?? {}) as Body).name;
}

function fitOf(tool: Body, question: string): number {
	const asked = new Set(wordsOf(question));
	const { name, description } = tool.function as Body;
	const nameWords = wordsOf(String(name).replace(/[_-]|(?<=[a-z])(?=[A-Z])/g, ' '));
	const byName = nameWords.filter((word) => word.length >= 4 && asked.has(word)).length;
	const described = new Set(wordsOf(String(description ?? '')));
	const byDescription = [...described].filter((word) => word.length >= 5 && asked.has(word)).length;
	return byName > 0 || byDescription >= 2 ? 2 * byName + byDescription : 0;
}

function argumentsFrom(parameters: Body, question: string): Body {
	const properties = (parameters.properties ?? {}) as Record<string, Body>;
	const required = Array.isArray(parameters.required) ? (parameters.required as string[]) : [];
	const names = required.length > 0 ? required : Object.keys(properties);
	const numbers = (question.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
	const values = names
		.filter((name) => Object.hasOwn(properties, name))
		.map((name) => [name, valueFor(properties[name], question, numbers)] as const);
	return Object.fromEntries(values);
}

function valueFor(schema: Body, question: string, numbers: number[]): unknown {
	const { enum: words, type, format } = schema;
	if (Array.isArray(words)) {
		const lower = question.toLowerCase();
		return words.find((word) => lower.includes(String(word).toLowerCase())) ?? words[0];
	}
	switch (Array.isArray(type) ? type[0] : type) {
		case 'integer':
			return Math.round(numbers.shift() ?? 0);
		case 'number':
			return numbers.shift() ?? 0;
		case 'boolean':
			return true;
		case 'array':
			return [valueFor((schema.items ?? {}) as Body, question, numbers)];
		case 'object':
			return argumentsFrom(schema, question);
		default:
			return textFor(format, question);
	}
}

function textFor(format: unknown, question: string): string {
	const byFormat: Record<string, RegExp> = {
		email: /[^\s<>@]+@[^\s<>@]+\.\w+/,
		uri: /https?:\/\/[^\s"<>]+/,
		date: /\d{4}-\d{2}-\d{2}/,
	};
	const pattern = typeof format === 'string' ? byFormat[format] : undefined;
	const found =
		pattern?.exec(question)?.[0] ??
		/["“']([^"”']+)["”']/.exec(question)?.[1] ??
		/\b(?=\w*[A-Za-z])[\w]+-?\d[\w-]*\b/.exec(question)?.[0];
	return found ?? question;
}
