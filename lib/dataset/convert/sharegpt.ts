/** ShareGPT's conversations, with the tool roles that LLaMA-Factory added. */
import { isObject, own } from '../rules/view';
import type { ChatMessage, JsonObject, JsonValue, Role, ToolCall, ToolDefinition } from '../types';

const ROLES: { [from: string]: Role | 'call' } = {
	human: 'user',
	user: 'user',
	gpt: 'assistant',
	chatgpt: 'assistant',
	bing: 'assistant',
	bard: 'assistant',
	model: 'assistant',
	assistant: 'assistant',
	system: 'system',
	developer: 'developer',
	tool: 'tool',
	observation: 'tool',
	function_response: 'tool',
	function_call: 'call',
};

/** The messages, or undefined when one of them cannot be understood. */
export function readConversation(conversation: JsonValue | undefined): ChatMessage[] | undefined {
	if (!Array.isArray(conversation)) return undefined;
	const messages: ChatMessage[] = [];
	let calls = 0;
	let lastCallId: string | undefined;
	for (const turn of conversation) {
		if (!isObject(turn)) return undefined;
		const from = own(turn, 'from') ?? own(turn, 'role');
		const value = own(turn, 'value') ?? own(turn, 'content') ?? own(turn, 'text');
		if (typeof from !== 'string' || typeof value !== 'string') return undefined;
		const name = from.toLowerCase();
		const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
		if (role === undefined) return undefined;
		if (role === 'call') {
			const call = readCall(value, `call_${++calls}`);
			if (!call) return undefined;
			lastCallId = call.id;
			messages.push({ role: 'assistant', content: null, tool_calls: [call] });
		} else if (role === 'tool') {
			if (lastCallId === undefined) return undefined;
			messages.push({ role, tool_call_id: lastCallId, content: value });
		} else {
			const weight = own(turn, 'weight');
			const message: ChatMessage = { role, content: value };
			if (weight === 0 || weight === 1) message.weight = weight;
			messages.push(message);
		}
	}
	return messages;
}

function readCall(text: string, id: string): ToolCall | undefined {
	const call = parse(text);
	if (!isObject(call) || typeof call.name !== 'string') return undefined;
	const args = own(call, 'arguments') ?? {};
	return {
		id,
		type: 'function',
		function: {
			name: call.name,
			arguments: typeof args === 'string' ? args : JSON.stringify(args),
		},
	};
}

/** Tool definitions as a list or as JSON text of one; undefined for none, null when they cannot be understood. */
export function readTools(value: JsonValue | undefined): ToolDefinition[] | undefined | null {
	const tools = typeof value === 'string' && value.trim() !== '' ? parse(value) : value;
	if (tools === undefined || tools === null || tools === '')
		return tools === null && value !== null ? null : undefined;
	if (!Array.isArray(tools) || !tools.every(isObject)) return null;
	if (tools.length === 0) return undefined;
	return tools.map((tool) =>
		tool.type === 'function' ? tool : { type: 'function', function: tool },
	) as unknown as ToolDefinition[];
}

/** The messages as ShareGPT turns, or undefined when one has more in it than a turn can hold. */
export function writeConversation(messages: readonly ChatMessage[]): JsonObject[] | undefined {
	const turns: JsonObject[] = [];
	for (const message of messages) {
		const turn = writeTurn(message);
		if (!turn) return undefined;
		turns.push(turn);
	}
	return turns;
}

const NAMES: { [role in Role]?: string } = {
	user: 'human',
	assistant: 'gpt',
	system: 'system',
	developer: 'system',
	tool: 'observation',
};

function writeTurn({ role, content, tool_calls: calls }: ChatMessage): JsonObject | undefined {
	const from = NAMES[role];
	const hasText = typeof content === 'string' && content !== '';
	if (calls && calls.length > 0) {
		if (calls.length > 1 || hasText) return undefined;
		const { name, arguments: text } = calls[0].function;
		return {
			from: 'function_call',
			value: JSON.stringify({ name, arguments: parse(text) ?? text }),
		};
	}
	return from !== undefined && typeof content === 'string' ? { from, value: content } : undefined;
}

function parse(text: string): JsonValue | null {
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return null;
	}
}
