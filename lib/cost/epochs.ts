const TARGET_EPOCHS = 3;
const MIN_TOTAL_EXAMPLES = 100;
const MAX_TOTAL_EXAMPLES = 25_000;
const MAX_EPOCHS = 25;

/**
 * How often the server will go through the examples when the number of epochs is left to it ("auto"), by the rule in
 * OpenAI's cookbook: 3 times; more often, up to 25 times, when that makes fewer than 100 examples; less often when it
 * makes more than 25,000. What the server really does is not published.
 *
 * @returns a whole number from 1 on; 0 without examples
 * @see https://cookbook.openai.com/examples/chat_finetuning_data_prep
 */
export function estimateEpochs(examples: number): number {
	if (examples <= 0) return 0;
	const total = examples * TARGET_EPOCHS;
	if (total < MIN_TOTAL_EXAMPLES) {
		return Math.min(MAX_EPOCHS, Math.floor(MIN_TOTAL_EXAMPLES / examples));
	}
	if (total > MAX_TOTAL_EXAMPLES) return Math.max(1, Math.floor(MAX_TOTAL_EXAMPLES / examples));
	return TARGET_EPOCHS;
}
