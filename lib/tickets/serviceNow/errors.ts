import { ApiError, type Explanation } from '../../http/errors';
import type { RawAnswer, Target } from '../../openai/errors';
import { oauthNetworkErrors, ticketErrors } from '../errors';
import { textOf } from '../values';

/** The instance gave up on a request that took longer than its transaction quota allows. */
export const TRANSACTION_CANCELLED = 'transaction_cancelled';
/** A part of the query had no effect. */
export const FILTER_IGNORED = 'filter_ignored';

const general = ticketErrors({
	system: 'ServiceNow',
	siteField: 'Instance URL',
	wordsOf: serviceNowWords,
	explain: explained,
	retryAfter: untilReset,
	requestIdHeader: 'x-transaction-id',
});

/** From an answer to the error in ServiceNow's terms. A cancelled transaction is not asked for again as it is. */
export function serviceNowError(
	target: Target,
	answer: RawAnswer,
	now: number,
	code?: string,
): ApiError {
	const error = general(target, answer, now, code);
	if (error.details.code !== TRANSACTION_CANCELLED) return error;
	return new ApiError(error.message, { ...error.details, shouldRetry: false });
}

export const serviceNowNetworkError = oauthNetworkErrors({
	system: 'ServiceNow',
	siteField: 'Instance URL',
	connect:
		"Check 'Instance URL', client ID and secret, and that the application in the instance's Application Registry is active; client credentials need an OAuth application user there, and the property glide.oauth.inbound.client.credential.grant_type.enabled.",
});

/** `{error: {message, detail}, status: 'failure'}`; of the OAuth endpoint `{error, error_description}`. */
export function serviceNowWords(body: unknown): { message?: string; code?: string } {
	const { error, error_description: description } = (body ?? {}) as Record<string, unknown>;
	if (typeof error === 'string') return { message: textOf(description) ?? error, code: error };
	const { message, detail } = (error ?? {}) as Record<string, unknown>;
	const [first, second] = [textOf(message), textOf(detail)];
	const words = first && second && first !== second ? `${first}: ${second}` : (first ?? second);
	if (!words) return {};
	return isCancelled(words) ? { message: words, code: TRANSACTION_CANCELLED } : { message: words };
}

function isCancelled(words: string): boolean {
	return /transaction cancell?ed|maximum execution time/i.test(words);
}

/** Where administrators set a limit an hour, its end is told in seconds since the epoch. */
function untilReset(headers: Record<string, string>, now: number): number | undefined {
	const reset = Number(headers['x-ratelimit-reset']);
	return Number.isFinite(reset) && reset > 0 ? Math.max(0, reset * 1000 - now) : undefined;
}

function explained(error: ApiError, headers: Record<string, string>): Explanation | undefined {
	const { status, code } = error.details;
	if (code === TRANSACTION_CANCELLED) return tooSlow(error.message);
	if (code === 'html_page') return webPage(error);
	if (status === 401) return wrongLogin(error.message);
	if (status === 403) return notAllowed(error.message);
	if (status === 400 && /invalid table/i.test(error.message)) return noTable(error.message);
	return status === 429 ? limited(error.message, headers) : undefined;
}

function webPage({ details: { body = '', baseUrl = 'The instance' } }: ApiError): Explanation {
	if (/hibernat/i.test(body)) {
		return {
			message: `${baseUrl} is hibernating`,
			description:
				'Developer instances go to sleep when nobody uses them. Wake it up at https://developer.servicenow.com, wait some minutes, then run again.',
			cause: 'temporarily-unavailable',
		};
	}
	return {
		message: `${baseUrl} answered with a web page instead of data`,
		description:
			"Check 'Instance URL' in the credential, e.g. https://acme.service-now.com, without /now or /nav_to.do. The page may also be a login page of single sign-on: the user needs a login of its own for the API.",
		cause: 'configuration-invalid',
	};
}

function wrongLogin(message: string): Explanation {
	return {
		message: `ServiceNow does not accept the login: ${message}`,
		description:
			"Check user and password, API key or OAuth connection in the credential, and that 'Instance URL' is the instance they belong to. The user must be active and not locked out, and may have to be allowed to log in without multi-factor authentication ('Web service access only').",
		cause: 'credential-invalid',
	};
}

function noTable(message: string): Explanation {
	return {
		message: `The instance does not have this table: ${message}`,
		description:
			"Pick another 'Resource'. Cases need the plugin Customer Service Management, request items the Service Catalog, articles Knowledge Management.",
		cause: 'configuration-invalid',
	};
}

function tooSlow(message: string): Explanation {
	return {
		message: `The instance gave up on a page because it took too long: ${message}`,
		description:
			"Smaller pages were tried already. Set 'Page Size' lower still, narrow the filters to columns with an index (dates, state), or ask the administrator for a longer transaction quota (REST Table API request timeout).",
		cause: 'temporarily-unavailable',
	};
}

function notAllowed(message: string): Explanation {
	return {
		message: `The login works, but the user may not read this table: ${message}`,
		description:
			"Give the user of the credential a role that reads it (itil or sn_incident_read for incidents, sn_customerservice_agent for cases, snc_read_only to read and nothing else), and check 'REST API Access Policies' and the scope of the API key or OAuth application.",
		cause: 'credential-invalid',
	};
}

function limited(message: string, headers: Record<string, string>): Explanation {
	const rule = headers['x-ratelimit-rule'];
	return {
		message: `ServiceNow asks to slow down: ${message}`,
		description: `It was tried again as often as 'Max Wait' allows. Run again later, set 'Concurrency' to 1, or ask the administrator about the rate limit rule${rule ? ` '${rule}'` : ''}, which counts requests an hour.`,
		cause: 'rate-limited',
	};
}
