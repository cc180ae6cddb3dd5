/** The request as Slack has sent it, if it was Slack. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { MAX_BODY_BYTES } from '../../lib/slack/envelope';
import { headerFault, signatureFault } from '../../lib/slack/signature';
import { SLACK_CREDENTIAL } from '../shared/slack';

export type CheckedRequest = { body: Uint8Array } | { status: 401 | 413; reason: string };

/** As n8n passes requests on; the body is there before, where n8n has read it for itself. */
interface RawRequest {
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
}

/** Never throws: n8n would make an execution of it, and anybody could send such requests. */
export async function checkedRequest(ctx: IWebhookFunctions, now: number): Promise<CheckedRequest> {
	const headers = ctx.getHeaderData();
	const timestamp = headers['x-slack-request-timestamp'];
	const signature = headers['x-slack-signature'];
	const fault = headerFault({ timestamp, signature }, now);
	if (fault !== undefined) return refused(fault);
	const body = await rawBodyOf(ctx.getRequestObject() as RawRequest);
	if (!body) return refused('n8n has no raw body of it, without which nothing can be checked');
	if (body.length > MAX_BODY_BYTES) return { status: 413, reason: 'its body is too long' };
	const secret = await signingSecretOf(ctx);
	if (secret === undefined) return refused('the credential cannot be read');
	const forged = signatureFault({ timestamp, signature, body }, secret, now);
	return forged === undefined ? { body } : refused(forged);
}

function refused(reason: string): CheckedRequest {
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

async function signingSecretOf(ctx: IWebhookFunctions): Promise<unknown> {
	try {
		const { signingSecret } = await ctx.getCredentials(SLACK_CREDENTIAL);
		return signingSecret ?? '';
	} catch {
		return undefined;
	}
}
