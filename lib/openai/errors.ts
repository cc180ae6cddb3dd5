/** From what a server answered to an `ApiError` that holds its own words, whatever shape it put them in. */
import { ApiError } from '../http/errors';
import { requestIdOf, retryAfterOf, shouldRetryOf } from '../http/headers';
import { wasNeverReached } from '../http/retry';
import type { ApiRequest } from '../http/types';

const MAX_BODY_CHARS = 4_000;
const MAX_MESSAGE_CHARS = 1_000;
const MAX_VALIDATION_ENTRIES = 5;

/** What was asked, and where. */
export type Target = Pick<ApiRequest, 'method' | 'path'> & { baseUrl?: string };

export interface RawAnswer {
	status: number;
	/** Lower-case names. */
	headers: Record<string, string>;
	/** The body as text. */
	body: string;
}

interface Words {
	message?: string;
	code?: string;
	type?: string;
	param?: string;
}

/** An answer that is not 2xx, or 2xx in a shape that no API sends (`code` then says which). */
export function answerError(
	target: Target,
	answer: RawAnswer,
	now: number,
	code?: string,
): ApiError {
	const words = isHtml(answer) ? { code: 'html_page' } : wordsOf(answer.body);
	const { status, headers } = answer;
	return new ApiError(words.message ?? `The server answered ${status}`, {
		...words,
		...(code ? { code } : {}),
		status,
		requestId: requestIdOf(headers),
		body: answer.body.slice(0, MAX_BODY_CHARS),
		retryAfterMs: retryAfterOf(headers, now),
		shouldRetry: shouldRetryOf(headers),
		ambiguous: target.method !== 'GET' && (status >= 500 || status === 408),
		...target,
	});
}

/** No answer came: `networkCode` is Node's, e.g. `ECONNREFUSED`. */
export function networkError(
	target: Target,
	networkCode: string | undefined,
	message: string,
): ApiError {
	const error = new ApiError(message, { networkCode, ...target });
	const ambiguous = target.method !== 'GET' && !wasNeverReached(error);
	return new ApiError(message, { ...error.details, ambiguous });
}

/** A web page in place of an API's answer: the address leads to a website, a login or a proxy. */
export function isHtml({ headers, body }: Pick<RawAnswer, 'headers' | 'body'>): boolean {
	return (
		/\bhtml\b/i.test(headers['content-type'] ?? '') ||
		/^\s*<(!doctype|html|head|body)\b/i.test(body)
	);
}

/**
 * OpenAI and Azure `{error: {message, type, param, code}}`, FastAPI `{detail: …}`, Portkey `{status, message}`,
 * Azure gateways `{statusCode, message}`, `{error: "…"}`, and plain text.
 */
function wordsOf(body: string): Words {
	const parsed = parseObject(body);
	if (!parsed) {
		const text = body.trim();
		return text && !text.startsWith('<') ? { message: cut(text) } : {};
	}
	const { error, detail } = parsed;
	if (isObject(error)) return fields(error);
	const own = fields(parsed);
	const message = text(error) ?? detailText(detail) ?? own.message;
	return { ...own, message };
}

function fields(source: Record<string, unknown>): Words {
	const code = source.code;
	return {
		message: text(source.message) ?? detailText(source.detail) ?? text(source.error_description),
		code: text(code) ?? (typeof code === 'number' ? String(code) : undefined),
		type: text(source.type),
		param: text(source.param),
	};
}

/** FastAPI: one sentence, or a list of `{loc: ["body", "model"], msg}`. */
function detailText(detail: unknown): string | undefined {
	if (typeof detail === 'string') return text(detail);
	if (isObject(detail)) return fields(detail).message;
	if (!Array.isArray(detail) || detail.length === 0) return undefined;
	const entries = detail.slice(0, MAX_VALIDATION_ENTRIES).map((entry: unknown) => {
		if (!isObject(entry)) return String(entry);
		const where = Array.isArray(entry.loc) ? entry.loc.filter((part) => part !== 'body') : [];
		return [where.join('.'), text(entry.msg)].filter(Boolean).join(': ');
	});
	return cut(entries.join('; '));
}

function parseObject(body: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(body);
		const first: unknown = Array.isArray(value) ? value[0] : value;
		return isObject(first) ? first : undefined;
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? cut(value.trim()) : undefined;
}

function cut(value: string): string {
	return value.length > MAX_MESSAGE_CHARS ? `${value.slice(0, MAX_MESSAGE_CHARS)} …` : value;
}
