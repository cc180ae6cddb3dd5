/** From what a ticket system answers to errors in its users' words. */
import { ApiError, type Explanation } from '../http/errors';
import { requestIdOf, retryAfterOf } from '../http/headers';
import { isHtml, networkError, type RawAnswer, type Target } from '../openai/errors';
import { explain } from '../openai/explain';
import { generalWords } from './generalWords';

/** What differs from system to system. */
export interface VendorErrors {
	/** `Jira`, `Zendesk`, … */
	system: string;
	/** Display name of the credential's field for the site's address. */
	siteField: string;
	/** The vendor's own sentence and code in a JSON body (already parsed; anything may come). */
	wordsOf: (body: unknown) => { message?: string; code?: string };
	/** What the vendor's codes and statuses mean; undefined leaves it to the general words. */
	explain?: (error: ApiError, headers: Record<string, string>) => Explanation | undefined;
	/** Milliseconds to wait, where the vendor has a header of its own for it; `Retry-After` is known already. */
	retryAfter?: (headers: Record<string, string>, now: number) => number | undefined;
	/** Header that names the request in the vendor's logs. */
	requestIdHeader?: string;
}

const MAX_BODY_CHARS = 4_000;
const MAX_MESSAGE_CHARS = 500;

/** Makes the `answerError` that `createHttp` takes. */
export function ticketErrors(vendor: VendorErrors) {
	return (target: Target, answer: RawAnswer, now: number, code?: string): ApiError => {
		const { status, headers } = answer;
		const words = isHtml(answer) ? { code: 'html_page' } : vendor.wordsOf(parsed(answer.body));
		const message = words.message?.slice(0, MAX_MESSAGE_CHARS);
		const details: ApiError['details'] = {
			...words,
			...(code ? { code } : {}),
			status,
			requestId: headers[vendor.requestIdHeader ?? ''] || requestIdOf(headers),
			body: answer.body.slice(0, MAX_BODY_CHARS),
			retryAfterMs: retryAfterOf(headers, now) ?? vendor.retryAfter?.(headers, now),
			...target,
		};
		const error = new ApiError(message ?? `${vendor.system} answered ${status}`, details);
		const explanation = vendor.explain?.(error, headers) ?? generalWords(vendor, error);
		return new ApiError(error.message, { ...details, explanation });
	};
}

/** Makes the `networkError` of a system: what to check is the site's address, as ticket systems have no "Base URL". */
export function ticketNetworkErrors(siteField: string): typeof networkError {
	return (...fault) => {
		const error = networkError(...fault);
		const { message, description, cause } = explain(error);
		const explanation = {
			message,
			description: description.replaceAll("'Base URL'", `'${siteField}'`),
			cause,
		};
		return new ApiError(error.message, { ...error.details, explanation });
	};
}

/** What differs from system to system where n8n gets no OAuth2 token to ask with. */
export interface VendorLogin {
	system: string;
	/** Display name of the credential's field for the site's address. */
	siteField: string;
	/** What to check in the credential and in the system. */
	connect: string;
}

/**
 * Makes the `networkError` of a system with OAuth2. n8n renews tokens within a request: where none is given, no answer
 * comes, but the network is fine.
 */
export function oauthNetworkErrors({
	system,
	siteField,
	connect,
}: VendorLogin): typeof networkError {
	const unreached = ticketNetworkErrors(siteField);
	return (target, networkCode, message) => {
		if (!isTokenFault(networkCode, message)) return unreached(target, networkCode, message);
		return new ApiError(message, {
			...target,
			code: OAUTH_REFUSED,
			// The token endpoint itself may be down for a moment.
			...(/\bstatus (code )?5\d\d\b/i.test(message) ? {} : { shouldRetry: false }),
			explanation: {
				message: `${system} gave no OAuth2 token: ${message.slice(0, MAX_MESSAGE_CHARS).replace(/\.$/, '')}`,
				description: `Open the credential and connect it again. ${connect}`,
				cause: 'credential-invalid',
			},
		});
	};
}

export const OAUTH_REFUSED = 'oauth_refused';
/** Codes of n8n's OAuth2 client: a refusal in the words of OAuth2, and any other one. */
const TOKEN_FAULTS = new Set(['EAUTH', 'ESTATUS']);
/** How n8n itself says that it has no token and cannot get one. */
const NO_TOKEN =
	/reconnect|without access token|OAuth (credentials not connected|access token expired)|acquire OAuth2|Expected JSON response/i;
const NETWORK_FAULT = /\b(E[A-Z]{4,}|EAI_AGAIN|socket hang up|timeout)\b/;

function isTokenFault(networkCode: string | undefined, message: string): boolean {
	if (NETWORK_FAULT.test(message)) return false;
	return networkCode ? TOKEN_FAULTS.has(networkCode) : NO_TOKEN.test(message);
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return undefined;
	}
}
