import { parseTunedModelId } from '../openai/modelId';
import { findPrices } from './priceTable';
import { DEFAULT_PRICES, type PriceTable } from './prices';

const MILLION = 1_000_000;

export interface CostEstimate {
	/** In whole units of the currency, not rounded. */
	amount: number;
	currency: string;
	/** The row of the price table that was used. */
	pricedAs: string;
	/** What the prices are worth. */
	note: string;
}

export interface TrainingCostEstimate extends CostEstimate {
	/** Tokens of the file times epochs. */
	trainedTokens: number;
}

/** The counts that chat completions come with. */
export interface ChatUsage {
	prompt_tokens: number;
	completion_tokens: number;
	/** Part of `prompt_tokens`; here or in `prompt_tokens_details`. */
	cached_tokens?: number;
	prompt_tokens_details?: { cached_tokens?: number } | null;
}

/**
 * What a supervised or preference job costs. Reinforcement jobs are charged by the hour: this does not tell theirs.
 *
 * @param tokens of the training file, once through; an example's tokens beyond the model's limit do not count
 * @param model to be trained, a base model or an earlier tuned one
 * @returns undefined when the table has no training price for the model
 */
export function estimateTrainingCost({
	tokens,
	epochs,
	model,
	prices = DEFAULT_PRICES,
}: {
	tokens: number;
	epochs: number;
	model: string;
	prices?: PriceTable;
}): TrainingCostEstimate | undefined {
	// A tuned model is trained on at its base model's price.
	const row = findPrices(parseTunedModelId(model)?.base ?? model, prices);
	if (row?.training === undefined) return undefined;
	const trainedTokens = tokens * epochs;
	const amount = (trainedTokens * row.training) / MILLION;
	return { amount, trainedTokens, ...origin(row.model, prices) };
}

/**
 * What an answer cost, from the usage that came with it.
 *
 * @returns undefined when the table lacks the model's price of input or output
 */
export function estimateChatCost(
	usage: ChatUsage,
	model: string,
	prices: PriceTable = DEFAULT_PRICES,
): CostEstimate | undefined {
	const row = findPrices(model, prices);
	if (row?.input === undefined || row.output === undefined) return undefined;
	const cached = usage.cached_tokens ?? usage.prompt_tokens_details?.cached_tokens ?? 0;
	const amount =
		((usage.prompt_tokens - cached) * row.input +
			cached * (row.cachedInput ?? row.input) +
			usage.completion_tokens * row.output) /
		MILLION;
	return { amount, ...origin(row.model, prices) };
}

function origin(pricedAs: string, { currency, note }: PriceTable) {
	return { currency, pricedAs, note };
}
