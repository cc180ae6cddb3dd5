import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';

import { answeredOnly } from './conversation';
import { readHistory, readToolCalls } from './history';
import { isPlainObject } from './json';

/** The part of LangChain's memory (what n8n's memory sub-nodes hand over) that a chat needs. */
export interface ChatMemory {
	memoryKey?: string;
	loadMemoryVariables: (values: Record<string, unknown>) => Promise<Record<string, unknown>>;
	saveContext: (
		input: Record<string, unknown>,
		output: Record<string, unknown>,
	) => Promise<unknown>;
}

export function isChatMemory(value: unknown): value is ChatMemory {
	return (
		typeof value === 'object' &&
		value !== null &&
		'loadMemoryVariables' in value &&
		'saveContext' in value
	);
}

/**
 * Reads what a memory remembers as chat messages. A window may have cut a tool call from its result: such halves are
 * left out, because servers refuse them.
 *
 * @param input the user message of this turn, which some memories search by
 */
export async function loadMemory(
	memory: ChatMemory,
	input: string,
): Promise<ChatCompletionMessageParam[]> {
	const variables = await memory.loadMemoryVariables({ input });
	const remembered =
		variables[memory.memoryKey ?? 'chat_history'] ?? Object.values(variables).find(Array.isArray);
	if (typeof remembered === 'string') {
		return readHistory([{ role: 'system', content: remembered }]);
	}
	const messages = Array.isArray(remembered) ? remembered : [];
	return answeredOnly(messages.flatMap((message) => readHistory([plainMessage(message)])));
}

/** A LangChain message object in the API's terms. */
function plainMessage(message: unknown): Record<string, unknown> {
	const source = (isPlainObject(message) ? message : {}) as Record<string, unknown> & {
		getType?: () => string;
		_getType?: () => string;
	};
	const extra = isPlainObject(source.additional_kwargs) ? source.additional_kwargs : {};
	const calls = readToolCalls(source.tool_calls);
	return {
		role: source.role ?? source.getType?.() ?? source._getType?.() ?? source.type,
		content: source.content,
		name: source.name,
		tool_call_id: source.tool_call_id,
		tool_calls: calls.length > 0 ? calls : extra.tool_calls,
	};
}
