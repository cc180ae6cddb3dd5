/** A delivery as OpenAI has sent it, if it was OpenAI. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { deliveryFault, headerFault, MAX_BODY_BYTES } from '../../lib/openai/webhooks';
import { CREDENTIAL } from '../shared/transport';
import { type Refusal, signedBody } from '../shared/webhook';
import { faultBySecret } from '../shared/webhookSecret';

import type { TriggerMode } from './settings';

const OWN_SECRET = { credential: CREDENTIAL, field: 'webhookSigningSecret' };

/** Never throws. */
export async function checkedDelivery(
	ctx: IWebhookFunctions,
	mode: TriggerMode,
	now: number,
): Promise<{ id: string; body: Uint8Array } | Refusal> {
	const headers = ctx.getHeaderData();
	const signed = {
		id: headers['webhook-id'],
		timestamp: headers['webhook-timestamp'],
		signature: headers['webhook-signature'],
	};
	const checked = await signedBody(ctx, {
		headerFault: headerFault(signed, now),
		maxBytes: MAX_BODY_BYTES,
		forgery: async (body) =>
			await faultByMode(ctx, mode, now, (secret) =>
				deliveryFault({ ...signed, body }, secret, now),
			),
	});
	return 'body' in checked ? { ...checked, id: String(signed.id) } : checked;
}

/** The secret is where the endpoint was made: by this node, or by hand. */
async function faultByMode(
	ctx: IWebhookFunctions,
	mode: TriggerMode,
	now: number,
	faultOf: (secret: unknown) => string | undefined,
): Promise<string | undefined> {
	if (mode === 'webhook') return faultOf(ctx.getWorkflowStaticData('node').signingSecret);
	return await faultBySecret(ctx, OWN_SECRET, now, faultOf);
}
