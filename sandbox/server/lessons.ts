import type { JsonObject, JsonValue } from '../../lib/dataset/types';

/** A question and what a model trained on the example would say to it. */
export interface TaughtPair {
	question: string;
	answer: string;
	toolCalls?: Array<{ name: string; arguments: string }>;
}

/** Keys under which reinforcement examples usually keep the right answer; their graders name them freely. */
const REFERENCE_KEYS = ['reference_answer', 'reference', 'answer', 'expected', 'target', 'label'];

/**
 * What one training example teaches: each trained assistant turn with the user's words before it,
 * the preferred answer of a preference pair, or the completion of a prompt.
 */
export function lessonsOf(example: JsonObject): TaughtPair[] {
	if (Array.isArray(example.messages)) {
		const pairs = pairsOfMessages(example.messages);
		return pairs.length > 0 ? pairs : referencePair(example, example.messages);
	}
	if (isObject(example.input) && Array.isArray(example.input.messages)) {
		const preferred = example.preferred_output ?? example.preferred_completion;
		const answer = Array.isArray(preferred) ? preferred : [];
		return pairsOfMessages([...example.input.messages, ...answer]);
	}
	if (typeof example.prompt === 'string' && typeof example.completion === 'string') {
		return [{ question: example.prompt.trim(), answer: example.completion.trim() }];
	}
	return [];
}

function pairsOfMessages(messages: JsonValue[]): TaughtPair[] {
	const pairs: TaughtPair[] = [];
	let question = '';
	for (const message of messages) {
		if (!isObject(message)) continue;
		if (message.role === 'user') question = textOf(message.content);
		if (message.role !== 'assistant' || message.weight === 0) continue;
		const answer = textOf(message.content);
		const toolCalls = toolCallsOf(message);
		if (toolCalls) pairs.push({ question, answer, toolCalls });
		else if (answer) pairs.push({ question, answer });
	}
	return pairs;
}

function referencePair(example: JsonObject, messages: JsonValue[]): TaughtPair[] {
	const key = REFERENCE_KEYS.find((name) => Object.hasOwn(example, name));
	const last = messages.filter(isObject).findLast((message) => message.role === 'user');
	if (!key || !last) return [];
	const reference = example[key];
	const answer = typeof reference === 'string' ? reference : JSON.stringify(reference);
	return [{ question: textOf(last.content), answer }];
}

function toolCallsOf(message: JsonObject): TaughtPair['toolCalls'] {
	const listed = Array.isArray(message.tool_calls) ? message.tool_calls : [message];
	const calls = listed.flatMap((call) => {
		const target = isObject(call) ? (call.function ?? call.function_call) : undefined;
		if (!isObject(target) || typeof target.name !== 'string') return [];
		return [{ name: target.name, arguments: String(target.arguments ?? '{}') }];
	});
	return calls.length > 0 ? calls : undefined;
}

/** The text of a message's content, its text parts joined; images count for nothing. */
export function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content
		.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : ''))
		.filter(Boolean)
		.join('\n');
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
