import type { JsonObject, JsonValue } from './types';

/**
 * Whether an object certainly is a chat example that no rule objects to, whatever its characters: nothing but
 * messages of system (or developer), user and assistant with text, in turn, the answer last. One pass, no
 * allocation. False says nothing; then the table of rules decides, which this function must never contradict.
 */
export function isPlainChat(value: JsonObject): boolean {
	for (const name in value) if (name !== 'messages') return false;
	const { messages } = value;
	if (!Array.isArray(messages)) return false;
	let before: JsonValue | undefined;
	for (const message of messages) {
		if (typeof message !== 'object' || message === null || Array.isArray(message)) return false;
		for (const name in message) if (name !== 'role' && name !== 'content') return false;
		if (!mayFollow(message.role, before) || !isPlainText(message.content)) return false;
		before = message.role;
	}
	return before === 'assistant';
}

/** Whether a role may come after another (`undefined` at the beginning) without a word from any rule. */
export function mayFollow(
	role: JsonValue | undefined,
	before: JsonValue | undefined,
): role is string {
	if (role === 'assistant') return before === 'user';
	if (role === 'user') return before !== 'user';
	return (role === 'system' || role === 'developer') && before === undefined;
}

/** Text that holds something to see and nothing like a control token. */
export function isPlainText(content: JsonValue | undefined): content is string {
	if (typeof content !== 'string') return false;
	if (!isVisible(content.charCodeAt(0)) && !/\S/.test(content)) return false;
	// A search for one character is several times faster than one for two.
	return !content.includes('<') || !content.includes('<|');
}

/** Certainly not white space: most of ASCII, and the ranges of letters around it. */
function isVisible(unit: number): boolean {
	if (unit < 0x7f) return unit > 0x20;
	return (unit > 0xa0 && unit < 0x1680) || (unit > 0x3040 && unit < 0xfe00);
}
