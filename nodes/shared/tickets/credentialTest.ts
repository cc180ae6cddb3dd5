/** The Test of a ticket system's credential, for the `credentialTest` methods of its node. */
import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { ApiError, type Explanation } from '../../../lib/http/errors';
import { explain } from '../../../lib/openai/explain';
import { ticketNetworkErrors } from '../../../lib/tickets/errors';
import { isHtml, type RawAnswer, type Target } from '../../../lib/openai/errors';
import { probe } from '../probe';

export interface CredentialTest {
	/** Display name of the credential's field for the site's address. */
	siteField: string;
	baseUrl: string;
	/** Of a cheap request that only a valid login can make. */
	path: string;
	headers: Record<string, string>;
	scrub: (text: string) => string;
	answerError: (target: Target, answer: RawAnswer, now: number, code?: string) => ApiError;
	ignoreSslIssues?: boolean;
	/** What the answer says of the user: a sentence for the success, or an ApiError for a login that is none. */
	judge: (body: unknown) => string | ApiError;
}

/** Asks once, follows no redirect, and says what is wrong in plain words. */
export async function testTicketCredential(
	functions: ICredentialTestFunctions,
	test: CredentialTest,
): Promise<INodeCredentialTestResult> {
	const target = { method: 'GET' as const, path: test.path, baseUrl: test.baseUrl };
	const answer = await probe(functions, { ...test, url: `${test.baseUrl}${test.path}` });
	if (!('status' in answer)) {
		const unreached = ticketNetworkErrors(test.siteField);
		return failure(unreached(target, answer.networkCode, answer.message));
	}
	const verdict = judged(test, target, answer);
	return typeof verdict === 'string' ? { status: 'OK', message: verdict } : failure(verdict);
}

/** Of a request that every site of the system knows: here they speak of the site, not of a ticket or filter. */
const NO_SUCH_API = new Set([400, 404, 405]);

function judged(test: CredentialTest, target: Target, answer: RawAnswer): string | ApiError {
	const refusal = (code?: string) => test.answerError(target, answer, Date.now(), code);
	if (NO_SUCH_API.has(answer.status) && !isHtml(answer)) return noSuchApi(test, refusal());
	if (answer.status >= 300 && answer.status < 400) return refusal('redirect');
	if (isHtml(answer)) return refusal('html_page');
	if (answer.status < 200 || answer.status > 299) return refusal();
	try {
		return test.judge(JSON.parse(answer.body) as unknown);
	} catch {
		return refusal('not_json');
	}
}

function noSuchApi({ siteField }: CredentialTest, error: ApiError): ApiError {
	const { message, details } = error;
	// A system may know better: a subdomain that nobody has, a question that every site of it understands.
	if (details.explanation?.cause) return error;
	const explanation: Explanation = {
		message: `${details.baseUrl} answers, but not as this system does (${details.status})`,
		description: `Check '${siteField}' in the credential, and that all its settings are those of that site.`,
		cause: 'configuration-invalid',
	};
	return new ApiError(message, { ...details, explanation });
}

function failure(error: ApiError): INodeCredentialTestResult {
	const { message, description } = explain(error);
	return { status: 'Error', message: `${message}. ${description}`.replace('..', '.') };
}
