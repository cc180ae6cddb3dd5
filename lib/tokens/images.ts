import { imageSize, type ImageSize } from './imageSize';
import type { Values } from './values';

/** What every image costs, and all that one in low detail costs. */
const BASE = 85;
const PER_TILE = 170;
const TILE = 512;
/** In high detail an image is first made to fit in this square, then its shorter side is brought down to the other. */
const LONG_SIDE = 2048;
const SHORT_SIDE = 768;
/** For images whose size cannot be told, as they are behind a URL. */
const ASSUMED_SIZE: ImageSize = { width: 1024, height: 1024 };

/**
 * Estimate of the tokens of an image part's `{url, detail}` by OpenAI's published rule for GPT-4o and GPT-4.1: 85 in
 * low detail, otherwise 85 and 170 for each tile of 512 x 512 pixels. The size is read from data URLs with PNG, JPEG
 * or WebP; any other image is taken to be 1024 x 1024 (765 tokens). GPT-4o mini and GPT-4.1 mini charge images by
 * other factors, which OpenAI changes: for them this is a lower bound.
 *
 * @see https://developers.openai.com/api/docs/guides/images-vision#calculating-costs
 */
export function imageTokens({ url, detail }: Values): number {
	if (detail === 'low') return BASE;
	const size = (typeof url === 'string' && imageSize(url)) || ASSUMED_SIZE;
	const fitted = scale(size, Math.min(1, LONG_SIDE / Math.max(size.width, size.height)));
	const { width, height } = scale(
		fitted,
		Math.min(1, SHORT_SIDE / Math.min(fitted.width, fitted.height)),
	);
	return BASE + PER_TILE * Math.ceil(width / TILE) * Math.ceil(height / TILE);
}

function scale({ width, height }: ImageSize, factor: number): ImageSize {
	return { width: Math.ceil(width * factor), height: Math.ceil(height * factor) };
}
