/** The demo logins, and how Jira treats others. */
import { Refusal } from './refusal';

export const CLOUD_ID = '5a4d0c1b-0000-4000-8000-5a11db0c5a4d';
export const LOGINS = {
	email: 'demo@alderbrook.example',
	apiToken: 'jira-sandbox-classic',
	scopedToken: 'jira-sandbox-scoped',
	personalAccessToken: 'jira-sandbox-pat',
	username: 'demo',
	password: 'jira-sandbox-password',
};

/** How a request came in: at a site of Cloud, at the gateway, or at Data Center. */
export type Door = 'site' | 'gateway' | 'dataCenter';

/**
 * Whether the login is good. Cloud lets a bad one in as nobody, who finds no issue; the gateway and Data Center
 * refuse it.
 */
export function isKnown(authorization: string | undefined, door: Door): boolean {
	const { email, apiToken, scopedToken, personalAccessToken, username, password } = LOGINS;
	const [, scheme = '', value = ''] = /^(Basic|Bearer)\s+(\S+)$/.exec(authorization ?? '') ?? [];
	const pair = scheme === 'Basic' ? Buffer.from(value, 'base64').toString() : undefined;
	if (door === 'site') {
		if (pair === `${email}:${scopedToken}`) {
			throw new Refusal(401, 'Client must be authenticated to access this resource.');
		}
		return pair === `${email}:${apiToken}`;
	}
	if (door === 'gateway') {
		if (pair === `${email}:${scopedToken}` || value === scopedToken) return true;
		throw new Refusal(401, 'Unauthorized; scope does not match', {}, 'gateway');
	}
	if (value === personalAccessToken || pair === `${username}:${password}`) return true;
	throw new Refusal(401, 'Basic Authentication Failure - Reason : AUTHENTICATED_FAILED', {
		'x-seraph-loginreason': 'AUTHENTICATED_FAILED',
	});
}
