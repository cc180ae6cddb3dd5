/** Signed requests to the webhook of a trigger: what was signed, and answers that n8n has no part in. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** n8n has nothing to answer any more, and nothing to start. */
export const DONE: IWebhookResponseData = { noWebhookResponse: true };

export interface Refusal {
	status: keyof typeof REFUSALS;
	/** For the log. */
	reason: string;
}

/** What a stranger may know. */
const REFUSALS = {
	400: 'Bad request',
	401: 'Unauthorized',
	404: 'Not found',
	413: 'Payload too large',
};

export interface SignatureChecks {
	/** What can be told without the body, which is not read then. */
	headerFault: string | undefined;
	maxBytes: number;
	forgery: (body: Uint8Array) => Promise<string | undefined>;
}

/** As n8n passes requests on; the body is there before, where n8n has read it for itself. */
interface RawRequest {
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
}

/**
 * The body byte for byte, if its sender has signed it. Never throws, as `forgery` must not either: n8n would make an
 * execution of it, and anybody could send such requests.
 */
export async function signedBody(
	ctx: IWebhookFunctions,
	{ headerFault, maxBytes, forgery }: SignatureChecks,
): Promise<{ body: Uint8Array } | Refusal> {
	if (headerFault !== undefined) return unbelieved(headerFault);
	const body = await rawBodyOf(ctx.getRequestObject() as RawRequest);
	if (!body) return unbelieved('n8n has no raw body of it, without which nothing can be checked');
	if (body.length > maxBytes) return { status: 413, reason: 'its body is too long' };
	const forged = await forgery(body);
	return forged === undefined ? { body } : unbelieved(forged);
}

export function refuse(
	ctx: IWebhookFunctions,
	status: Refusal['status'],
	reason: string,
): IWebhookResponseData {
	log(ctx, 'warn', `refused a request (${status}): ${reason}`);
	return reply(ctx, status, { message: REFUSALS[status] });
}

/** Takes a request that starts nothing: its sender need not send it again. */
export function note(ctx: IWebhookFunctions, reason: string): IWebhookResponseData {
	log(ctx, 'debug', `took a request and started nothing: ${reason}`);
	return reply(ctx, 200);
}

/** The sender gets its answer now, before n8n starts the execution. */
export function reply(ctx: IWebhookFunctions, status: number, body?: object): IWebhookResponseData {
	const response = ctx.getResponseObject();
	if (body) response.status(status).json(body);
	else response.status(status).end();
	return DONE;
}

export function log(ctx: IWebhookFunctions, level: 'debug' | 'warn', message: string): void {
	const { name } = ctx.getNode();
	ctx.logger[level](`"${name}" ${message}`, { workflowId: ctx.getWorkflow().id });
}

function unbelieved(reason: string): Refusal {
	return { status: 401, reason };
}

async function rawBodyOf(request: RawRequest): Promise<Uint8Array | undefined> {
	try {
		if (request.rawBody === undefined) await request.readRawBody?.();
	} catch {
		return undefined;
	}
	// Whatever n8n made of the body is not what was signed.
	return request.rawBody instanceof Uint8Array ? request.rawBody : undefined;
}
