/** What Zendesk's refusals mean: https://developer.zendesk.com/api-reference/introduction/requests/#response-format */
import { ApiError, type Explanation } from '../../http/errors';
import { ticketErrors, ticketNetworkError } from '../errors';

export const zendeskError = ticketErrors({
	system: 'Zendesk',
	wordsOf,
	explain: explainZendesk,
	retryAfter: (headers) => {
		// Newer endpoints have `ratelimit-reset` (seconds) where `Retry-After` is missing.
		const seconds = Number(headers['ratelimit-reset']);
		return headers['ratelimit-remaining'] === '0' && seconds > 0 ? seconds * 1_000 : undefined;
	},
	requestIdHeader: 'x-zendesk-request-id',
});

const MAX_DETAILS = 3;
const MAX_WORDS = 300;
/** How n8n says that it has no OAuth2 token and cannot get one, and the codes of its OAuth2 client. */
const NO_TOKEN =
	/reconnect|OAuth (credentials not connected|access token expired)|acquire OAuth2|Expected JSON response/i;
const TOKEN_FAULTS = new Set(['EAUTH', 'ESTATUS']);

/** No answer came: the site could not be reached, or n8n did not get a token to ask with. */
export function zendeskNetworkError(
	...parameters: Parameters<typeof ticketNetworkError>
): ApiError {
	const error = ticketNetworkError(...parameters);
	const { networkCode = '', baseUrl = 'Zendesk' } = error.details;
	const isToken = networkCode === '' ? NO_TOKEN.test(error.message) : TOKEN_FAULTS.has(networkCode);
	if (!isToken) return error;
	return new ApiError(error.message, {
		...error.details,
		// The token endpoint itself may be down for a moment.
		...(/\b5\d\d\b/.test(error.message) ? {} : { shouldRetry: false }),
		explanation: {
			message: `n8n has no token for ${baseUrl}: ${error.message.slice(0, MAX_WORDS).replace(/\.$/, '')}`,
			description:
				"Open the credential and connect it again. Check 'Subdomain', client ID and secret too; client credentials need a confidential OAuth client in Zendesk.",
			cause: 'credential-invalid',
		},
	});
}

/** `{error, description}`, `{error: {title, message}}`, `{errors: [{code, title, detail}]}`, OAuth's `error_description`. */
function wordsOf(body: unknown): { message?: string; code?: string } {
	const { error, errors, description, error_description: oauth, message } = objectOf(body);
	if (Array.isArray(errors) && errors.length > 0) {
		const all = errors.slice(0, MAX_DETAILS).map(objectOf);
		const sentences = all.map(({ title, detail }) => text(detail) ?? text(title));
		return { message: text(sentences.filter(Boolean).join('; ')), code: text(all[0].code) };
	}
	const inner = objectOf(error);
	return {
		message:
			text(oauth) ??
			text(description) ??
			text(inner.message) ??
			text(inner.title) ??
			text(message) ??
			text(error),
		code: text(error) ?? text(inner.title),
	};
}

function explainZendesk(error: ApiError, headers: Record<string, string>): Explanation | undefined {
	const { status = 0, code = '', body = '', path = '', baseUrl } = error.details;
	if (status === 404 && /no help ?desk|help desk (not|is not)|account.*not found/i.test(body)) {
		return {
			message: `There is no Zendesk at ${baseUrl}`,
			description: "Check 'Subdomain' in the credential: the part before .zendesk.com.",
			cause: 'configuration-invalid',
		};
	}
	if (status === 401) return unauthorized(error);
	if (status === 403) return forbidden(error, path);
	if (status === 422 && /Search Response Limits|number of search results/i.test(body)) {
		return {
			message: 'Zendesk hands out only the first 1,000 results of an ordinary search',
			description:
				"This node reads by export, which has no such limit. If it comes up all the same, narrow 'Created After' and 'Created Before'.",
		};
	}
	if (status === 422 && /start_time/i.test(`${code} ${body}`)) {
		return {
			message: `Zendesk does not export the last minute: ${error.message}`,
			description: "Set 'Created After' and 'Updated After' to a time more than a minute ago.",
		};
	}
	if (status === 429) return slowDown(error, headers);
	return undefined;
}

function unauthorized(error: ApiError): Explanation {
	const byToken = /invalid_token/i.test(error.details.body ?? '');
	return {
		message: `Zendesk does not accept the credential: ${error.message}`,
		description: byToken
			? 'The OAuth token has expired or was revoked, and could not be renewed. Open the credential and connect it again.'
			: 'Check the e-mail address and the API token. Tokens that were idle for 30 days are gone, new ones cannot be made since 2026-10-27, and all of them end on 2027-04-30: use OAuth2.',
		cause: 'credential-invalid',
	};
}

function forbidden(error: ApiError, path: string): Explanation {
	if (path.includes('/incremental/')) {
		return {
			message: `Only administrators may use Zendesk's incremental export: ${error.message}`,
			description:
				"Connect the credential as an administrator, or set 'Method' to Search Export and 'Comments' to Per Ticket, for which an agent is enough.",
			cause: 'credential-invalid',
		};
	}
	return {
		message: `Zendesk does not let this user read that: ${error.message}`,
		description:
			"The credential has to belong to an agent who may see these tickets, and its scope has to contain 'read'.",
		cause: 'credential-invalid',
	};
}

function slowDown(error: ApiError, headers: Record<string, string>): Explanation {
	const limit = headers['x-rate-limit'] ?? headers['ratelimit-limit'];
	const left = headers['x-rate-limit-remaining'] ?? headers['ratelimit-remaining'];
	const known = [
		...(limit ? [`The limit is ${limit.slice(0, 20)} requests a minute`] : []),
		...(left ? [`${left.slice(0, 20)} are left`] : []),
	].join(', ');
	return {
		message: `Zendesk asks to slow down: ${error.message}`,
		description: `${known ? `${known}. ` : ''}It was tried again as often as 'Max Wait' allows. Raise it, lower 'Concurrency', or run at a quieter time.`,
		cause: 'rate-limited',
	};
}

function objectOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
