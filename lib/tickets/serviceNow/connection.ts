import { assertTexts } from '../../openai/credentialTexts';
import { SettingError } from '../../openai/settingError';
import { siteUrlOf } from '../siteUrl';

/** As the credential 'ServiceNow Tickets API' holds them; the OAuth2 one has the address only. */
export interface ServiceNowLogin {
	instanceUrl?: string;
	authentication?: 'basicAuth' | 'apiKey';
	user?: string;
	password?: string;
	apiKey?: string;
}

/** A cheap question that only a valid login gets an answer to. */
export const TEST_PATH = '/api/now/table/sys_user?sysparm_limit=1&sysparm_fields=sys_id';

/** Paths of the web pages that people copy from their browser, which are no part of the API's address. */
const PAGE_PATH = /^\/(now|sp|esc|csm|kb|api|nav|[\w$]+\.do)(\/|$)/;

/**
 * Address of an instance without trailing slash: `https://acme.service-now.com`, a domain of the company's own, or
 * the name of the instance alone.
 *
 * @throws SettingError when there is none
 */
export function instanceUrlOf({ instanceUrl }: ServiceNowLogin): string {
	const entered = siteUrlOf(instanceUrl, {
		field: 'Instance URL',
		example: 'https://acme.service-now.com',
		suffix: '.service-now.com',
	});
	const url = new URL(entered);
	return PAGE_PATH.test(url.pathname) ? url.origin : entered;
}

/**
 * What a request shows the instance.
 *
 * @throws SettingError for a login that is empty, or cannot be sent
 */
export function loginHeaders(login: ServiceNowLogin): Record<string, string> {
	if (login.authentication === 'apiKey') {
		const value = required(login.apiKey, 'API Key').trim();
		if (/^[\x21-\x7e]+$/.test(value)) return { 'x-sn-apikey': value };
		throw new SettingError(
			"'API Key' holds a character that cannot be sent",
			'Copy the token of the REST API key again, without spaces and line breaks.',
			'API Key',
		);
	}
	const pair = `${required(login.user, 'User')}:${required(login.password, 'Password')}`;
	return { Authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

/** What must never be shown. */
export function secretsOf({ user = '', password = '', apiKey }: ServiceNowLogin): string[] {
	return [password, apiKey ?? '', `${user}:${password}`].filter((secret) => secret.length > 1);
}

function required(value: string | undefined, setting: string): string {
	assertTexts({ value }, { value: setting });
	if (value?.trim()) return value;
	throw new SettingError(
		`'${setting}' is empty in the credential`,
		`Enter it, or pick another 'Authentication' in the credential.`,
		setting,
	);
}
