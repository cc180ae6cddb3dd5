import { badRequest } from './errors';

/** What a request field may hold. Fields that are not listed are refused, as OpenAI does. */
export interface Rule {
	type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'any';
	required?: boolean;
	/** True takes null in a list or a required field too; false refuses it even where the field may be absent. */
	nullable?: boolean;
	/** The word `auto` is taken as well. */
	auto?: boolean;
	min?: number;
	/** `min` itself is not taken. */
	above?: boolean;
	max?: number;
	/** Characters of a string, members of an array, properties of an object. */
	minLength?: number;
	maxLength?: number;
	oneOf?: string[];
	items?: Rule;
	fields?: Record<string, Rule>;
}

export type Body = Record<string, unknown>;

const ARTICLES: Record<string, string> = {
	string: 'a string',
	integer: 'an integer',
	number: 'a decimal',
	boolean: 'a boolean',
	array: 'an array',
	object: 'an object',
	null: 'null',
};

/** Checks a JSON body against the fields and answers it; refuses it in OpenAI's words otherwise. */
export function checkBody(body: unknown, fields: Record<string, Rule>): Body {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw badRequest(
			'We could not parse the JSON body of your request. The API expects a JSON object.',
		);
	}
	checkFields(body as Body, fields, '');
	return body as Body;
}

function checkFields(body: Body, fields: Record<string, Rule>, path: string): void {
	for (const name of Object.keys(body)) {
		if (!Object.hasOwn(fields, name)) {
			throw badRequest(`Unknown parameter: '${path}${name}'.`, path + name, 'unknown_parameter');
		}
	}
	for (const [name, rule] of Object.entries(fields)) {
		const value = body[name];
		if (value === undefined || (value === null && !rule.required && rule.nullable !== false)) {
			if (!rule.required) continue;
			const message = `Missing required parameter: '${path}${name}'.`;
			throw badRequest(message, path + name, 'missing_required_parameter');
		}
		checkValue(value, rule, path + name);
	}
}

function checkValue(value: unknown, rule: Rule, path: string): void {
	if (rule.type === 'any' || (value === null && rule.nullable)) return;
	if (rule.auto && value === 'auto') return;
	const found = typeName(value);
	if (found !== rule.type && !(rule.type === 'number' && found === 'integer')) {
		const expected = rule.auto ? `one of ${ARTICLES[rule.type]} or 'auto'` : ARTICLES[rule.type];
		const message = `Invalid type for '${path}': expected ${expected}, but got ${ARTICLES[found]} instead.`;
		throw badRequest(message, path, 'invalid_type');
	}
	if (typeof value === 'number') checkRange(value, rule, path);
	else if (typeof value === 'string') checkString(value, rule, path);
	else if (Array.isArray(value)) {
		checkLength(value.length, rule, path, 'array');
		const { items } = rule;
		if (items) value.forEach((item, index) => checkValue(item, items, `${path}[${index}]`));
	} else if (found === 'object') {
		checkLength(Object.keys(value as Body).length, rule, path, 'object');
		if (rule.fields) checkFields(value as Body, rule.fields, `${path}.`);
	}
}

function typeName(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value;
}

function checkRange(value: number, rule: Rule, path: string): void {
	const kind = rule.type === 'integer' ? 'integer' : 'decimal';
	const { min = -Infinity, max = Infinity, above } = rule;
	if (value < min || (above && value === min)) {
		const message = `Invalid '${path}': ${kind} below minimum value. Expected a value ${above ? '>' : '>='} ${min}, but got ${value} instead.`;
		throw badRequest(message, path, `${kind}_below_min_value`);
	}
	if (value > max) {
		const message = `Invalid '${path}': ${kind} above maximum value. Expected a value <= ${max}, but got ${value} instead.`;
		throw badRequest(message, path, `${kind}_above_max_value`);
	}
}

function checkString(value: string, rule: Rule, path: string): void {
	if (rule.oneOf && !rule.oneOf.includes(value)) {
		const message = `Invalid value: '${value.slice(0, 100)}'. Supported values are: ${listed(rule.oneOf)}.`;
		throw badRequest(message, path, 'invalid_value');
	}
	checkLength(value.length, rule, path, 'string');
}

function checkLength(length: number, rule: Rule, path: string, kind: string): void {
	const { minLength = 0, maxLength = Infinity } = rule;
	const article = ARTICLES[kind];
	if (length === 0 && minLength > 0) {
		const message = `Invalid '${path}': empty ${kind}. Expected ${article} with minimum length ${minLength}, but got an empty ${kind} instead.`;
		throw badRequest(message, path, `empty_${kind}`);
	}
	if (length < minLength) {
		const message = `Invalid '${path}': ${kind} too short. Expected ${article} with minimum length ${minLength}, but got ${article} with length ${length} instead.`;
		throw badRequest(message, path, `${kind}_below_min_length`);
	}
	if (length <= maxLength) return;
	if (kind === 'object') {
		const message = `Invalid '${path}': too many properties. Expected an object with at most ${maxLength} properties, but got an object with ${length} properties instead.`;
		throw badRequest(message, path, 'object_above_max_properties');
	}
	const message = `Invalid '${path}': ${kind} too long. Expected ${article} with maximum length ${maxLength}, but got ${article} with length ${length} instead.`;
	throw badRequest(message, path, `${kind}_above_max_length`);
}

function listed(values: string[]): string {
	const quoted = values.map((value) => `'${value}'`);
	if (quoted.length < 2) return quoted.join('');
	return `${quoted.slice(0, -1).join(', ')}, and ${quoted[quoted.length - 1]}`;
}

/** OpenAI's rule for `metadata`, which its field tables cannot say: at most 16 pairs of short strings. */
export function checkMetadata(metadata: unknown): void {
	if (metadata === undefined || metadata === null) return;
	checkValue(metadata, { type: 'object', maxLength: 16 }, 'metadata');
	for (const [name, value] of Object.entries(metadata as Body)) {
		checkLength(name.length, { type: 'string', minLength: 1, maxLength: 64 }, 'metadata', 'string');
		checkValue(value, { type: 'string', maxLength: 512 }, `metadata.${name}`);
	}
}
