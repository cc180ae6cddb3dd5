/** Requests through n8n's own HTTP client, with the credential applied by n8n: what all services share. */
import type {
	IAdditionalCredentialOptions,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	ISupplyDataFunctions,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { CanceledError } from '../../lib/http/canceled';
import { ApiError } from '../../lib/http/errors';
import { plainHeaders, requestIdOf } from '../../lib/http/headers';
import { type RetryPolicy, retryModeOf, withRetries } from '../../lib/http/retry';
import type { ApiRequest, ApiResponse, Surroundings, Transport } from '../../lib/http/types';
import { isHtml, networkError, type RawAnswer, type Target } from '../../lib/openai/errors';

import { bodyText } from './bodyText';
import { formBody, rawBody } from './formBody';
import { isNodeStream } from './stream';

export type HttpContext = IExecuteFunctions | ILoadOptionsFunctions | ISupplyDataFunctions;

export interface HttpSettings {
	/** Name of the credential type. */
	credential: string;
	/** Paths of requests are relative to it. */
	baseUrl: string;
	/** Takes the credential's values out of a text. */
	scrub: (text: string) => string;
	/**
	 * The credential as it was resolved for this item: n8n itself would resolve it for the first one. Left out for
	 * OAuth2, whose token n8n looks up and renews itself.
	 */
	data?: (request: ApiRequest) => IDataObject;
	/** How n8n handles an OAuth2 token, e.g. `{oauth2: {tokenExpiredStatusCode: 401}}`. */
	credentialOptions?: IAdditionalCredentialOptions;
	/** From an answer that is not 2xx (or has an unknown shape: `code`) to the error in the service's terms. */
	answerError: (target: Target, answer: RawAnswer, now: number, code?: string) => ApiError;
	/** From no answer at all to an error; the one for OpenAI-compatible servers by default. */
	networkError?: typeof networkError;
	policy?: RetryPolicy;
	/** For servers with a certificate of their own. */
	ignoreSslIssues?: boolean;
	/** Sent with every request. */
	headers?: Record<string, string>;
}

/** A silent server is given up after this long; a model may think for minutes before it answers a POST. */
const READ_TIMEOUT_MS = 120_000;
const WRITE_TIMEOUT_MS = 600_000;
const MAX_REDIRECTS = 5;

/** A transport that retries as each request allows and throws an `ApiError` for everything that is not 2xx. */
export function createHttp(ctx: HttpContext, settings: HttpSettings): Transport {
	const surroundings = surroundingsOf(ctx);
	return async <T>(request: ApiRequest) =>
		await withRetries(
			async () => (await send({ ctx, ...settings }, request)) as ApiResponse<T>,
			retryModeOf(request),
			surroundings,
			settings.policy,
		);
}

interface Sender extends HttpSettings {
	ctx: HttpContext;
}

interface Answer {
	status: number;
	headers: Record<string, string>;
	body: unknown;
}

/** The clock, and a sleep that the execution's Stop ends. */
export function surroundingsOf(ctx: HttpContext): Surroundings {
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

function cancelSignalOf(ctx: HttpContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in ctx ? ctx.getExecutionCancelSignal() : undefined;
}

async function send(sender: Sender, request: ApiRequest): Promise<ApiResponse> {
	const answer = await followed(sender, request);
	const { status, headers } = answer;
	const requestId = requestIdOf(headers);
	if (request.accept?.includes(status)) return { status, headers, data: {}, requestId };
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
	let answer = await exchange(sender, request, options, request.url === undefined);
	if (request.accept?.includes(answer.status)) return answer;
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
	{ baseUrl, ignoreSslIssues, headers, credentialOptions }: Sender,
	request: ApiRequest,
): Promise<IHttpRequestOptions> {
	const { method, query, expect = 'json', timeout } = request;
	const form = request.form
		? await formBody(request.form)
		: request.raw && (await rawBody(request.raw));
	const accept = expect === 'json' ? 'application/json' : '*/*';
	return {
		method,
		url: addressOf(baseUrl, request),
		qs: definedOnly(query),
		headers: {
			Accept: accept,
			...headers,
			...request.headers,
			...(request.body ? { 'Content-Type': 'application/json' } : {}),
			...form?.headers,
		},
		body: form?.body ?? (request.body && JSON.stringify(request.body)),
		encoding: expect === 'json' ? 'text' : expect === 'buffer' ? 'arraybuffer' : 'stream',
		returnFullResponse: true,
		// n8n renews an OAuth2 token only when a 401 is thrown.
		ignoreHttpStatusErrors: credentialOptions?.oauth2 ? { ignore: true, except: [401] } : true,
		// A client that follows redirects keeps a streamed body in memory, and carries keys to other hosts.
		disableFollowRedirect: true,
		...(ignoreSslIssues ? { skipSslCertificateValidation: true } : {}),
		timeout: timeout ?? (method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS),
	} as IHttpRequestOptions;
}

function addressOf(baseUrl: string, { path, fromOrigin, url }: ApiRequest): string {
	if (url === undefined) return `${fromOrigin ? new URL(baseUrl).origin : baseUrl}${path}`;
	const secure = URL.canParse(url) && new URL(url).protocol === 'https:';
	const open = /^http:/i.test(baseUrl) && URL.canParse(url) && new URL(url).protocol === 'http:';
	if (secure || open) return url;
	throw new ApiError('The server handed out an address that is not secure', {
		code: 'insecure_address',
		path,
		baseUrl,
	});
}

async function exchange(
	sender: Sender,
	request: ApiRequest,
	options: IHttpRequestOptions,
	withCredential: boolean,
): Promise<Answer> {
	const { ctx, baseUrl, scrub } = sender;
	try {
		const response = withCredential
			? await authenticated(sender, request, { ...options })
			: await anonymous(ctx, { ...options });
		return {
			status: response.statusCode,
			headers: plainHeaders(response.headers as Record<string, unknown>),
			body: response.body,
		};
	} catch (error) {
		if (cancelSignalOf(ctx)?.aborted) throw canceled();
		const answer = answerWithin(error);
		if (answer) return answer;
		throw (sender.networkError ?? networkError)(
			{ method: request.method, path: request.path, baseUrl },
			...fault(error, scrub),
		);
	} finally {
		// An answer may come before the file is through; what is left of it is let go.
		const { body } = options as { body?: object };
		if (body && isNodeStream(body)) body.destroy();
	}
}

/** The 401 that is left when a renewed OAuth2 token does not help either. */
function answerWithin(error: unknown): Answer | undefined {
	const { cause } = error as { cause?: { response?: { status?: unknown } } };
	const response = cause?.response as
		{ status?: unknown; headers?: Record<string, unknown>; data?: unknown } | undefined;
	if (typeof response?.status !== 'number') return undefined;
	const { status, headers, data } = response;
	return { status, headers: plainHeaders(headers), body: data };
}

async function authenticated(
	{ ctx, credential, data, credentialOptions }: Sender,
	request: ApiRequest,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	const caller = request.detached ? withoutSignal(ctx) : ctx;
	const decrypted = data && { id: '', name: credential, type: credential, data: data(request) };
	const additional = {
		...credentialOptions,
		...(decrypted && { credentialsDecrypted: decrypted }),
	};
	return (await caller.helpers.httpRequestWithAuthentication.call(
		caller,
		credential,
		options,
		additional as never,
	)) as IN8nHttpFullResponse;
}

/** n8n puts the execution's signal into every request of a context that has one. */
function withoutSignal(ctx: HttpContext): HttpContext {
	const detached = { getExecutionCancelSignal: { value: () => undefined } };
	return Object.create(ctx, detached) as HttpContext;
}

async function anonymous(
	ctx: HttpContext,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	return (await ctx.helpers.httpRequest(options)) as IN8nHttpFullResponse;
}

/** Node's code and the client's words, from an error that also holds the request with its key. */
function fault(error: unknown, scrub: (text: string) => string): [string | undefined, string] {
	const outer = error as { cause?: unknown; message?: string; code?: unknown };
	const inner = (outer.cause ?? outer) as { code?: unknown; message?: string };
	const code = typeof inner.code === 'string' ? inner.code : undefined;
	return [code, scrub(inner.message ?? outer.message ?? 'The request could not be sent')];
}

async function refusal(
	{ baseUrl, scrub, answerError }: Sender,
	{ method, path }: ApiRequest,
	{ status, headers, body }: Answer,
	code?: string,
): Promise<ApiError> {
	const answer = { status, headers, body: scrub(await bodyText(body)) };
	return answerError({ method, path, baseUrl }, answer, Date.now(), code);
}

function redirectError(
	{ baseUrl, answerError }: Sender,
	{ method, path }: ApiRequest,
	status: number,
	to: URL,
): ApiError {
	const message = `The server redirects to ${to.origin}${to.pathname}.`;
	const answer = { status, headers: {}, body: JSON.stringify({ message }) };
	return answerError({ method, path, baseUrl }, answer, Date.now(), 'redirect');
}

function definedOnly(query: ApiRequest['query']): IDataObject | undefined {
	if (!query) return undefined;
	return Object.fromEntries(
		Object.entries(query).filter(([, value]) => value !== undefined),
	) as IDataObject;
}
