import type { FastifyInstance } from 'fastify';

import { checkBody, type Rule } from '../check';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import { listBody, queryLimit, queryText, type Query } from '../lists';
import type { EndpointRecord } from '../records';
import type { Sandbox } from '../sandbox';
import { isLoopbackUrl, newSigningSecret } from '../webhooks';

interface ById {
	Params: { id: string };
}

/** What the sandbox can send. OpenAI has more: batch.*, response.*, eval.run.*, … */
const EVENT_TYPES = [
	'fine_tuning.job.succeeded',
	'fine_tuning.job.failed',
	'fine_tuning.job.cancelled',
];
const DAY_MS = 24 * 60 * 60 * 1000;
const BASE = '/v1/webhook_endpoints';

const eventType: Rule = { type: 'string', oneOf: EVENT_TYPES };
const FIELDS: Record<string, Rule> = {
	name: { type: 'string', nullable: false, minLength: 1, maxLength: 256 },
	url: { type: 'string', nullable: false, minLength: 1, maxLength: 2048 },
	event_types: { type: 'array', nullable: false, minLength: 1, items: eventType },
};

/** Endpoints that are told when a job ends; known from the official SDK (webhooks), not in the specification yet. */
export function webhookRoutes(app: FastifyInstance, { store, clock, webhooks }: Sandbox): void {
	const find = (id: string): EndpointRecord => {
		const endpoint = store.get('endpoint', id);
		if (!endpoint) throw notFound(`No such webhook endpoint: ${id}`, 'webhook_endpoint_id');
		return endpoint;
	};

	app.get('/v1/webhook_event_types', () => ({ object: 'list', data: EVENT_TYPES }));

	app.post(BASE, ({ body: json }) => {
		const required = Object.entries(FIELDS).map(([name, rule]) => [
			name,
			{ ...rule, required: true },
		]);
		const body = checkBody(json, Object.fromEntries(required) as Record<string, Rule>);
		checkUrl(body.url);
		const now = clock.seconds();
		const endpoint = {
			id: newId('whe_'),
			created_at: now,
			updated_at: now,
			...(body as unknown as Pick<EndpointRecord, 'name' | 'url' | 'event_types'>),
			secret: newSigningSecret(),
		};
		store.put('endpoint', endpoint);
		return { ...present(endpoint), signing_secret: endpoint.secret };
	});

	app.get<{ Querystring: Query }>(BASE, ({ query }) => {
		const page = {
			after: queryText(query, 'after'),
			limit: queryLimit(query, 20, 100),
			order: 'desc' as const,
		};
		return listBody(store, 'endpoint', page, present);
	});

	app.get<ById>(`${BASE}/:id`, ({ params }) => present(find(params.id)));

	app.post<ById>(`${BASE}/:id`, ({ params, body: json }) => {
		const endpoint = find(params.id);
		const body = checkBody(json ?? {}, FIELDS);
		if (body.url !== undefined) checkUrl(body.url);
		const changed = { ...endpoint, ...body, updated_at: clock.seconds() };
		store.put('endpoint', changed);
		return present(changed);
	});

	app.delete<ById>(`${BASE}/:id`, ({ params }) => {
		const { id } = find(params.id);
		store.remove('endpoint', id);
		return { id, object: 'webhook_endpoint.deleted', deleted: true };
	});

	app.post<ById>(`${BASE}/:id/rotate_secret`, ({ params, body: json }) => {
		const endpoint = find(params.id);
		const body = checkBody(json ?? {}, {
			keep_old_secret_active_for_24_hours: { type: 'boolean' },
		});
		const { oldSecret: _secret, oldSecretUntil: _until, ...kept } = endpoint;
		const rotated = {
			...kept,
			secret: newSigningSecret(),
			updated_at: clock.seconds(),
			...(body.keep_old_secret_active_for_24_hours === true && {
				oldSecret: endpoint.secret,
				oldSecretUntil: clock.now() + DAY_MS,
			}),
		};
		store.put('endpoint', rotated);
		return { ...present(rotated), signing_secret: rotated.secret };
	});

	app.post<ById>(`${BASE}/:id/test`, async ({ params, body: json }) => {
		const endpoint = find(params.id);
		const body = checkBody(json, { event_type: { ...eventType, required: true } });
		const status_code = await webhooks.sample(endpoint, body.event_type as string);
		if (status_code === null) throw badRequest('The webhook endpoint could not be reached.', 'url');
		return {
			object: 'webhook_endpoint.test',
			webhook_endpoint_id: endpoint.id,
			event_type: body.event_type,
			status_code,
			success: true,
		};
	});
}

/** OpenAI asks for https; the sandbox delivers to this machine only and takes http there. */
function checkUrl(url: unknown): void {
	if (isLoopbackUrl(String(url))) return;
	const message =
		'The sandbox delivers webhooks to this machine only: use a URL on localhost or 127.0.0.1.';
	throw badRequest(message, 'url', 'invalid_value');
}

function present(endpoint: EndpointRecord) {
	const { id, created_at, updated_at, name, url, event_types, secret } = endpoint;
	return {
		id,
		object: 'webhook_endpoint' as const,
		created_at,
		updated_at,
		name,
		url,
		event_types,
		signing_secret_hint: `whsec_...${secret.slice(-4)}`,
	};
}
