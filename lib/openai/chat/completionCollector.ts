import { brokenOff } from './answerBytes';
import { isPlainObject, type PlainObject } from './json';

/** Bounds for what a server may make us hold; real answers stay far below. */
const MAX_ANSWER_LENGTH = 64 * 1024 * 1024;
const MAX_CHOICES = 128;
const MAX_TOOL_CALLS = 1024;

interface CollectedChoice {
	index: number;
	content: string[];
	refusal: string[];
	reasoning: string[];
	toolCalls: Map<number, { id: string; name: string; arguments: string[] }>;
	logprobs: unknown[];
	finishReason: string | null;
}

/** Puts the chunks of a streamed chat completion together. */
export class CompletionCollector {
	private readonly choices = new Map<number, CollectedChoice>();
	private head: PlainObject = {};
	private usage: unknown;
	private length = 0;

	/**
	 * @returns what the chunk adds to the text of the first choice
	 * @throws ApiError when the answer outgrows all bounds
	 */
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
