/** How Fireworks' gateway addresses, lists and refuses, https://docs.fireworks.ai/api-reference/introduction. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Json } from './lab';

/** The account that the stand-in knows. */
export const ACCOUNT = 'lab';
export const BASE = `/v1/accounts/${ACCOUNT}`;
/** https://docs.fireworks.ai/faq-new/fine-tuning/firectl-invalid-id-errors */
export const ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export interface Addressed {
	Params: { '*': string };
}

/** `id` or `id:verb` behind a collection; fastify itself would take the colon for a parameter. */
export function member(
	app: FastifyInstance,
	method: 'GET' | 'POST' | 'DELETE',
	collection: string,
	verbs: Record<string, (id: string, request: FastifyRequest, reply: FastifyReply) => unknown>,
): void {
	app.route<Addressed>({
		method,
		url: `${BASE}/${collection}/*`,
		handler: async (request, reply) => {
			const [id, verb = ''] = decodeURIComponent(request.params['*']).split(':');
			const handler = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
			if (!handler) return await refuse(reply, 404, 'NOT_FOUND', 'Not Found');
			return await handler(id, request as FastifyRequest, reply);
		},
	});
}

/** Lists have page tokens, which must come with the same size. */
export function paged(collection: string, all: Json[], query: unknown): Json {
	const { pageSize = '50', pageToken = '0' } = query as Record<string, string>;
	const end = Number(pageToken) + Number(pageSize);
	return {
		[collection]: all.slice(Number(pageToken), end),
		nextPageToken: end < all.length ? String(end) : '',
		totalSize: all.length,
	};
}

export function iso(seconds: number): string {
	return new Date(seconds * 1000).toISOString();
}

/** Numbers of gRPC's words, https://grpc.io/docs/guides/status-codes/. */
const CODES = {
	ALREADY_EXISTS: 6,
	FAILED_PRECONDITION: 9,
	INVALID_ARGUMENT: 3,
	NOT_FOUND: 5,
	UNAUTHENTICATED: 16,
} as const;

/** As gateways of gRPC write errors, https://grpc-ecosystem.github.io/grpc-gateway/docs/mapping/customizing_your_gateway/. */
export async function refuse(
	reply: FastifyReply,
	status: number,
	word: keyof typeof CODES,
	message: string,
) {
	return await reply.code(status).send({ code: CODES[word], message, details: [] });
}

export async function invalid(reply: FastifyReply, message: string) {
	return await refuse(reply, 400, 'INVALID_ARGUMENT', message);
}

export async function missing(reply: FastifyReply, what: string, id: string) {
	return await refuse(reply, 404, 'NOT_FOUND', `${what} ${id} not found`);
}

export async function exists(reply: FastifyReply, what: string, id: string) {
	return await refuse(reply, 409, 'ALREADY_EXISTS', `${what} ${id} already exists`);
}
