import { completionToChat } from '../exampleMends';
import { isObject, own } from '../rules/view';
import type { ChatMessage, JsonObject, JsonValue, ToolDefinition } from '../types';
import { readConversation, readTools } from './sharegpt';
import { readTable } from './table';
import type { ReadResult, Refusal, SourceFormat } from './types';

export type RecordFormat = Exclude<SourceFormat, 'csv'> | 'table';

/** One reader a format: from its record to a chat example or a preference pair. */
const READERS: { [format in RecordFormat]: (record: JsonObject) => ReadResult } = {
	alpaca: readAlpaca,
	openai: readOpenAi,
	promptCompletion: readPromptCompletion,
	sharegpt: readShareGpt,
	table: readTable,
	trl: readTrl,
};

/** Keys by which a record shows its format, the most telling ones first. */
const SIGNS: Array<[format: RecordFormat, keys: string[]]> = [
	['sharegpt', ['conversations']],
	['alpaca', ['instruction', 'output']],
	['alpaca', ['instruction', 'response']],
	['alpaca', ['instruction', 'chosen', 'rejected']],
	['trl', ['chosen', 'rejected']],
	['openai', ['messages']],
	['openai', ['input', 'preferred_output']],
	['openai', ['input', 'preferred_completion']],
	['promptCompletion', ['prompt', 'completion']],
];

export function detectRecordFormat(record: JsonObject): RecordFormat | undefined {
	return SIGNS.find(([, keys]) => keys.every((key) => Object.hasOwn(record, key)))?.[0];
}

export function readRecord(record: JsonObject, format: RecordFormat): ReadResult {
	return READERS[format](record);
}

function readOpenAi(record: JsonObject): ReadResult {
	if (Object.hasOwn(record, 'messages')) {
		const { kept, lost } = take(record, [
			'messages',
			'tools',
			'parallel_tool_calls',
			'functions',
			'function_call',
		]);
		return { example: kept as unknown as ReadResult['example'], lost };
	}
	const { kept, lost } = take(record, ['input', ...OUTPUTS.flat()]);
	for (const [name, oldName] of OUTPUTS) {
		if (Object.hasOwn(kept, name) || !Object.hasOwn(kept, oldName)) continue;
		kept[name] = kept[oldName];
		delete kept[oldName];
	}
	return { example: kept as unknown as ReadResult['example'], lost };
}

const OUTPUTS = [
	['preferred_output', 'preferred_completion'],
	['non_preferred_output', 'non_preferred_completion'],
];

function readPromptCompletion(record: JsonObject): ReadResult {
	const { kept, lost } = take(record, ['prompt', 'completion', 'tools']);
	const { prompt, completion } = kept;
	if (Array.isArray(prompt) && Array.isArray(completion)) {
		const messages = [...prompt, ...completion] as unknown as ChatMessage[];
		return { example: { messages, ...toolsOf(kept) }, lost };
	}
	const chat = completionToChat(kept);
	if (!chat) return { finding: notText('prompt or completion') };
	return { example: chat as unknown as ReadResult['example'], lost };
}

function readAlpaca(record: JsonObject): ReadResult {
	const keys = [
		'instruction',
		'input',
		'output',
		'response',
		'system',
		'history',
		'chosen',
		'rejected',
	];
	const { kept, lost } = take(record, keys);
	const [instruction, input, system] = ['instruction', 'input', 'system'].map((key) =>
		textOf(kept[key]),
	);
	const history = readHistory(kept.history);
	if (instruction === undefined || input === undefined || system === undefined || !history) {
		return { finding: notText('instruction, input, system or history') };
	}
	const messages: ChatMessage[] = [];
	if (system.trim() !== '') messages.push({ role: 'system', content: system });
	messages.push(...history, {
		role: 'user',
		content: input.trim() === '' ? instruction : `${instruction}\n${input}`,
	});
	const pair = readPair(messages, kept.chosen, kept.rejected);
	if (pair) return { ...pair, lost };
	const answer = textOf(kept.output ?? kept.response);
	if (answer === undefined) return { finding: notText('output') };
	return { example: { messages: [...messages, { role: 'assistant', content: answer }] }, lost };
}

function readHistory(history: JsonValue | undefined): ChatMessage[] | undefined {
	if (history === undefined || history === null) return [];
	if (!Array.isArray(history)) return undefined;
	const messages: ChatMessage[] = [];
	for (const turn of history) {
		if (!Array.isArray(turn) || turn.length !== 2) return undefined;
		const [question, answer] = turn.map(textOf);
		if (question === undefined || answer === undefined) return undefined;
		messages.push({ role: 'user', content: question }, { role: 'assistant', content: answer });
	}
	return messages;
}

function readShareGpt(record: JsonObject): ReadResult {
	const { kept, lost } = take(record, [
		'conversations',
		'system',
		'tools',
		'chosen',
		'rejected',
		'images',
	]);
	if (Array.isArray(kept.images) && kept.images.length > 0) {
		return {
			finding: {
				code: 'images_not_converted',
				message:
					'The record names image files, which a training file for OpenAI has to hold or to link to.',
				fix: 'Build the examples from the images with the Build operation.',
			},
		};
	}
	const messages = readConversation(kept.conversations);
	if (!messages) return { finding: badMessages('conversations') };
	const system = textOf(kept.system);
	if (system !== undefined && system.trim() !== '')
		messages.unshift({ role: 'system', content: system });
	const tools = readTools(kept.tools);
	if (tools === null) return { finding: notText('tools') };
	const pair = readPair(messages, kept.chosen, kept.rejected, tools);
	if (pair) return { ...pair, lost };
	return { example: { messages, ...(tools ? { tools } : {}) }, lost };
}

function readTrl(record: JsonObject): ReadResult {
	const { kept, lost } = take(record, ['prompt', 'chosen', 'rejected', 'tools']);
	const { prompt, chosen, rejected } = kept;
	if (prompt === undefined)
		return { ...readImplicitPrompt(chosen, rejected, toolsOf(kept).tools), lost };
	const messages = Array.isArray(prompt)
		? (prompt as unknown as ChatMessage[])
		: typeof prompt === 'string'
			? [{ role: 'user' as const, content: prompt }]
			: undefined;
	const pair = messages && readPair(messages, chosen, rejected, toolsOf(kept).tools);
	return pair ? { ...pair, lost } : { finding: notText('prompt, chosen or rejected') };
}

/** TRL's short form: both conversations whole, their common beginning being the prompt. */
function readImplicitPrompt(
	chosen: JsonValue,
	rejected: JsonValue,
	tools?: ToolDefinition[],
): ReadResult {
	if (!Array.isArray(chosen) || !Array.isArray(rejected)) return { finding: notText('prompt') };
	let shared = 0;
	const most = Math.min(chosen.length, rejected.length) - 1;
	while (shared < most && JSON.stringify(chosen[shared]) === JSON.stringify(rejected[shared]))
		shared++;
	const prompt = chosen.slice(0, shared) as unknown as ChatMessage[];
	return (
		readPair(prompt, chosen.slice(shared), rejected.slice(shared), tools) ?? {
			finding: badMessages('chosen'),
		}
	);
}

/** A preference pair, when both answers are there in one of the ways they are written. */
function readPair(
	messages: ChatMessage[],
	chosen: JsonValue | undefined,
	rejected: JsonValue | undefined,
	tools?: ToolDefinition[],
): ReadResult | undefined {
	const [preferred, other] = [readAnswer(chosen), readAnswer(rejected)];
	if (!preferred || !other) return undefined;
	return {
		example: {
			input: { messages, ...(tools ? { tools } : {}) },
			preferred_output: preferred,
			non_preferred_output: other,
		},
	};
}

function readAnswer(answer: JsonValue | undefined): ChatMessage[] | undefined {
	if (typeof answer === 'string') return [{ role: 'assistant', content: answer }];
	const list = Array.isArray(answer) ? answer : isObject(answer) ? [answer] : [];
	if (list.length === 0) return undefined;
	if (list.every((message) => isObject(message) && Object.hasOwn(message, 'role'))) {
		return list as unknown as ChatMessage[];
	}
	return readConversation(list);
}

function toolsOf(record: JsonObject): { tools?: ToolDefinition[] } {
	const tools = readTools(own(record, 'tools'));
	return tools ? { tools } : {};
}

/** The members that a format knows, and the names of those with something in them that it does not. */
function take(record: JsonObject, keys: string[]): { kept: JsonObject; lost: string[] } {
	const kept: JsonObject = {};
	const lost: string[] = [];
	for (const [key, value] of Object.entries(record)) {
		if (keys.includes(key)) kept[key] = value;
		else if (value !== null && value !== '') lost.push(key);
	}
	return { kept, lost };
}

/** Text as it is, nothing as ''; undefined for what is no text. */
function textOf(value: JsonValue | undefined): string | undefined {
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? undefined : String(value);
}

function notText(what: string): Refusal {
	return {
		code: 'not_convertible',
		message: `The record has no text where ${what} should be.`,
		fix: 'Check the record, or choose the format that the file really has.',
	};
}

function badMessages(key: string): Refusal {
	return {
		code: 'not_convertible',
		message: `“${key}” is not a list of messages that can be understood.`,
		fix: 'Check the record, or choose the format that the file really has.',
	};
}
