/** Sends API requests through n8n's own HTTP client, with the credential applied by n8n. */
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { CanceledError } from '../../lib/http/canceled';
import { ApiError } from '../../lib/http/errors';
import { plainHeaders, requestIdOf } from '../../lib/http/headers';
import { retryModeOf, withRetries } from '../../lib/http/retry';
import { scrubber } from '../../lib/http/scrub';
import type { ApiRequest, ApiResponse, Surroundings, Transport } from '../../lib/http/types';
import {
	authenticationHeaders,
	baseUrlOf,
	type ConnectionFields,
	secretsOf,
} from '../../lib/openai/connection';
import { dialectOf } from '../../lib/openai/dialects';
import type { Dialect } from '../../lib/openai/dialects/types';
import { answerError, isHtml, networkError } from '../../lib/openai/errors';

import { formBody } from './formBody';
import { isNodeStream } from './stream';

export const CREDENTIAL = 'openAiFineTuningApi';

export interface Connection {
	transport: Transport;
	dialect: Dialect;
	surroundings: Surroundings;
	/** As chosen in the credential, e.g. `openAi`. */
	provider: string;
	baseUrl: string;
	hasAdminKey: boolean;
	/** Takes the credential's values out of a text. */
	scrub: (text: string) => string;
}

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** A silent server is given up after this long; a model may think for minutes before it answers a POST. */
const READ_TIMEOUT_MS = 120_000;
const WRITE_TIMEOUT_MS = 600_000;
const MAX_REDIRECTS = 5;
/** What is read of a refusal that comes as a stream. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/**
 * A connection with the credential of one item.
 *
 * @throws SettingError when the credential cannot be used as it is.
 */
export async function createTransport(ctx: Context, itemIndex = 0): Promise<Connection> {
	const fields = await ctx.getCredentials<ConnectionFields & IDataObject>(CREDENTIAL, itemIndex);
	const { provider = 'openAi' } = fields;
	const baseUrl = baseUrlOf(fields);
	// Checked here, because n8n would wrap what `authenticate` throws.
	authenticationHeaders(fields);
	const surroundings = surroundingsOf(ctx);
	const scrub = scrubber(secretsOf(fields));
	const sender = { ctx, fields, baseUrl, scrub };
	return {
		transport: async <T>(request: ApiRequest) =>
			await withRetries(
				async () => (await send(sender, request)) as ApiResponse<T>,
				retryModeOf(request),
				surroundings,
			),
		dialect: dialectOf(provider),
		surroundings,
		provider,
		baseUrl,
		hasAdminKey: Boolean(fields.adminApiKey?.trim()),
		scrub,
	};
}

interface Sender {
	ctx: Context;
	fields: ConnectionFields & IDataObject;
	baseUrl: string;
	scrub: (text: string) => string;
}

interface Answer {
	status: number;
	headers: Record<string, string>;
	body: unknown;
}

function surroundingsOf(ctx: Context): Surroundings {
	const signal = cancelSignalOf(ctx);
	return {
		sleep: async (ms) => {
			try {
				await sleep(ms, signal);
			} catch {
				throw canceled();
			}
		},
		now: () => Date.now(),
		signal,
		random: Math.random,
	};
}

function canceled(): CanceledError {
	return new CanceledError();
}

function cancelSignalOf(ctx: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in ctx ? ctx.getExecutionCancelSignal() : undefined;
}

async function send(sender: Sender, request: ApiRequest): Promise<ApiResponse> {
	const answer = await followed(sender, request);
	const { status, headers } = answer;
	const requestId = requestIdOf(headers);
	if (status < 200 || status > 299) throw await refusal(sender, request, answer);
	if (request.expect === 'buffer' || request.expect === 'stream') {
		return { status, headers, data: answer.body, requestId };
	}
	const text = String(answer.body ?? '');
	if (text.trim() === '') return { status, headers, data: {}, requestId };
	try {
		return { status, headers, data: JSON.parse(text) as unknown, requestId };
	} catch {
		const code = isHtml({ headers, body: text }) ? 'html_page' : 'not_json';
		throw await refusal(sender, request, answer, code);
	}
}

/** Follows redirects of reading requests: on the same origin as before, elsewhere without the credential. */
async function followed(sender: Sender, request: ApiRequest): Promise<Answer> {
	const options = await requestOptions(sender, request);
	let answer = await exchange(sender, request, options, true);
	for (let hops = 0; isRedirect(answer, options.url); hops++) {
		const from = new URL(options.url);
		const to = new URL(answer.headers.location, from);
		const sameOrigin = to.origin === from.origin;
		const file = request.expect === 'buffer' || request.expect === 'stream';
		const safe = to.protocol === 'https:' || from.protocol === 'http:';
		if (request.method !== 'GET' || hops >= MAX_REDIRECTS || !safe || !(sameOrigin || file)) {
			throw redirectError(sender, request, answer.status, to);
		}
		options.url = to.href;
		delete options.qs;
		answer = await exchange(sender, request, options, sameOrigin);
	}
	return answer;
}

function isRedirect({ status, headers }: Answer, from: string): boolean {
	const { location } = headers;
	return status >= 300 && status < 400 && Boolean(location) && URL.canParse(location, from);
}

async function requestOptions(
	{ baseUrl }: Sender,
	request: ApiRequest,
): Promise<IHttpRequestOptions> {
	const { method, path, query, expect = 'json', timeout } = request;
	const form = request.form && (await formBody(request.form));
	const accept = expect === 'json' ? 'application/json' : '*/*';
	return {
		method,
		url: `${baseUrl}${path}`,
		qs: definedOnly(query),
		headers: {
			Accept: accept,
			...(request.body ? { 'Content-Type': 'application/json' } : {}),
			...form?.headers,
		},
		body: form?.body ?? (request.body && JSON.stringify(request.body)),
		encoding: expect === 'json' ? 'text' : expect === 'buffer' ? 'arraybuffer' : 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A client that follows redirects keeps a streamed body in memory, and carries keys to other hosts.
		disableFollowRedirect: true,
		timeout: timeout ?? (method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS),
	} as IHttpRequestOptions;
}

async function exchange(
	{ ctx, fields, baseUrl, scrub }: Sender,
	request: ApiRequest,
	options: IHttpRequestOptions,
	withCredential: boolean,
): Promise<Answer> {
	try {
		const response = withCredential
			? await authenticated(
					request.detached ? withoutSignal(ctx) : ctx,
					credentialData(fields, request.admin),
					{ ...options },
				)
			: await anonymous(ctx, { ...options });
		return {
			status: response.statusCode,
			headers: plainHeaders(response.headers as Record<string, unknown>),
			body: response.body,
		};
	} catch (error) {
		if (cancelSignalOf(ctx)?.aborted) throw canceled();
		throw networkError(
			{ method: request.method, path: request.path, baseUrl },
			...fault(error, scrub),
		);
	} finally {
		// An answer may come before the file is through; what is left of it is let go.
		const { body } = options as { body?: object };
		if (body && isNodeStream(body)) body.destroy();
	}
}

async function authenticated(
	ctx: Context,
	data: IDataObject,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	// The credential is handed over as it was resolved for this item: n8n itself would resolve it for the first one.
	return (await ctx.helpers.httpRequestWithAuthentication.call(ctx, CREDENTIAL, options, {
		credentialsDecrypted: { id: '', name: CREDENTIAL, type: CREDENTIAL, data },
	} as never)) as IN8nHttpFullResponse;
}

/** n8n puts the execution's signal into every request of a context that has one. */
function withoutSignal(ctx: Context): Context {
	const detached = { getExecutionCancelSignal: { value: () => undefined } };
	return Object.create(ctx, detached) as Context;
}

async function anonymous(
	ctx: Context,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	return (await ctx.helpers.httpRequest(options)) as IN8nHttpFullResponse;
}

function credentialData(fields: ConnectionFields & IDataObject, admin = false): IDataObject {
	return admin && fields.adminApiKey?.trim()
		? { ...fields, apiKey: fields.adminApiKey }
		: { ...fields };
}

/** Node's code and the client's words, from an error that also holds the request with its key. */
function fault(error: unknown, scrub: (text: string) => string): [string | undefined, string] {
	const outer = error as { cause?: unknown; message?: string; code?: unknown };
	const inner = (outer.cause ?? outer) as { code?: unknown; message?: string };
	const code = typeof inner.code === 'string' ? inner.code : undefined;
	return [code, scrub(inner.message ?? outer.message ?? 'The request could not be sent')];
}

async function refusal(
	{ baseUrl, scrub }: Sender,
	{ method, path }: ApiRequest,
	{ status, headers, body }: Answer,
	code?: string,
): Promise<ApiError> {
	const answer = { status, headers, body: scrub(await bodyText(body)) };
	return answerError({ method, path, baseUrl }, answer, Date.now(), code);
}

function redirectError(
	{ baseUrl }: Sender,
	{ method, path }: ApiRequest,
	status: number,
	to: URL,
): ApiError {
	return new ApiError(`The server redirects to ${to.origin}${to.pathname}.`, {
		status,
		code: 'redirect',
		method,
		path,
		baseUrl,
	});
}

async function bodyText(body: unknown): Promise<string> {
	if (typeof body === 'string') return body;
	if (Buffer.isBuffer(body) || body instanceof ArrayBuffer) {
		return Buffer.from(body as Buffer)
			.subarray(0, MAX_REFUSAL_BYTES)
			.toString();
	}
	const stream = body as (AsyncIterable<Uint8Array> & { destroy?: () => void }) | undefined;
	if (typeof stream?.[Symbol.asyncIterator] !== 'function') return '';
	const chunks: Uint8Array[] = [];
	let size = 0;
	// Leaving the loop destroys the stream.
	for await (const chunk of stream) {
		chunks.push(chunk);
		size += chunk.length;
		if (size >= MAX_REFUSAL_BYTES) break;
	}
	return Buffer.concat(chunks).toString();
}

function definedOnly(query: ApiRequest['query']): IDataObject | undefined {
	if (!query) return undefined;
	return Object.fromEntries(
		Object.entries(query).filter(([, value]) => value !== undefined),
	) as IDataObject;
}
