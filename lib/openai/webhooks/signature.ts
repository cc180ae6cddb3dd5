import { createHmac, timingSafeEqual } from 'node:crypto';

import { timestampFault } from '../../signedTime';

/** Base64 of 32 bytes. */
const DIGEST = /^[A-Za-z0-9+/]{43}=$/;
const MAX_ID_CHARS = 256;
/** While a secret is being replaced there are two; a list of thousands is an attack. */
const MAX_SIGNATURES = 16;
const MAX_SIGNATURE_CHARS = 2_000;

export interface SignedDelivery {
	/** Header `webhook-id`: the same for every try of one delivery. */
	id: unknown;
	/** Header `webhook-timestamp`: seconds since the epoch. */
	timestamp: unknown;
	/** Header `webhook-signature`: `v1,<base64>` one or more times, with spaces between. */
	signature: unknown;
	/** The body, byte for byte. */
	body: Uint8Array;
}

/**
 * Why a delivery must not be believed; undefined where it was signed with the secret. Standard Webhooks as OpenAI uses
 * them: HMAC-SHA256 over `id.timestamp.body`, any of the listed signatures, compared in constant time, within five
 * minutes either way. The texts are for a log: they hold nothing of the request and nothing of the secret.
 * https://platform.openai.com/docs/guides/webhooks#verifying-webhook-signatures
 *
 * @param secret - `whsec_` with the key in base64 behind it, or a plain text; without one nothing is believed
 * @param now - milliseconds since the epoch
 */
export function deliveryFault(
	{ id, timestamp, signature, body }: SignedDelivery,
	secret: unknown,
	now: number,
): string | undefined {
	const key = keyOf(secret);
	if (!key) return 'there is no signing secret to check it with';
	const fault = headerFault({ id, timestamp, signature }, now);
	if (fault !== undefined) return fault;
	const mac = createHmac('sha256', key)
		.update(`${String(id)}.${String(timestamp)}.`)
		.update(body)
		.digest();
	const genuine = digestsIn(String(signature)).some((digest) => timingSafeEqual(mac, digest));
	return genuine
		? undefined
		: 'its signature does not fit: it is forged or changed, or the signing secret is not the one of this endpoint';
}

/** What can be told without the body, which need not be read then. */
export function headerFault(
	{ id, timestamp, signature }: Omit<SignedDelivery, 'body'>,
	now: number,
): string | undefined {
	if (id === undefined || timestamp === undefined || signature === undefined) {
		return 'it is not signed';
	}
	if (typeof id !== 'string' || id === '' || id.length > MAX_ID_CHARS) return 'its ID is none';
	const tooLong = typeof signature === 'string' && signature.length > MAX_SIGNATURE_CHARS;
	if (typeof signature !== 'string' || tooLong || digestsIn(signature).length === 0) {
		return 'its signature is none';
	}
	return timestampFault(timestamp, now);
}

/** @returns undefined for a secret without a single byte, with which everybody could sign. */
function keyOf(secret: unknown): Buffer | undefined {
	const text = typeof secret === 'string' ? secret.trim() : '';
	const key = text.startsWith('whsec_')
		? Buffer.from(text.slice('whsec_'.length), 'base64')
		: Buffer.from(text, 'utf8');
	return key.length > 0 ? key : undefined;
}

/** Each has 32 bytes, as `timingSafeEqual` wants it; signatures of other versions are passed over. */
function digestsIn(signature: string): Buffer[] {
	return signature
		.split(' ', MAX_SIGNATURES)
		.filter((part) => part.startsWith('v1,') && DIGEST.test(part.slice(3)))
		.map((part) => Buffer.from(part.slice(3), 'base64'));
}
