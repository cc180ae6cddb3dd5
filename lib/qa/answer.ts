/** What a model's answer holds: pairs, or the reason why it holds none that can be used. */
import {
	AnswerError,
	type AnswerChoice,
	type AnswerUsage,
	readAnswer,
} from '../openai/chat/answer';
import { SAVE_PAIRS } from './defaults';
import { readPairs } from './schema';
import type { LeftOutReason, QaPair } from './types';

export interface Miss {
	reason: LeftOutReason;
	/** What is wrong, in words that the model understands as well. */
	fault: string;
	/** Whether asking once more may help. */
	mayAskAgain: boolean;
}

export interface ModelAnswer {
	/** The model that the server says has answered. */
	model: string;
	/** Absent when the server does not count. */
	usage?: AnswerUsage;
	result: { pairs: QaPair[] } | { miss: Miss };
}

/**
 * Reads the answer to `promptFor`, whichever way the server gave it: as a call of the function (also as several calls,
 * or under a name that it made up), or as JSON in the text.
 *
 * @throws AnswerError when the body is no chat completion at all
 */
export function readModelAnswer(completion: unknown, categories: readonly string[]): ModelAnswer {
	const { model, usage, choices } = readAnswer(completion, { json: false });
	const result = readChoice(choices[0], completion, categories);
	return { model, ...(usage ? { usage } : {}), result };
}

function readChoice(
	choice: AnswerChoice,
	completion: unknown,
	categories: readonly string[],
): ModelAnswer['result'] {
	if (choice.refusal) return { miss: refused(choice.refusal) };
	if (choice.content_filtered) {
		return { miss: refused("The server's content filter held the answer back.") };
	}
	const { value, fault } = valueOf(choice, completion);
	const read = fault === undefined ? readPairs(value, categories) : { fault };
	if ('pairs' in read) return read;
	if (choice.finish_reason === 'length') return { miss: CUT_OFF };
	return { miss: { reason: 'invalid_answer', fault: read.fault, mayAskAgain: true } };
}

const CUT_OFF: Miss = {
	reason: 'cut_off',
	fault: 'The answer was cut off at the token limit. Keep it shorter.',
	mayAskAgain: true,
};

function refused(fault: string): Miss {
	return { reason: 'refused', fault: fault.slice(0, 300), mayAskAgain: false };
}

function valueOf(choice: AnswerChoice, completion: unknown): { value?: unknown; fault?: string } {
	const calls = choice.tool_calls ?? [];
	if (calls.length === 0) return jsonOf(completion);
	if (calls.some((call) => typeof call.arguments === 'string')) {
		return { fault: `The arguments of ${SAVE_PAIRS} are not valid JSON.` };
	}
	if (calls.length === 1) return { value: calls[0].arguments };
	// Some models call the function once a pair.
	const lists = calls.map((call) => (call.arguments as { pairs?: unknown } | null)?.pairs);
	return { value: { pairs: lists.flatMap((list) => (Array.isArray(list) ? list : [list])) } };
}

function jsonOf(completion: unknown): { value?: unknown; fault?: string } {
	try {
		return { value: readAnswer(completion, { json: true }).choices[0].parsed };
	} catch (error) {
		return { fault: faultOf(error) };
	}
}

function faultOf(error: unknown): string {
	return error instanceof AnswerError ? `${error.message}.` : 'The answer cannot be read.';
}
