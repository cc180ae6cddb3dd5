/** An expression in a credential may give anything; what the user typed is text. */
import { SettingError } from './settingError';

/**
 * Refuses what is no text in fields that hold text; an absent field is none of its business.
 *
 * @param labels field -> display name; the value itself is never named
 * @param credential how the message speaks of it where a node has several
 * @throws SettingError for the first field that holds e.g. a number
 */
export function assertTexts(
	fields: object,
	labels: Readonly<Record<string, string>>,
	credential = 'the credential',
): void {
	const values = new Map<string, unknown>(Object.entries(fields));
	for (const [name, label] of Object.entries(labels)) {
		const kind = otherKind(values.get(name));
		if (kind === undefined) continue;
		throw new SettingError(
			`'${label}' of ${credential} is ${kind}, not text`,
			"Let its expression give text, e.g. {{ '1234' }} in place of {{ 1234 }}. A number may have lost leading zeros or last digits, so it is not used.",
			label,
		);
	}
}

function otherKind(value: unknown): string | undefined {
	if (value === undefined || value === null || typeof value === 'string') return undefined;
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'number' || typeof value === 'bigint') return 'a number';
	return typeof value === 'boolean' ? 'true or false' : 'an object';
}
