import type { JsonObject, JsonValue } from '../../lib/dataset/types';

import type { Method } from './examine';
import { isObject, textOf } from './lessons';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];
const MESSAGE_KEYS = new Set(
	'role content name weight tool_calls tool_call_id function_call refusal audio'.split(' '),
);
const SPECIAL =
	/<\|(?:im_start|im_end|im_sep|endoftext|endofprompt|fim_prefix|fim_middle|fim_suffix)\|>/;

/**
 * Why a server that trains would refuse this example, to follow "Line 1"; undefined when it would not.
 * Written apart from lib/dataset's validator on purpose: the end-to-end tests compare the two.
 */
export function exampleFault(example: JsonObject, method: Method): string | undefined {
	if (method === 'dpo') return preferenceFault(example);
	if (!Object.hasOwn(example, 'messages')) {
		return Object.hasOwn(example, 'prompt')
			? ' is in the prompt-completion format, but the specified model is a chat model and requires chat-formatted data'
			: ', key "messages": Missing required key';
	}
	return messagesFault(example.messages, 'messages') ?? endFault(example.messages, method);
}

function preferenceFault(example: JsonObject): string | undefined {
	if (!isObject(example.input)) return ', key "input": Missing required key';
	const input = messagesFault(example.input.messages, 'input.messages');
	if (input) return input;
	for (const key of ['preferred_output', 'non_preferred_output']) {
		const output = example[key];
		const fault = messagesFault(output, key);
		if (fault) return fault;
		if ((output as JsonObject[]).some(({ role }) => role !== 'assistant' && role !== 'tool')) {
			return `, key "${key}": Output messages must be from the assistant`;
		}
	}
	return undefined;
}

function messagesFault(messages: JsonValue | undefined, key: string): string | undefined {
	if (!Array.isArray(messages)) return `, key "${key}": Must be a list of messages`;
	if (messages.length === 0) return `, key "${key}": Must not be empty`;
	for (const [index, message] of messages.entries()) {
		const fault = messageFault(message);
		if (fault) return `, message ${index + 1}${fault}`;
	}
	return undefined;
}

function messageFault(message: JsonValue): string | undefined {
	if (!isObject(message)) return ': Must be a JSON object';
	const { role, content, weight } = message;
	const unknown = Object.keys(message).find((key) => !MESSAGE_KEYS.has(key));
	if (unknown) return `, key "${unknown}": Extra inputs are not permitted`;
	if (typeof role !== 'string') return ', key "role": Missing required key';
	if (!ROLES.includes(role)) return `, key "role": Must be one of ${ROLES.join(', ')}`;
	const calls = message.tool_calls ?? message.function_call;
	const empty = content === undefined || content === null || content === '';
	if (empty && !calls && message.refusal === undefined) {
		return ', key "content": Must not be empty';
	}
	if (!empty && typeof content !== 'string' && !Array.isArray(content)) {
		return ', key "content": Must be a string or a list of parts';
	}
	if (weight !== undefined && (role !== 'assistant' || (weight !== 0 && weight !== 1))) {
		return ', key "weight": Must be 0 or 1, on assistant messages only';
	}
	if (role === 'tool' && typeof message.tool_call_id !== 'string') {
		return ', key "tool_call_id": Missing required key';
	}
	const token = SPECIAL.exec(textOf(content));
	return token ? ` contains an invalid token: ${token[0]}` : undefined;
}

function endFault(messages: JsonValue | undefined, method: Method): string | undefined {
	const list = messages as JsonObject[];
	if (method === 'reinforcement') {
		return list.at(-1)?.role === 'user' ? undefined : ': Last message must be from the user';
	}
	const answers = list.filter(({ role }) => role === 'assistant');
	if (answers.length === 0) return ': Example must contain at least one assistant message';
	if (list.at(-1)?.role !== 'assistant') return ': Last message must be from the assistant';
	if (answers.every(({ weight }) => weight === 0)) {
		return ': At least one assistant message must have a weight of 1';
	}
	return undefined;
}
