import { jsonTextDepth, MAX_JSON_DEPTH } from '../openai/chat/json';

/** `equal`, or the path of the first difference and what it is. */
export type JsonComparison = { equal: true } | { equal: false; path: string; difference: string };

const MAX_SHOWN = 60;

/** The object or list that an answer consists of, with or without a code fence; undefined for any other text. */
export function jsonIn(text: string): object | undefined {
	const bare = withoutFence(text.trim());
	if (!/^[[{]/.test(bare) || jsonTextDepth(bare) > MAX_JSON_DEPTH) return undefined;
	try {
		return JSON.parse(bare) as object;
	} catch {
		return undefined;
	}
}

/** Compares two JSON values; the order of keys does not matter, that of lists does. */
export function compareJson(a: unknown, b: unknown): JsonComparison {
	const open: Array<{ a: unknown; b: unknown; path: string }> = [{ a, b, path: '' }];
	for (let next = open.pop(); next; next = open.pop()) {
		const { path } = next;
		const kind = kindOf(next.a);
		if (kind !== kindOf(next.b)) {
			return different(path, `${kind} became ${kindOf(next.b)}`);
		}
		if (kind !== 'object' && kind !== 'list') {
			if (!Object.is(next.a, next.b)) {
				return different(path, `${shown(next.a)} became ${shown(next.b)}`);
			}
			continue;
		}
		const first = membersOf(next.a as object);
		const second = membersOf(next.b as object);
		const at = (name: string) => placeOf(path, name, kind === 'list');
		const missing = [...first.keys()].find((name) => !second.has(name));
		if (missing !== undefined) return different(at(missing), 'is missing');
		const added = [...second.keys()].find((name) => !first.has(name));
		if (added !== undefined) return different(at(added), 'is new');
		// The last one in is the first one out: reversed, so that the first difference is the first in the text.
		for (const [name, value] of [...first].reverse()) {
			open.push({ a: value, b: second.get(name), path: at(name) });
		}
	}
	return { equal: true };
}

function different(path: string, difference: string): JsonComparison {
	return { equal: false, path: path.slice(0, 300), difference };
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'list' : typeof value;
}

function membersOf(value: object): Map<string, unknown> {
	return new Map(Object.entries(value));
}

function placeOf(path: string, name: string, isList: boolean): string {
	if (isList) return `${path}[${name}]`;
	const isPlain = /^[A-Za-z_$][\w$]{0,80}$/.test(name);
	if (!isPlain) return `${path}[${JSON.stringify(name.slice(0, MAX_SHOWN))}]`;
	return path === '' ? name : `${path}.${name}`;
}

function shown(value: unknown): string {
	const text = JSON.stringify(value);
	return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** By index, not by a pattern: an answer may be a megabyte of back-ticks. */
function withoutFence(text: string): string {
	if (!text.startsWith('```') || !text.endsWith('```') || text.length < 6) return text;
	const firstLine = text.indexOf('\n');
	return firstLine === -1 ? text : text.slice(firstLine + 1, -3).trim();
}
