import type {
	ChatCompletionContentPart,
	ChatCompletionMessageFunctionToolCall,
	ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';

import { SettingError } from '../settingError';
import { isPlainObject, plainText, readJsonSetting, type PlainObject } from './json';

const SETTING = 'History';

const ROLES: Record<string, ChatCompletionMessageParam['role']> = {
	system: 'system',
	developer: 'developer',
	user: 'user',
	human: 'user',
	assistant: 'assistant',
	ai: 'assistant',
	tool: 'tool',
	function: 'function',
};

/** Names under which a pair's two halves come, from training data, n8n's Chat Memory Manager, and chat tools. */
const PAIRS: ReadonlyArray<readonly [string, string]> = [
	['question', 'answer'],
	['prompt', 'completion'],
	['user', 'assistant'],
	['human', 'ai'],
	['input', 'output'],
];

export interface HistoryFields {
	/** Field that holds the role; dots reach into objects. */
	role: string;
	/** Field that holds the text. */
	content: string;
}

/**
 * Reads an earlier conversation.
 *
 * @param value JSON text, an array, or an object with a `messages` array. Entries are chat messages, or pairs such as
 *   `{question, answer}`, which become a user and an assistant message. Messages without content are left out.
 * @throws SettingError naming the first entry (1-based) that is neither
 */
export function readHistory(
	value: unknown,
	fields: HistoryFields = { role: 'role', content: 'content' },
): ChatCompletionMessageParam[] {
	const read = readJsonSetting(value, SETTING);
	if (read === undefined) return [];
	const entries = isPlainObject(read) && Array.isArray(read.messages) ? read.messages : [read];
	return entries.flat().flatMap((entry, index) => readEntry(entry, index + 1, fields));
}

function readEntry(
	entry: unknown,
	position: number,
	fields: HistoryFields,
): ChatCompletionMessageParam[] {
	if (!isPlainObject(entry)) throw notAMessage(position);
	if (Array.isArray(entry.messages)) return readHistory(entry.messages, fields);
	const role = valueAt(entry, fields.role);
	if (role === undefined) return readPair(entry, position);
	const known = ROLES[plainText(role).toLowerCase()];
	if (!known) throw unknownRole(role, position);
	return toMessage(known, { ...entry, content: valueAt(entry, fields.content) }, position);
}

function readPair(entry: PlainObject, position: number): ChatCompletionMessageParam[] {
	const names = PAIRS.find(([first, second]) => first in entry && second in entry);
	if (!names) throw notAMessage(position);
	return [
		...toMessage('user', { content: entry[names[0]] }, position),
		...toMessage('assistant', { content: entry[names[1]] }, position),
	];
}

/** One message of the API's shape with only the fields that the chat endpoint takes, or none when it says nothing. */
function toMessage(
	role: ChatCompletionMessageParam['role'],
	entry: PlainObject,
	position: number,
): ChatCompletionMessageParam[] {
	const content = readContent(entry.content, position);
	const toolCalls = role === 'assistant' ? readToolCalls(entry.tool_calls) : [];
	const refusal = typeof entry.refusal === 'string' && entry.refusal ? entry.refusal : undefined;
	const said = content !== null && content.length > 0;
	// An empty tool result is an answer all the same: the call it belongs to must not stay open.
	if (!said && toolCalls.length === 0 && !refusal && role !== 'tool') return [];
	const message = {
		role,
		content: said ? content : role === 'tool' ? '' : null,
		...(typeof entry.name === 'string' && entry.name ? { name: entry.name } : {}),
		...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
		...(role === 'assistant' && refusal ? { refusal } : {}),
		...(role === 'tool' ? { tool_call_id: plainText(entry.tool_call_id) } : {}),
	};
	return [message as ChatCompletionMessageParam];
}

function readContent(
	content: unknown,
	position: number,
): string | ChatCompletionContentPart[] | null {
	if (content === undefined || content === null) return null;
	if (typeof content === 'string') return content.trim() === '' ? null : content;
	if (Array.isArray(content)) {
		return content.map((part) => {
			if (typeof part === 'string') return { type: 'text', text: part };
			if (!isPlainObject(part) || typeof part.type !== 'string') throw notAMessage(position);
			return part as unknown as ChatCompletionContentPart;
		});
	}
	return plainText(content);
}

/** Tool calls in OpenAI's shape `{id, function: {name, arguments}}` or LangChain's `{id, name, args}`. */
export function readToolCalls(value: unknown): ChatCompletionMessageFunctionToolCall[] {
	if (!Array.isArray(value)) return [];
	return value.filter(isPlainObject).map((call) => {
		const named = isPlainObject(call.function) ? call.function : call;
		const given = named.arguments ?? named.args ?? {};
		return {
			id: plainText(call.id),
			type: 'function',
			function: {
				name: plainText(named.name),
				arguments: plainText(given),
			},
		};
	});
}

/** The value at a path such as `message.role`; own fields only. A field whose own name has dots wins. */
export function valueAt(source: PlainObject, path: string): unknown {
	if (Object.hasOwn(source, path)) return source[path];
	return path.split('.').reduce<unknown>((value, name) => {
		return isPlainObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
	}, source);
}

function notAMessage(position: number): SettingError {
	return new SettingError(
		`'${SETTING}' entry ${position} is not a message`,
		'Give each entry as {"role": "user", "content": "…"}, or as a pair {"question": "…", "answer": "…"}.',
		SETTING,
	);
}

function unknownRole(role: unknown, position: number): SettingError {
	return new SettingError(
		`'${SETTING}' entry ${position} has the unknown role '${plainText(role).slice(0, 40)}'`,
		'Use system, developer, user, assistant or tool.',
		SETTING,
	);
}
