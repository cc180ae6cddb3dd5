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

/** Text that begins with something to see and holds nothing like a control token. */
export function isPlainText(content: JsonValue | undefined): content is string {
	if (typeof content !== 'string') return false;
	const first = content.charCodeAt(0);
	const isVisible = (first > 0x20 && first < 0x7f) || (first > 0xa0 && first < 0x1680);
	if (!isVisible && !(first >= 0x3041 && first <= 0xfdff)) return false;
	// A search for one character is several times faster than one for two.
	return !content.includes('<') || !content.includes('<|');
}
