import type { Example } from '../dataset/types';
import { countTokens } from './count';
import { imageTokens } from './images';
import { toolsTokens } from './tools';
import { asList, asObject, textTokens, type Values } from './values';

/** What marks the beginning and the end of a message. */
const PER_MESSAGE = 3;
const PER_NAME = 1;
/** What opens the model's answer. */
const PER_CONVERSATION = 3;
/** Estimate of what surrounds the name and the arguments of a call. */
const PER_CALL = 3;

/**
 * Tokens of one training example by the rule of OpenAI's cookbook: 3 a message, the tokens of its values, 1 for a
 * `name`, 3 for the answer. Exact for text; tool definitions, tool calls and images are estimates (see `toolsTokens`
 * and `imageTokens`), because OpenAI does not publish how it writes them down.
 *
 * By format: DPO counts the shared input once and both answers, RFT the messages and tools (what a grader reads is
 * not seen by the model), prompt/completion the two texts. A message with weight 0 counts, as it is paid for.
 * Whatever does not have the shape of an example counts as nothing; no value makes it throw.
 *
 * @see https://cookbook.openai.com/examples/chat_finetuning_data_prep
 */
export function countExampleTokens(example: Example): number {
	const value = asObject(example);
	if (Array.isArray(value.messages)) {
		return conversationTokens(value.messages, value.tools ?? value.functions);
	}
	if (value.input !== undefined) return preferenceTokens(value);
	return textTokens(value.prompt) + textTokens(value.completion);
}

function preferenceTokens(value: Values): number {
	const input = asObject(value.input);
	return (
		conversationTokens(asList(input.messages), input.tools) +
		messagesTokens(asList(value.preferred_output ?? value.preferred_completion)) +
		messagesTokens(asList(value.non_preferred_output ?? value.non_preferred_completion))
	);
}

function conversationTokens(messages: unknown[], tools: unknown): number {
	return messagesTokens(messages) + toolsTokens(tools) + PER_CONVERSATION;
}

function messagesTokens(messages: unknown[]): number {
	let tokens = 0;
	for (const message of messages) tokens += messageTokens(asObject(message));
	return tokens;
}

function messageTokens(message: Values): number {
	let tokens = PER_MESSAGE;
	for (const field of Object.keys(message)) tokens += fieldTokens(field, message[field]);
	return tokens;
}

function fieldTokens(field: string, value: unknown): number {
	switch (field) {
		case 'name':
			return textTokens(value) + PER_NAME;
		case 'content':
			return typeof value === 'string' ? countTokens(value) : partsTokens(asList(value));
		case 'tool_calls':
			return asList(value).reduce<number>(
				(sum, call) => sum + callTokens(asObject(call).function),
				0,
			);
		case 'function_call':
			return callTokens(value);
		default:
			return textTokens(value);
	}
}

function partsTokens(parts: unknown[]): number {
	let tokens = 0;
	for (const part of parts) {
		const { type, text, refusal, image_url: image } = asObject(part);
		tokens += type === 'image_url' ? imageTokens(asObject(image)) : textTokens(text ?? refusal);
	}
	return tokens;
}

function callTokens(call: unknown): number {
	const { name, arguments: args } = asObject(call);
	return PER_CALL + textTokens(name) + textTokens(args);
}
