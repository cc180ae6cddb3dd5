/** Tokens: https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/ */
import { createHash, randomBytes } from 'node:crypto';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { escaped } from './html';
import { Refusal } from './refusal';

/** What the stand-in accepts; it opens nothing anywhere else. */
export const DEMO = {
	clientId: 'n8n_sandbox',
	clientSecret: ['zendesk', 'sandbox', 'secret'].join('-'),
	apiToken: ['zendesk', 'sandbox', 'token'].join('-'),
	adminEmail: 'admin@alderbrook.example',
	agentEmail: 'priya.raman@alderbrook.example',
};

const CODE_LIFE_MS = 120_000;
const MAX_LIFE_SECONDS = 172_800;

interface Grant {
	scope: string;
	/** Milliseconds since the epoch; never, when absent. */
	expiresAt?: number;
	canRefresh: boolean;
}

export class OAuth {
	private readonly codes = new Map<string, { redirect: string; scope: string; at: number }>();

	private readonly access = new Map<string, Grant>();

	private readonly refresh = new Map<string, { scope: string; access: string }>();

	constructor(private readonly now: () => number) {}

	isAlive(token: string): boolean {
		const grant = this.access.get(token);
		return grant !== undefined && (grant.expiresAt ?? Infinity) > this.now();
	}

	/** As if their time had come. */
	expireAll(): void {
		this.access.clear();
	}

	routes(app: FastifyInstance): void {
		app.addContentTypeParser(
			'application/x-www-form-urlencoded',
			{ parseAs: 'string' },
			(_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
		);
		app.get('/oauth/authorizations/new', async (request, reply) =>
			reply.type('text/html; charset=utf-8').send(consentPage(asked(request.query))),
		);
		app.post('/oauth/authorizations/new', async (request, reply) => {
			const { client_id, redirect_uri, scope, state } = asked(request.body);
			checkClient(client_id);
			const target = new URL(redirect_uri);
			const code = secret();
			this.codes.set(code, { redirect: redirect_uri, scope, at: this.now() });
			target.searchParams.set('code', code);
			if (state) target.searchParams.set('state', state);
			return await reply.redirect(target.href, 302);
		});
		app.post('/oauth/tokens', async (request) => this.grant(asked(request.body), request));
	}

	private grant(body: Record<string, string>, request: FastifyRequest): object {
		const { client_id, client_secret } = { ...body, ...basicOf(request) };
		checkClient(client_id);
		if (client_secret !== DEMO.clientSecret) {
			throw oauthError(401, 'invalid_client', 'Client authentication failed');
		}
		switch (body.grant_type) {
			case 'authorization_code':
				return this.fromCode(body);
			case 'refresh_token':
				return this.fromRefresh(body);
			case 'client_credentials':
				return this.issue(body, false);
			default:
				throw oauthError(400, 'unsupported_grant_type', 'The grant type is not supported');
		}
	}

	private fromCode(body: Record<string, string>): object {
		const known = this.codes.get(body.code);
		this.codes.delete(body.code);
		if (!known || known.redirect !== body.redirect_uri || this.now() - known.at > CODE_LIFE_MS) {
			throw oauthError(400, 'invalid_grant', 'The provided access grant is invalid or expired');
		}
		return this.issue({ ...body, scope: known.scope }, true);
	}

	/** Both tokens are new afterwards, and both old ones dead. */
	private fromRefresh(body: Record<string, string>): object {
		const known = this.refresh.get(body.refresh_token);
		if (!known) {
			throw oauthError(400, 'invalid_grant', 'The provided access grant is invalid or expired');
		}
		this.refresh.delete(body.refresh_token);
		this.access.delete(known.access);
		return this.issue({ ...body, scope: known.scope }, true);
	}

	/** Says how long a token lives only where the request asked for a time. */
	issue(body: Record<string, string>, canRefresh: boolean): Record<string, unknown> {
		const { scope = 'read', expires_in: life } = body;
		const seconds = life === undefined ? undefined : Number(life);
		if (seconds !== undefined && !(seconds > 300 && seconds <= MAX_LIFE_SECONDS)) {
			throw oauthError(400, 'invalid_request', 'expires_in must be from 301 to 172800');
		}
		const access = secret();
		const expiresAt = seconds === undefined ? undefined : this.now() + seconds * 1_000;
		this.access.set(access, { scope, expiresAt, canRefresh });
		const answer = { access_token: access, token_type: 'bearer', scope };
		const timed = seconds === undefined ? answer : { ...answer, expires_in: seconds };
		if (!canRefresh) return timed;
		const refresh = secret();
		this.refresh.set(refresh, { scope, access });
		return { ...timed, refresh_token: refresh };
	}
}

function secret(): string {
	return createHash('sha256').update(randomBytes(32)).digest('hex');
}

function checkClient(id: string | undefined): void {
	if (id !== DEMO.clientId) throw oauthError(401, 'invalid_client', 'No such client');
}

function oauthError(status: number, error: string, description: string): Refusal {
	return new Refusal(status, { error, error_description: description });
}

function asked(value: unknown): Record<string, string> {
	return Object.fromEntries(
		Object.entries((value ?? {}) as Record<string, unknown>).map(([name, one]) => [
			name,
			String(one),
		]),
	);
}

function basicOf({ headers }: FastifyRequest): Record<string, string> {
	const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1];
	if (!encoded) return {};
	const [id, ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
	return { client_id: decodeURIComponent(id), client_secret: decodeURIComponent(rest.join(':')) };
}

function consentPage(query: Record<string, string>): string {
	const fields = ['client_id', 'redirect_uri', 'scope', 'state', 'response_type']
		.filter((name) => query[name] !== undefined)
		.map((name) => `<input type="hidden" name="${name}" value="${escaped(query[name])}">`);
	return `<!DOCTYPE html><html lang="en"><title>Zendesk sandbox</title>
<h1>Allow n8n to read your tickets?</h1>
<p>This is the sandbox's stand-in for Zendesk. Scope: ${escaped(query.scope ?? 'read')}</p>
<form method="post" action="/oauth/authorizations/new">${fields.join('')}
<button type="submit">Allow</button></form></html>`;
}
