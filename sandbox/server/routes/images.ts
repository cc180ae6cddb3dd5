import type { FastifyInstance } from 'fastify';

import { fileKindOf } from '../../../lib/openai/fileKind';
import { imageSizeOf } from '../../../lib/openai/toolbox/imageSize';
import { checkBody, type Body, type Rule } from '../check';
import { badRequest, Refusal } from '../errors';
import { type FormFile, readForm } from '../form';
import { requireMediaModel } from '../mediaCheck';
import { decodePng } from '../media/png';
import { changedPictures, newPictures, type Order } from '../media/pictures';
import { moderate } from '../moderation';
import type { Sandbox } from '../sandbox';
import { countTokens } from '../tokens';

const MAX_IMAGE_BYTES = 50 * 2 ** 20;
const MAX_MASK_BYTES = 4 * 2 ** 20;
const MAX_IMAGES = 16;
const FORMATS = ['png', 'jpeg', 'gif', 'svg'];

const COMMON: Record<string, Rule> = {
	model: { type: 'string', required: true },
	prompt: { type: 'string', required: true, minLength: 1, maxLength: 32_000 },
	background: { type: 'string', oneOf: ['transparent', 'opaque', 'auto'] },
	complexity: { type: 'string', oneOf: ['low', 'medium', 'high'] },
	frame_count: { type: 'integer', min: 2, max: 16 },
	frame_duration_ms: { type: 'integer', min: 0 },
	moderation: { type: 'string', oneOf: ['low', 'auto'] },
	n: { type: 'integer', min: 1, max: 10 },
	output_compression: { type: 'integer', min: 0, max: 100 },
	output_format: { type: 'string', oneOf: ['png', 'jpeg', 'webp', 'gif', 'svg'] },
	quality: { type: 'string', oneOf: ['low', 'medium', 'high', 'xhigh', 'max', 'auto'] },
	safety_identifier: { type: 'string' },
	size: { type: 'string' },
	user: { type: 'string' },
};
const EDIT: Record<string, Rule> = {
	...COMMON,
	input_fidelity: { type: 'string', oneOf: ['high', 'low'] },
};

/** https://developers.openai.com/api/reference/resources/images; the pictures are drawn from the prompt's hash. */
export function imageRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	app.post('/v1/images/generations', ({ body: json }) => {
		const body = checkBody(json, COMMON);
		requireMediaModel(sandbox, body.model, 'image');
		const order = readOrder(body, '1024x1024');
		return answer(sandbox, body, order, newPictures(order), 0);
	});

	app.post('/v1/images/edits', async (request) => {
		const { fields, files } = await readForm(request, EDIT, MAX_IMAGE_BYTES);
		requireMediaModel(sandbox, fields.model, 'image');
		const images = checkImages(files.get('image') ?? []);
		const [first] = images;
		const size = imageSizeOf(first.content) ?? { width: 1024, height: 1024 };
		const order = readOrder(fields, `${size.width}x${size.height}`);
		if (order.format === 'svg') throw badRequest('SVG edits are not supported.', 'output_format');
		const mask = checkMask(files.get('mask')?.[0], size);
		const sources = images.map(({ content }) => content);
		return answer(sandbox, fields, order, changedPictures(order, sources, mask), images.length);
	});

	app.post('/v1/images/variations', () => {
		throw new Refusal(404, 'This endpoint is retired and no longer available.', {
			code: 'endpoint_retired',
		});
	});
}

function answer(
	{ clock }: Sandbox,
	{ prompt, quality, background }: Body,
	{ width, height, format }: Order,
	pictures: Buffer[],
	images: number,
) {
	const textTokens = countTokens(String(prompt));
	const input = textTokens + images * 200;
	const output = pictures.length * 100;
	return {
		created: clock.seconds(),
		background: background === 'transparent' ? 'transparent' : 'opaque',
		data: pictures.map((picture) => ({ b64_json: picture.toString('base64') })),
		output_format: format,
		quality: quality && quality !== 'auto' ? quality : 'medium',
		size: `${width}x${height}`,
		usage: {
			input_tokens: input,
			input_tokens_details: { image_tokens: images * 200, text_tokens: textTokens },
			output_tokens: output,
			total_tokens: input + output,
		},
	};
}

function readOrder(body: Body, standard: string): Order {
	const format = (body.output_format as string | undefined) ?? 'png';
	if (!FORMATS.includes(format)) {
		throw badRequest(
			`The sandbox makes ${FORMATS.join(', ')} images, and no ${format}.`,
			'output_format',
			'sandbox_not_supported',
		);
	}
	refuseMisfits(body, format);
	const prompt = String(body.prompt);
	if (moderate(prompt).flagged) throw blocked();
	return {
		prompt,
		...readSize(body.size, standard),
		format: format as Order['format'],
		count: (body.n as number | undefined) ?? 1,
		transparent: body.background === 'transparent',
		frames: (body.frame_count as number | undefined) ?? 9,
		frameMs: (body.frame_duration_ms as number | undefined) ?? 200,
	};
}

function refuseMisfits(body: Body, format: string): void {
	if (body.output_compression !== undefined && format !== 'jpeg') {
		throw badRequest(
			`Compression less than 100 is not supported for ${format} output format`,
			'output_compression',
			'invalid_value',
		);
	}
	if (body.background === 'transparent' && format === 'jpeg') {
		throw badRequest(
			'Transparent background is not supported for JPEG output format',
			'background',
			'invalid_value',
		);
	}
	for (const name of ['frame_count', 'frame_duration_ms']) {
		if (body[name] === undefined || format === 'gif') continue;
		throw badRequest(`'${name}' is only supported with output_format=gif.`, name);
	}
	if (format === 'svg' && Number(body.n ?? 1) > 1) {
		throw badRequest('SVG generation requires n=1.', 'n');
	}
}

function readSize(asked: unknown, standard: string): { width: number; height: number } {
	const own = asked !== undefined && asked !== null && asked !== 'auto';
	const text = own ? String(asked) : standard;
	const [, width, height] = (/^(\d{1,5})x(\d{1,5})$/.exec(text) ?? []).map(Number);
	const fits =
		width > 0 && height > 0 && width * height <= 3840 * 2160 && Math.max(width, height) <= 3840;
	const even = width % 16 === 0 && height % 16 === 0;
	const ratio = width <= 3 * height && height <= 3 * width;
	if (!own && fits) return { width, height };
	if (!own) return { width: 1024, height: 1024 };
	if (fits && even && ratio) return { width, height };
	throw badRequest(
		`Invalid size '${text.slice(0, 40)}'. Width and height must be divisible by 16, the aspect ratio between 1:3 and 3:1, and the resolution at most 3840x2160.`,
		'size',
		'invalid_value',
	);
}

function checkImages(images: FormFile[]): FormFile[] {
	if (images.length === 0) {
		const message = "Missing required parameter: 'image'.";
		throw badRequest(message, 'image', 'missing_required_parameter');
	}
	if (images.length > MAX_IMAGES) {
		const message = `Invalid 'image': array too long. Expected an array with maximum length ${MAX_IMAGES}, but got an array with length ${images.length} instead.`;
		throw badRequest(message, 'image', 'array_above_max_length');
	}
	for (const { name, content } of images) {
		if (['png', 'jpg', 'webp'].includes(fileKindOf(content)?.id ?? '')) continue;
		throw badRequest(
			`Invalid file '${name}': unsupported mimetype. Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.`,
			'image',
			'unsupported_file_mimetype',
		);
	}
	return images;
}

function checkMask(mask: FormFile | undefined, size: { width: number; height: number }) {
	if (!mask) return undefined;
	if (fileKindOf(mask.content)?.id !== 'png' || mask.content.length >= MAX_MASK_BYTES) {
		throw badRequest('Invalid mask: must be a PNG file less than 4MB.', 'mask');
	}
	const own = imageSizeOf(mask.content);
	if (own && own.width === size.width && own.height === size.height) {
		return decodePng(mask.content);
	}
	throw badRequest('Invalid mask image format - mask size does not match image size', 'mask');
}

function blocked(): Refusal {
	return new Refusal(
		400,
		'Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com.',
		{ type: 'image_generation_user_error', code: 'moderation_blocked' },
	);
}
