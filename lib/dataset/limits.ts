/** Limits of OpenAI's fine-tuning service; other servers have their own, mostly larger ones. */

/** Fewest examples a job takes: “Training file has 3 example(s), but must have at least 10 examples”. */
export const MIN_EXAMPLES = 10;

/** OpenAI's guide: clear improvements come with 50 to 100 examples. */
export const ADVISED_EXAMPLES = 50;

/** Bytes one request of the Files API takes. */
export const MAX_FILE_BYTES = 512 * 1000 * 1000;

/** Bytes the Uploads API takes in parts. */
export const MAX_UPLOAD_BYTES = 8 * 1000 * 1000 * 1000;

export const MAX_IMAGE_EXAMPLES = 50_000;

const TOKENS_DEFAULT = 65_536;
const TOKENS_BY_FAMILY: ReadonlyArray<[family: RegExp, tokens: number]> = [
	[/^gpt-3\.5-turbo/, 16_385],
	[/^(babbage|davinci)-002/, 16_384],
];

/**
 * Tokens a training example may have. `ft:` ids count as their base model; unknown models get the 65,536 of
 * gpt-4o and gpt-4.1. https://developers.openai.com/api/docs/guides/supervised-fine-tuning
 */
export function trainingTokenLimit(model = ''): number {
	const base = model.replace(/^ft:/, '');
	return TOKENS_BY_FAMILY.find(([family]) => family.test(base))?.[1] ?? TOKENS_DEFAULT;
}
