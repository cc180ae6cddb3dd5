/**
 * The credential's Test, as a function of the nodes (`testedBy`): a declarative test could show n8n's bare
 * "ECONNREFUSED" at best, and takes a website's page for a success.
 */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import type { ApiError } from '../../lib/http/errors';
import { scrubber } from '../../lib/http/scrub';
import {
	authenticationHeaders,
	baseUrlOf,
	type ConnectionFields,
	secretsOf,
} from '../../lib/openai/connection';
import { dialectOf } from '../../lib/openai/dialects';
import { answerError, isHtml, networkError, type RawAnswer } from '../../lib/openai/errors';
import { explain } from '../../lib/openai/explain';

import { probe } from './probe';

/** Asks for the list of models, which nearly every server has, and says what is wrong in plain words. */
export async function openAiFineTuningApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const fields = (credential.data ?? {}) as ConnectionFields;
	const scrub = scrubber(secretsOf(fields));
	try {
		const baseUrl = baseUrlOf(fields);
		const headers = authenticationHeaders(fields);
		const { testPath = '/models' } = dialectOf(fields.provider ?? 'openAi', fields);
		const refusal = await ask(this, { baseUrl, path: testPath }, headers, scrub);
		if (!refusal) return { status: 'OK', message: `Connected to ${baseUrl}` };
		const { message, description } = explain(refusal);
		return { status: 'Error', message: `${message}. ${description}`.replace('..', '.') };
	} catch (error) {
		// A setting that cannot be used.
		const { message, description } = error as { message: string; description?: string };
		return { status: 'Error', message: scrub([message, description].filter(Boolean).join('. ')) };
	}
}

async function ask(
	functions: ICredentialTestFunctions,
	{ baseUrl, path }: { baseUrl: string; path: string },
	headers: Record<string, string>,
	scrub: (text: string) => string,
): Promise<ApiError | undefined> {
	const target = { method: 'GET', baseUrl, path } as const;
	const answer = await probe(functions, { url: `${baseUrl}${path}`, headers, scrub });
	if ('status' in answer) return judge(target, answer);
	return networkError(target, answer.networkCode, answer.message);
}

function judge(target: Parameters<typeof answerError>[0], answer: RawAnswer): ApiError | undefined {
	const code = codeOf(answer);
	const accepted = answer.status >= 200 && answer.status < 300 && code === undefined;
	return accepted ? undefined : answerError(target, answer, Date.now(), code);
}

function codeOf(answer: RawAnswer): string | undefined {
	if (answer.status >= 300 && answer.status < 400) return 'redirect';
	if (isHtml(answer)) return 'html_page';
	if (answer.status < 200 || answer.status > 299) return undefined;
	return holdsModels(answer.body) ? undefined : 'not_json';
}

/** `{data: […]}` as OpenAI, or the bare list that Together sends. */
function holdsModels(body: string): boolean {
	try {
		const value = JSON.parse(body) as { data?: unknown } | null;
		return Array.isArray(value) || Array.isArray(value?.data);
	} catch {
		return false;
	}
}
