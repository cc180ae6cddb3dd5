import { SettingError } from '../settingError';

/**
 * `parent/id` with the id escaped, so that no id reaches another endpoint.
 *
 * @param setting - display name of the field that holds the id.
 * @throws SettingError when there is none.
 */
export function encodedPath(parent: string, id: string, setting: string): string {
	const trimmed = id.trim();
	if (trimmed !== '' && trimmed !== '.' && trimmed !== '..') {
		return `${parent}/${encodeURIComponent(trimmed)}`;
	}
	throw new SettingError(
		`'${setting}' is empty`,
		'Pick one from the list, or enter its ID.',
		setting,
	);
}
