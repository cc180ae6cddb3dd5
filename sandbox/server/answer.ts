import type { Example } from '../../lib/dataset/types';
import { countExampleTokens } from '../../lib/tokens/examples';

import type { Body } from './check';
import type { ChatRequest } from './chatRules';
import { editedText } from './editRule';
import { extractPairs, SAVE_PAIRS } from './extractionRule';
import { lessonsInConversation } from './followUp';
import { newId } from './ids';
import { inFormat } from './jsonAnswer';
import { textOf } from './lessons';
import type { ServedModel } from './models';
import { countTokens, firstTokens } from './tokens';
import { chooseToolCall, nameOf, readChoice, type ToolCall } from './toolRule';
import { untranslated } from './translationRule';
import { NOT_A_MODEL, NOT_TRAINED, type Tutor } from './tutor';

export interface Choice {
	index: number;
	message: Body & { content: string | null };
	finish_reason: 'stop' | 'length' | 'tool_calls';
	logprobs: null;
}

export interface Answer {
	choices: Choice[];
	usage: Body;
}

/**
 * Answers a chat from what the model was taught: the k-th choice is the k-th nearest trained answer to the last
 * user message. A conversation that ends with a tool's result is answered with that result.
 */
export function answerChat(request: ChatRequest, model: ServedModel, tutor: Tutor): Answer {
	const choices = Array.from({ length: request.n }, (_, index) =>
		choiceOf(index, request, model, tutor),
	);
	const { messages, tools } = request;
	const prompt = countExampleTokens({ messages, tools } as unknown as Example);
	const completion = choices.reduce((sum, choice) => sum + completionTokens(choice), 0);
	return { choices, usage: usageOf(prompt, completion) };
}

function choiceOf(index: number, request: ChatRequest, model: ServedModel, tutor: Tutor): Choice {
	const last = request.messages[request.messages.length - 1];
	const question = lastQuestion(request.messages);
	const lessons = model.tuned
		? lessonsInConversation(request.messages, model, tutor, index + 1)
		: [];
	const lesson = lessons[index] ?? lessons[0];
	if (last.role === 'tool' || last.role === 'function') {
		return textChoice(index, `The tool answered: ${textOf(last.content)}`, request);
	}
	const extracted = extractionChoice(index, request, question);
	if (extracted) return extracted;
	const edited = editedText(request.messages);
	if (edited !== undefined) return textChoice(index, edited, request);
	const repeated = untranslated(request.messages);
	if (repeated !== undefined) return textChoice(index, repeated, request);
	const call = trainedCall(lesson?.toolCalls, request) ?? freeCall(request, question);
	if (call) return callChoice(index, call);
	const answer = model.tuned ? lesson?.answer || NOT_TRAINED : NOT_A_MODEL;
	return textChoice(index, answer, request);
}

/** The pairs of a ticket: as a call where there is the function for them, else as JSON. */
function extractionChoice(
	index: number,
	request: ChatRequest,
	question: string,
): Choice | undefined {
	const { messages, toolChoice, responseFormat } = request;
	const { mode, allowed } = readChoice(request.tools, toolChoice);
	const tools = mode === 'none' ? [] : allowed;
	const first = messages.find(({ role }) => role === 'system' || role === 'developer');
	const system = textOf(first?.content);
	const found = extractPairs(question, { tools, responseFormat, system });
	if (!found) return undefined;
	const text = JSON.stringify(found);
	const isTool = tools.some((tool) => nameOf(tool) === SAVE_PAIRS);
	return isTool
		? callChoice(index, { name: SAVE_PAIRS, arguments: text })
		: textChoice(index, text, request);
}

function lastQuestion(messages: Body[]): string {
	return textOf(messages.findLast(({ role }) => role === 'user')?.content);
}

/** A tool call the model was trained to make comes before the sandbox's own rule. */
function trainedCall(calls: ToolCall[] | undefined, { tools, toolChoice }: ChatRequest) {
	const { mode, allowed } = readChoice(tools, toolChoice);
	if (mode === 'none') return undefined;
	return calls?.find(({ name }) => allowed.some((tool) => nameOf(tool) === name));
}

function freeCall({ tools, toolChoice }: ChatRequest, question: string): ToolCall | undefined {
	return tools.length > 0 ? chooseToolCall(tools, toolChoice, question) : undefined;
}

function callChoice(index: number, call: ToolCall): Choice {
	const tool_calls = [{ id: newId('call_'), type: 'function', function: call }];
	const message = { role: 'assistant', content: null, refusal: null, annotations: [], tool_calls };
	return { index, message, finish_reason: 'tool_calls', logprobs: null };
}

function textChoice(index: number, answer: string, request: ChatRequest): Choice {
	const stopped = cutAtStop(inFormat(answer, request.responseFormat), request.stop);
	const content =
		request.maxTokens === undefined ? stopped : firstTokens(stopped, request.maxTokens);
	return {
		index,
		message: { role: 'assistant', content, refusal: null, annotations: [] },
		finish_reason: content.length < stopped.length ? 'length' : 'stop',
		logprobs: null,
	};
}

function cutAtStop(text: string, stop: string[]): string {
	const ends = stop.map((word) => text.indexOf(word)).filter((position) => position !== -1);
	return ends.length > 0 ? text.slice(0, Math.min(...ends)) : text;
}

function completionTokens({ message }: Choice): number {
	return countTokens(message.content ?? JSON.stringify(message.tool_calls));
}

function usageOf(prompt: number, completion: number): Body {
	return {
		prompt_tokens: prompt,
		completion_tokens: completion,
		total_tokens: prompt + completion,
		prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
		completion_tokens_details: {
			reasoning_tokens: 0,
			audio_tokens: 0,
			accepted_prediction_tokens: 0,
			rejected_prediction_tokens: 0,
		},
	};
}
