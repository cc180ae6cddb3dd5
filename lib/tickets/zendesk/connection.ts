/** The credential's fields, and what they come to. */
import { assertTexts } from '../../openai/credentialTexts';
import { SettingError } from '../../openai/settingError';
import { siteUrlOf } from '../siteUrl';

export interface ZendeskConnectionFields {
	/** `acme`, `acme.zendesk.com` or `https://acme.zendesk.com`. */
	subdomain?: string;
	email?: string;
	apiToken?: string;
}

/** Origin of the site that the credential belongs to. @throws SettingError for anything else than one host. */
export function zendeskSite({ subdomain }: ZendeskConnectionFields): string {
	return new URL(
		siteUrlOf(subdomain, {
			field: 'Subdomain',
			example: 'acme, or https://acme.zendesk.com',
			suffix: '.zendesk.com',
		}),
	).origin;
}

/**
 * Header of a request with an API token: https://developer.zendesk.com/api-reference/introduction/security-and-auth/#api-token
 *
 * @throws SettingError when the e-mail address or the token is missing.
 */
export function apiTokenHeaders(fields: ZendeskConnectionFields): { Authorization: string } {
	assertTexts(fields, { email: 'Email', apiToken: 'API Token' });
	const email = fields.email?.trim();
	const token = fields.apiToken?.trim();
	if (!email || !token) {
		const missing = email ? 'API Token' : 'Email';
		throw new SettingError(
			`'${missing}' is empty in the credential`,
			'Enter the e-mail address of an agent and an API token of the same Zendesk account, or use OAuth2.',
			missing,
		);
	}
	// People paste the address as the vendor's examples write it.
	const user = email.replace(/\/token$/i, '');
	const pair = Buffer.from(`${user}/token:${token}`, 'utf8').toString('base64');
	return { Authorization: `Basic ${pair}` };
}

/** What must never be shown. */
export function zendeskSecrets(fields: Record<string, unknown>): string[] {
	const { email, apiToken, clientSecret, oauthTokenData } = fields;
	const tokens = (oauthTokenData ?? {}) as Record<string, unknown>;
	const pair =
		typeof email === 'string' && typeof apiToken === 'string'
			? `${email.trim()}/token:${apiToken.trim()}`
			: undefined;
	return [apiToken, clientSecret, pair, tokens.access_token, tokens.refresh_token].filter(
		(value) => typeof value === 'string',
	);
}
