/** From what Slack answers to errors in plain words. */
import { ApiError, type Explanation } from '../../http/errors';
import { retryAfterOf } from '../../http/headers';
import type { PlainObject } from '../../openai/chat/json';
import { isHtml, networkError, type RawAnswer, type Target } from '../../openai/errors';
import { explain } from '../../openai/explain';

import { meaningOf } from './meanings';

const MAX_BODY_CHARS = 4_000;
const MAX_MESSAGES = 3;
const MAX_WORD_CHARS = 200;

/** Slack may have done part of what was asked: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const UNSURE = new Set([
	'fatal_error',
	'internal_error',
	'request_timeout',
	'service_unavailable',
	'messaging_processing_failed',
]);

/** The error for an answer `{ok: false, error}`, whatever its status. */
export function refusalOf(
	target: Target,
	{ status, headers, body }: { status: number; headers: Record<string, string>; body: PlainObject },
	now = 0,
): ApiError {
	const code = word(body.error) ?? 'unknown_error';
	const details: ApiError['details'] = {
		...target,
		status: code === 'ratelimited' || code === 'rate_limited' ? 429 : status,
		code,
		requestId: headers['x-slack-req-id'],
		body: JSON.stringify(body).slice(0, MAX_BODY_CHARS),
		retryAfterMs: retryAfterOf(headers, now),
		ambiguous: target.method !== 'GET' && UNSURE.has(code),
	};
	const hints = hintsOf(body);
	const explanation = meaningOf(code, {
		method: (target.path ?? '').slice(1),
		needed: word(body.needed),
		provided: word(body.provided),
		hints,
	});
	return new ApiError(code, { ...details, explanation });
}

/** For a transport: an answer that is not 2xx, or no JSON. */
export function slackAnswerError(
	target: Target,
	answer: RawAnswer,
	now: number,
	fault?: string,
): ApiError {
	const { status, headers } = answer;
	const page = isHtml(answer);
	const body = page ? undefined : parsed(answer.body);
	if (body && word(body.error)) return refusalOf(target, { status, headers, body }, now);
	const code = fault ?? (page ? 'html_page' : status === 429 ? 'ratelimited' : undefined);
	const said = answer.body.trim().slice(0, MAX_WORD_CHARS);
	const ambiguous = target.method !== 'GET' && (status >= 500 || status === 408);
	return new ApiError(`Slack answered ${status}`, {
		...target,
		status,
		code,
		requestId: headers['x-slack-req-id'],
		body: answer.body.slice(0, MAX_BODY_CHARS),
		retryAfterMs: retryAfterOf(headers, now),
		ambiguous,
		explanation:
			code === 'ratelimited' ? meaningOf(code, methodOf(target)) : byStatus(status, said, code),
	});
}

/** No answer came. */
export function slackNetworkError(...parameters: Parameters<typeof networkError>): ApiError {
	const error = networkError(...parameters);
	const { message, description, cause } = explain(error);
	const explanation = {
		message: message.replace(/^The server\b/, 'Slack'),
		description: description.replaceAll("'Base URL'", "'API URL'"),
		cause,
	};
	return new ApiError(error.message, { ...error.details, explanation });
}

/** Whether Slack may have done what was asked although no success was seen. */
export function isUnsure(error: unknown): error is ApiError {
	return error instanceof ApiError && error.details.ambiguous === true;
}

/** Slack's own word for a refusal, e.g. `not_in_channel`. */
export function codeOf(error: unknown): string | undefined {
	return error instanceof ApiError ? error.details.code : undefined;
}

function methodOf({ path }: Target) {
	return { method: (path ?? '').slice(1), hints: '' };
}

function byStatus(status: number, said: string, code: string | undefined): Explanation {
	if (code === 'html_page' || code === 'not_json' || code === 'redirect') {
		return {
			message: 'What answered is not the Web API of Slack',
			description:
				"Check 'API URL' in the credential; for most workspaces it is https://slack.com/api. A proxy between n8n and Slack can have the same effect.",
			cause: 'configuration-invalid',
		};
	}
	if (status >= 500 || status === 408) {
		return {
			message: `Slack could not answer (${status})`,
			description: 'Try again later; Slack reports outages at https://slack-status.com.',
			cause: 'temporarily-unavailable',
		};
	}
	return {
		message: `Slack answered ${status}${said ? `: ${said}` : ''}`,
		description: "Check 'API URL' in the credential, and proxies between n8n and Slack.",
	};
}

/** What Slack says about single arguments: `response_metadata.messages`. */
function hintsOf({ response_metadata: more, errors }: PlainObject): string {
	const { messages } = (more ?? {}) as { messages?: unknown };
	const all = [messages, errors].flatMap((list) => (Array.isArray(list) ? list : []));
	const texts = all.map(word).filter((text): text is string => text !== undefined);
	return texts.slice(0, MAX_MESSAGES).join('; ');
}

function word(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value.slice(0, MAX_WORD_CHARS) : undefined;
}

function parsed(text: string): PlainObject | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as PlainObject) : undefined;
	} catch {
		return undefined;
	}
}
