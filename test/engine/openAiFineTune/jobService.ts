/** A service with fine-tuning jobs on loopback, which misbehaves on demand. Only what these tests need. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

export interface SeenRequest {
	method: string;
	path: string;
	query: URLSearchParams;
	body: Json;
	authorization?: string;
}

export interface Fault {
	/** Of the requests it may hit, e.g. `POST /fine_tuning/jobs`. */
	on: string;
	/** `reset` breaks the connection; a number answers with that status. */
	give: 'reset' | number;
	/** Lets the server act before it misbehaves. */
	after?: boolean;
	code?: string;
	message?: string;
	headers?: Record<string, string>;
}

export interface Job extends Json {
	id: string;
	status: string;
}

const MODEL = 'gpt-4.1-mini-2025-04-14';

export class JobService {
	readonly requests: SeenRequest[] = [];
	/** Used up in order. */
	faults: Fault[] = [];
	jobs: Job[] = [];
	events: Json[] = [];
	checkpoints: Json[] = [];
	permissions: Json[] = [];
	files: Json[] = [];
	/** What a job goes through, one word a look. */
	course: string[] = ['running'];
	graderAnswer: (request: Json) => [status: number, body: Json] = ({ grader }) => [200, { grader }];

	private readonly server = createServer((request, response) => {
		void this.serve(request, response);
	});

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	reset(): void {
		Object.assign(this, {
			faults: [],
			jobs: [],
			events: [],
			checkpoints: [],
			permissions: [],
			files: [],
			course: ['running'],
		});
		this.graderAnswer = ({ grader }) => [200, { grader }];
		this.requests.length = 0;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
	}

	addJob(more: Json = {}): Job {
		const job = {
			id: `ftjob-${this.jobs.length + 1}`,
			object: 'fine_tuning.job',
			status: 'validating_files',
			model: MODEL,
			created_at: Math.floor(Date.now() / 1000),
			finished_at: null,
			fine_tuned_model: null,
			trained_tokens: null,
			training_file: 'file-1',
			validation_file: null,
			result_files: [],
			error: null,
			metadata: null,
			...more,
		};
		this.jobs.unshift(job);
		return job;
	}

	/** Requests to a path, e.g. `seen('POST /fine_tuning/jobs')`. */
	seen(on: string): SeenRequest[] {
		return this.requests.filter(({ method, path }) => `${method} ${path}` === on);
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const seen = await read(request);
		this.requests.push(seen);
		const fault = this.takeFault(`${seen.method} ${seen.path}`);
		const answer = !fault || fault.after ? this.answer(seen) : undefined;
		if (fault?.give === 'reset') return void request.socket.destroy();
		if (fault) {
			const { code = null, message = `status ${fault.give}`, headers } = fault;
			return send(response, fault.give as number, { error: { code, message } }, headers);
		}
		return send(response, ...answer!);
	}

	private takeFault(request: string): Fault | undefined {
		const index = this.faults.findIndex(({ on }) => on === request);
		return index < 0 ? undefined : this.faults.splice(index, 1)[0];
	}

	private answer({ method, path, query, body }: SeenRequest): [number, Json] {
		const [, , , id, action] = path.split('/').map(decodeURIComponent);
		const where = path.split('/')[2];
		if (path.startsWith('/files')) return this.answerFiles(method, path, body);
		if (where === 'alpha') return this.graderAnswer(body);
		if (where === 'checkpoints') return this.answerPermissions(method, path, query, body);
		if (path === '/fine_tuning/jobs') {
			if (method === 'POST') return [200, this.addJob(body)];
			return [
				200,
				list(
					this.jobs.filter((job) => matches(job, query)),
					query,
				),
			];
		}
		const job = this.jobs.find((each) => each.id === id);
		if (!job) return [404, { error: { code: 'fine_tune_not_found', message: `No job ${id}` } }];
		switch (action) {
			case 'events':
				return [200, list(this.events, query)];
			case 'checkpoints':
				return [200, list(this.checkpoints, query)];
			case 'cancel':
				return [200, Object.assign(job, { status: 'cancelled' })];
			case 'pause':
				return [200, Object.assign(job, { status: 'paused' })];
			case 'resume':
				return [200, Object.assign(job, { status: 'running' })];
		}
		return [200, this.look(job)];
	}

	private look(job: Job): Job {
		if (['succeeded', 'failed', 'cancelled'].includes(job.status)) return job;
		job.status = this.course.length > 1 ? this.course.shift()! : this.course[0];
		if (job.status === 'succeeded') {
			job.fine_tuned_model = `ft:${String(job.model)}:acme::${job.id}`;
			job.finished_at = Math.floor(Date.now() / 1000);
			job.trained_tokens = 5000;
			job.result_files = ['file-result'];
		}
		if (job.status === 'failed') {
			job.error = { code: 'invalid_n_examples', message: 'Training file has 3 example(s)' };
		}
		return job;
	}

	private answerFiles(method: string, path: string, body: Json): [number, Json] {
		if (method === 'GET' && path === '/files')
			return [200, list(this.files, new URLSearchParams())];
		if (method === 'POST') {
			const text = String(body.multipart);
			const file = {
				id: `file-${this.files.length + 1}`,
				object: 'file',
				status: 'processed',
				purpose: 'fine-tune',
				filename: /filename="([^"]*)"/.exec(text)?.[1],
				bytes: 100,
				created_at: 1,
			};
			this.files.push(file);
			return [200, file];
		}
		const file = this.files.find(({ id }) => path === `/files/${String(id)}`);
		return file ? [200, file] : [404, { error: { message: 'No such File object' } }];
	}

	private answerPermissions(
		method: string,
		path: string,
		query: URLSearchParams,
		body: Json,
	): [number, Json] {
		if (method === 'DELETE') {
			const id = path.split('/').at(-1);
			this.permissions = this.permissions.filter((permission) => permission.id !== id);
			return [200, { id, object: 'checkpoint.permission', deleted: true }];
		}
		if (method === 'GET') return [200, list(this.permissions, query)];
		const added = (body.project_ids as string[]).map((project_id, index) => ({
			id: `cp_${this.permissions.length + index + 1}`,
			object: 'checkpoint.permission',
			created_at: 1,
			project_id,
		}));
		this.permissions.push(...added);
		return [200, list(added, new URLSearchParams())];
	}
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString();
	const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
	const multipart = /multipart/.test(request.headers['content-type'] ?? '');
	return {
		method: request.method!,
		path: pathname.replace(/^\/v1/, ''),
		query: searchParams,
		body: multipart ? { multipart: text } : text ? (JSON.parse(text) as Json) : {},
		authorization: request.headers.authorization,
	};
}

function send(
	response: ServerResponse,
	status: number,
	body: Json,
	headers: Record<string, string> = {},
): void {
	const all = { 'content-type': 'application/json', 'x-request-id': 'req_test', ...headers };
	response.writeHead(status, all).end(JSON.stringify(body));
}

function list(all: Json[], query: URLSearchParams): Json {
	const start = query.has('after') ? all.findIndex(({ id }) => id === query.get('after')) + 1 : 0;
	const data = all.slice(start, start + Number(query.get('limit') ?? 20));
	return { object: 'list', data, has_more: start + data.length < all.length };
}

function matches(job: Job, query: URLSearchParams): boolean {
	return [...query].every(([name, value]) => {
		const field = /^metadata\[(.*)\]$/.exec(name)?.[1];
		return field === undefined || (job.metadata as Json | null)?.[field] === value;
	});
}
