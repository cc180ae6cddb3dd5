import { isPlainObject, type PlainObject } from '../../openai/chat/json';
import { ApiError } from '../../http/errors';
import type { ApiRequest, ApiResponse, QueryValue, Transport } from '../../http/types';

import { refusalOf } from './errors';

export interface CallSettings {
	/** `safe` for calls that do no harm when they are done twice; see `ApiRequest`. */
	retry?: ApiRequest['retry'];
	/** Sent even after the execution was canceled. */
	detached?: boolean;
	/** Milliseconds for the exchange. */
	timeout?: number;
}

/**
 * Calls a method that changes something, with its arguments as JSON. Slack answers with status 200 whether it did so
 * or not: https://docs.slack.dev/apis/web-api/#responses
 *
 * @throws ApiError for `ok: false`, with Slack's word for it as `code`.
 */
export async function write(
	transport: Transport,
	method: string,
	body: PlainObject,
	{ retry = 'rejected', detached, timeout = 30_000 }: CallSettings = {},
): Promise<PlainObject> {
	return await judged(
		{ method: 'POST', path: `/${method}`, body, retry, detached, timeout },
		(request) => transport(request),
	);
}

/**
 * Calls a method that only reads, with its arguments in the address: not all of these take JSON.
 *
 * @throws ApiError for `ok: false`.
 */
export async function read(
	transport: Transport,
	method: string,
	query: Record<string, QueryValue>,
	{ timeout = 30_000 }: CallSettings = {},
): Promise<PlainObject> {
	return await judged({ method: 'GET', path: `/${method}`, query, timeout }, (request) =>
		transport(request),
	);
}

async function judged(
	request: ApiRequest,
	send: (request: ApiRequest) => Promise<ApiResponse>,
): Promise<PlainObject> {
	const { data, headers, status } = await send(request);
	if (!isPlainObject(data) || typeof data.ok !== 'boolean') throw notSlack(request, status);
	if (data.ok) return data;
	throw refusalOf(request, { status, headers, body: data });
}

function notSlack({ method, path }: ApiRequest, status: number): ApiError {
	const message = 'What answered is not Slack';
	return new ApiError(message, {
		method,
		path,
		status,
		code: 'not_slack',
		ambiguous: method !== 'GET',
		explanation: {
			message: `${message}: its answer has no "ok"`,
			description:
				"Check 'API URL' in the credential; for most workspaces it is https://slack.com/api.",
			cause: 'configuration-invalid',
		},
	});
}
