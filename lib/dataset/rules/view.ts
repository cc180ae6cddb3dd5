import { child } from '../paths';
import type { DatasetFormat, JsonObject, JsonValue } from '../types';
import type { ExampleView, MessageList, MessageView } from './types';

/** Names OpenAI's specification of May 2025 had for the two outputs; files with them are still about. */
export const OUTPUT_NAMES = {
	preferred: ['preferred_output', 'preferred_completion'],
	nonPreferred: ['non_preferred_output', 'non_preferred_completion'],
} as const;

export function viewExample(
	value: JsonObject,
	format: DatasetFormat,
	counted: Pick<ExampleView, 'tokens' | 'tokenLimit'> = {},
): ExampleView {
	if (format === 'completion') {
		return { value, format, lists: [], settings: value, settingsPath: '', ...counted };
	}
	if (format !== 'dpo') {
		const lists = [viewList('messages', own(value, 'messages'), 'conversation')];
		return { value, format, lists, settings: value, settingsPath: '', ...counted };
	}
	const input = own(value, 'input');
	const settings = isObject(input) ? input : {};
	const lists = [viewList('input.messages', own(settings, 'messages'), 'conversation')];
	for (const names of Object.values(OUTPUT_NAMES)) {
		const name = presentName(value, names);
		lists.push(viewList(name, own(value, name), 'output'));
	}
	return { value, format, lists, settings, settingsPath: 'input', ...counted };
}

/** The name in use: the alias when only the alias is there. */
export function presentName(value: JsonObject, [name, alias]: readonly [string, string]): string {
	return !Object.hasOwn(value, name) && Object.hasOwn(value, alias) ? alias : name;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that the data itself holds, never one of `Object.prototype`. */
export function own(value: JsonObject, name: string): JsonValue | undefined {
	return Object.hasOwn(value, name) ? value[name] : undefined;
}

function viewList(
	path: string,
	raw: JsonValue | undefined,
	purpose: MessageList['purpose'],
): MessageList {
	const messages: MessageView[] = [];
	if (Array.isArray(raw)) {
		raw.forEach((message, index) => {
			if (!isObject(message)) return;
			messages.push({ path: child(path, index), index, message, role: own(message, 'role') });
		});
	}
	return { path, purpose, raw, messages };
}

/** How a message is called in a text: by number from 1, as people count. */
export function nameMessage({ index, role }: MessageView): string {
	return typeof role === 'string' && role.length <= 20
		? `Message ${index + 1} (${role})`
		: `Message ${index + 1}`;
}

/** What a value is, in a word that is not jargon. */
export function nameType(value: JsonValue | undefined): string {
	if (value === undefined) return 'missing';
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}
