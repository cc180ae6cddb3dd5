/** What the chat page asks for and is told. */
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { FastifyInstance, FastifyReply } from 'fastify';

import { CHANNELS, PEOPLE } from './demo';
import type { Delivery } from './deliveries';
import type { SlackDesk } from './desk';
import type { Change, Json, Message } from './types';

const FILES: Record<string, { file: string; type: string }> = {
	'/': { file: 'index.html', type: 'text/html; charset=utf-8' },
	'/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
	'/page.mjs': { file: 'page.mjs', type: 'text/javascript; charset=utf-8' },
	'/messages.mjs': { file: 'messages.mjs', type: 'text/javascript; charset=utf-8' },
	'/markdown.mjs': { file: 'markdown.mjs', type: 'text/javascript; charset=utf-8' },
	'/dom.mjs': { file: 'dom.mjs', type: 'text/javascript; charset=utf-8' },
	'/icon.svg': { file: 'icon.svg', type: 'image/svg+xml' },
};
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const ALIVE_MS = 20_000;
const ME = PEOPLE.maya.id;
const SHOWN = [CHANNELS.directMessage, CHANNELS.helpDesk];

export function clientRoutes(app: FastifyInstance, desk: SlackDesk): void {
	for (const [url, { file, type }] of Object.entries(FILES))
		app.get(url, async (_request, reply) => {
			const content = await readFile(join(pageFolder(), file));
			return await reply
				.type(type)
				.headers({ 'content-security-policy': POLICY, 'cache-control': 'no-store' })
				.send(content);
		});
	app.get('/client/start', async () => startOf(desk));
	app.get('/client/stream', (_request, reply) => stream(desk, reply));
	app.post('/client/messages', async ({ body }) => {
		const { text, channel, threadTs } = body as Record<string, string | undefined>;
		const typed = (text ?? '').trim();
		if (typed === '') return { ok: false, error: 'no_text' };
		const { command } = desk.app;
		if (typed.startsWith(`${command} `)) {
			void desk.command(typed.slice(command.length + 1), channel ?? '');
			return { ok: true };
		}
		const { ts } = desk.say({ text: mentions(desk, typed), channel, threadTs });
		return { ok: true, ts };
	});
	app.post('/client/feedback', async ({ body }) => {
		const { channel, ts, value } = body as Record<string, string>;
		const message = desk.workspace.message(channel, ts);
		if (!message) return { ok: false, error: 'message_not_found' };
		const { state } = await desk.press(message, value);
		return { ok: state === 'delivered' };
	});
	app.post('/client/opened', async () => {
		void desk.open();
		return { ok: true };
	});
}

function startOf(desk: SlackDesk): Json {
	const { workspace, app } = desk;
	const shown = SHOWN.map(({ id }) => id);
	return {
		me: ME,
		team: workspace.team,
		people: workspace.people,
		bot: { id: app.botUserId, name: app.name },
		command: app.command,
		isConnected: app.requestUrl !== undefined,
		channels: SHOWN.map(({ id, name, kind }) => ({ id, name, kind })),
		messages: workspace.messages.filter((one) => shown.includes(one.channel) && isVisible(one)),
		statuses: workspace.liveStatuses(),
	};
}

function stream(desk: SlackDesk, reply: FastifyReply): void {
	reply.hijack();
	const { raw } = reply;
	raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
	const send = (name: string, data: unknown) =>
		raw.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
	send('hello', {});
	const stops = [
		desk.workspace.listen((change) => sendChange(change, send)),
		desk.onDelivery((delivery) => send('delivery', deliveryView(desk, delivery))),
	];
	const alive = setInterval(() => raw.write(': alive\n\n'), ALIVE_MS);
	raw.on('close', () => {
		clearInterval(alive);
		for (const stop of stops) stop();
	});
}

function sendChange(change: Change, send: (name: string, data: unknown) => void): void {
	if (change.kind === 'status') return void send('status', change.status);
	if (!isVisible(change.message)) return;
	send(change.kind === 'deleted' ? 'deleted' : 'message', change.message);
}

function deliveryView(desk: SlackDesk, { type, state, attempts }: Delivery): Json {
	const last = attempts.at(-1);
	return {
		type,
		state,
		isConnected: desk.app.requestUrl !== undefined,
		status: last?.status ?? null,
		milliseconds: last ? Math.round(last.milliseconds) : null,
		attempts: attempts.length,
	};
}

const isVisible = ({ ephemeralTo }: Message) => ephemeralTo === undefined || ephemeralTo === ME;

/** `@Ask Alderbrook` as people type it, as Slack sends it. */
function mentions({ workspace }: SlackDesk, text: string): string {
	return workspace.people.reduce(
		(result, { id, realName }) => result.replaceAll(`@${realName}`, `<@${id}>`),
		text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
	);
}

/** Beside this file, or in the repository when this file is compiled to .cache. */
function pageFolder(): string {
	for (let folder = __dirname; ; folder = dirname(folder)) {
		for (const path of [join(folder, 'page'), join(folder, 'sandbox', 'slack', 'page')])
			if (existsSync(join(path, 'index.html'))) return path;
		if (folder === dirname(folder)) throw new Error('The chat page was not found.');
	}
}
