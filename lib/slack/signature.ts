import { createHmac, timingSafeEqual } from 'node:crypto';

import { timestampFault } from '../signedTime';

const SIGNATURE = /^v0=[0-9a-f]{64}$/;

export interface SignedRequest {
	/** Header `x-slack-request-timestamp`: seconds since the epoch. */
	timestamp: unknown;
	/** Header `x-slack-signature`. */
	signature: unknown;
	/** The body, byte for byte. */
	body: Uint8Array;
}

/**
 * Why a request must not be believed; undefined where it is Slack's. Version 0 of Slack's signatures, compared in
 * constant time, within five minutes either way. The texts are for a log: they hold nothing of the request and
 * nothing of the secret. https://docs.slack.dev/authentication/verifying-requests-from-slack
 *
 * @param secret - the app's signing secret; without one nothing is believed
 * @param now - milliseconds since the epoch
 */
export function signatureFault(
	{ timestamp, signature, body }: SignedRequest,
	secret: unknown,
	now: number,
): string | undefined {
	const signingSecret = typeof secret === 'string' ? secret.trim() : '';
	if (signingSecret === '') return "the credential has no 'Signing Secret'";
	const fault = headerFault({ timestamp, signature }, now);
	if (fault !== undefined) return fault;
	const mac = createHmac('sha256', signingSecret)
		.update(`v0:${String(timestamp)}:`)
		.update(body);
	const expected = Buffer.from(`v0=${mac.digest('hex')}`);
	// Both are 67 characters of ASCII here.
	return timingSafeEqual(expected, Buffer.from(String(signature)))
		? undefined
		: "its signature does not fit: it is forged or changed, or 'Signing Secret' of the credential is not the one of this app";
}

/** What can be told without the body, which need not be read then. */
export function headerFault(
	{ timestamp, signature }: Pick<SignedRequest, 'timestamp' | 'signature'>,
	now: number,
): string | undefined {
	if (timestamp === undefined || signature === undefined) return 'it is not signed';
	if (typeof signature !== 'string' || !SIGNATURE.test(signature)) return 'its signature is none';
	return timestampFault(timestamp, now);
}
