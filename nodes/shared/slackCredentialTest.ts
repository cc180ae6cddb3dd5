/** The Test of the credential for Slack, as a function of the nodes (`testedBy`). */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { ApiError } from '../../lib/http/errors';
import { scrubber } from '../../lib/http/scrub';
import { isPlainObject, type PlainObject } from '../../lib/openai/chat/json';
import { assertTexts } from '../../lib/openai/credentialTexts';
import { explain } from '../../lib/openai/explain';
import { apiUrlOf, botTokenOf, secretsOf, type SlackFields } from '../../lib/slack/api/connection';
import { refusalOf, slackAnswerError, slackNetworkError } from '../../lib/slack/api/errors';

import { probe } from './probe';

const PATH = '/auth.test';
/** Without these no answer can be given at all. */
const NEEDED_SCOPES = ['chat:write'];
const SIGNING_SECRET = /^[0-9a-f]{32}$/i;

export async function slackQuestionsApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const fields = (credential.data ?? {}) as SlackFields;
	const scrub = scrubber(secretsOf(fields));
	try {
		assertTexts(fields, { signingSecret: 'Signing Secret' });
		const fault = signingSecretFault(fields.signingSecret);
		if (fault) return { status: 'Error', message: fault };
		return { status: 'OK', message: await ask(this, fields, scrub) };
	} catch (error) {
		const { message, description } =
			error instanceof ApiError
				? explain(error)
				: (error as { message: string; description?: string });
		const words = [message, description].filter(Boolean).join('. ').replace('..', '.');
		return { status: 'Error', message: scrub(words) };
	}
}

/** The secret itself can only be proven by a request of Slack; its shape tells the usual mix-ups. */
function signingSecretFault(secret: string | undefined): string | undefined {
	const value = secret?.trim() ?? '';
	if (SIGNING_SECRET.test(value)) return undefined;
	const where = "Copy 'Signing Secret' from Basic Information of the app, under App Credentials.";
	if (value === '') return `The credential has no 'Signing Secret'. ${where}`;
	if (/^x(ox|app)/.test(value)) return `'Signing Secret' of the credential holds a token. ${where}`;
	return `'Signing Secret' of the credential does not look like one, which has 32 characters of 0-9 and a-f. ${where}`;
}

async function ask(
	functions: ICredentialTestFunctions,
	fields: SlackFields,
	scrub: (text: string) => string,
): Promise<string> {
	const baseUrl = apiUrlOf(fields);
	const target = { method: 'GET', path: PATH, baseUrl } as const;
	const headers = { Authorization: `Bearer ${botTokenOf(fields)}` };
	const answer = await probe(functions, { url: `${baseUrl}${PATH}`, headers, scrub });
	if (!('status' in answer)) throw slackNetworkError(target, answer.networkCode, answer.message);
	const body = parsed(answer.body);
	if (answer.status !== 200 || typeof body?.ok !== 'boolean') {
		throw slackAnswerError(target, answer, Date.now(), faultOf(answer.status));
	}
	if (!body.ok) throw refusalOf(target, { ...answer, body });
	const missing = missingScopes(answer.headers['x-oauth-scopes']);
	if (missing.length > 0) throw missingScope(target, missing);
	return `Connected to ${String(body.team)} as ${String(body.user)}`;
}

function faultOf(status: number): string | undefined {
	if (status >= 300 && status < 400) return 'redirect';
	return status < 300 ? 'not_json' : undefined;
}

function missingScopes(granted: string | undefined): string[] {
	if (granted === undefined) return [];
	const scopes = new Set(granted.split(',').map((scope) => scope.trim()));
	return NEEDED_SCOPES.filter((scope) => !scopes.has(scope));
}

function missingScope(target: Parameters<typeof refusalOf>[0], missing: string[]): ApiError {
	const body = { ok: false, error: 'missing_scope', needed: missing.join(',') };
	return refusalOf(target, { status: 200, headers: {}, body });
}

function parsed(text: string): PlainObject | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isPlainObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
