import type { FastifyInstance } from 'fastify';

import { checkBody, type Body } from '../check';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import { isObject, textOf } from '../lessons';
import { findModel } from '../models';
import { moderate } from '../moderation';
import type { Sandbox } from '../sandbox';

/** https://developers.openai.com/api/reference/resources/moderations, judged by a list of words. */
export function moderationRoutes(app: FastifyInstance, { store }: Sandbox): void {
	app.post('/v1/moderations', ({ body: json }) => {
		const { input, model = 'omni-moderation-latest' } = checkBody(json, {
			input: { type: 'any', required: true },
			model: { type: 'string' },
		});
		const id = String(model);
		if (!findModel(store, id)) {
			throw notFound(`The model '${id}' does not exist.`, 'model', 'model_not_found');
		}
		if (!/moderation/.test(id)) {
			throw badRequest(
				`Invalid value: '${id}' is not a moderation model.`,
				'model',
				'invalid_value',
			);
		}
		return { id: newId('modr-', 29), model: 'sandbox-word-list', results: resultsOf(input) };
	});
}

/** A text, a list of texts (a result each), or the parts of one input (one result). */
function resultsOf(input: unknown) {
	if (typeof input === 'string') return [moderate(input)];
	if (!Array.isArray(input) || input.length === 0) {
		throw badRequest(
			"Invalid type for 'input': expected a string or an array.",
			'input',
			'invalid_type',
		);
	}
	const entries: unknown[] = input;
	if (entries.every((entry) => typeof entry === 'string')) {
		return entries.map((text) => moderate(text));
	}
	const images = entries.map(imageOf).filter((url) => url !== undefined);
	if (images.length > 1) {
		const message = `Number of images (${images.length}) exceeds maximum of 1`;
		throw badRequest(message, 'input', 'too_many_images');
	}
	return [moderate(textOf(entries), images[0])];
}

function imageOf(part: unknown): string | undefined {
	if (!isObject(part) || part.type !== 'image_url') return undefined;
	const image = part.image_url as Body | undefined;
	const url = typeof image?.url === 'string' ? image.url : '';
	if (/^(?:https?:\/\/|data:image\/)/.test(url)) return url;
	throw badRequest('Invalid image URL.', 'input', 'invalid_image_url');
}
