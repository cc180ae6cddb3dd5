import { Readable } from 'node:stream';

import type { FastifyInstance } from 'fastify';

import { answerChat } from '../answer';
import { readChatRequest } from '../chatRules';
import { streamLines } from '../chatStream';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import { findModel } from '../models';
import type { Sandbox } from '../sandbox';
import { keep } from '../stored';

/** https://developers.openai.com/api/reference/resources/chat */
export function chatRoutes(app: FastifyInstance, { store, clock, tutor }: Sandbox): void {
	app.post('/v1/chat/completions', ({ body }, reply) => {
		const request = readChatRequest(body);
		const model = findModel(store, request.model);
		if (!model) {
			const message = `The model \`${request.model}\` does not exist or you do not have access to it.`;
			throw notFound(message, null, 'model_not_found');
		}
		if (model.retired) {
			const message = `The model \`${request.model}\` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations`;
			throw notFound(message, null, 'model_not_found');
		}
		if (!model.chat) {
			const message =
				'This is not a chat model and thus not supported in the v1/chat/completions endpoint.';
			throw badRequest(message, 'model');
		}
		const answer = answerChat(request, model, tutor);
		const head = {
			id: newId('chatcmpl-', 29),
			created: clock.seconds(),
			model: model.tuned ? model.id : model.base,
			service_tier: 'default',
			system_fingerprint: 'fp_sandbox',
		};
		if (request.store) keep(store, request, { ...head, ...answer });
		if (!request.stream) return { ...head, object: 'chat.completion', ...answer };
		void reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-cache');
		return reply.send(Readable.from(streamLines(head, answer, request.includeUsage)));
	});
}
