/** Addresses that the server tells about events, https://platform.openai.com/docs/api-reference/webhook-endpoints. */
import type {
	WebhookEndpoint,
	WebhookEndpointWithSecret,
} from 'openai/resources/webhooks/webhooks';

import { collectPages } from '../../http/pages';
import type { Transport } from '../../http/types';

const PATH = '/webhook_endpoints';

export interface NewEndpoint {
	/** For people, in the list of the project's settings. */
	name: string;
	/** https, except at stand-ins. */
	url: string;
	/** E.g. `fine_tuning.job.succeeded`. */
	eventTypes: readonly string[];
}

/** The only call, beside `rotateSecret`, that tells the signing secret (`signing_secret`). Never tried twice blindly. */
export async function createEndpoint(
	transport: Transport,
	{ name, url, eventTypes }: NewEndpoint,
): Promise<WebhookEndpointWithSecret> {
	const { data } = await transport<WebhookEndpointWithSecret>({
		method: 'POST',
		path: PATH,
		body: { name, url, event_types: [...eventTypes] },
	});
	return data;
}

/** All endpoints of the project, newest first. */
export async function listEndpoints(transport: Transport): Promise<WebhookEndpoint[]> {
	return await collectPages<WebhookEndpoint>(transport, { path: PATH });
}

/** @throws ApiError of status 404 when there is none of this id. */
export async function getEndpoint(transport: Transport, id: string): Promise<WebhookEndpoint> {
	const { data } = await transport<WebhookEndpoint>({ method: 'GET', path: pathOf(id) });
	return data;
}

export async function deleteEndpoint(transport: Transport, id: string): Promise<void> {
	await transport({ method: 'DELETE', path: pathOf(id) });
}

/**
 * Makes a new signing secret, e.g. after the old one was seen by others.
 *
 * @param keepOldForADay - deliveries are then signed with both for 24 hours
 */
export async function rotateSecret(
	transport: Transport,
	id: string,
	keepOldForADay = false,
): Promise<WebhookEndpointWithSecret> {
	const { data } = await transport<WebhookEndpointWithSecret>({
		method: 'POST',
		path: `${pathOf(id)}/rotate_secret`,
		body: { keep_old_secret_active_for_24_hours: keepOldForADay },
	});
	return data;
}

/** What endpoints can be told about, e.g. `fine_tuning.job.failed`, `batch.completed`. */
export async function listEventTypes(transport: Transport): Promise<string[]> {
	const { data } = await transport<{ data?: unknown }>({
		method: 'GET',
		path: '/webhook_event_types',
	});
	return Array.isArray(data.data) ? data.data.map(String) : [];
}

function pathOf(id: string): string {
	return `${PATH}/${encodeURIComponent(id)}`;
}
