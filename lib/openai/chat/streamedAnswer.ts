import { ApiError } from '../../http/errors';
import { serverEvents } from './eventStream';
import { isPlainObject, jsonTextDepth, MAX_JSON_DEPTH, type PlainObject } from './json';

/** Hears the text of the first choice (or its refusal) as it comes. */
export type TextListener = (text: string) => void | Promise<void>;

/** Bounds for what a server may make us hold; real answers stay far below. */
const MAX_ANSWER_LENGTH = 64 * 1024 * 1024;
const MAX_CHOICES = 128;
const MAX_TOOL_CALLS = 1024;

/**
 * Reads a streamed chat completion into the body that the same request without `stream` would have had.
 *
 * @param body the bytes as they come; also a whole JSON body, from servers that do not stream
 * @param contentType the answer's content type
 * @param onText called in order, awaited, before the next bytes are read
 * @throws ApiError for an error that the server sends in the stream, and if the stream ends before the answer does
 */
export async function readStreamedAnswer(
	body: AsyncIterable<Uint8Array>,
	contentType: string | undefined,
	onText: TextListener,
): Promise<unknown> {
	if (/\bjson\b/i.test(contentType ?? '')) return await readWhole(body, onText);
	const collected = new CompletionCollector();
	for await (const { data } of serverEvents(unbroken(body))) {
		if (data === '[DONE]') return collected.completion();
		const chunk = parseChunk(data);
		if (isPlainObject(chunk.error)) throw errorInStream(chunk.error);
		const text = collected.add(chunk);
		if (text) await onText(text);
	}
	// Some servers end without the marker; the finish reason tells that the answer is whole.
	if (!collected.isFinished()) throw brokenOff('it ended before the answer did');
	return collected.completion();
}

interface CollectedChoice {
	index: number;
	content: string[];
	refusal: string[];
	reasoning: string[];
	toolCalls: Map<number, { id: string; name: string; arguments: string[] }>;
	logprobs: unknown[];
	finishReason: string | null;
}

class CompletionCollector {
	private readonly choices = new Map<number, CollectedChoice>();
	private head: PlainObject = {};
	private usage: unknown;
	private length = 0;

	/** @returns what the chunk adds to the first choice's text */
	add(chunk: PlainObject): string {
		const { choices, usage, ...head } = chunk;
		this.head = { ...head, ...this.head };
		if (usage) this.usage = usage;
		return listOf(choices)
			.map((choice) => this.addChoice(choice))
			.join('');
	}

	isFinished(): boolean {
		const choices = [...this.choices.values()];
		return choices.length > 0 && choices.every(({ finishReason }) => finishReason !== null);
	}

	completion(): PlainObject {
		return {
			...this.head,
			object: 'chat.completion',
			choices: [...this.choices.values()].sort((a, b) => a.index - b.index).map(wholeChoice),
			...(this.usage ? { usage: this.usage } : {}),
		};
	}

	private addChoice(part: PlainObject): string {
		const index = indexOf(part, 0, MAX_CHOICES);
		if (index === undefined) return '';
		const choice = this.choices.get(index) ?? newChoice(index);
		this.choices.set(index, choice);
		const delta = isPlainObject(part.delta) ? part.delta : {};
		const content = this.take(choice.content, delta.content);
		const refusal = this.take(choice.refusal, delta.refusal);
		this.take(choice.reasoning, delta.reasoning_content ?? delta.reasoning);
		for (const call of listOf(delta.tool_calls)) this.addToolCall(choice, call);
		if (isPlainObject(part.logprobs)) choice.logprobs.push(...listOf(part.logprobs.content));
		if (typeof part.finish_reason === 'string') choice.finishReason = part.finish_reason;
		return index === 0 ? content + refusal : '';
	}

	private addToolCall(choice: CollectedChoice, part: PlainObject): void {
		const index = indexOf(part, choice.toolCalls.size, MAX_TOOL_CALLS);
		if (index === undefined) return;
		const call = choice.toolCalls.get(index) ?? { id: '', name: '', arguments: [] };
		choice.toolCalls.set(index, call);
		const called = isPlainObject(part.function) ? part.function : {};
		if (typeof part.id === 'string') call.id ||= part.id;
		if (typeof called.name === 'string') call.name ||= called.name;
		this.take(call.arguments, called.arguments);
	}

	private take(into: string[], text: unknown): string {
		if (typeof text !== 'string' || text === '') return '';
		this.length += text.length;
		if (this.length > MAX_ANSWER_LENGTH) throw brokenOff('it has more than 64 Mi characters');
		into.push(text);
		return text;
	}
}

function listOf(value: unknown): PlainObject[] {
	return Array.isArray(value) ? value.filter(isPlainObject) : [];
}

function indexOf(part: PlainObject, otherwise: number, limit: number): number | undefined {
	const index = part.index ?? otherwise;
	return typeof index === 'number' && index >= 0 && index < limit ? index : undefined;
}

function newChoice(index: number): CollectedChoice {
	return {
		index,
		content: [],
		refusal: [],
		reasoning: [],
		toolCalls: new Map(),
		logprobs: [],
		finishReason: null,
	};
}

function wholeChoice(choice: CollectedChoice): PlainObject {
	const toolCalls = [...choice.toolCalls.entries()]
		.sort(([a], [b]) => a - b)
		.map(([, { id, name, arguments: parts }]) => ({
			id,
			type: 'function',
			function: { name, arguments: parts.join('') },
		}));
	return {
		index: choice.index,
		message: {
			role: 'assistant',
			content: choice.content.join('') || null,
			refusal: choice.refusal.join('') || null,
			...(choice.reasoning.length > 0 ? { reasoning_content: choice.reasoning.join('') } : {}),
			...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
		},
		logprobs: choice.logprobs.length > 0 ? { content: choice.logprobs } : null,
		finish_reason: choice.finishReason,
	};
}

async function readWhole(body: AsyncIterable<Uint8Array>, onText: TextListener): Promise<unknown> {
	const parts: Uint8Array[] = [];
	let length = 0;
	for await (const part of unbroken(body)) {
		length += part.length;
		if (length > MAX_ANSWER_LENGTH) throw brokenOff('it has more than 64 MiB');
		parts.push(part);
	}
	const completion = parseChunk(Buffer.concat(parts).toString('utf8'));
	if (isPlainObject(completion.error)) throw errorInStream(completion.error);
	const [first] = Array.isArray(completion.choices) ? completion.choices : [];
	const message = isPlainObject(first) && isPlainObject(first.message) ? first.message : {};
	const text = message.content ?? message.refusal;
	if (typeof text === 'string' && text) await onText(text);
	return completion;
}

/** A connection that breaks in the middle becomes an error of the one kind that callers know. */
async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	try {
		yield* body;
	} catch (cause) {
		throw brokenOff(cause instanceof Error ? cause.message : 'the connection was lost', cause);
	}
}

function parseChunk(text: string): PlainObject {
	if (jsonTextDepth(text) > MAX_JSON_DEPTH) throw brokenOff('it is nested too deeply');
	try {
		const chunk: unknown = JSON.parse(text);
		return isPlainObject(chunk) ? chunk : {};
	} catch {
		throw brokenOff(`it holds something that is not JSON: ${text.slice(0, 100)}`);
	}
}

function errorInStream(error: PlainObject): ApiError {
	const text = (value: unknown) =>
		typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
	const code = text(error.code);
	// The answer began with 200; servers that know a better status send it along.
	const status = [text(error.status), code].find((value) => /^[45]\d\d$/.test(value ?? ''));
	return new ApiError(text(error.message) ?? 'The server stopped the answer', {
		status: Number(status ?? 500),
		code,
		type: text(error.type),
		param: text(error.param),
		body: JSON.stringify({ error }).slice(0, 4000),
		ambiguous: true,
	});
}

function brokenOff(why: string, cause?: unknown): ApiError {
	return new ApiError(`The streamed answer could not be read: ${why}`, {
		networkCode: 'ECONNRESET',
		ambiguous: true,
		method: 'POST',
		path: '/chat/completions',
		cause,
	});
}
