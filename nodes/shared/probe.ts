/** The one request that a credential's Test makes. */
import type { ICredentialTestFunctions } from 'n8n-workflow';

import { plainHeaders } from '../../lib/http/headers';
import type { RawAnswer } from '../../lib/openai/errors';

export interface Probe {
	url: string;
	headers: Record<string, string>;
	scrub: (text: string) => string;
	ignoreSslIssues?: boolean;
}

/** Why no answer came: Node's code where there is one, and the client's words. */
export interface Unanswered {
	networkCode?: string;
	message: string;
}

const TIMEOUT_MS = 15_000;

/** Asks once and follows no redirect. Nothing of the credential is in what comes back. */
export async function probe(
	{ helpers }: ICredentialTestFunctions,
	{ url, headers, scrub, ignoreSslIssues }: Probe,
): Promise<RawAnswer | Unanswered> {
	try {
		// The only function for requests that n8n gives to a credential test.
		const response = await helpers.request({
			method: 'GET',
			uri: url,
			headers: { Accept: 'application/json', ...headers },
			timeout: TIMEOUT_MS,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			...(ignoreSslIssues ? { rejectUnauthorized: false } : {}),
		});
		return {
			status: response.statusCode,
			headers: plainHeaders(response.headers),
			body: scrub(asText(response.body)),
		};
	} catch (error) {
		const { code, message, cause } = error as {
			code?: string;
			message?: string;
			cause?: { code?: string };
		};
		return { networkCode: code ?? cause?.code, message: scrub(message ?? '') };
	}
}

function asText(body: unknown): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}
