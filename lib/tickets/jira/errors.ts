/** Jira's refusals, in its own words and with what to do. */
import { ApiError, type Explanation } from '../../http/errors';
import { ticketErrors, ticketNetworkErrors } from '../errors';
import { listOf, objectOf, textOf } from '../values';
import type { Deployment } from './types';

export interface JiraAccess {
	deployment: Deployment;
	/** A token with scopes, which works at the gateway api.atlassian.com only. */
	scoped: boolean;
}

const TOKENS_URL = 'https://id.atlassian.com/manage-profile/security/api-tokens';

const SITE_FIELD = 'Site URL';

export const jiraNetworkError = ticketNetworkErrors(SITE_FIELD);

/** For a transport: from an answer that is no success to the error to show. */
export function jiraErrors(access: JiraAccess) {
	const toError = ticketErrors({
		system: 'Jira',
		siteField: SITE_FIELD,
		wordsOf,
		explain: (error, headers) => explanationOf(error, headers, access),
		retryAfter: resetOf,
		requestIdHeader: access.deployment === 'cloud' ? 'atl-traceid' : 'x-arequestid',
	});
	return (...answer: Parameters<typeof toError>): ApiError => {
		const error = toError(...answer);
		// A status that promises more than another try can hold.
		return isSearchLimit(error.message)
			? new ApiError(error.message, { ...error.details, shouldRetry: false })
			: error;
	};
}

/** `{errorMessages: [], errors: {field: text}}`, and what the gateway says: `{code, message}`. */
function wordsOf(body: unknown): { message?: string } {
	const answer = objectOf(body);
	const messages = listOf(answer?.errorMessages as unknown[] | undefined).map(textOf);
	const byField = Object.entries(objectOf(answer?.errors) ?? {}).map(
		([field, text]) => `${field}: ${String(text)}`,
	);
	const words = [...messages, ...byField].filter(Boolean).join(' ');
	return { message: words || textOf(answer?.message) || textOf(answer?.error) };
}

/** Jira's burst limit names the moment at which it ends. */
function resetOf(headers: Record<string, string>, now: number): number | undefined {
	const reset = Date.parse(headers['x-ratelimit-reset'] ?? '');
	return Number.isNaN(reset) ? undefined : Math.max(0, reset - now);
}

function isSearchLimit(message: string): boolean {
	return /search limit exceeded|max\.result\.window/i.test(message);
}

function explanationOf(
	error: ApiError,
	headers: Record<string, string>,
	access: JiraAccess,
): Explanation | undefined {
	const { status, code } = error.details;
	if (code === 'html_page' || code === 'not_json') return wrongSite(error);
	if (isSearchLimit(error.message)) return searchLimit(error);
	if (isNoApi(error)) return noApi(error, access);
	switch (status) {
		case 400:
			return {
				message: `Jira does not understand the query: ${error.message}`,
				description:
					"Correct the filter that its text names. A 'JQL' can be tried in Jira's own issue search first; projects, issue types and fields must exist and be visible to the account.",
				cause: 'configuration-invalid',
			};
		case 401:
			return deadLogin(error, access);
		case 403:
			return forbidden(error, headers);
		case 404:
			return {
				message: `Jira has no such ticket, or the account may not see it: ${error.message}`,
				description:
					"Check the key of the ticket, and that the account may browse its project. If no ticket is found at all, check 'Site URL' in the credential (Data Center: with its context path, e.g. /jira).",
			};
		case 410:
			return gone(error, access);
		case 429:
			return {
				message: `Jira asks to slow down${reasonOf(headers)}: ${error.message}`,
				description:
					"The request was tried again after each pause that Jira asked for, until 'Max Wait' was used up. Raise 'Max Wait', lower 'Concurrency', or run at another time.",
				cause: 'rate-limited',
			};
	}
	return status !== undefined && status >= 500 ? unavailable(error) : undefined;
}

/** The question who logs in is one that every Jira understands. */
function isNoApi({ details: { status = 0, path = '' } }: ApiError): boolean {
	return /\/rest\/api\/\d\/myself$/.test(path) && [400, 404, 405].includes(status);
}

function noApi({ details }: ApiError, { deployment, scoped }: JiraAccess): Explanation {
	const cloud = scoped
		? "Check 'Cloud ID' and 'Site URL' in the credential: both have to be those of the same site."
		: "Check 'Site URL' in the credential, e.g. https://acme.atlassian.net; for a Jira on servers of your own choose Data Center as 'Deployment'.";
	return {
		message: `There is no Jira API at ${details.baseUrl ?? 'this address'}: it answered ${details.status} to the question who logs in`,
		description:
			deployment === 'cloud'
				? cloud
				: "Check 'Site URL' in the credential: it needs the context path where Jira has one, e.g. https://tools.acme.com/jira. For a site at atlassian.net choose Cloud as 'Deployment'.",
		cause: 'configuration-invalid',
	};
}

/** Which limit was met: `jira-burst-based`, `jira-quota-tenant-based`, … */
function reasonOf(headers: Record<string, string>): string {
	const reason = textOf(headers['ratelimit-reason']);
	return reason === undefined ? '' : ` (${reason.slice(0, 100)})`;
}

function wrongSite({ details }: ApiError): Explanation {
	const place = details.baseUrl ? ` at ${details.baseUrl}` : '';
	return {
		message: `There is no Jira API${place}: a web page came instead of data`,
		description:
			"Check 'Site URL' in the credential: it is the address of Jira itself, e.g. https://acme.atlassian.net, for Data Center with its context path. A login page of a proxy or single sign-on before Jira has the same effect.",
		cause: 'configuration-invalid',
	};
}

function deadLogin({ message }: ApiError, { deployment, scoped }: JiraAccess): Explanation {
	const cause = 'credential-invalid' as const;
	if (deployment === 'dataCenter') {
		return {
			message: `Jira did not accept the login: ${message}`,
			description:
				'The personal access token may have expired or been revoked, or the password changed. Make a new token in your Jira profile and enter it in the credential.',
			cause,
		};
	}
	if (scoped) {
		return {
			message: `Jira did not accept the token: ${message}`,
			description: `A token with scopes needs read:jira-work and read:jira-user, belongs to the e-mail address in the credential (leave it empty for a service account), and must not have expired. A classic token needs 'Token Kind' API Token. Tokens: ${TOKENS_URL}`,
			cause,
		};
	}
	return {
		message: `Jira did not accept the e-mail address and API token: ${message}`,
		description: `The token may have expired (they live a year at most) or been revoked. A token that was made with scopes works only with 'Token Kind' API Token With Scopes. Make a new one at ${TOKENS_URL}`,
		cause,
	};
}

function forbidden({ message }: ApiError, headers: Record<string, string>): Explanation {
	if (/captcha/i.test(headers['x-authentication-denied-reason'] ?? '')) {
		return {
			message: 'Jira asks this account for a CAPTCHA after failed logins',
			description:
				'Log in to Jira in a browser once with this account and solve it. A personal access token is never asked for one.',
			cause: 'credential-invalid',
		};
	}
	return {
		message: `The account may not do this: ${message}`,
		description:
			'Give the account the permission to browse the project, and a token with scopes read:jira-work and read:jira-user.',
		cause: 'credential-invalid',
	};
}

function gone({ message }: ApiError, { deployment }: JiraAccess): Explanation {
	return {
		message: `Jira has removed the search that was asked for: ${message}`,
		description:
			deployment === 'dataCenter'
				? "This site is Jira Cloud, where Atlassian has taken the old search away. Choose Cloud as 'Deployment' in the credential."
				: 'A proxy before Jira may rewrite addresses: this node asks for /rest/api/3/search/jql, the search that Atlassian put in place of the old one.',
		cause: 'configuration-invalid',
	};
}

function searchLimit({ message }: ApiError): Explanation {
	return {
		message: `Jira gives out no more results of this query: ${message}`,
		description:
			"More than 10,000 tickets have the same minute as date, e.g. after an import. Narrow the filters (project, issue types, tags), or let Jira's administrator raise jira.search.platform.max.result.window.",
		cause: 'configuration-invalid',
	};
}

function unavailable({ message, details }: ApiError): Explanation {
	return {
		message: `Jira could not answer (${details.status}): ${message}`,
		description:
			'It was tried again several times. Run later, with the cursor of this run where it has one; Atlassian reports outages of Cloud at https://jira-software.status.atlassian.com.',
		cause: 'temporarily-unavailable',
	};
}
