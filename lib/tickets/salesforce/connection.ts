/** Where a credential leads, and what of it must not be shown. */
import { scrubber } from '../../http/scrub';
import { assertTexts } from '../../openai/credentialTexts';
import { SettingError } from '../../openai/settingError';
import { siteUrlOf } from '../siteUrl';

export interface SalesforceConnectionFields {
	grantType?: string;
	/** Origin of the organization; wins over what the token says. */
	myDomainUrl?: string;
	clientSecret?: string;
	oauthTokenData?: {
		/** Origin at which the API answers for this token. */
		instance_url?: unknown;
		access_token?: unknown;
		refresh_token?: unknown;
	};
}

const RULES = { field: 'My Domain URL', example: 'https://acme.my.salesforce.com' };

/**
 * Origin to which requests go.
 *
 * @throws SettingError when there is none, or none that a session may be sent to
 */
export function salesforceBaseUrl(fields: SalesforceConnectionFields): string {
	const { myDomainUrl, grantType, oauthTokenData } = fields;
	assertTexts({ myDomainUrl }, { myDomainUrl: RULES.field });
	if (myDomainUrl?.trim()) return new URL(siteUrlOf(myDomainUrl, RULES)).origin;
	if (grantType === 'clientCredentials') {
		throw new SettingError(
			"'My Domain URL' is empty",
			'Client credentials are given out at the address of the organization only: enter it in the credential, e.g. https://acme.my.salesforce.com (Setup > My Domain).',
		);
	}
	const instance = oauthTokenData?.instance_url;
	if (typeof instance !== 'string' || instance.trim() === '') {
		throw new SettingError(
			'The credential is not connected',
			"Open the credential and click 'Connect my account'.",
		);
	}
	return new URL(siteUrlOf(instance, { ...RULES, field: 'instance_url of the token' })).origin;
}

/** @throws SettingError for what is no version */
export function apiVersionOf(value: unknown): string {
	const text = String(value ?? '').trim() || DEFAULT_API_VERSION;
	const version = /^v?(\d{2,3})(?:\.0)?$/i.exec(text)?.[1];
	if (version) return `v${version}.0`;
	throw new SettingError(
		`'API Version' is not a version: ${text.slice(0, 50)}`,
		'Enter a version as Salesforce writes it, e.g. v66.0.',
	);
}

/** Spring '26. */
export const DEFAULT_API_VERSION = 'v66.0';

/** Takes the credential's values, and everything that looks like a session, out of a text. */
export function salesforceScrubber(fields: SalesforceConnectionFields): (text: string) => string {
	const { access_token: access, refresh_token: refresh } = fields.oauthTokenData ?? {};
	const known = [fields.clientSecret, access, refresh];
	const scrub = scrubber(known.map((value) => (typeof value === 'string' ? value : undefined)));
	return (text) => scrub(text.replace(SESSION, '***'));
}

/** Organization id and session: new tokens are not known beforehand. */
const SESSION = /\b00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?![A-Za-z0-9._]{16,}/g;
