import multipart from '@fastify/multipart';
import Fastify, {
	type FastifyError,
	type FastifyInstance,
	type FastifyReply,
	type FastifyRequest,
} from 'fastify';

import { checkKey, type KeyRing } from './auth';
import { Refusal } from './errors';
import { faultAnswer, type Fault } from './faults';
import { newRequestId } from './ids';
import type { SeenRequest } from './requestLog';
import { audioRoutes } from './routes/audio';
import { chatRoutes } from './routes/chat';
import { completionRoutes } from './routes/completions';
import { controlRoutes } from './routes/control';
import { embeddingRoutes } from './routes/embeddings';
import { fileRoutes } from './routes/files';
import { graderRoutes } from './routes/graders';
import { imageRoutes } from './routes/images';
import { jobRoutes } from './routes/jobs';
import { modelRoutes } from './routes/models';
import { moderationRoutes } from './routes/moderations';
import { permissionRoutes } from './routes/permissions';
import { statusRoutes } from './routes/status';
import { storedRoutes } from './routes/stored';
import { uploadRoutes } from './routes/uploads';
import { webhookRoutes } from './routes/webhooks';
import type { Sandbox } from './sandbox';
import { isLoopbackUrl } from './webhooks';

/** A chat body with ten 10 MB images fits. */
const MAX_JSON_BYTES = 150 * 1024 * 1024;
const FIELD_LIMITS = { fieldSize: 64 * 1024, fields: 20, parts: 25 };

interface Exchange {
	startedAt: number;
	seen: SeenRequest;
	fault?: Fault;
}

/** The HTTP side: loopback guard, faults, keys, OpenAI's headers and error bodies, and all routes. */
export function buildHttp(
	sandbox: Sandbox,
	keys: KeyRing,
	afterRequest: () => void,
): FastifyInstance {
	const app = Fastify({
		bodyLimit: MAX_JSON_BYTES,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 500 },
	});
	const exchanges = new WeakMap<FastifyRequest, Exchange>();
	void app.register(multipart, { limits: FIELD_LIMITS, throwFileSizeLimit: false });
	allowEmptyJson(app);

	app.addHook('onRequest', async (request, reply) => {
		requireLoopback(request);
		const path = request.url;
		if (path.startsWith('/__sandbox/') || !path.startsWith('/v1')) return;
		const seen = sandbox.log.add({ method: request.method, path, status: null });
		const fault = sandbox.faults.take(request.method, path);
		exchanges.set(request, { startedAt: performance.now(), seen, fault });
		setOpenAiHeaders(reply);
		if (fault) {
			seen.fault = describe(fault);
			if (await meet(fault, request, reply)) return reply;
		}
		checkKey(request, keys, path);
		await sandbox.jobs.catchUp();
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const exchange = exchanges.get(request);
		if (!exchange) return payload;
		if (exchange.fault?.reset === 'after') {
			reply.hijack();
			request.raw.socket.resetAndDestroy();
			return payload;
		}
		exchange.seen.status = reply.statusCode;
		const spent = Math.round(performance.now() - exchange.startedAt);
		void reply.header('openai-processing-ms', String(spent));
		return payload;
	});
	app.addHook('onResponse', async () => afterRequest());

	app.setErrorHandler((error: FastifyError | Refusal, _request, reply) => {
		const refusal = error instanceof Refusal ? error : translate(error);
		return reply.code(refusal.status).type('application/json').send(refusal.body());
	});
	app.setNotFoundHandler((request, reply) => {
		const { method, url } = request;
		return reply
			.code(404)
			.send(new Refusal(404, `Invalid URL (${method} ${url.split('?')[0]})`).body());
	});

	for (const routes of [
		modelRoutes,
		fileRoutes,
		uploadRoutes,
		jobRoutes,
		permissionRoutes,
		chatRoutes,
		storedRoutes,
		webhookRoutes,
		controlRoutes,
		statusRoutes,
		graderRoutes,
		moderationRoutes,
		imageRoutes,
		audioRoutes,
		completionRoutes,
		embeddingRoutes,
	]) {
		routes(app, sandbox);
	}
	return app;
}

/** A page on the Internet must not reach the sandbox, neither directly nor through a name that it points at this machine. */
function requireLoopback({ headers: { host, origin } }: FastifyRequest): void {
	if (isLoopbackUrl(`http://${host}`) && (origin === undefined || isLoopbackUrl(origin))) return;
	throw new Refusal(403, 'The sandbox answers on localhost only.', { code: 'not_loopback' });
}

function setOpenAiHeaders(reply: FastifyReply): void {
	void reply.headers({
		'x-request-id': newRequestId(),
		'openai-version': '2020-10-01',
		'openai-organization': 'org-sandbox',
		'x-ratelimit-limit-requests': '10000',
		'x-ratelimit-limit-tokens': '2000000',
		'x-ratelimit-remaining-requests': '9999',
		'x-ratelimit-remaining-tokens': '1999000',
		'x-ratelimit-reset-requests': '6ms',
		'x-ratelimit-reset-tokens': '30ms',
	});
}

/** Lets a fault act before the work; answers whether the request is thereby done with. */
async function meet(fault: Fault, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
	if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs).unref());
	if (fault.reset === 'before') {
		reply.hijack();
		request.raw.socket.resetAndDestroy();
		return true;
	}
	const answer = faultAnswer(fault);
	if (!answer) return false;
	// What is left of the upload is thrown away, so that the client gets to read the answer.
	request.raw.resume();
	void reply.code(answer.status).headers(answer.headers);
	const text = typeof answer.body === 'string';
	if (!text) void reply.type('application/json');
	await reply.send(text ? answer.body : JSON.stringify(answer.body));
	return true;
}

function describe({ preset, status, reset, html, delayMs }: Fault): string {
	const parts = [
		preset,
		status,
		reset && `reset ${reset}`,
		html && 'html',
		delayMs && `${delayMs} ms`,
	];
	return parts.filter(Boolean).join(', ');
}

/** Fastify's own refusals in OpenAI's shape; anything unexpected is a 500 that names itself. */
function translate(error: FastifyError): Refusal {
	const status = error.statusCode ?? 500;
	if (status >= 500) {
		return new Refusal(500, `The sandbox failed: ${error.message}`, { type: 'server_error' });
	}
	if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
		return new Refusal(400, 'Invalid content type. Send application/json or multipart/form-data.');
	}
	if (status === 413) return new Refusal(413, 'The request is too large.');
	return new Refusal(
		400,
		`We could not parse the JSON body of your request. (${error.message}) The API expects a JSON payload.`,
	);
}

/** POST without a body but with `content-type: application/json` is common (cancel, pause); fastify refuses it by default. */
function allowEmptyJson(app: FastifyInstance): void {
	const parse = app.getDefaultJsonParser('error', 'error');
	app.removeContentTypeParser('application/json');
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
		if (body === '') done(null, undefined);
		else void parse(request, body as string, done);
	});
}
