import { quoted } from './paths';
import { suggest } from './suggest';

const MAX_PARTS = 64;
/** A name up to a dot or bracket, an index, or a quoted name in brackets. */
const PART = /(?:^|\.)([^.[\]]+)|\[(\d{1,9})\]|\[(?:"([^"]*)"|'([^']*)')\]/y;

/** Where a field lies: `answer`, `ticket.comments[0].body`, `fields["customer name"]`. */
export class FieldPath {
	private readonly parts: string[];

	constructor(readonly text: string) {
		this.parts = parseParts(text);
	}

	/**
	 * The value there, undefined when there is none. A field whose own name is the whole path comes first, as in
	 * n8n. Sees only members that the record itself holds: no `__proto__`, no `constructor`, no `length`.
	 */
	read(record: object): unknown {
		if (Object.hasOwn(record, this.text)) return (record as Record<string, unknown>)[this.text];
		let value: unknown = record;
		for (const part of this.parts) {
			value = memberOf(value, part);
			if (value === undefined) return undefined;
		}
		return this.parts.length > 0 ? value : undefined;
	}

	/** The last name of the path, what a field is called where it is copied to. */
	get name(): string {
		return this.parts[this.parts.length - 1] ?? this.text;
	}

	/** Why `read` found nothing, for people: the part that is missing, and what it may have been meant for. */
	explainMissing(record: object): { message: string; fix: string } {
		let value: unknown = record;
		let at = 0;
		while (at < this.parts.length && memberOf(value, this.parts[at]) !== undefined) {
			value = memberOf(value, this.parts[at++]);
		}
		const names =
			isContainer(value) && !Array.isArray(value) ? Object.keys(value).slice(0, 200) : [];
		const meant = suggest(this.parts[at] ?? this.text, names);
		const message = `The item has no field ${quoted(this.text)}.`;
		const plain = this.text.replace(/^[\s={]*\$json\.?|[\s}]+$/g, '');
		if (plain !== this.text) {
			return { message, fix: `Write the bare name of the field, e.g. ${quoted(plain)}.` };
		}
		return {
			message,
			fix: meant
				? `Did you mean ${quoted([...this.parts.slice(0, at), meant].join('.'))}?`
				: fieldsThere(names, this.parts.slice(0, at)),
		};
	}
}

function parseParts(text: string): string[] {
	const parts: string[] = [];
	PART.lastIndex = 0;
	while (PART.lastIndex < text.length && parts.length < MAX_PARTS) {
		const match = PART.exec(text);
		if (!match) return [text];
		parts.push(match[1] ?? match[2] ?? match[3] ?? match[4]);
	}
	return parts;
}

function memberOf(value: unknown, name: string): unknown {
	if (!isContainer(value)) return undefined;
	if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined;
	return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
	return typeof value === 'object' && value !== null;
}

function fieldsThere(names: string[], parents: string[]): string {
	const where = parents.length === 0 ? 'the item' : quoted(parents.join('.'));
	if (names.length === 0) return `Check the field's name; ${where} has no fields.`;
	const listed = names.slice(0, 8).map(quoted).join(', ');
	return `Check the field's name; ${where} has ${listed}${names.length > 8 ? ', …' : ''}.`;
}
