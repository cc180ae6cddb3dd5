import OpenAI from 'openai';

import { multipartChunks, multipartType, isFile } from '../../../lib/http/multipart';
import type { ApiRequest, ApiResponse, FormPart, Transport } from '../../../lib/http/types';

/** What a request says, without what may differ between clients that mean the same. */
export interface Recorded {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string | null>;
	/** JSON as a value, forms as their parts. */
	body: unknown;
}

const BASE = 'http://127.0.0.1:9/v1';
/** What identifies the caller; the rest (user agent, SDK telemetry) is each client's own. */
const HEADERS_THAT_MATTER = ['authorization', 'openai-organization', 'openai-project'];

/** Answers that both clients can go on with; `data` makes it a list of one page. */
const ANSWER = {
	id: 'answer_1',
	status: 'completed',
	file: { id: 'file-1' },
	data: [{ id: 'item_1' }],
	has_more: false,
	created_at: 1,
};

/** Takes down every request and answers it without a network. */
export class Recorder {
	readonly requests: Recorded[] = [];

	constructor(private readonly answers: unknown[] = []) {}

	readonly fetch = async (
		input: string | URL | Request,
		init: RequestInit = {},
	): Promise<Response> => {
		const request = new Request(input, { ...init, duplex: 'half' } as RequestInit);
		const url = new URL(request.url);
		// The SDK asks its fetch for `data:,` to find out whether it can send forms.
		if (url.protocol === 'data:') return new Response();
		this.requests.push({
			method: request.method,
			path: decodeURIComponent(url.pathname),
			query: Object.fromEntries([...url.searchParams].sort()),
			headers: Object.fromEntries(
				HEADERS_THAT_MATTER.map((name) => [name, request.headers.get(name)]),
			),
			body: await bodyOf(request),
		});
		const answer = this.answers.length > 0 ? this.answers.shift() : ANSWER;
		return Response.json(answer);
	};

	sdk(): OpenAI {
		return new OpenAI({
			apiKey: 'sk-project',
			adminAPIKey: 'sk-admin',
			organization: 'org-1',
			project: 'proj_1',
			baseURL: BASE,
			maxRetries: 0,
			fetch: this.fetch,
		});
	}

	/** Our side: the same requests from lib/openai, sent by fetch. */
	transport(): Transport {
		return async <T>(request: ApiRequest): Promise<ApiResponse<T>> => {
			const url = new URL(BASE + request.path);
			for (const [name, value] of Object.entries(request.query ?? {})) {
				if (value !== undefined) url.searchParams.set(name, String(value));
			}
			const headers: Record<string, string> = {
				authorization: `Bearer ${request.admin ? 'sk-admin' : 'sk-project'}`,
				'openai-organization': 'org-1',
				'openai-project': 'proj_1',
			};
			const body = await encode(request, headers);
			const response = await this.fetch(url, { method: request.method, headers, body });
			const data = request.expect === 'stream' ? response.body : await response.json();
			return { status: response.status, headers: {}, data: data as T };
		};
	}
}

async function encode(
	{ form, body }: ApiRequest,
	headers: Record<string, string>,
): Promise<BodyInit | undefined> {
	if (form) {
		headers['content-type'] = multipartType('oracle');
		return new Uint8Array(await multipartBody(form));
	}
	if (!body) return undefined;
	headers['content-type'] = 'application/json';
	return JSON.stringify(body);
}

async function multipartBody(form: FormPart[]): Promise<Buffer> {
	const opened = await Promise.all(form.filter(isFile).map(async (part) => await part.content()));
	const chunks: Uint8Array[] = [];
	for await (const chunk of multipartChunks(form, 'oracle', opened)) chunks.push(chunk);
	return Buffer.concat(chunks);
}

async function bodyOf(request: Request): Promise<unknown> {
	const type = request.headers.get('content-type') ?? '';
	if (type.startsWith('multipart/form-data')) {
		const form = (await request.formData()) as unknown as Iterable<[string, string | File]>;
		const parts = await Promise.all(
			[...form].map(async ([name, value]) =>
				typeof value === 'string'
					? [name, value]
					: [name, { fileName: value.name, content: await value.text() }],
			),
		);
		return Object.fromEntries(parts as Array<[string, unknown]>);
	}
	const text = await request.text();
	return text === '' ? undefined : (JSON.parse(text) as unknown);
}
