import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Demo logins; they open nothing but this stand-in. */
export const DEMO = {
	user: 'n8n.reader',
	password: 'sandbox-password',
	/** May log in, but read no table. */
	userWithoutRoles: 'no.roles',
	apiKey: ['sandbox', 'servicenow', 'api', 'access'].join('-'),
	clientId: 'sandbox-client',
	clientSecret: 'sandbox-client-secret',
};

const TOKEN_SECONDS = 1_800;

export type Access = 'allowed' | 'unknown' | 'noRoles';

/** Logins by password, API key or OAuth 2 token. */
export class Logins {
	/** When each access token ends, in ms. */
	private readonly tokens = new Map<string, number>();

	private issued = 0;

	constructor(private readonly now: () => number) {}

	accessOf({ headers }: FastifyRequest): Access {
		if (headers['x-sn-apikey'] !== undefined) {
			return headers['x-sn-apikey'] === DEMO.apiKey ? 'allowed' : 'unknown';
		}
		const [scheme, value = ''] = (headers.authorization ?? '').split(' ');
		if (scheme.toLowerCase() === 'bearer') {
			return (this.tokens.get(value) ?? 0) > this.now() ? 'allowed' : 'unknown';
		}
		if (scheme.toLowerCase() !== 'basic') return 'unknown';
		const [user, ...rest] = Buffer.from(value, 'base64').toString('utf8').split(':');
		if (rest.join(':') !== DEMO.password) return 'unknown';
		if (user === DEMO.userWithoutRoles) return 'noRoles';
		return user === DEMO.user ? 'allowed' : 'unknown';
	}

	issue(): Record<string, unknown> {
		const token = `sandbox-access-${++this.issued}`;
		this.tokens.set(token, this.now() + TOKEN_SECONDS * 1_000);
		return {
			access_token: token,
			refresh_token: 'sandbox-refresh',
			scope: 'useraccount',
			token_type: 'Bearer',
			expires_in: TOKEN_SECONDS,
		};
	}

	/** All tokens end now, as when an administrator revokes them. */
	revoke(): void {
		this.tokens.clear();
	}
}

/** The application registry's two endpoints. */
export function oauthRoutes(app: FastifyInstance, logins: Logins): void {
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
	);
	app.get('/oauth_auth.do', async (request, reply) => {
		const { redirect_uri: target, state = '' } = request.query as Record<string, string>;
		if (!URL.canParse(target ?? ''))
			return await reply.code(400).send({ error: 'invalid_request' });
		const url = new URL(target);
		url.searchParams.set('code', 'sandbox-code');
		url.searchParams.set('state', state);
		return await reply.redirect(url.href);
	});
	app.post('/oauth_token.do', async (request, reply) => {
		const form = { ...((request.body ?? {}) as Record<string, string>), ...clientOf(request) };
		if (form.client_id !== DEMO.clientId || form.client_secret !== DEMO.clientSecret) {
			return await reply.code(401).send({
				error_description: 'access_denied',
				error: 'server_error',
			});
		}
		const isGranted =
			form.grant_type === 'client_credentials' ||
			(form.grant_type === 'authorization_code' && form.code === 'sandbox-code') ||
			(form.grant_type === 'refresh_token' && form.refresh_token === 'sandbox-refresh');
		if (isGranted) return logins.issue();
		return await reply
			.code(401)
			.send({ error_description: 'access_denied', error: 'server_error' });
	});
}

function clientOf({ headers }: FastifyRequest): Record<string, string> {
	const [scheme, value = ''] = (headers.authorization ?? '').split(' ');
	if (scheme.toLowerCase() !== 'basic') return {};
	const [id, secret = ''] = Buffer.from(value, 'base64').toString('utf8').split(':');
	return {
		client_id: decodeURIComponent(id),
		client_secret: decodeURIComponent(secret),
	};
}
