/** What `npm start`, benches and tests in other processes ask of the stand-in. */
import type { FastifyInstance } from 'fastify';

import type { SlackDesk, Words } from './desk';
import type { SlackFault } from './faults';
import type { Json } from './types';

export function controlRoutes(app: FastifyInstance, desk: SlackDesk): void {
	app.get('/__slack/state', async () => ({
		requestUrl: desk.app.requestUrl ?? null,
		settings: desk.settings,
		messages: desk.workspace.messages,
		deliveries: desk.deliveries,
		calls: desk.calls,
	}));

	app.post('/__slack/request-url', async ({ body }, reply) => {
		try {
			const { url, isChecked } = body as Json;
			if (isChecked === false) desk.app.requestUrl = String(url);
			else await desk.setRequestUrl(String(url));
			return { ok: true };
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			return await reply.code(400).send({ ok: false, message });
		}
	});

	/** Resolves with the message, whose answers are found by its `ts`. */
	app.post('/__slack/say', async ({ body }) => desk.say(body as Words));

	app.post('/__slack/events', async ({ body }) => {
		const { event, envelope } = body as { event: Json; envelope?: Json };
		return await desk.sendEvent(event, envelope);
	});

	app.post('/__slack/faults', async ({ body }) => {
		desk.addFault(body as SlackFault);
		return { ok: true };
	});

	app.post('/__slack/settings', async ({ body }) => {
		for (const name of ['speed', 'postsPerSecond', 'maxPage'] as const) {
			const value = (body as Json)[name];
			if (typeof value === 'number' && value >= 0) desk.settings[name] = value;
		}
		return desk.settings;
	});
}
