/** From what a ticket system answers to errors in its users' words. */
import { ApiError, type Explanation } from '../http/errors';
import { requestIdOf, retryAfterOf } from '../http/headers';
import { isHtml, networkError, type RawAnswer, type Target } from '../openai/errors';
import { explain } from '../openai/explain';

/** What differs from system to system. */
export interface VendorErrors {
	/** `Jira`, `Zendesk`, … */
	system: string;
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
		const explanation = vendor.explain?.(error, headers) ?? generalWords(vendor.system, error);
		return new ApiError(error.message, { ...details, explanation });
	};
}

/** No answer came; what to check is the site's address, as ticket systems have no "Base URL". */
export function ticketNetworkError(...parameters: Parameters<typeof networkError>): ApiError {
	const error = networkError(...parameters);
	const { message, description, cause } = explain(error);
	const explanation = {
		message,
		description: description.replaceAll("'Base URL'", 'the address of the site'),
		cause,
	};
	return new ApiError(error.message, { ...error.details, explanation });
}

function generalWords(system: string, error: ApiError): Explanation {
	const { status = 0, code, baseUrl = system } = error.details;
	if (code === 'html_page') {
		return {
			message: `${baseUrl} answered with a web page instead of data`,
			description: `Check the address of the site in the credential. A login page also comes when a company's single sign-on or a proxy stands before ${system}.`,
			cause: 'configuration-invalid',
		};
	}
	if (code === 'not_json') {
		return {
			message: `${baseUrl} did not answer with data of ${system}`,
			description: 'Check the address of the site in the credential.',
			cause: 'configuration-invalid',
		};
	}
	if (code === 'redirect') {
		return {
			message: `${baseUrl} sends on to another address`,
			description: `Enter the final address of the site in the credential. ${error.message}`,
			cause: 'configuration-invalid',
		};
	}
	if (status === 401) {
		return {
			message: `${system} does not accept the credential: ${error.message}`,
			description:
				'The token has expired, was revoked, or belongs to another site. Make a new one and enter it in the credential.',
			cause: 'credential-invalid',
		};
	}
	if (status === 403) {
		return {
			message: `${system} does not let this user do that: ${error.message}`,
			description:
				'Give the user or token the permission to read these tickets, or narrow the filters.',
			cause: 'credential-invalid',
		};
	}
	if (status === 404) {
		return {
			message: `${system} has nothing there: ${error.message}`,
			description: 'Check the ID, and that the user of the credential may see it.',
		};
	}
	if (status === 429) {
		return {
			message: `${system} asks to slow down: ${error.message}`,
			description:
				"It was tried again as often as 'Max Wait' allows. Run again later, at a quieter time, or with a lower 'Limit'.",
			cause: 'rate-limited',
		};
	}
	if (status >= 500) {
		return {
			message: `${system} cannot answer at the moment (${status}): ${error.message}`,
			description: 'It was tried again several times. Run again later; nothing was changed there.',
			cause: 'temporarily-unavailable',
		};
	}
	return {
		message: `${system} refused the request (${status}): ${error.message}`,
		description: 'Check the filters; what the system says about them stands above.',
	};
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return undefined;
	}
}
