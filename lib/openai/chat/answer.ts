import { readToolCalls, valueAt } from './history';
import { isPlainObject, jsonTextDepth, MAX_JSON_DEPTH, type PlainObject } from './json';

/** A call the model wants made; `arguments` is the parsed object, or the text as it came when that is not JSON. */
export interface AnswerToolCall {
	id: string;
	name: string;
	arguments: unknown;
}

export interface AnswerChoice {
	/** Empty for a refusal, a filtered answer and pure tool calls. */
	output: string;
	finish_reason: string;
	/** The object in the answer, when one was asked for. */
	parsed?: unknown;
	/** Why there is no `parsed` although one was asked for. */
	parsed_note?: string;
	tool_calls?: AnswerToolCall[];
	refusal?: string;
	/** True when the server cut the answer, or held it back, for its content. */
	content_filtered?: true;
	/** What reasoning servers such as vLLM send next to the answer. */
	reasoning?: string;
	logprobs?: unknown;
	/** The message as the server sent it, to be fed back in a later turn. */
	message: PlainObject;
}

export interface AnswerUsage {
	prompt_tokens: number;
	completion_tokens: number;
	total_tokens: number;
	cached_tokens?: number;
	reasoning_tokens?: number;
}

export interface Answer {
	/** The model that the server says has answered. */
	model: string;
	choices: AnswerChoice[];
	/** Absent when the server does not count. */
	usage?: AnswerUsage;
}

/** An answer that came, was paid for, and is not what was asked for. */
export class AnswerError extends Error {
	override readonly name = 'AnswerError';

	constructor(
		message: string,
		/** What the user can do, with the beginning of what the model said. */
		readonly description: string,
	) {
		super(message);
	}
}

/**
 * Reads a chat completion of any server of the API's shape.
 *
 * @param completion the answer's body, from anywhere
 * @param wanted `json` parses each answer into `parsed`
 * @throws AnswerError if the body is no chat completion, or JSON was wanted and no choice holds any (a refusal, a
 *   filtered answer and a tool call are not JSON either, but they are answers)
 */
export function readAnswer(completion: unknown, wanted: { json: boolean }): Answer {
	if (!isPlainObject(completion) || !Array.isArray(completion.choices)) {
		throw notACompletion(completion);
	}
	const choices = completion.choices
		.filter(isPlainObject)
		.sort((a, b) => numberOf(a.index) - numberOf(b.index))
		.map((choice) => readChoice(choice, wanted.json));
	if (choices.length === 0) throw notACompletion(completion);
	if (choices.every((choice) => choice.parsed_note)) throw notTheJsonAskedFor(choices[0]);
	const usage = readUsage(completion.usage);
	return {
		model: typeof completion.model === 'string' ? completion.model : '',
		choices,
		...(usage ? { usage } : {}),
	};
}

/** The API's token counts as plain numbers; undefined when the server sends none. */
export function readUsage(usage: unknown): AnswerUsage | undefined {
	if (!isPlainObject(usage)) return undefined;
	const prompt = numberOf(usage.prompt_tokens);
	const completion = numberOf(usage.completion_tokens);
	const cached = numberOf(valueAt(usage, 'prompt_tokens_details.cached_tokens'));
	const reasoning = numberOf(valueAt(usage, 'completion_tokens_details.reasoning_tokens'));
	return {
		prompt_tokens: prompt,
		completion_tokens: completion,
		total_tokens: numberOf(usage.total_tokens) || prompt + completion,
		...(cached ? { cached_tokens: cached } : {}),
		...(reasoning ? { reasoning_tokens: reasoning } : {}),
	};
}

function numberOf(value: unknown): number {
	return typeof value === 'number' ? value : 0;
}

function readChoice(choice: PlainObject, json: boolean): AnswerChoice {
	const message = isPlainObject(choice.message) ? choice.message : {};
	const output = textOf(message.content);
	const refusal = textOf(message.refusal);
	const calls = answerToolCalls(message);
	const finish = typeof choice.finish_reason === 'string' ? choice.finish_reason : 'unknown';
	const filtered = finish === 'content_filter';
	const reasoning = textOf(message.reasoning_content ?? message.reasoning);
	const isAnswer = !refusal && !filtered && calls.length === 0;
	return {
		output,
		finish_reason: finish,
		...(json && isAnswer ? parseAnswer(output, finish) : {}),
		...(calls.length > 0 ? { tool_calls: calls } : {}),
		...(refusal ? { refusal } : {}),
		...(filtered ? { content_filtered: true } : {}),
		...(reasoning ? { reasoning } : {}),
		...(choice.logprobs ? { logprobs: choice.logprobs } : {}),
		message,
	};
}

function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content
		.map((part) => (isPlainObject(part) && typeof part.text === 'string' ? part.text : ''))
		.join('');
}

function answerToolCalls(message: PlainObject): AnswerToolCall[] {
	const calls = readToolCalls(message.tool_calls);
	// The deprecated single call, still the only one that some servers know; it has no ID.
	const legacy = isPlainObject(message.function_call) ? readToolCalls([message.function_call]) : [];
	return [...calls, ...legacy].map(({ id, function: { name, arguments: text } }) => ({
		id,
		name,
		arguments: parseArguments(text),
	}));
}

function parseArguments(text: string): unknown {
	if (text.trim() === '') return {};
	return parseJson(text).value ?? text;
}

function parseAnswer(output: string, finish: string): Pick<AnswerChoice, 'parsed' | 'parsed_note'> {
	const { value, fault } = parseJson(withoutFence(output));
	if (fault === undefined) return { parsed: value };
	return {
		parsed_note:
			finish === 'length'
				? 'The answer was cut off at the token limit, so its JSON is not complete'
				: `The answer is not valid JSON: ${fault}`,
	};
}

/** Models that were tuned on Markdown put a code fence around JSON even when told not to. */
function withoutFence(text: string): string {
	return /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/i.exec(text)?.[1] ?? text;
}

function parseJson(text: string): { value?: unknown; fault?: string } {
	if (jsonTextDepth(text) > MAX_JSON_DEPTH) {
		return { fault: `it is nested more than ${MAX_JSON_DEPTH} levels deep` };
	}
	try {
		return { value: JSON.parse(text) };
	} catch (cause) {
		return { fault: cause instanceof Error ? cause.message : 'it cannot be read' };
	}
}

function notACompletion(body: unknown): AnswerError {
	const start = JSON.stringify(body)?.slice(0, 200) ?? 'nothing';
	return new AnswerError(
		'The server did not send a chat completion',
		`Check that the credential's base URL is that of an OpenAI-compatible API. The answer begins: ${start}`,
	);
}

function notTheJsonAskedFor(choice: AnswerChoice): AnswerError {
	const advice =
		choice.finish_reason === 'length'
			? "Raise the option 'Max Tokens', or ask for a shorter answer."
			: "Say in the system message that the answer has to be JSON, or use 'JSON Schema' as response format if the model supports it.";
	return new AnswerError(
		choice.parsed_note ?? 'The answer is not valid JSON',
		`${advice} The answer begins: ${choice.output.slice(0, 200)}`,
	);
}
