/** What Zendesk's refusals mean: https://developer.zendesk.com/api-reference/introduction/requests/#response-format */
import { ApiError, type Explanation } from '../../http/errors';
import { oauthNetworkErrors, ticketErrors } from '../errors';
import { objectOf, textOf } from '../values';

export const zendeskError = ticketErrors({
	system: 'Zendesk',
	siteField: 'Subdomain',
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

export const zendeskNetworkError = oauthNetworkErrors({
	system: 'Zendesk',
	siteField: 'Subdomain',
	connect:
		"Check 'Subdomain', client ID and secret too; client credentials need a confidential OAuth client in Zendesk.",
});

/** `{error, description}`, `{error: {title, message}}`, `{errors: [{code, title, detail}]}`, OAuth's `error_description`. */
function wordsOf(body: unknown): { message?: string; code?: string } {
	const { error, errors, description, error_description: oauth, message } = objectOf(body) ?? {};
	if (Array.isArray(errors) && errors.length > 0) {
		const all = errors.slice(0, MAX_DETAILS).map((entry) => objectOf(entry) ?? {});
		const sentences = all.map(({ title, detail }) => textOf(detail) ?? textOf(title));
		return { message: textOf(sentences.filter(Boolean).join('; ')), code: textOf(all[0].code) };
	}
	const inner = objectOf(error) ?? {};
	return {
		message:
			textOf(oauth) ??
			textOf(description) ??
			textOf(inner.message) ??
			textOf(inner.title) ??
			textOf(message) ??
			textOf(error),
		code: textOf(error) ?? textOf(inner.title),
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
	return status >= 500 ? withoutComments(error, path) : undefined;
}

/** One ticket may be broken in Zendesk, and would end every run at the same place. */
function withoutComments(error: ApiError, path: string): Explanation | undefined {
	const [, ticket] = /\/tickets\/(\d{1,20})\/comments\.json$/.exec(path) ?? [];
	return ticket === undefined
		? undefined
		: {
				message: `Zendesk cannot give the comments of ticket ${ticket} (${error.details.status}): ${error.message}`,
				description:
					"It was tried again several times. If it stays so with this ticket, set 'On Interruption' of Get Many to Return What Was Read: then the ticket is counted and left out, and the run goes on.",
				cause: 'temporarily-unavailable',
			};
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
