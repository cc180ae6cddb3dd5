import { SettingError } from '../settingError';

/** Deeper values are refused: n8n walks items recursively, and no schema or answer of use comes near. */
export const MAX_JSON_DEPTH = 200;

export type PlainObject = Record<string, unknown>;

export function isPlainObject(value: unknown): value is PlainObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A value as text: objects as JSON, nothing as ''. `String` would call a `toString` that came with the data.
 */
export function plainText(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Reads a JSON setting, which n8n hands over as text or, from an expression, as a value.
 * `__proto__` members are left out, because they would act on later merges.
 *
 * @param setting the setting's display name, for the message
 * @returns the value, or undefined for nothing and for blank text
 * @throws SettingError if the text is not JSON or the value is nested more than 200 levels deep
 */
export function readJsonSetting(value: unknown, setting: string): unknown {
	if (value === undefined || value === null) return undefined;
	const parsed = typeof value === 'string' ? parseText(value, setting) : value;
	return withoutPrototypeKeys(parsed, setting);
}

/**
 * How deeply a JSON text nests, without parsing it; brackets inside strings do not count.
 * For text that is not JSON the figure is only an upper guess.
 */
export function jsonTextDepth(text: string): number {
	let depth = 0;
	let deepest = 0;
	let inString = false;
	for (let i = 0; i < text.length; i++) {
		const char = text[i];
		if (inString) {
			if (char === '\\') i++;
			else if (char === '"') inString = false;
		} else if (char === '"') inString = true;
		else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
		else if (char === '}' || char === ']') depth--;
	}
	return deepest;
}

function parseText(text: string, setting: string): unknown {
	if (text.trim() === '') return undefined;
	if (jsonTextDepth(text) > MAX_JSON_DEPTH) throw tooDeep(setting);
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw notJson(setting, cause);
	}
}

function withoutPrototypeKeys(value: unknown, setting: string, above: object[] = []): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (above.length >= MAX_JSON_DEPTH || above.includes(value)) throw tooDeep(setting);
	const path = [...above, value];
	if (Array.isArray(value)) return value.map((one) => withoutPrototypeKeys(one, setting, path));
	const copy: PlainObject = {};
	for (const [name, member] of Object.entries(value)) {
		if (name !== '__proto__') copy[name] = withoutPrototypeKeys(member, setting, path);
	}
	return copy;
}

function tooDeep(setting: string): SettingError {
	return new SettingError(
		`'${setting}' is nested more than ${MAX_JSON_DEPTH} levels deep`,
		'Give a flatter value. A value that contains itself cannot be sent either.',
		setting,
	);
}

function notJson(setting: string, cause: unknown): SettingError {
	const where = cause instanceof Error ? cause.message : 'it cannot be read';
	return new SettingError(
		`'${setting}' is not valid JSON: ${where}`,
		'Check quotes, commas and brackets. In an expression, give the object itself or the result of JSON.stringify.',
		setting,
	);
}
