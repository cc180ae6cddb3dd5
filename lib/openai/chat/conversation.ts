import type {
	ChatCompletionContentPartImage,
	ChatCompletionMessageParam,
	ChatCompletionToolMessageParam,
} from 'openai/resources/chat/completions';

import { SettingError } from '../settingError';
import { isPlainObject, plainText, readJsonSetting } from './json';

export interface ConversationParts {
	system?: string;
	/** Role of the system message; models tuned by reinforcement were taught with `developer`. */
	systemRole?: 'system' | 'developer';
	/** What a memory remembers; goes before `history`. */
	remembered?: ChatCompletionMessageParam[];
	history?: ChatCompletionMessageParam[];
	/** Keeps only this many of the newest remembered and history messages. */
	maxHistoryMessages?: number;
	toolResults?: ChatCompletionToolMessageParam[];
	user?: string;
	images?: ChatCompletionContentPartImage[];
}

/**
 * Puts a conversation together in the order the API wants: system, earlier messages, tool results, user message.
 *
 * @throws SettingError if nothing is left to answer, or a tool call has no result or a result no call
 */
export function buildConversation(parts: ConversationParts): ChatCompletionMessageParam[] {
	const earlier = newest(
		[...(parts.remembered ?? []), ...(parts.history ?? [])],
		parts.maxHistoryMessages,
	);
	const messages = [
		...systemMessage(parts, earlier),
		...earlier,
		...(parts.toolResults ?? []),
		...userMessage(parts),
	];
	checkLastMessage(messages);
	checkToolResults(messages);
	return messages;
}

/**
 * Leaves out tool calls that have no result in the conversation, and results that have no call.
 * For conversations that something else has cut, such as a memory window.
 */
export function answeredOnly(messages: ChatCompletionMessageParam[]): ChatCompletionMessageParam[] {
	const calls = new Set<string>();
	const results = new Set<string>();
	for (const message of messages) {
		for (const id of callIds(message)) calls.add(id);
		if (message.role === 'tool') results.add(message.tool_call_id);
	}
	const openCalls = messages.filter((one) => callIds(one).some((id) => !results.has(id)));
	const dropped = new Set(openCalls.flatMap(callIds));
	return messages.filter((message) => {
		if (message.role !== 'tool') return !openCalls.includes(message);
		return calls.has(message.tool_call_id) && !dropped.has(message.tool_call_id);
	});
}

/**
 * Reads results of tool calls: an array of `{tool_call_id, content}` (or an output's tool call with a `result`), or an
 * object that maps call IDs to results. Results that are not text are sent as JSON.
 *
 * @throws SettingError if an entry names no call
 */
export function readToolResults(value: unknown): ChatCompletionToolMessageParam[] {
	const setting = 'Tool Results';
	const read = readJsonSetting(value, setting);
	if (read === undefined) return [];
	return toolResultEntries(read).map((entry, index) => {
		const id = entry.tool_call_id ?? entry.toolCallId ?? entry.id;
		if (typeof id !== 'string' || id === '') {
			throw new SettingError(
				`'${setting}' entry ${index + 1} does not say which tool call it answers`,
				'Give each entry as {"tool_call_id": "call_…", "content": "…"}, with the ID from the tool call.',
				setting,
			);
		}
		const content = plainText(entry.content ?? entry.result ?? entry.output);
		return { role: 'tool', tool_call_id: id, content };
	});
}

function toolResultEntries(read: unknown): Array<Record<string, unknown>> {
	if (Array.isArray(read)) return read.map((one) => (isPlainObject(one) ? one : {}));
	if (!isPlainObject(read)) return [{}];
	if ('tool_call_id' in read || 'toolCallId' in read) return [read];
	return Object.entries(read).map(([id, content]) => ({ id, content }));
}

/** None when the earlier messages begin with the same one already, as a conversation that is fed back does. */
function systemMessage(
	{ system, systemRole = 'system' }: ConversationParts,
	earlier: ChatCompletionMessageParam[],
): ChatCompletionMessageParam[] {
	if (!system?.trim()) return [];
	const first = earlier[0];
	const isThere =
		(first?.role === 'system' || first?.role === 'developer') && first.content === system;
	return isThere ? [] : [{ role: systemRole, content: system }];
}

function userMessage({ user, images = [] }: ConversationParts): ChatCompletionMessageParam[] {
	const text = user?.trim() ? user : undefined;
	if (images.length === 0) return text === undefined ? [] : [{ role: 'user', content: text }];
	const textPart = text === undefined ? [] : [{ type: 'text' as const, text }];
	return [{ role: 'user', content: [...textPart, ...images] }];
}

/** Instructions at the start stay; of the rest the newest `limit` messages do. */
function newest(messages: ChatCompletionMessageParam[], limit?: number) {
	if (limit === undefined || messages.length <= limit) return messages;
	const talk = messages.findIndex(({ role }) => role !== 'system' && role !== 'developer');
	if (talk === -1) return messages;
	const kept = messages.slice(Math.max(talk, messages.length - limit));
	// Where the cut went through a tool call, the results that are left answer nothing.
	const begin = kept.findIndex(({ role }) => role !== 'tool');
	return [...messages.slice(0, talk), ...(begin === -1 ? [] : kept.slice(begin))];
}

function callIds(message: ChatCompletionMessageParam): string[] {
	return message.role === 'assistant' ? (message.tool_calls ?? []).map(({ id }) => id) : [];
}

function checkLastMessage(messages: ChatCompletionMessageParam[]): void {
	const last = messages.at(-1)?.role;
	if (last === 'user' || last === 'tool' || last === 'function') return;
	throw new SettingError(
		"There is nothing to answer: 'User Message' is empty",
		"Fill in 'User Message', or give a 'History' that ends with a user message or a tool result. In a workflow that begins with a chat trigger the message is {{ $json.chatInput }}.",
		'User Message',
	);
}

/** Servers answer 400 to a tool call that is not followed by its results; this says which one. */
function checkToolResults(messages: ChatCompletionMessageParam[]): void {
	let open = new Set<string>();
	for (const message of messages) {
		if (message.role === 'tool') {
			if (!open.delete(message.tool_call_id)) throw resultWithoutCall(message.tool_call_id);
			continue;
		}
		if (open.size > 0) break;
		open = new Set(callIds(message));
	}
	if (open.size > 0) throw callWithoutResult([...open]);
}

function resultWithoutCall(id: string): SettingError {
	return new SettingError(
		`The tool result '${id.slice(0, 80)}' does not belong to a tool call before it`,
		"Give the whole conversation in 'History', with the assistant message that made the tool call. The option 'Return Conversation' puts it in the output of the earlier step.",
		'Tool Results',
	);
}

function callWithoutResult(ids: string[]): SettingError {
	return new SettingError(
		`The conversation has tool calls without a result: ${ids.slice(0, 5).join(', ').slice(0, 200)}`,
		"Add one entry for each tool call to 'Tool Results', before anything else is said.",
		'Tool Results',
	);
}
