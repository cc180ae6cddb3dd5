import type { ChatCompletionContentPartImage } from 'openai/resources/chat/completions';

import { fileKindOf, KIND_BYTES } from '../fileKind';
import { SettingError } from '../settingError';

/** Bytes one image may have; larger ones are refused by several servers and dropped from stored completions by others. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;
/** Bytes that the images of one request may have together. */
export const MAX_IMAGES_BYTES = 50 * 1024 * 1024;

export type ImageDetail = 'auto' | 'low' | 'high';

/** What models can read, by MIME type. */
const READABLE: readonly string[] = ['image/gif', 'image/jpeg', 'image/png', 'image/webp'];

/**
 * An image from its bytes. The type comes from the content, because the MIME type of an attachment is often wrong.
 * Formats: https://platform.openai.com/docs/guides/images-vision#image-input-requirements
 *
 * @param name what the user calls it, e.g. the binary field's name
 * @throws SettingError if the content is no PNG, JPEG, WEBP or GIF, or has more than 20 MiB
 */
export function imageFromBytes(
	bytes: Buffer,
	name: string,
	detail?: ImageDetail,
): ChatCompletionContentPartImage {
	if (bytes.length > MAX_IMAGE_BYTES) throw tooLarge(name, bytes.length);
	const type = fileKindOf(bytes.subarray(0, KIND_BYTES))?.mimeType;
	if (!type || !READABLE.includes(type)) {
		throw new SettingError(
			`'${name}' is not an image that models can read`,
			'Use PNG, JPEG, WEBP or GIF. Other files, such as PDF or HEIC, have to be converted first.',
			'Image Binary Fields',
		);
	}
	return imagePart(`data:${type};base64,${bytes.toString('base64')}`, detail);
}

/**
 * An image that the server fetches from an address, or one that is written out as a `data:` URL.
 *
 * @throws SettingError for any other kind of address
 */
export function imageFromUrl(url: string, detail?: ImageDetail): ChatCompletionContentPartImage {
	const address = url.trim();
	const data = /^data:image\/(?:png|jpe?g|webp|gif);base64,/i.exec(address);
	if (data) {
		const bytes = ((address.length - data[0].length) * 3) / 4;
		if (bytes > MAX_IMAGE_BYTES) throw tooLarge('Image URL', bytes);
		return imagePart(address, detail);
	}
	if (/^https?:\/\/[^\s/]/i.test(address) && URL.canParse(address)) {
		return imagePart(address, detail);
	}
	throw new SettingError(
		`'${address.slice(0, 60)}' is not the address of an image`,
		'Enter addresses that begin with https://, or a data: URL of a PNG, JPEG, WEBP or GIF image.',
		'Image URLs',
	);
}

/** @throws SettingError if the images together have more than 50 MiB */
export function checkImagesTotal(sizes: readonly number[]): void {
	const total = sizes.reduce((sum, size) => sum + size, 0);
	if (total <= MAX_IMAGES_BYTES) return;
	throw new SettingError(
		`The images have ${megabytes(total)} together`,
		`Send at most ${megabytes(MAX_IMAGES_BYTES)} with one message, or make the images smaller.`,
		'Image Binary Fields',
	);
}

/** Names or addresses separated by commas, white space or line ends; a list stays one. */
export function splitList(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(splitList);
	if (typeof value !== 'string') return [];
	// A data: URL has a comma of its own.
	const separator = /data:image\//i.test(value) ? /\s+/ : /[\s,]+/;
	return value.split(separator).filter((one) => one !== '');
}

function imagePart(url: string, detail?: ImageDetail): ChatCompletionContentPartImage {
	return { type: 'image_url', image_url: detail ? { url, detail } : { url } };
}

function tooLarge(name: string, bytes: number): SettingError {
	return new SettingError(
		`'${name}' has ${megabytes(bytes)}`,
		`Use images of at most ${megabytes(MAX_IMAGE_BYTES)}; models scale larger pictures down in any case.`,
		'Image Binary Fields',
	);
}

function megabytes(bytes: number): string {
	return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
