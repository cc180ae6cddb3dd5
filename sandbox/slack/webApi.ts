/**
 * Slack's Web API, and the addresses that a button press or a command names for its answer.
 * https://docs.slack.dev/apis/web-api
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { meet } from '../tickets/standIn';

import type { SlackSettings } from './call';
import { DEMO } from './demo';
import type { SlackFaults } from './faults';
import { readResponsePath } from './interactions';
import { contentOf } from './limits';
import { METHODS } from './methods';
import { fromApp, threadOf } from './methods/chat';
import { SlackRefusal } from './refusal';
import type { App, Json } from './types';
import type { Workspace } from './workspace';

/** A call that came, without its token. */
export interface SeenCall {
	method: string;
	args: Json;
	/** Slack's word for the refusal, if it was one. */
	error?: string;
	at: number;
}

export interface ApiSurface {
	workspace: Workspace;
	settings: SlackSettings;
	faults: SlackFaults;
	/** Called with each call once it was worked on. */
	onCall(call: SeenCall): void;
}

export function webApiRoutes(app: FastifyInstance, surface: ApiSurface): void {
	app.addHook('preHandler', async (request, reply) => {
		if (!/^\/(api|actions)\//.test(request.url)) return;
		const fault = surface.faults.take(request.method, request.url);
		if (!fault) return;
		surface.onCall({
			method: methodOf(request),
			args: argsOf(request),
			error: wordOf(fault.body) ?? 'fault',
			at: Date.now(),
		});
		if (await meet(fault, request, reply)) return reply;
	});

	app.route({
		method: ['GET', 'POST'],
		url: '/api/:name',
		handler: async (request, reply) => {
			const method = methodOf(request);
			const seen: SeenCall = { method, args: argsOf(request), at: Date.now() };
			try {
				const { sender, answer } = work(surface, request, seen.args);
				surface.onCall(seen);
				return await reply.headers(scopeHeaders(sender, method)).send(warned(request, answer));
			} catch (error) {
				const refusal = asRefusal(error);
				surface.onCall({ ...seen, error: refusal.word });
				return await reply.code(refusal.status).headers(refusal.headers).send(refusal.body());
			}
		},
	});

	app.post('/actions/*', async (request, reply) => {
		const target = readResponsePath(request.url);
		const channel = target && surface.workspace.channel(target.channel);
		if (!target || !channel) return await reply.code(404).send('no_team');
		const args = argsOf(request);
		const [sender] = surface.workspace.apps;
		if (args.delete_original !== true)
			surface.workspace.post({
				...fromApp(sender),
				channel: channel.id,
				...contentOf(args),
				...threadOf(args),
				...(args.response_type !== 'in_channel' && { ephemeralTo: target.user }),
			});
		surface.onCall({ method: 'response_url', args, at: Date.now() });
		return await reply.type('text/html').send('ok');
	});
}

function work(surface: ApiSurface, request: FastifyRequest, args: Json) {
	const { workspace, settings } = surface;
	const name = methodOf(request);
	const method = METHODS.get(name);
	if (!method) throw new SlackRefusal('unknown_method', { req_method: name });
	const sender = senderOf(workspace, tokenOf(request));
	const { scopes } = method;
	if (scopes.length > 0 && !scopes.some((scope) => sender.scopes.includes(scope)))
		throw new SlackRefusal('missing_scope', {
			needed: scopes[0],
			provided: sender.scopes.join(','),
		});
	return { sender, answer: method.run({ workspace, app: sender, args, settings }) };
}

function senderOf(workspace: Workspace, token: string): App {
	if (token === '') throw new SlackRefusal('not_authed');
	if (token === DEMO.revoked) throw new SlackRefusal('token_revoked');
	if (token === DEMO.inactive) throw new SlackRefusal('account_inactive');
	const sender = workspace.appOfToken(token);
	if (sender) return sender;
	if (/^xapp-/.test(token)) throw new SlackRefusal('not_allowed_token_type');
	throw new SlackRefusal('invalid_auth');
}

/** In the header, or in a form; JSON bodies carry none. */
function tokenOf(request: FastifyRequest): string {
	const header = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1];
	if (header) return header;
	const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
	const holder = isJson ? (request.query as Json) : { ...queryOf(request), ...bodyOf(request) };
	return typeof holder.token === 'string' ? holder.token : '';
}

const methodOf = (request: FastifyRequest) => String((request.params as Json).name ?? '');
const queryOf = (request: FastifyRequest) => (request.query ?? {}) as Json;
const bodyOf = (request: FastifyRequest) => (request.body ?? {}) as Json;

function argsOf(request: FastifyRequest): Json {
	const { token: _token, ...args } = { ...queryOf(request), ...bodyOf(request) };
	return args;
}

function scopeHeaders(sender: App, method: string): Record<string, string> {
	return {
		'x-oauth-scopes': sender.scopes.join(','),
		'x-accepted-oauth-scopes': METHODS.get(method)!.scopes.join(','),
	};
}

/** Slack frets about JSON without a charset. */
function warned(request: FastifyRequest, answer: Json): Json {
	if (request.headers['content-type']?.toLowerCase() !== 'application/json') return answer;
	return {
		...answer,
		warning: 'missing_charset',
		response_metadata: {
			...(answer.response_metadata as Json | undefined),
			warnings: ['missing_charset'],
		},
	};
}

function asRefusal(error: unknown): SlackRefusal {
	if (error instanceof SlackRefusal) return error;
	if (error instanceof SyntaxError) return new SlackRefusal('invalid_arguments');
	const reason = error instanceof Error ? error.message : String(error);
	return new SlackRefusal('fatal_error', { sandbox: reason }, 500);
}

function wordOf(body: unknown): string | undefined {
	const word = (body as Json | undefined)?.error;
	return typeof word === 'string' ? word : undefined;
}
