/** Salesforce's OAuth2 endpoints with one app and one user. */
import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** The app of the stand-in. */
export const DEMO_CLIENT = { id: 'sandbox-consumer-key', secret: 'sandbox-consumer-secret' };
const ORGANIZATION = '00D5e000000Demo';

/** Sessions that are alive, and grants that can be changed for new ones. */
export class Sessions {
	private readonly alive = new Set<string>();

	private readonly refreshable = new Set<string>();

	private readonly codes = new Map<string, { challenge?: string; redirectUri: string }>();

	/** Tokens given out so far. */
	given = 0;

	/** Ends all sessions; refresh tokens stay good. */
	expire(): void {
		this.alive.clear();
	}

	/** What an administrator's Revoke does. */
	revoke(): void {
		this.alive.clear();
		this.refreshable.clear();
	}

	isAlive(authorization: string | undefined): boolean {
		return this.alive.has(/^(?:Bearer|OAuth)\s+(\S+)$/.exec(authorization ?? '')?.[1] ?? '');
	}

	newSession(): string {
		this.given++;
		const session = `${ORGANIZATION}!sandbox.${randomBytes(12).toString('hex')}`;
		this.alive.add(session);
		return session;
	}

	newRefresh(): string {
		const refresh = `5Aep861.${randomBytes(16).toString('hex')}`;
		this.refreshable.add(refresh);
		return refresh;
	}

	mayRefresh(refresh: string): boolean {
		return this.refreshable.has(refresh);
	}

	newCode(redirectUri: string, challenge?: string): string {
		const code = `aPrx${randomBytes(16).toString('hex')}`;
		this.codes.set(code, { challenge, redirectUri });
		return code;
	}

	/** Each code can be used once. */
	takeCode(code: string, redirectUri: string, verifier: string | undefined): boolean {
		const found = this.codes.get(code);
		this.codes.delete(code);
		if (!found || found.redirectUri !== redirectUri) return false;
		const challenge = createHash('sha256')
			.update(verifier ?? '')
			.digest('base64url');
		return found.challenge === undefined || found.challenge === challenge;
	}
}

export function oauthRoutes(app: FastifyInstance, sessions: Sessions, url: () => string): void {
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(body as string)));
		},
	);

	app.get('/services/oauth2/authorize', async (request, reply) => {
		const query = request.query as Record<string, string>;
		if (query.client_id !== DEMO_CLIENT.id || query.response_type !== 'code') {
			return await reply
				.code(400)
				.type('text/html')
				.send('<html><body>OAuth Error: invalid_client_id</body></html>');
		}
		const target = new URL(query.redirect_uri);
		target.searchParams.set('code', sessions.newCode(query.redirect_uri, query.code_challenge));
		if (query.state) target.searchParams.set('state', query.state);
		return await reply.redirect(target.href);
	});

	app.post('/services/oauth2/token', async (request, reply) => {
		const form = (request.body ?? {}) as Record<string, string>;
		const refusal = refusalOf(sessions, form, request.headers.authorization);
		if (refusal) return await reply.code(400).send(refusal);
		return {
			access_token: sessions.newSession(),
			...(form.grant_type === 'authorization_code' ? { refresh_token: sessions.newRefresh() } : {}),
			signature: 'c2FuZGJveA==',
			scope: 'refresh_token api',
			instance_url: url(),
			id: `${url()}/id/${ORGANIZATION}/0055e0000000001`,
			token_type: 'Bearer',
			issued_at: String(Date.now()),
		};
	});

	app.get('/services/oauth2/userinfo', async (request, reply) => {
		if (!sessions.isAlive(request.headers.authorization)) {
			return await reply.code(403).type('text/plain').send('Bad_OAuth_Token');
		}
		return { user_id: '0055e0000000001', organization_id: ORGANIZATION, name: 'Integration User' };
	});
}

function refusalOf(
	sessions: Sessions,
	form: Record<string, string>,
	authorization: string | undefined,
) {
	const refuse = (error: string, error_description: string) => ({ error, error_description });
	const [id, secret] = clientOf(form, authorization);
	if (id !== DEMO_CLIENT.id) return refuse('invalid_client_id', 'client identifier invalid');
	if (secret !== DEMO_CLIENT.secret) return refuse('invalid_client', 'invalid client credentials');
	switch (form.grant_type) {
		case 'authorization_code':
			return sessions.takeCode(form.code, form.redirect_uri, form.code_verifier)
				? undefined
				: refuse('invalid_grant', 'invalid authorization code');
		case 'refresh_token':
			return sessions.mayRefresh(form.refresh_token)
				? undefined
				: refuse('invalid_grant', 'expired access/refresh token');
		case 'client_credentials':
			return form.scope?.split(' ').every((scope) => scope === 'refresh_token' || scope === 'full')
				? refuse('invalid_grant', 'no valid scopes defined')
				: undefined;
	}
	return refuse('unsupported_grant_type', 'grant type not supported');
}

/** In the body, or as Basic authentication. */
function clientOf(
	form: Record<string, string>,
	authorization = '',
): [string | undefined, string | undefined] {
	const basic = /^Basic\s+(\S+)$/.exec(authorization)?.[1];
	if (!basic) return [form.client_id, form.client_secret];
	const [id, secret] = Buffer.from(basic, 'base64').toString().split(':');
	return [decodeURIComponent(id), decodeURIComponent(secret ?? '')];
}
