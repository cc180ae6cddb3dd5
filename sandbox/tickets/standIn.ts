/** What the stand-ins of all ticket systems have in common: where they listen, whom they answer, and faults. */
import { setTimeout as wait } from 'node:timers/promises';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { type Fault, faultAnswer } from '../server/faults';
import { isLoopbackUrl } from '../server/webhooks';

/** Requests that are carried out but never answered. */
const cut = new WeakSet<FastifyRequest>();

/**
 * Makes a server one of this machine: a page on the Internet must not reach it through a name that it points here.
 * To be called before other hooks are added.
 */
export function asStandIn(app: FastifyInstance): void {
	app.addHook('onRequest', async ({ headers: { host, origin } }, reply) => {
		const isLocal = isLoopbackUrl(`http://${host}`);
		if (isLocal && (origin === undefined || isLoopbackUrl(origin))) return;
		return await reply.code(403).send({ message: 'The sandbox answers on localhost only' });
	});
	app.addHook('onSend', async (request, reply, payload) => {
		if (cut.has(request)) reset(request, reply);
		return payload;
	});
}

/** @returns the server's address */
export async function listen(app: FastifyInstance, port: number): Promise<string> {
	await app.listen({ port, host: '127.0.0.1' });
	return `http://127.0.0.1:${app.addresses()[0].port}`;
}

/** Lets a fault act before the work; answers whether the request is thereby done with. */
export async function meet(
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<boolean> {
	if (fault.delayMs) await wait(fault.delayMs, undefined, { ref: false });
	if (fault.reset === 'after') cut.add(request);
	if (fault.reset === 'before') {
		reset(request, reply);
		return true;
	}
	const answer = faultAnswer(fault);
	if (!answer) return false;
	request.raw.resume();
	const isText = typeof answer.body === 'string';
	void reply.code(answer.status).headers(answer.headers);
	if (!isText) void reply.type('application/json');
	await reply.send(isText ? answer.body : JSON.stringify(answer.body));
	return true;
}

function reset(request: FastifyRequest, reply: FastifyReply): void {
	reply.hijack();
	request.raw.socket.resetAndDestroy();
}
