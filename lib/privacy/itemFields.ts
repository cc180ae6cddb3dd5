import { FieldPath } from '../dataset/fieldPath';
import type { JsonObject, JsonValue } from '../dataset/types';

const PART = /([^.[\]]+)|\[(\d{1,9})\]|\["([^"]*)"\]/g;
const MAX_PARTS = 64;

/** The fields of an item that are to be redacted, e.g. `question, messages`; the rest of it stays as it is. */
export class ItemFields {
	private readonly paths: FieldPath[];

	private readonly found = new Set<string>();

	/** @param list names or paths with commas between them */
	constructor(list: string) {
		this.paths = list
			.split(',')
			.map((path) => path.trim())
			.filter((path) => path !== '')
			.map((path) => new FieldPath(path));
	}

	/** False when no field is named: then all of the item counts. */
	get isLimited(): boolean {
		return this.paths.length > 0;
	}

	/** The named fields that none of the items had so far, e.g. because they are misspelt. */
	get neverFound(): string[] {
		return this.paths.map(({ text }) => text).filter((text) => !this.found.has(text));
	}

	/** The fields that the item has, by path. */
	take(item: JsonObject): { [path: string]: JsonValue } {
		const entries = this.paths
			.map((path) => [path.text, path.read(item)] as const)
			.filter(([, value]) => value !== undefined);
		for (const [text] of entries) this.found.add(text);
		return Object.fromEntries(entries) as { [path: string]: JsonValue };
	}

	/** A copy of the item with the fields replaced. */
	put(item: JsonObject, fields: { [path: string]: JsonValue }): JsonObject {
		let result = item;
		for (const { text } of this.paths) {
			if (!Object.hasOwn(fields, text)) continue;
			const parts = Object.hasOwn(item, text) ? [text] : partsOf(text);
			result = replaced(result, parts, fields[text]) as JsonObject;
		}
		return result;
	}
}

function partsOf(path: string): string[] {
	return [...path.matchAll(PART)]
		.slice(0, MAX_PARTS)
		.map(([, name, index, quoted]) => name ?? index ?? quoted);
}

/** Copies what lies on the way to the field, nothing else. */
function replaced(container: JsonValue, parts: readonly string[], value: JsonValue): JsonValue {
	const [part, ...rest] = parts;
	if (part === undefined) return value;
	if (Array.isArray(container))
		return container.map((member, at) =>
			String(at) === part ? replaced(member, rest, value) : member,
		);
	if (typeof container !== 'object' || container === null) return container;
	return Object.fromEntries(
		Object.entries(container).map(([name, member]) => [
			name,
			name === part ? replaced(member, rest, value) : member,
		]),
	);
}
