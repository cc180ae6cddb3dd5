/** The nouns of golden sets: questions that are asked of models to see whether they behave alike. */
import type {
	ChatCompletionMessageParam,
	ChatCompletionTool,
} from 'openai/resources/chat/completions';

import type { AnswerToolCall, AnswerUsage } from '../openai/chat/answer';
import type { SimpleCost } from '../openai/chat/output';

/** Something to ask. */
export interface GoldenQuestion {
	/** Of the conversation as it came, so that the same question is known again whoever is asked. */
	id: string;
	/** Ends with what the user says; instructions may stand at the beginning. */
	messages: ChatCompletionMessageParam[];
	tools?: ChatCompletionTool[];
	/** The answer that is right, where one is known. */
	expected?: string;
}

/** One question with its answer, as one line of a record file holds it. */
export interface GoldenRecord {
	/** Of this format. */
	golden: 1;
	/** Of the question. */
	id: string;
	/** What the user said last, as text. */
	question: string;
	messages: ChatCompletionMessageParam[];
	tools?: ChatCompletionTool[];
	/** Null where none came: see `failure`. Empty for pure tool calls. */
	answer: string | null;
	tool_calls?: Array<Omit<AnswerToolCall, 'id'>>;
	expected?: string;
	/** As it was asked for. */
	model: string;
	/** As the server called itself. */
	answered_by: string | null;
	provider: string;
	/** All fields of the request but model, messages and tools. */
	settings: Record<string, unknown>;
	/** SHA-256 of provider, model, messages, tools and settings, hexadecimal. */
	request_sha256: string;
	/** SHA-256 of answer and tool calls; null without an answer. */
	answer_sha256: string | null;
	finish_reason: string | null;
	latency_ms: number | null;
	usage: AnswerUsage | null;
	estimated_cost: SimpleCost | null;
	/** ISO 8601. */
	recorded_at: string;
	/** Why the question has no answer, where it was refused for what it says. */
	failure?: string;
}
