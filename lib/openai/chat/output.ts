import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';

import { type CostEstimate, estimateChatCost, type PriceTable } from '../../cost';
import type { Answer, AnswerChoice, AnswerToolCall, AnswerUsage } from './answer';
import type { FailedAttempt } from './fallback';

/** What is known about an answer beside its content. */
export interface AnswerFacts {
	/** The model that was asked and answered; servers may call it by a longer name. */
	askedModel: string;
	/** Models that were asked before and did not answer. */
	failed: FailedAttempt[];
	latencyMs: number;
	prices: PriceTable;
	/** The messages sent; with them the output holds the whole conversation, ready for the next turn. */
	conversation?: ChatCompletionMessageParam[];
}

export interface SimpleCost {
	amount: number;
	currency: string;
	/** The row of the price table that was used. */
	priced_as: string;
}

/** n8n forbids the word `arguments` in expressions, so the same value has a second name. */
export interface SimpleToolCall extends AnswerToolCall {
	input: unknown;
}

/** A choice without the message, which is for the next turn. */
export interface SimpleChoice extends Omit<AnswerChoice, 'message' | 'tool_calls'> {
	tool_calls?: SimpleToolCall[];
}

/** An answer in the few fields that most workflows need; the later ones are there only when they say something. */
export interface SimpleAnswer {
	output: string;
	/** The model that answered, as the server names it. */
	model: string;
	fell_back: boolean;
	finish_reason: string;
	usage: AnswerUsage | null;
	latency_ms: number;
	/** Null when the price or the token counts are not known. */
	estimated_cost: SimpleCost | null;
	parsed?: unknown;
	tool_calls?: SimpleToolCall[];
	refusal?: string;
	content_filtered?: true;
	reasoning?: string;
	logprobs?: unknown;
	/** All choices, when there are several; the fields above are those of the first. */
	choices?: SimpleChoice[];
	failed_models?: FailedAttempt[];
	messages?: unknown[];
}

/** Flattens an answer: the first choice's fields at the top, further choices in `choices`. */
export function simplifyAnswer(answer: Answer, facts: AnswerFacts): SimpleAnswer {
	const [{ message }] = answer.choices;
	const choices = answer.choices.map(simpleChoice);
	const [{ output, finish_reason, ...said }] = choices;
	return {
		output,
		model: answer.model || facts.askedModel,
		fell_back: facts.failed.length > 0,
		finish_reason,
		usage: answer.usage ?? null,
		latency_ms: facts.latencyMs,
		estimated_cost: simpleCost(costOf(answer, facts)),
		...said,
		...(choices.length > 1 ? { choices } : {}),
		...(facts.failed.length > 0 ? { failed_models: facts.failed } : {}),
		...(facts.conversation ? { messages: [...facts.conversation, message] } : {}),
	};
}

/** The server's own body; what only this node knows is added where there is something to add. */
export function rawAnswer(completion: object, facts: AnswerFacts): Record<string, unknown> {
	const message = 'choices' in completion && firstMessage(completion.choices);
	return {
		...completion,
		...(facts.failed.length > 0 ? { failed_models: facts.failed } : {}),
		...(facts.conversation && message ? { messages: [...facts.conversation, message] } : {}),
	};
}

/** By the model that was asked; behind an alias of the server's, by the model that it says has answered. */
function costOf({ usage, model }: Answer, facts: AnswerFacts): CostEstimate | undefined {
	if (!usage) return undefined;
	const { askedModel, prices } = facts;
	return estimateChatCost(usage, askedModel, prices) ?? estimateChatCost(usage, model, prices);
}

function simpleCost(cost: CostEstimate | undefined): SimpleCost | null {
	if (!cost) return null;
	const { amount, currency, pricedAs } = cost;
	// Six digits: the rest is noise of binary fractions.
	return { amount: Number(amount.toPrecision(6)), currency, priced_as: pricedAs };
}

function simpleChoice({
	message: _message,
	tool_calls: calls,
	...choice
}: AnswerChoice): SimpleChoice {
	if (!calls) return choice;
	return { ...choice, tool_calls: calls.map((call) => ({ ...call, input: call.arguments })) };
}

function firstMessage(choices: unknown): unknown {
	return Array.isArray(choices) ? choices[0]?.message : undefined;
}
