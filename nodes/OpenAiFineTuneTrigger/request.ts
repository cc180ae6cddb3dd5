/** A delivery as OpenAI has sent it, if it was OpenAI. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { deliveryFault, headerFault, MAX_BODY_BYTES } from '../../lib/openai/webhooks';
import { CREDENTIAL } from '../shared/transport';

import type { TriggerMode } from './settings';

export type CheckedDelivery =
	{ id: string; body: Uint8Array } | { status: 401 | 413; reason: string };

/** As n8n passes requests on; the body is there before, where n8n has read it for itself. */
interface RawRequest {
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
}

/** Never throws: n8n would make an execution of it, and anybody could send such requests. */
export async function checkedDelivery(
	ctx: IWebhookFunctions,
	mode: TriggerMode,
	now: number,
): Promise<CheckedDelivery> {
	const headers = ctx.getHeaderData();
	const signed = {
		id: headers['webhook-id'],
		timestamp: headers['webhook-timestamp'],
		signature: headers['webhook-signature'],
	};
	const fault = headerFault(signed, now);
	if (fault !== undefined) return refused(fault);
	const body = await rawBodyOf(ctx.getRequestObject() as RawRequest);
	if (!body) return refused('n8n has no raw body of it, without which nothing can be checked');
	if (body.length > MAX_BODY_BYTES) return { status: 413, reason: 'its body is too long' };
	const secret = await signingSecretOf(ctx, mode);
	const forged = deliveryFault({ ...signed, body }, secret, now);
	return forged === undefined ? { id: String(signed.id), body } : refused(forged);
}

function refused(reason: string): CheckedDelivery {
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

/** From where the endpoint was made: by this node, or by hand. */
async function signingSecretOf(ctx: IWebhookFunctions, mode: TriggerMode): Promise<unknown> {
	if (mode === 'webhook') return ctx.getWorkflowStaticData('node').signingSecret;
	try {
		const { webhookSigningSecret } = await ctx.getCredentials(CREDENTIAL);
		return webhookSigningSecret;
	} catch {
		return undefined;
	}
}
