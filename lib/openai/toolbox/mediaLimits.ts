/** What OpenAI takes of images and sounds. Other servers have limits of their own, which only they know. */
const MIB = 2 ** 20;

/** https://developers.openai.com/api/docs/guides/speech-to-text: 25 MB, counted as 26,214,400 bytes. */
export const MAX_AUDIO_BYTES = 25 * MIB;
/** https://developers.openai.com/api/reference/resources/images/methods/edit: images of less than 50 MB, at most 16. */
export const MAX_IMAGE_BYTES = 50 * MIB;
export const MAX_IMAGES = 16;
/** A mask has less than 4 MB. */
export const MAX_MASK_BYTES = 4 * MIB;
/** Characters of an image prompt. */
export const MAX_PROMPT_CHARS = 32_000;
/** Characters of a text to speak and of the instructions for it, https://developers.openai.com/api/reference/resources/audio/subresources/speech/methods/create. */
export const MAX_SPEECH_CHARS = 4_096;
export const MAX_SPEAKERS = 4;

/** Whether OpenAI's limits hold at this provider of the credential, so that they can be checked before anything is sent. */
export function hasOpenAiLimits(provider: string): boolean {
	return ['openAi', 'azureOpenAi', 'sandbox'].includes(provider);
}

/** e.g. `57.2 MB`, in the unit that the vendor counts in. */
export function megabytes(bytes: number): string {
	return `${(bytes / MIB).toFixed(1).replace(/\.0$/, '')} MB`;
}
