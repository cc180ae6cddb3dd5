import { SettingError } from '../../openai/settingError';

/** Seconds and a number that makes it unique: the name of a message within its channel. */
const TIMESTAMP = /^\d{1,12}\.\d{6}$/;

/**
 * A message's timestamp, as it came from Slack. As a number it would have lost digits, and named another message.
 *
 * @param setting - display name of the field
 * @returns undefined where nothing was given
 * @throws SettingError for a number and for anything else that is no timestamp
 */
export function readTimestamp(value: unknown, setting: string): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'number') throw aNumber(String(value), setting);
	const text = typeof value === 'string' ? value.trim() : '?';
	if (text === '') return undefined;
	if (TIMESTAMP.test(text)) return text;
	if (/^\d{9,12}(\.\d{1,5})?$/.test(text)) throw aNumber(text, setting);
	throw new SettingError(
		`'${setting}' is not the timestamp of a Slack message: ${text.slice(0, 60)}`,
		'A timestamp looks like 1724405603.290990. Take it from the Slack Question Trigger, e.g. {{ $json.replyThreadTs }}.',
		setting,
	);
}

/** Whether `a` was written before `b`. */
export function isBefore(a: string, b: string): boolean {
	const [first, second] = [padded(a), padded(b)];
	return first < second;
}

function padded(timestamp: string): string {
	const [seconds, rest = ''] = timestamp.split('.', 2);
	return `${seconds.padStart(12, '0')}.${rest.padEnd(6, '0')}`;
}

function aNumber(text: string, setting: string): SettingError {
	return new SettingError(
		`'${setting}' is a number (${text.slice(0, 40)}), which has lost the last digits of the timestamp`,
		'Keep timestamps as text from Slack to here: give the field by an expression such as {{ $json.replyThreadTs }}, and store it in columns for text. 1724405603.290990 must not become 1724405603.29099.',
		setting,
	);
}
