/** Signing secrets of credentials, for requests that come in bursts. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { Remembered } from '../../lib/remembered';

/**
 * n8n makes a V8 isolate to resolve the expressions of a credential, each time that a webhook reads one: about 60 ms of
 * CPU, more than all else that it does for a request. So a burst reads once. Only the secret itself is kept.
 */
const SECRETS = new Remembered<unknown>();

/**
 * Why a request is not believed by a secret that the credential holds; undefined where it is. A secret that was replaced
 * counts at once, the one before it for up to half a minute where it is not asked for again. Never throws.
 *
 * @param now - milliseconds since the epoch
 * @param faultOf - what speaks against the request by this secret
 */
export async function faultBySecret(
	ctx: IWebhookFunctions,
	{ credential, field }: { credential: string; field: string },
	now: number,
	faultOf: (secret: unknown) => string | undefined,
): Promise<string | undefined> {
	const credentialId = ctx.getNode().credentials?.[credential]?.id;
	const id = credentialId ? `${credential}:${credentialId}` : undefined;
	const read = async () => (await ctx.getCredentials(credential))[field];
	try {
		return await SECRETS.faultBy(id, now, read, faultOf);
	} catch {
		return 'the credential cannot be read';
	}
}
