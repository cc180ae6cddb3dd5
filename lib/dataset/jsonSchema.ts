import { child, quoted } from './paths';
import type { JsonObject, JsonValue } from './types';

/** Where a value breaks a schema; `message` continues a sentence that begins with the path. */
export interface Mismatch {
	path: string;
	message: string;
}

const MAX_MISMATCHES = 10;
/** Schemas can refer to themselves; these bound the work on one value. What is beyond is let pass. */
const MAX_STEPS = 10_000;
const MAX_NESTING = 200;

/**
 * Checks a value against the part of JSON Schema that tools use: type, enum, const, properties, required,
 * additionalProperties: false, items, minItems, maxItems, minimum, maximum, minLength, maxLength, anyOf,
 * oneOf, allOf, nullable, and $ref inside the schema. Everything else (formats, patterns) is let pass,
 * so a mismatch is certain and a match is not. Never throws.
 */
export function mismatches(value: JsonValue, schema: JsonObject): Mismatch[] {
	const check = new Check(schema);
	check.at(value, schema, '');
	return check.found;
}

class Check {
	readonly found: Mismatch[] = [];

	private steps = 0;

	constructor(
		private readonly root: JsonObject,
		private nesting = 0,
	) {}

	at(value: JsonValue, given: JsonValue | undefined, path: string): void {
		if (++this.steps > MAX_STEPS || this.found.length >= MAX_MISMATCHES) return;
		if (this.nesting >= MAX_NESTING) return;
		this.nesting++;
		this.inside(value, given, path);
		this.nesting--;
	}

	private inside(value: JsonValue, given: JsonValue | undefined, path: string): void {
		if (given === false) this.add(path, 'is not allowed');
		const schema = this.resolve(given);
		if (!schema) return;
		if (value === null && member(schema, 'nullable') === true) return;
		if (!this.hasType(value, schema, path)) return;
		this.isListed(value, schema, path);
		this.combinations(value, schema, path);
		if (typeof value === 'number') this.number(value, schema, path);
		else if (typeof value === 'string') this.text(value, schema, path);
		else if (Array.isArray(value)) this.list(value, schema, path);
		else if (isObject(value)) this.object(value, schema, path);
	}

	private add(path: string, message: string): void {
		if (this.found.length < MAX_MISMATCHES) this.found.push({ path, message });
	}

	private hasType(value: JsonValue, schema: JsonObject, path: string): boolean {
		const type = member(schema, 'type');
		const types = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
		if (types.length === 0 || types.some((name) => isOfType(value, name))) return true;
		this.add(path, `must be of type ${types.join(' or ')}`);
		return false;
	}

	private isListed(value: JsonValue, schema: JsonObject, path: string): void {
		const allowed = member(schema, 'enum');
		if (Array.isArray(allowed) && !allowed.some((one) => equal(one, value))) {
			this.add(path, 'must be one of the values of the enum');
		}
		const constant = member(schema, 'const');
		if (constant !== undefined && !equal(constant, value))
			this.add(path, 'must be the constant value');
	}

	private combinations(value: JsonValue, schema: JsonObject, path: string): void {
		const all = member(schema, 'allOf');
		if (Array.isArray(all)) all.forEach((part) => this.at(value, part, path));
		const any = member(schema, 'anyOf');
		if (Array.isArray(any) && any.length > 0 && this.matching(value, any) === 0) {
			this.add(path, 'matches none of the alternatives (anyOf)');
		}
		const one = member(schema, 'oneOf');
		if (Array.isArray(one) && one.length > 0 && this.matching(value, one) === 0) {
			this.add(path, 'matches none of the alternatives (oneOf)');
		}
	}

	private matching(value: JsonValue, schemas: JsonValue[]): number {
		return schemas.filter((schema) => {
			const attempt = new Check(this.root, this.nesting);
			attempt.steps = this.steps;
			attempt.at(value, schema, '');
			this.steps = attempt.steps;
			return attempt.found.length === 0;
		}).length;
	}

	private number(value: number, schema: JsonObject, path: string): void {
		this.bounds(value, schema, path, 'minimum', 'maximum', '');
	}

	private text(value: string, schema: JsonObject, path: string): void {
		const isBounded = ['minLength', 'maxLength'].some((name) => Object.hasOwn(schema, name));
		if (isBounded) {
			this.bounds(Array.from(value).length, schema, path, 'minLength', 'maxLength', ' characters');
		}
	}

	private list(values: JsonValue[], schema: JsonObject, path: string): void {
		this.bounds(values.length, schema, path, 'minItems', 'maxItems', ' elements');
		const items = member(schema, 'items');
		if (items !== undefined && !Array.isArray(items)) {
			values.forEach((item, index) => this.at(item, items, child(path, index)));
		}
	}

	private bounds(
		size: number,
		schema: JsonObject,
		path: string,
		least: string,
		most: string,
		unit: string,
	): void {
		const low = member(schema, least);
		const high = member(schema, most);
		if (typeof low === 'number' && size < low) this.add(path, `must be at least ${low}${unit}`);
		if (typeof high === 'number' && size > high) this.add(path, `must be at most ${high}${unit}`);
	}

	private object(value: JsonObject, schema: JsonObject, path: string): void {
		const required = member(schema, 'required');
		for (const name of Array.isArray(required) ? required : []) {
			if (typeof name === 'string' && !Object.hasOwn(value, name)) {
				this.add(child(path, name), 'is required');
			}
		}
		const properties = member(schema, 'properties');
		const known = isObject(properties) ? properties : {};
		const others = member(schema, 'additionalProperties');
		const isOpen = Object.hasOwn(schema, 'patternProperties');
		for (const name of Object.keys(value)) {
			if (Object.hasOwn(known, name)) this.at(value[name], known[name], child(path, name));
			else if (others === false && !isOpen) {
				this.add(child(path, name), `is not among the parameters (${quoted(name)} is unknown)`);
			} else if (others !== undefined && !isOpen) this.at(value[name], others, child(path, name));
		}
	}

	/** The schema itself, or what its `$ref` points at (`#/$defs/…` only); undefined allows everything. */
	private resolve(given: JsonValue | undefined): JsonObject | undefined {
		let schema = isObject(given) ? given : undefined;
		for (let hops = 0; schema && Object.hasOwn(schema, '$ref'); hops++) {
			const reference = schema.$ref;
			if (hops > 8 || typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
			schema = this.lookUp(reference);
		}
		return schema;
	}

	private lookUp(reference: string): JsonObject | undefined {
		let place: JsonValue | undefined = this.root;
		for (const part of reference.split('/').slice(1)) {
			const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
			if (typeof place !== 'object' || place === null) return undefined;
			place = Array.isArray(place) ? place[Number(name)] : member(place, name);
		}
		return isObject(place) ? place : undefined;
	}
}

function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(schema: JsonObject, name: string): JsonValue | undefined {
	return Object.hasOwn(schema, name) ? schema[name] : undefined;
}

function isOfType(value: JsonValue, type: JsonValue): boolean {
	switch (type) {
		case 'null':
			return value === null;
		case 'array':
			return Array.isArray(value);
		case 'object':
			return isObject(value);
		case 'integer':
			return Number.isInteger(value);
		case 'string':
		case 'number':
		case 'boolean':
			return typeof value === type;
		default:
			return true;
	}
}

function equal(a: JsonValue, b: JsonValue): boolean {
	if (a === b) return true;
	if (Array.isArray(a) && Array.isArray(b)) {
		return a.length === b.length && a.every((item, index) => equal(item, b[index]));
	}
	if (!isObject(a) || !isObject(b)) return false;
	const names = Object.keys(a);
	return (
		names.length === Object.keys(b).length &&
		names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]))
	);
}
