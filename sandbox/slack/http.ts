import Fastify, { type FastifyInstance } from 'fastify';

import { asStandIn } from '../tickets/standIn';

import { clientRoutes } from './client';
import { controlRoutes } from './control';
import type { SlackDesk } from './desk';
import { webApiRoutes } from './webApi';

const MAX_BODY = 2 * 1024 * 1024;

/** Web API, chat page and control surface under one address. */
export function buildHttp(desk: SlackDesk): FastifyInstance {
	const app = Fastify({ forceCloseConnections: true, bodyLimit: MAX_BODY });
	asStandIn(app);
	readForms(app);
	const { workspace, settings, faults } = desk;
	webApiRoutes(app, { workspace, settings, faults, onCall: (call) => desk.seen(call) });
	clientRoutes(app, desk);
	controlRoutes(app, desk);
	app.setErrorHandler(async (error, _request, reply) => {
		const { statusCode = 500, message } = error as { statusCode?: number; message: string };
		const word = statusCode === 413 ? 'request_too_large' : 'invalid_json';
		return await reply.code(statusCode).send({ ok: false, error: word, message });
	});
	return app;
}

/** Fastify knows JSON only. */
function readForms(app: FastifyInstance): void {
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(String(body))));
		},
	);
	const parse = app.getDefaultJsonParser('error', 'error');
	app.removeContentTypeParser('application/json');
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
		if (body === '') done(null, {});
		else void parse(request, body as string, done);
	});
}
