/** Making and editing images, https://developers.openai.com/api/reference/resources/images. */
import type { ImageGenerateParams, ImagesResponse } from 'openai/resources/images';

import type { FormPart, Transport } from '../../http/types';
import { filePart, type LocalFile } from '../files';
import { SettingError } from '../settingError';

import { MAX_IMAGES, MAX_PROMPT_CHARS } from './mediaLimits';
import { withExplanation } from './refusals';

export type ImageFormat = NonNullable<ImageGenerateParams['output_format']>;

/** What may be asked of the images to come; only what is set is sent. */
export interface ImageSettings {
	background?: 'transparent' | 'opaque' | 'auto';
	complexity?: 'low' | 'medium' | 'high';
	/** 2 to 16; GIF only. */
	frame_count?: number;
	/** GIF only. */
	frame_duration_ms?: number;
	input_fidelity?: 'high' | 'low';
	moderation?: 'low' | 'auto';
	/** 1 to 10. */
	n?: number;
	/** 0 to 100; JPEG and WebP only. */
	output_compression?: number;
	output_format?: ImageFormat;
	quality?: ImageGenerateParams['quality'];
	/** Only for older models and other servers: those of OpenAI always send the image itself. */
	response_format?: 'b64_json' | 'url';
	safety_identifier?: string;
	/** `auto`, or width and height in pixels such as `1536x1024`. */
	size?: string;
}

export interface ImagePrompt extends ImageSettings {
	model: string;
	prompt: string;
}

export interface EditedImages {
	/** The first one is the one that `mask` belongs to. */
	images: LocalFile[];
	mask?: LocalFile;
}

/** One image of an answer: its bytes, or the address from which a server lets it be fetched. */
export interface MadeImage {
	content?: Buffer;
	url?: string;
	/** What the model made of the prompt, where it says so. */
	revisedPrompt?: string;
}

/**
 * Makes images from a prompt. It costs money, so it is sent again only where the server certainly did not act.
 *
 * @throws SettingError for settings that do not go together; ApiError as the server answers.
 */
export async function generateImages(
	transport: Transport,
	request: ImagePrompt,
): Promise<ImagesResponse> {
	assertImagePrompt(request);
	return await withExplanation('image', async () => {
		const body = definedOnly(request);
		const { data } = await transport<ImagesResponse>({
			method: 'POST',
			path: '/images/generations',
			body,
		});
		return data;
	});
}

/** Makes images from a prompt and one or more images; otherwise as `generateImages`. */
export async function editImages(
	transport: Transport,
	request: ImagePrompt,
	{ images, mask }: EditedImages,
): Promise<ImagesResponse> {
	assertImagePrompt(request);
	assertEdit(request, images, mask);
	const name = images.length === 1 ? 'image' : 'image[]';
	const form: FormPart[] = [
		...images.map((image) => filePart(name, image)),
		...(mask ? [filePart('mask', mask)] : []),
		...Object.entries(definedOnly(request)).map(([field, value]) => ({
			name: field,
			value: String(value),
		})),
	];
	return await withExplanation('image', async () => {
		const { data } = await transport<ImagesResponse>({
			method: 'POST',
			path: '/images/edits',
			form,
		});
		return data;
	});
}

/**
 * The images of an answer, in order.
 *
 * @throws Error when it holds none.
 */
export function madeImages(answer: ImagesResponse): MadeImage[] {
	const { data } = answer;
	const images = (Array.isArray(data) ? data : []).map((image): MadeImage => {
		const { b64_json: base64, url, revised_prompt: revisedPrompt } = image;
		const more = typeof revisedPrompt === 'string' && revisedPrompt ? { revisedPrompt } : {};
		if (typeof base64 === 'string' && base64) {
			return { content: Buffer.from(withoutPrefix(base64), 'base64'), ...more };
		}
		return typeof url === 'string' && url ? { url, ...more } : more;
	});
	if (images.length > 0 && images.every(({ content, url }) => content?.length || url)) {
		return images;
	}
	throw new SettingError(
		'The server answered without an image',
		"Check that the model makes images. Some servers send images only with the option 'Response Format'.",
	);
}

function assertImagePrompt({ model, prompt, ...settings }: ImagePrompt): void {
	if (model === '') {
		throw new SettingError("'Model' is empty", 'Pick a model that makes images from the list.');
	}
	if (prompt.trim() === '') {
		throw new SettingError("'Prompt' is empty", 'Describe the image that is to be made.');
	}
	if (prompt.length > MAX_PROMPT_CHARS) {
		throw new SettingError(
			`'Prompt' has ${prompt.length} characters, and at most ${MAX_PROMPT_CHARS} are taken`,
			'Shorten it, e.g. with a Text > Complete before this node.',
		);
	}
	assertSettings(settings);
}

function assertSettings(settings: ImageSettings): void {
	const { n, size, output_format: format, output_compression: compression, background } = settings;
	if (n !== undefined && !(Number.isInteger(n) && n >= 1 && n <= 10)) {
		throw new SettingError(`'Number of Images' is ${n}`, 'Enter a whole number from 1 to 10.');
	}
	if (size !== undefined && size !== 'auto' && !/^[1-9]\d{1,4}x[1-9]\d{1,4}$/.test(size)) {
		throw new SettingError(
			`'Size' is '${size.slice(0, 40)}'`,
			"Enter width and height in pixels with an x between, e.g. 1536x1024, or 'auto'.",
		);
	}
	if (compression !== undefined && format !== 'jpeg' && format !== 'webp') {
		throw new SettingError(
			"'Compression' is for JPEG and WebP images only",
			"Set 'Output Format' to JPEG or WebP, or remove the option.",
		);
	}
	if (background === 'transparent' && format === 'jpeg') {
		throw new SettingError(
			'JPEG images cannot be transparent',
			"Set 'Output Format' to PNG or WebP, or 'Background' to Opaque.",
		);
	}
	const frames = settings.frame_count ?? settings.frame_duration_ms;
	if (frames !== undefined && format !== 'gif') {
		throw new SettingError(
			"'Frame Count' and 'Frame Duration' are for GIF images only",
			"Set 'Output Format' to GIF, or remove the options.",
		);
	}
	if (format === 'svg' && n !== undefined && n > 1) {
		throw new SettingError(
			'SVG images are made one at a time',
			"Set 'Number of Images' to 1, and run the node with more items.",
		);
	}
}

function assertEdit(
	{ output_format: format }: ImageSettings,
	images: LocalFile[],
	mask: LocalFile | undefined,
): void {
	if (images.length > MAX_IMAGES) {
		throw new SettingError(
			`The item has ${images.length} images, and at most ${MAX_IMAGES} are taken`,
			"Name the ones to send under 'Input Data Field Names'. Nothing was sent.",
		);
	}
	if (format === 'svg') {
		throw new SettingError(
			'An image cannot be edited to SVG',
			"Set 'Output Format' to PNG, JPEG or WebP; Image > Generate makes SVG images.",
		);
	}
	if (format === 'gif' && mask) {
		throw new SettingError(
			'GIF images cannot be made with a mask',
			"Remove the option 'Mask Field Name', or set another 'Output Format'.",
		);
	}
}

/** Some servers send a data URL. */
function withoutPrefix(base64: string): string {
	return base64.startsWith('data:') ? base64.slice(base64.indexOf(',') + 1) : base64;
}

function definedOnly(request: ImagePrompt): Record<string, string | number> {
	const entries = Object.entries(request).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as Record<string, string | number>;
}
