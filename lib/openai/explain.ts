/** What to tell a user about a refusal: what happened, and how to get unstuck. */
import type { ApiError, Explanation } from '../http/errors';
import { isQuotaExhausted } from '../http/retry';

export type { Explanation };

/** Where OpenAI announces what it shuts down and when. */
export const DEPRECATIONS_URL = 'https://platform.openai.com/docs/deprecations';
const PROVIDERS_URL =
	'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning/blob/main/docs/providers.md';
const BILLING_URL = 'https://platform.openai.com/settings/organization/billing';

export function explain(error: ApiError): Explanation {
	const { baseUrl } = error.details;
	const explanation =
		error.details.explanation ?? byCode(error, baseUrl) ?? byStatus(error, baseUrl);
	const wait = error.details.retryAfterMs;
	if (wait === undefined || wait < 1000) return explanation;
	const seconds = Math.ceil(wait / 1000);
	return {
		...explanation,
		description: `${explanation.description} The server asks to wait ${seconds} s.`,
	};
}

function byCode(error: ApiError, baseUrl?: string): Explanation | undefined {
	const { code, status, networkCode } = error.details;
	if (status === undefined && code === undefined) return networkExplanation(error, networkCode);
	if (isQuotaExhausted(error)) {
		return {
			message: `The account has no quota left: ${error.message}`,
			description: `Waiting does not help, so it was not tried again. Add credit or raise the limit (OpenAI: ${BILLING_URL}), then run again.`,
			cause: 'quota-exhausted',
		};
	}
	switch (code) {
		case 'training_not_available':
			return {
				message: `OpenAI no longer lets this organization start fine-tuning jobs: ${error.message}`,
				description: `OpenAI closes fine-tuning in stages (${DEPRECATIONS_URL}). Existing tuned models go on answering until their shutdown date. The same JSONL file can be trained elsewhere: pick another provider in the credential, e.g. Azure OpenAI, Nebius or a LiteLLM proxy (${PROVIDERS_URL}).`,
				cause: 'configuration-invalid',
			};
		case 'html_page':
			return {
				message: `The server answered with a web page instead of data${at(baseUrl)}`,
				description:
					"Check 'Base URL' in the credential: it must be the address of the API, usually ending in /v1, not of a website, dashboard or login page.",
				cause: 'configuration-invalid',
			};
		case 'not_json':
			return {
				message: `The server answered with something that is not JSON${at(baseUrl)}`,
				description:
					"Check 'Base URL' in the credential: it must be the address of an OpenAI-compatible API, usually ending in /v1.",
				cause: 'configuration-invalid',
			};
		case 'redirect':
			return {
				message: `The server redirects to another address${at(baseUrl)}`,
				description: `Enter the final address as 'Base URL' in the credential. ${error.message}`,
				cause: 'configuration-invalid',
			};
		case 'file_not_processed':
			return {
				message: error.message,
				description:
					"Go on with File > Get later, wait longer with 'Max Wait (Minutes)', or turn off 'Wait Until Processed': Job > Create waits for the file too.",
				cause: 'temporarily-unavailable',
			};
		case 'file_invalid':
			return {
				message: error.message,
				description:
					"Correct the file and upload it again. The JSONL Builder's Validate operation names the lines.",
			};
		case 'invalid_list':
			return {
				message: error.message,
				description:
					"Check 'Base URL' in the credential. Where a server does not page its lists as OpenAI does, turn off 'Return All' and set a 'Limit'.",
			};
		case 'model_not_found':
			return {
				message: error.message,
				description: `Check the model ID. A model may also have been shut down (${DEPRECATIONS_URL}), or belong to another organization or project than the one in the credential.`,
				cause: 'configuration-invalid',
			};
	}
	return undefined;
}

function byStatus(error: ApiError, baseUrl?: string): Explanation {
	const { status = 0, path } = error.details;
	const said = error.message;
	switch (status) {
		case 400:
		case 422:
			return {
				message: said,
				description: `The server refused the request${param(error)}. Correct the setting that its text names, then run again.`,
			};
		case 401:
			return {
				message: `The server did not accept the API key: ${said}`,
				description:
					"Check 'API Key' and 'Authentication' in the credential, and that the key belongs to this provider and has not been revoked.",
				cause: 'credential-invalid',
			};
		case 403:
			return {
				message: `The API key may not do this: ${said}`,
				description:
					"Give the key the needed permission, or use one of the right organization and project. Some operations need the 'Admin API Key' of the credential.",
				cause: 'credential-invalid',
			};
		case 404:
			return {
				message: `Not found: ${said}`,
				description: `Check the ID, and that the key belongs to the project that holds it. If nothing is found at all, check 'Base URL' in the credential${at(baseUrl)}; not every provider has ${path ?? 'this endpoint'}.`,
			};
		case 409:
			return {
				message: `Something else is changing the same thing: ${said}`,
				description: 'Wait a moment, then run again.',
				cause: 'temporarily-unavailable',
			};
		case 413:
			return {
				message: `The server takes no body of this size: ${said}`,
				description:
					"Upload large files in parts: lower 'Upload in Parts Above' of File > Upload. A proxy between n8n and the server may have its own limit.",
			};
		case 429:
			return {
				message: `Too many requests: ${said}`,
				description:
					"The request was tried again with growing pauses. Send fewer at a time (Loop Over Items with a Wait), or turn on 'Retry On Fail' in the node's settings.",
				cause: 'rate-limited',
			};
	}
	if (status >= 500 || status === 408) {
		return {
			message: `The server could not answer (${status}): ${said}`,
			description: `Try again later; OpenAI reports outages at https://status.openai.com.${unsure(error)}`,
			cause: 'temporarily-unavailable',
		};
	}
	return { message: said, description: `The server answered with status ${status}.` };
}

function networkExplanation(error: ApiError, code: string | undefined): Explanation {
	const address = at(error.details.baseUrl);
	switch (code) {
		case 'ECONNREFUSED':
			return {
				message: `Nothing answers${address}: the connection was refused`,
				description:
					"Check host and port of 'Base URL' in the credential, and that the server is running. Inside Docker, localhost is the container itself: use the host's name.",
				cause: 'configuration-invalid',
			};
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return {
				message: `The host name could not be resolved${address}`,
				description: "Check the spelling of 'Base URL' in the credential, and n8n's DNS.",
				cause: 'configuration-invalid',
			};
		case 'ETIMEDOUT':
		case 'ECONNABORTED':
			return {
				message: `The server did not answer in time${address}`,
				description: 'Try again; if it stays so, check the server, proxies and firewalls between.',
				cause: 'temporarily-unavailable',
			};
		case undefined:
			return {
				message: `The server could not be reached${address}`,
				description: `${error.message}. Check 'Base URL' in the credential, and the network between.`,
			};
	}
	if (/CERT|SSL|TLS|ALTNAME|SELF_SIGNED|EPROTO|UNABLE_TO_VERIFY/.test(code)) {
		return {
			message: `The secure connection could not be set up${address} (${code})`,
			description:
				"Check that 'Base URL' has the right scheme (http or https), and that n8n trusts the server's certificate (NODE_EXTRA_CA_CERTS for an own authority).",
			cause: 'configuration-invalid',
		};
	}
	return {
		message: `The connection broke off${address} (${code})`,
		description: 'Try again; if it stays so, check the server, proxies and firewalls between.',
		cause: 'temporarily-unavailable',
	};
}

function at(baseUrl: string | undefined): string {
	return baseUrl ? ` at ${baseUrl}` : '';
}

function param({ details }: ApiError): string {
	return details.param ? ` because of '${details.param}'` : '';
}

function unsure({ details }: ApiError): string {
	return details.ambiguous
		? ' It may have acted on the request all the same: look before you repeat it.'
		: '';
}
