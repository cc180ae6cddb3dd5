/** Reading one or many texts from a setting that an expression may fill with anything. */
import { isPlainObject, plainText } from '../chat/json';
import { SettingError } from '../settingError';

/** More would not fit into one item of n8n with its answer. */
const MAX_TEXTS = 100_000;

/**
 * One text, or each entry of a list. Objects become their JSON.
 *
 * @param value - text, list, or text that holds a JSON list of texts.
 * @param setting - display name, for the messages.
 * @throws SettingError when there is no text, or an entry of the list is empty (it is named by its number).
 */
export function readTexts(value: unknown, setting: string): string[] {
	const entries = listOf(value);
	if (entries.length > MAX_TEXTS) {
		throw new SettingError(
			`'${setting}' has ${entries.length} texts`,
			`Give at most ${MAX_TEXTS} with one item; Split Out makes an item of each.`,
			setting,
		);
	}
	const texts = entries.map(plainText);
	const empty = texts.findIndex((text) => text.trim() === '');
	if (texts.length > 0 && empty === -1) return texts;
	throw new SettingError(
		texts.length > 1
			? `Entry ${empty + 1} of ${texts.length} in '${setting}' is empty`
			: `'${setting}' is empty`,
		'Enter a text, or an expression that gives a text or a list of texts, none of them empty. A Filter before this node takes out items without text.',
		setting,
	);
}

/** Exactly one text; for settings where a list makes no sense. */
export function readText(value: unknown, setting: string): string {
	const text = plainText(value);
	if (text.trim() !== '') return text;
	throw new SettingError(
		`'${setting}' is empty`,
		'Enter a text, or an expression that gives one. A Filter before this node takes out items without text.',
		setting,
	);
}

/** Expressions in a text field come as text even when they give a list, unless they are the whole field. */
function listOf(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string' || !/^\s*\[\s*"/.test(value)) return [value];
	try {
		const parsed: unknown = JSON.parse(value);
		const isTexts = Array.isArray(parsed) && parsed.every((one) => !isPlainObject(one));
		return isTexts ? (parsed as unknown[]) : [value];
	} catch {
		return [value];
	}
}
