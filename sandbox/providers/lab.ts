/** What the stand-ins of all providers share: files, jobs that go on with each look, deployments, chat. In memory. */
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { asStandIn, listen } from '../tickets/standIn';

export type Json = Record<string, unknown>;

export interface Seen {
	method: string;
	/** Without query. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, unknown>;
	body: unknown;
}

export interface LabFile {
	id: string;
	filename: string;
	purpose: string;
	bytes: number;
	created_at: number;
	content: Buffer;
	/** Other fields of the form. */
	fields: Record<string, string>;
}

/** Something that changes its state as it is looked at: a job, a deployment, a model under way. */
export interface Course<T = Json> {
	id: string;
	/** What is left of its states, the present one first. */
	states: string[];
	created_at: number;
	data: T;
}

export interface LabOptions {
	port?: number;
	/** The state of new jobs, look by look; each provider has its own by default. */
	course?: string[];
	/** Seconds since the epoch. */
	now?: () => number;
}

/** A provider's documented face on the shared parts. */
export type Face = (lab: Lab) => void;

/** The key that every stand-in takes. */
export const LAB_KEY = 'sandbox-key-0123456789';

export class Lab {
	readonly app: FastifyInstance;
	readonly requests: Seen[] = [];
	readonly files = new Map<string, LabFile>();
	readonly jobs = new Map<string, Course>();
	readonly deployments = new Map<string, Course>();
	/** Models that answer a chat. */
	readonly models = new Set<string>();
	private count = 0;

	constructor(readonly options: LabOptions) {
		this.app = Fastify({
			forceCloseConnections: true,
			// Ids may hold escaped slashes.
			routerOptions: { maxParamLength: 500 },
		});
		asStandIn(this.app);
		void this.app.register(multipart);
		this.app.removeContentTypeParser('application/json');
		this.app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, text, done) => {
			try {
				done(null, text === '' ? {} : JSON.parse(text as string));
			} catch (cause) {
				done(cause as Error, undefined);
			}
		});
		this.app.addHook('preHandler', async ({ method, url, query, headers, body }) => {
			const path = url.split('?')[0];
			this.requests.push({ method, path, query: query as Json, headers, body });
		});
	}

	/** Refuses requests without the key, in the provider's words. */
	requireKey(header: string, expected: string, refusal: [status: number, body: unknown]): void {
		this.app.addHook('onRequest', async ({ headers }, reply) => {
			if (headers[header] === expected) return;
			return await reply.code(refusal[0]).send(refusal[1]);
		});
	}

	seconds(): number {
		return this.options.now?.() ?? Math.floor(Date.now() / 1000);
	}

	nextId(prefix: string): string {
		return `${prefix}${String(++this.count).padStart(4, '0')}`;
	}

	/** Takes the file of a multipart form. */
	async receive(request: FastifyRequest, id: string): Promise<LabFile> {
		const fields: Record<string, string> = Object.create(null);
		let upload: { filename: string; content: Buffer } | undefined;
		for await (const part of request.parts()) {
			if (part.type === 'field') fields[part.fieldname] = String(part.value);
			else upload = { filename: part.filename, content: await part.toBuffer() };
		}
		const { filename, content } = upload ?? { filename: '', content: Buffer.alloc(0) };
		const file = {
			id,
			filename,
			content,
			bytes: content.length,
			purpose: fields.purpose ?? '',
			created_at: this.seconds(),
			fields,
		};
		this.files.set(id, file);
		return file;
	}

	addJob(id: string, data: Json, course: string[]): Course {
		return add(this.jobs, id, data, this.options.course ?? course, this.seconds());
	}

	addDeployment(id: string, data: Json, course: string[]): Course {
		return add(this.deployments, id, data, course, this.seconds());
	}

	/** A chat completion, or undefined where no such model answers. */
	complete({ model, messages }: Json): Json | undefined {
		if (!this.models.has(String(model))) return undefined;
		const last = (messages as Json[] | undefined)?.at(-1)?.content;
		return {
			id: this.nextId('chatcmpl-'),
			object: 'chat.completion',
			created: this.seconds(),
			model,
			choices: [
				{
					index: 0,
					message: { role: 'assistant', content: `Trained answer to: ${String(last)}` },
					finish_reason: 'stop',
				},
			],
			usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
		};
	}

	/** Requests of a method to a path, e.g. `POST /v1/files`. */
	seen(route: string): Seen[] {
		return this.requests.filter(({ method, path }) => `${method} ${path}` === route);
	}
}

/** The present state; each look but the last moves it on. */
export function look(course: Course): string {
	const state = course.states[0];
	if (course.states.length > 1) course.states.shift();
	return state;
}

export interface ProviderStandIn {
	url: string;
	lab: Lab;
	close(): Promise<void>;
}

/** Starts one provider's stand-in on this machine. */
export async function startProvider(
	face: Face,
	options: LabOptions = {},
): Promise<ProviderStandIn> {
	const lab = new Lab(options);
	face(lab);
	const url = await listen(lab.app, options.port ?? 0);
	return { url, lab, close: async () => await lab.app.close() };
}

/** A list with a cursor, as OpenAI pages. */
export function page<T extends { id: string }>(
	all: T[],
	query: unknown,
	present: (item: T) => unknown,
	standard = 20,
): Json {
	const { after, limit } = query as { after?: string; limit?: string };
	const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
	const shown = all.slice(start, start + Number(limit ?? standard));
	return {
		object: 'list',
		data: shown.map(present),
		first_id: shown[0]?.id ?? null,
		last_id: shown.at(-1)?.id ?? null,
		has_more: start + shown.length < all.length,
	};
}

/** Sends an error in the shape that OpenAI's API and most of its followers use. */
export async function refuse(reply: FastifyReply, status: number, message: string, code?: string) {
	return await reply
		.code(status)
		.send({ error: { message, type: 'invalid_request_error', param: null, code: code ?? null } });
}

function add(
	all: Map<string, Course>,
	id: string,
	data: Json,
	states: string[],
	created_at: number,
): Course {
	const course = { id, states: [...states], created_at, data };
	all.set(id, course);
	return course;
}
