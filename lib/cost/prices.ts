/** Prices of one model, in the table's currency for 1,000,000 tokens. What is left out is not known. */
export interface PriceRow {
	/** A model's id, with or without its date; `ft:` before it when the row is about asking a tuned model. */
	model: string;
	/** Training tokens: those of the file, times the epochs. */
	training?: number;
	input?: number;
	/** Input that the server had in its prompt cache; without a price of its own it costs as much as other input. */
	cachedInput?: number;
	output?: number;
}

export interface PriceTable {
	currency: string;
	/** Where the prices come from and what they are worth; goes out with every estimate. */
	note: string;
	rows: readonly PriceRow[];
}

/** The vendor's page that decides. */
export const PRICE_PAGE = 'https://openai.com/api/pricing';

/**
 * Starting values for OpenAI's models that can still be trained; meant to be changed.
 *
 * Nobody fetched these from OpenAI: they are the prices that were published there in 2025, written down from memory.
 * For the `ft:` rows of GPT-4o and GPT-4o mini, input and output were compared with LiteLLM's table in November 2026.
 * Other sites state training prices between a third of these and the same.
 */
export const DEFAULT_PRICES: PriceTable = {
	currency: 'USD',
	note: `Prices as published in 2025, not checked since. Compare with ${PRICE_PAGE} and enter your own where they differ.`,
	rows: [
		{ model: 'gpt-4.1-2025-04-14', training: 25, input: 2, cachedInput: 0.5, output: 8 },
		{ model: 'gpt-4.1-mini-2025-04-14', training: 5, input: 0.4, cachedInput: 0.1, output: 1.6 },
		{ model: 'gpt-4o-2024-08-06', training: 25, input: 2.5, cachedInput: 1.25, output: 10 },
		{ model: 'gpt-4o-mini-2024-07-18', training: 3, input: 0.15, cachedInput: 0.075, output: 0.6 },
		{ model: 'ft:gpt-4.1-2025-04-14', input: 3, cachedInput: 0.75, output: 12 },
		{ model: 'ft:gpt-4.1-mini-2025-04-14', input: 0.8, cachedInput: 0.2, output: 3.2 },
		{ model: 'ft:gpt-4o-2024-08-06', input: 3.75, cachedInput: 1.875, output: 15 },
		{ model: 'ft:gpt-4o-mini-2024-07-18', input: 0.3, cachedInput: 0.15, output: 1.2 },
	],
};
