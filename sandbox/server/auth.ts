import type { FastifyRequest } from 'fastify';

import { Refusal } from './errors';

export interface KeyRing {
	/** The one key that is taken; any that begins with `sk-sandbox` when absent. */
	apiKey?: string;
	/** The admin key; any that begins with `sk-admin-sandbox` when absent. */
	adminKey?: string;
}

/** Refuses a request without a fitting key, in OpenAI's words. Reads `Authorization: Bearer` or `api-key`. */
export function checkKey(request: FastifyRequest, keys: KeyRing, path: string): void {
	const given = givenKey(request);
	if (!given) {
		throw new Refusal(
			401,
			"You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from https://platform.openai.com/account/api-keys.",
		);
	}
	const admin = fits(given, keys.adminKey, 'sk-admin-sandbox');
	if (!admin && !fits(given, keys.apiKey, 'sk-sandbox')) {
		throw new Refusal(
			401,
			`Incorrect API key provided: ${masked(given)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
			{ code: 'invalid_api_key' },
		);
	}
	if (admin !== /^\/v1\/fine_tuning\/checkpoints\//.test(path)) {
		throw new Refusal(
			403,
			admin
				? 'You have insufficient permissions for this operation. Admin API keys only work for organization administration.'
				: 'You have insufficient permissions for this operation. An admin API key is required.',
			{ code: 'missing_scope' },
		);
	}
}

function givenKey({ headers }: FastifyRequest): string | undefined {
	const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
	const header = headers['api-key'];
	return bearer ?? (typeof header === 'string' && header !== '' ? header : undefined);
}

function fits(given: string, wanted: string | undefined, prefix: string): boolean {
	return wanted === undefined ? given.startsWith(prefix) : given === wanted;
}

/** First and last letters, as OpenAI shows a wrong key. */
function masked(key: string): string {
	if (key.length < 12) return '*'.repeat(key.length);
	return `${key.slice(0, 8)}${'*'.repeat(Math.min(32, key.length - 12))}${key.slice(-4)}`;
}
