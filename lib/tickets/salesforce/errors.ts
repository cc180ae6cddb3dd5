/** What Salesforce's refusals mean, in words for its users. */
import { ApiError, type Explanation } from '../../http/errors';
import { OAUTH_REFUSED, oauthNetworkErrors, ticketErrors } from '../errors';
import { textOf } from '../values';

import { type ApiUsage, usageOf, usageText } from './usage';

/**
 * Makes the `answerError` that `createHttp` takes. Salesforce sends an array of `{errorCode, message, fields}`.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 *
 * @param lastUsage - what an earlier answer said of the daily limit
 */
export function salesforceErrors(lastUsage: () => ApiUsage | undefined = () => undefined) {
	return ticketErrors({
		system: 'Salesforce',
		siteField: 'My Domain URL',
		wordsOf,
		explain: (error, headers) => explain(error, usageOf(headers) ?? lastUsage()),
		requestIdHeader: 'x-request-id',
	});
}

const networkError = oauthNetworkErrors({
	system: 'Salesforce',
	siteField: 'My Domain URL',
	connect:
		"With client credentials check key and secret of the app too, 'My Domain URL', that the app has the client credentials flow enabled, and a user to run as.",
});

/** No answer came: the organization could not be reached, or gave no token. */
export function salesforceNetworkError(...fault: Parameters<typeof networkError>): ApiError {
	const [{ baseUrl = 'Salesforce' }, networkCode, message] = fault;
	const error = networkError(...fault);
	if (/Expected JSON response/.test(message) && error.details.code === OAUTH_REFUSED) {
		return explained(error, wrongDomain('A web page came in place of a token'));
	}
	if (!/ENOTFOUND|EAI_AGAIN/.test(networkCode ?? message)) return error;
	return explained(error, wrongDomain(`The host name of ${baseUrl} could not be resolved`));
}

function explained({ message, details }: ApiError, explanation: Explanation): ApiError {
	return new ApiError(message, { ...details, explanation });
}

function wordsOf(body: unknown): { message?: string; code?: string } {
	const first: unknown = Array.isArray(body) ? body[0] : body;
	if (typeof first !== 'object' || first === null) return {};
	const {
		message,
		errorCode,
		error,
		error_description: described,
	} = first as Record<string, unknown>;
	const words = textOf(message) ?? textOf(described) ?? textOf(error);
	return { message: words && withoutExcerpt(words), code: textOf(errorCode) };
}

/** Before the fault in a query stands an excerpt of the query, with a mark below it. */
function withoutExcerpt(message: string): string {
	const at = message.search(/ERROR at Row:/);
	const fault = at < 0 ? message : message.slice(at).replace(/^ERROR at Row:[^\n]*\n?/, '');
	return fault.trim() || message;
}

function explain(error: ApiError, usage: ApiUsage | undefined): Explanation | undefined {
	const { code = '', status, baseUrl = 'Salesforce' } = error.details;
	const said = error.message;
	switch (code) {
		case 'html_page':
		case 'not_json':
			return wrongDomain(`${baseUrl} answered with a web page instead of data`);
		case 'INVALID_AUTH_HEADER':
		case 'URL_NOT_RESET':
			return wrongDomain(`${baseUrl} does not know this session: ${said}`);
		case 'redirect':
			return wrongDomain(`${baseUrl} sends on to another address: ${said}`);
		case 'REQUEST_LIMIT_EXCEEDED':
			return limitExceeded(said, usage);
	}
	const meaning = MEANINGS.get(code) ?? (status === 404 ? NOTHING_THERE : undefined);
	return meaning && { ...meaning, message: `${meaning.message}: ${said}` };
}

const RECONNECT =
	'Open the credential and connect it again; with client credentials check key and secret of the app.';

const NOTHING_THERE: Explanation = {
	message: 'Salesforce has nothing there',
	description:
		"Check 'API Version' in the options (v66.0 works since Spring '26) and that 'My Domain URL' in the credential is the address of the organization.",
};

const SESSION_ENDED: Explanation = {
	message: 'Salesforce has ended the session, and a new token did not help',
	description: `${RECONNECT} If it stays, check that the user is active and may use the API, and that 'My Domain URL' is the address of the organization that the app belongs to.`,
	cause: 'credential-invalid',
};

const NO_API: Explanation = {
	message: 'The API is not switched on for this user or organization',
	description:
		"Give the user the permission 'API Enabled' (profile or permission set). Essentials and Professional editions have no API, or sell it apart.",
	cause: 'credential-invalid',
};

const UNKNOWN_NAME: Explanation = {
	message: 'Salesforce does not know a name in the query, or hides it from this user',
	description:
		"Correct the API name in 'SOQL Condition' (fields of your own end in __c), or give the user of the credential read access to the field.",
	cause: 'configuration-invalid',
};

const WRONG_COMPARISON: Explanation = {
	message: 'Salesforce refused a comparison in the query',
	description: "Correct 'SOQL Condition': not every field can be compared in every way.",
	cause: 'configuration-invalid',
};

const MEANINGS = new Map<string, Explanation>([
	['INVALID_SESSION_ID', SESSION_ENDED],
	['INVALID_LOGIN', SESSION_ENDED],
	['API_DISABLED_FOR_ORG', NO_API],
	['API_CURRENTLY_DISABLED', NO_API],
	['INVALID_FIELD', UNKNOWN_NAME],
	['INVALID_TYPE', UNKNOWN_NAME],
	['INVALID_OPERATION', WRONG_COMPARISON],
	['INVALID_QUERY_FILTER_OPERATOR', WRONG_COMPARISON],
	['NUMBER_OUTSIDE_VALID_RANGE', WRONG_COMPARISON],
	[
		'QUERY_TIMEOUT',
		{
			message: 'Salesforce took too long for the query and gave up',
			description:
				"Narrow the filters so that an index helps: 'Created After' and 'Created Before', a record type, or an indexed field in 'SOQL Condition'. Conditions with LIKE '%…' and NOT read every case.",
			cause: 'temporarily-unavailable',
		},
	],
	[
		'MALFORMED_QUERY',
		{
			message: 'Salesforce cannot read the query',
			description:
				"Correct 'SOQL Condition': texts stand in single quotes, dates do not (2026-01-31T00:00:00Z), and AND and OR are mixed with parentheses only.",
			cause: 'configuration-invalid',
		},
	],
]);

function wrongDomain(message: string): Explanation {
	return {
		message,
		description:
			"Check 'My Domain URL' in the credential: the API answers at https://acme.my.salesforce.com (Setup > My Domain), sandboxes at https://acme--name.sandbox.my.salesforce.com; addresses with lightning.force.com or my.site.com are websites. Also check that 'Environment' fits the organization.",
		cause: 'configuration-invalid',
	};
}

/** Two limits share the code; only one of them passes soon. Neither names a time to wait. */
function limitExceeded(said: string, usage: ApiUsage | undefined): Explanation {
	if (/concurrent/i.test(said)) {
		return {
			message: `Too many slow requests run at the same time in this organization: ${said}`,
			description:
				'Run again in a few minutes, when other integrations are done. It was not tried again, as each try counts.',
			cause: 'rate-limited',
		};
	}
	return {
		message: `The organization has used up its API requests of the last 24 hours${usage ? ` (${usageText(usage)})` : ''}: ${said}`,
		description:
			"Salesforce says no time to wait, so it was not tried again: requests come back as those of yesterday leave the 24 hours. Run again later with the cursor, lower 'Daily API Limit Share' so that other integrations keep working, or ask Salesforce for more.",
		cause: 'quota-exhausted',
	};
}
