import { child, quoted } from '../paths';
import { suggest } from '../suggest';
import { CHAT, WITH_MESSAGES, type Report, type Rule } from './types';
import { isObject, nameType, own } from './view';

/** Keys an example may have beside its messages. `functions` is OpenAI's old name for tools. */
const SETTINGS = ['tools', 'parallel_tool_calls', 'functions', 'function_call'];
const CHAT_KEYS = ['messages', ...SETTINGS];

/** The example's own keys and the shape of its lists of messages. */
export const structureRules: Rule[] = [
	{
		code: 'unknown_key',
		severity: 'error',
		formats: CHAT,
		check: ({ value }, report) => reportUnknownKeys(value, CHAT_KEYS, '', report),
	},
	{
		code: 'missing_messages',
		severity: 'error',
		formats: WITH_MESSAGES,
		check({ lists }, report) {
			for (const { path, raw } of lists) {
				if (Array.isArray(raw)) continue;
				const state = raw === undefined ? 'is missing' : `is ${nameType(raw)}, not a list`;
				report(
					path,
					`“${path}” ${state}.`,
					`Give “${path}” a list of messages with role and content.`,
				);
			}
		},
	},
	{
		code: 'empty_messages',
		severity: 'error',
		formats: WITH_MESSAGES,
		check({ lists }, report) {
			for (const { path, raw } of lists) {
				if (!Array.isArray(raw) || raw.length > 0) continue;
				report(path, `“${path}” is an empty list.`, 'Fill it, or remove the line.');
			}
		},
	},
	{
		code: 'message_not_an_object',
		severity: 'error',
		formats: WITH_MESSAGES,
		check({ lists }, report) {
			for (const { path, raw } of lists) {
				if (!Array.isArray(raw)) continue;
				raw.forEach((message, index) => {
					if (isObject(message)) return;
					report(
						child(path, index),
						`Message ${index + 1} is ${nameType(message)}, not an object.`,
						'Write each message as {"role": …, "content": …}.',
					);
				});
			}
		},
	},
	{
		code: 'invalid_parallel_tool_calls',
		severity: 'error',
		formats: WITH_MESSAGES,
		check({ settings, settingsPath }, report) {
			const setting = own(settings, 'parallel_tool_calls');
			if (setting === undefined || typeof setting === 'boolean') return;
			report(
				child(settingsPath, 'parallel_tool_calls'),
				`“parallel_tool_calls” is ${nameType(setting)}; it must be true or false.`,
				'Write true or false without quotes, or leave it out.',
			);
		},
	},
];

/** Reports each key of an object that is not on the list, with the listed one it may have been meant for. */
export function reportUnknownKeys(
	value: { [key: string]: unknown },
	known: readonly string[],
	path: string,
	report: Report,
): void {
	for (const key of Object.keys(value)) {
		if (known.includes(key)) continue;
		const meant = suggest(key, known);
		report(
			child(path, key),
			`${path === '' ? 'The example' : path} has the key ${quoted(key)}, which the server does not know.`,
			meant ? `Rename it to “${meant}”, or remove it.` : 'Remove it.',
		);
	}
}

export { SETTINGS as EXAMPLE_SETTINGS };
