import type { AnswerUsage } from '../openai/chat/answer';

/** Tokens and money of many answers. */
export interface Tally {
	/** Requests that were answered. */
	answers: number;
	/** Of these, the ones asked because the answer before could not be used. */
	askedAgain: number;
	promptTokens: number;
	completionTokens: number;
	cachedTokens: number;
	reasoningTokens: number;
	/** In the currency of the price table. */
	cost: number;
	/** Answers whose cost is not in `cost`, because no price or no token count is known. */
	unpriced: number;
	/** Answers of servers that do not count tokens. */
	uncounted: number;
}

export function emptyTally(): Tally {
	return {
		answers: 0,
		askedAgain: 0,
		promptTokens: 0,
		completionTokens: 0,
		cachedTokens: 0,
		reasoningTokens: 0,
		cost: 0,
		unpriced: 0,
		uncounted: 0,
	};
}

/** @param cost undefined when it is not known */
export function addToTally(
	tally: Tally,
	usage: AnswerUsage | undefined,
	cost: number | undefined,
	isSecondTry: boolean,
): void {
	tally.answers++;
	if (isSecondTry) tally.askedAgain++;
	tally.promptTokens += usage?.prompt_tokens ?? 0;
	tally.completionTokens += usage?.completion_tokens ?? 0;
	tally.cachedTokens += usage?.cached_tokens ?? 0;
	tally.reasoningTokens += usage?.reasoning_tokens ?? 0;
	tally.cost += cost ?? 0;
	if (cost === undefined) tally.unpriced++;
	if (!usage) tally.uncounted++;
}
