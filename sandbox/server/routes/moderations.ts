import type { FastifyInstance } from 'fastify';

import { checkBody, type Body } from '../check';
import { badRequest } from '../errors';
import { newId } from '../ids';
import { textOf } from '../lessons';
import { moderate } from '../moderation';

/** https://developers.openai.com/api/reference/resources/moderations, judged by a list of words. */
export function moderationRoutes(app: FastifyInstance): void {
	app.post('/v1/moderations', ({ body: json }) => {
		const { input } = checkBody(json, {
			input: { type: 'any', required: true },
			model: { type: 'string' },
		});
		return { id: newId('modr-', 29), model: 'sandbox-word-list', results: resultsOf(input) };
	});
}

function resultsOf(input: unknown) {
	if (typeof input === 'string') return [moderate(input, false)];
	if (!Array.isArray(input) || input.length === 0) {
		throw badRequest(
			"Invalid type for 'input': expected a string or an array.",
			'input',
			'invalid_type',
		);
	}
	if (input.every((entry) => typeof entry === 'string')) {
		return input.map((text) => moderate(text, false));
	}
	const hasImage = input.some((part) => (part as Body | null)?.type === 'image_url');
	return [moderate(textOf(input), hasImage)];
}
