/** One endpoint of its own for a trigger: there while the workflow is published, gone afterwards. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { SettingError } from '../settingError';

import {
	createEndpoint,
	deleteEndpoint,
	getEndpoint,
	listEndpoints,
	type NewEndpoint,
} from './endpoints';

/** What has to be kept to recognise the endpoint and to check its deliveries. */
export interface Registration {
	endpointId: string;
	signingSecret: string;
}

/** Whether the endpoint is there as it should be, and its secret known. */
export async function isRegistered(
	transport: Transport,
	known: Partial<Registration>,
	wanted: NewEndpoint,
): Promise<boolean> {
	if (!known.endpointId || !known.signingSecret) return false;
	const endpoint = await orMissing(getEndpoint(transport, known.endpointId));
	if (!endpoint || endpoint.url !== wanted.url) return false;
	const there = new Set(endpoint.event_types.map(String));
	return there.size === wanted.eventTypes.length && wanted.eventTypes.every((t) => there.has(t));
}

/**
 * Makes the endpoint. Those that it replaces go first: the one known so far, e.g. for an address that n8n has no more,
 * and one that an earlier process left behind for the same address, whose secret is known to nobody.
 *
 * @param known - what is kept of an earlier registration
 * @param needsHttps - false for stand-ins on this machine
 * @throws SettingError when the address is none that OpenAI delivers to; ApiError as the server answers
 */
export async function register(
	transport: Transport,
	known: Partial<Registration>,
	wanted: NewEndpoint,
	needsHttps: boolean,
): Promise<Registration> {
	if (needsHttps && !isPublicHttps(wanted.url)) throw unreachable(wanted.url);
	const leftOver = (await listEndpoints(transport)).filter(
		({ id, url }) => id === known.endpointId || url === wanted.url,
	);
	for (const { id } of leftOver) await orMissing(deleteEndpoint(transport, id));
	const { id: endpointId, signing_secret: signingSecret } = await createEndpoint(transport, wanted);
	return { endpointId, signingSecret };
}

/** Removes the endpoint; one that is gone already is as good. */
export async function unregister(transport: Transport, endpointId: string): Promise<void> {
	await orMissing(deleteEndpoint(transport, endpointId));
}

async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
	return await asked.catch(async (cause: unknown) => {
		const missing = cause instanceof ApiError && cause.details.status === 404;
		return await (missing ? undefined : Promise.reject(cause as Error));
	});
}

function isPublicHttps(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname } = new URL(address);
	return protocol === 'https:' && !/^(localhost|127\..*|\[::1\]|0\.0\.0\.0)$/.test(hostname);
}

function unreachable(address: string): SettingError {
	const origin = URL.canParse(address) ? new URL(address).origin : address.slice(0, 100);
	return new SettingError(
		`OpenAI cannot deliver webhooks to ${origin}`,
		"It delivers to public https addresses only. Set n8n's WEBHOOK_URL to the address under which it can be reached from outside, or set 'Mode' to Polling.",
		'Mode',
	);
}
