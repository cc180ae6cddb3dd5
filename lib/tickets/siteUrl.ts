/** Addresses that a credential may be sent to. */
import { ApiError } from '../http/errors';
import { assertTexts } from '../openai/credentialTexts';
import { SettingError } from '../openai/settingError';

export interface SiteUrlRules {
	/** Display name of the field. */
	field: string;
	/** e.g. `https://acme.atlassian.net`. */
	example: string;
	/** Lets a user enter the first label only: `acme` for `acme.zendesk.com`. */
	suffix?: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * Origin, and path where there is one (`https://host/jira`), of a site, without trailing slash.
 *
 * @throws SettingError for anything that is not an https address of one host. http is for this machine only, since
 * the credential would travel in clear.
 */
export function siteUrlOf(value: unknown, { field, example, suffix }: SiteUrlRules): string {
	assertTexts({ value }, { value: field });
	const typed = typeof value === 'string' ? value.trim() : '';
	if (typed === '') throw refused(`'${field}' is empty`, example);
	if (suffix && LABEL.test(typed)) return `https://${typed.toLowerCase()}${suffix}`;
	const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isWeb = url && (url.protocol === 'https:' || url.protocol === 'http:');
	if (!isWeb || url.hostname === '') throw refused(`'${field}' is not a web address`, example);
	if (url.username || url.password) {
		throw refused(`'${field}' contains a user name or password`, example);
	}
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
		throw refused(`'${field}' does not begin with https://`, example);
	}
	// "acme/" and "https://acme" mean the label as well: no site of these systems has a host without a dot.
	if (suffix && LABEL.test(url.hostname) && !LOOPBACK.test(url.hostname)) {
		return `https://${url.hostname}${suffix}`;
	}
	return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/**
 * A link of a vendor's answer as path and query relative to `baseUrl`, which is how requests name their target.
 *
 * @throws ApiError with code `foreign_link` when it leads to another origin, or out of the base's path: the
 * credential must not follow it.
 */
export function relativeTo(baseUrl: string, link: string): string {
	const base = new URL(baseUrl);
	const basePath = base.pathname.replace(/\/+$/, '');
	const url = URL.canParse(link, `${base.origin}${basePath}/`)
		? new URL(link, `${base.origin}${basePath}/`)
		: undefined;
	const isInside =
		url?.origin === base.origin && (basePath === '' || url.pathname.startsWith(`${basePath}/`));
	if (!isInside) throw foreignLink(url?.host ?? link.slice(0, 100), base.host);
	return `${url.pathname.slice(basePath.length)}${url.search}`;
}

function foreignLink(host: string, own: string): ApiError {
	return new ApiError(`The next page is said to be on ${host}`, {
		code: 'foreign_link',
		explanation: {
			message: `${own} sent a link to its next page that leads to another server (${host})`,
			description:
				'The link was not followed, so that the credential stays with its site. Enter the address that the system itself uses in the credential, or ask its administrator about the proxy before it.',
			cause: 'configuration-invalid',
		},
	});
}

function refused(message: string, example: string): SettingError {
	return new SettingError(
		message,
		`Enter the address of the site in the credential, e.g. ${example}.`,
	);
}
