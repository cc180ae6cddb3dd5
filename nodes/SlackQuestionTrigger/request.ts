/** The request as Slack has sent it, if it was Slack. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { MAX_BODY_BYTES } from '../../lib/slack/envelope';
import { headerFault, signatureFault } from '../../lib/slack/signature';
import { SLACK_CREDENTIAL } from '../shared/slack';
import { type Refusal, signedBody } from '../shared/webhook';
import { faultBySecret } from '../shared/webhookSecret';

const SECRET = { credential: SLACK_CREDENTIAL, field: 'signingSecret' };

/** Never throws. */
export async function checkedRequest(
	ctx: IWebhookFunctions,
	now: number,
): Promise<{ body: Uint8Array } | Refusal> {
	const headers = ctx.getHeaderData();
	const signed = {
		timestamp: headers['x-slack-request-timestamp'],
		signature: headers['x-slack-signature'],
	};
	return await signedBody(ctx, {
		headerFault: headerFault(signed, now),
		maxBytes: MAX_BODY_BYTES,
		forgery: async (body) =>
			await faultBySecret(ctx, SECRET, now, (secret) =>
				signatureFault({ ...signed, body }, secret, now),
			),
	});
}
