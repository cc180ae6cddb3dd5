/** Questions from training examples, from pairs of question and answer, and from single fields. */
import type {
	ChatCompletionMessageParam,
	ChatCompletionTool,
} from 'openai/resources/chat/completions';

import { readHistory } from '../openai/chat/history';
import { isPlainObject, plainText, type PlainObject } from '../openai/chat/json';
import { SettingError } from '../openai/settingError';

import { sha256Of } from './hashes';
import type { GoldenQuestion } from './types';

/** Names under which a question and its answer come, besides chat messages. */
const PAIRS = [
	['question', 'answer'],
	['prompt', 'completion'],
	['instruction', 'output'],
] as const;

/**
 * A question from one object of a JSONL file: a chat example (its last answer is the expected one), a preference pair,
 * a pair of question and answer, or a line of a record.
 *
 * @returns undefined when there is nothing to ask in it
 * @throws SettingError for messages that are none
 */
export function questionFrom(value: PlainObject): GoldenQuestion | undefined {
	const input = isPlainObject(value.input) ? value.input : value;
	if (Array.isArray(input.messages)) {
		const question = fromConversation(input, value);
		// A record knows its question also under other instructions.
		const isRecord = value.golden === 1 && typeof value.id === 'string';
		return question && isRecord ? { ...question, id: value.id as string } : question;
	}
	const names = PAIRS.find(([name]) => typeof value[name] === 'string');
	return names && questionOf(value[names[0]], value[names[1]]);
}

/**
 * A question from a parameter.
 *
 * @param asked a text, or a list of messages that ends with what the user says
 * @param expected the right answer, or nothing
 * @returns undefined when nothing is asked
 */
export function questionOf(asked: unknown, expected?: unknown): GoldenQuestion | undefined {
	const answer = plainText(expected).trim() === '' ? undefined : plainText(expected);
	if (typeof asked === 'object' && asked !== null) {
		const question = fromConversation(Array.isArray(asked) ? { messages: asked } : asked, {});
		return question && answer !== undefined ? { ...question, expected: answer } : question;
	}
	const text = plainText(asked);
	if (text.trim() === '') return undefined;
	return toQuestion([{ role: 'user', content: text }], undefined, answer);
}

/** What the user said last, as text; images are named. */
export function questionText(messages: readonly ChatCompletionMessageParam[]): string {
	return contentText(messages.findLast(({ role }) => role === 'user')?.content);
}

function fromConversation(input: object, whole: PlainObject): GoldenQuestion | undefined {
	const { messages: given, tools } = input as PlainObject;
	const messages = readHistory(given);
	const last = messages.findLastIndex(({ role }) => role === 'user' || role === 'tool');
	if (last === -1) return undefined;
	const expected = expectedOf(messages.slice(last + 1), whole);
	return toQuestion(messages.slice(0, last + 1), readTools(tools), expected);
}

function expectedOf(
	answers: readonly ChatCompletionMessageParam[],
	whole: PlainObject,
): string | undefined {
	if (typeof whole.expected === 'string') return whole.expected;
	const preferred = Array.isArray(whole.preferred_output)
		? (whole.preferred_output.filter(isPlainObject) as unknown as ChatCompletionMessageParam[])
		: [];
	const answer = [...answers, ...preferred].findLast(({ role }) => role === 'assistant');
	const text = contentText(answer?.content);
	return text === '' ? undefined : text;
}

function readTools(tools: unknown): ChatCompletionTool[] | undefined {
	return Array.isArray(tools) && tools.length > 0 ? (tools as ChatCompletionTool[]) : undefined;
}

function toQuestion(
	messages: ChatCompletionMessageParam[],
	tools: ChatCompletionTool[] | undefined,
	expected: string | undefined,
): GoldenQuestion {
	return {
		id: sha256Of({ messages, ...(tools ? { tools } : {}) }).slice(0, 16),
		messages,
		...(tools ? { tools } : {}),
		...(expected === undefined ? {} : { expected }),
	};
}

function contentText(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content
		.filter(isPlainObject)
		.map(({ type, text }) => (typeof text === 'string' ? text : `[${plainText(type)}]`))
		.join('\n');
}

/**
 * The messages with other instructions at the beginning.
 *
 * @param instructions nothing keeps those that are there
 */
export function withInstructions(
	messages: readonly ChatCompletionMessageParam[],
	instructions: string | undefined,
	role: 'system' | 'developer' = 'system',
): ChatCompletionMessageParam[] {
	if (instructions === undefined || instructions.trim() === '') return [...messages];
	const talk = messages.filter((one) => one.role !== 'system' && one.role !== 'developer');
	return [{ role, content: instructions }, ...talk];
}

/** @throws SettingError when there is nothing to ask */
export function someQuestions(questions: readonly GoldenQuestion[], where: string): void {
	if (questions.length > 0) return;
	throw new SettingError(
		`There is no question in ${where}`,
		'Give a JSONL file of chat examples, e.g. the validation file of JSONL Builder > Split, or lines such as {"question": "…", "answer": "…"}.',
	);
}
