/** The way from a credential's fields to a provider and back, with fetch in the place of n8n's client. */
import { multipartChunks, multipartType, isFile } from '../../../lib/http/multipart';
import { retryModeOf, withRetries } from '../../../lib/http/retry';
import type { ApiRequest, ApiResponse, Surroundings, Transport } from '../../../lib/http/types';
import {
	authenticationHeaders,
	baseUrlOf,
	type ConnectionFields,
} from '../../../lib/openai/connection';
import { createJobOnce, isFindable } from '../../../lib/openai/createJob';
import { dialectOf } from '../../../lib/openai/dialects';
import { speak } from '../../../lib/openai/dialects/speak';
import type { Dialect } from '../../../lib/openai/dialects/types';
import { answerError } from '../../../lib/openai/errors';
import { buildJobBody, type JobSettings } from '../../../lib/openai/jobBody';
import { uploadFile } from '../../../lib/openai/uploadFile';
import { waitForJob } from '../../../lib/openai/waitForJob';

export interface Client {
	dialect: Dialect;
	/** Speaks OpenAI's API. */
	transport: Transport;
	/** Sends as it is. */
	send: Transport;
	surroundings: Surroundings;
	pauses: number[];
}

const LINE = '{"messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Ho"}]}\n';
export const CHAT_FILE = LINE.repeat(12);

/** A client with the credential's fields; it waits for nothing. */
export function connect(fields: ConnectionFields): Client {
	const pauses: number[] = [];
	let now = Date.parse('2026-11-21T12:00:00Z');
	const surroundings: Surroundings = {
		now: () => now,
		sleep: async (ms) => {
			pauses.push(ms);
			now += ms;
		},
		random: () => 0,
	};
	const dialect = dialectOf(fields.provider ?? 'openAi', fields);
	const send = fetchTransport(baseUrlOf(fields), authenticationHeaders(fields), surroundings);
	return { dialect, transport: speak(dialect, send), send, surroundings, pauses };
}

/** Uploads a training file, with the check that the provider's rules ask for. */
export async function upload(client: Client, text = CHAT_FILE, fileName = 'support.jsonl') {
	const content = Buffer.from(text);
	const file = {
		fileName,
		mimeType: 'application/jsonl',
		bytes: content.length,
		open: async function* () {
			yield content;
		},
	};
	const settings = {
		purpose: 'fine-tune',
		check: true,
		reuse: true,
		partsAboveBytes: 100e6,
		partBytes: 16e6,
		waitMs: 60_000,
	};
	return await uploadFile(client, file, settings);
}

/** Starts a job as the node does, once for each run. */
export async function create(
	{ dialect, transport, surroundings }: Client,
	settings: Omit<JobSettings, 'method'> & Partial<JobSettings>,
) {
	const body = buildJobBody({ method: 'supervised', ...settings }, dialect);
	const runId = isFindable(dialect) ? 'run-1' : undefined;
	return (await createJobOnce(transport, surroundings, body, { runId })).job;
}

export async function wait({ dialect, transport, surroundings }: Client, jobId: string) {
	const options = { timeoutMs: 3_600_000, firstIntervalMs: 1_000, maxIntervalMs: 10_000 };
	return await waitForJob(transport, surroundings, dialect, jobId, options);
}

export async function chat({ transport }: Client, model: string, more: object = {}) {
	const body = { model, messages: [{ role: 'user', content: 'VPN?' }], ...more };
	const { data } = await transport<{ choices: Array<{ message: { content: string } }> }>({
		method: 'POST',
		path: '/chat/completions',
		body,
	});
	return data.choices[0].message.content;
}

function fetchTransport(
	baseUrl: string,
	headers: Record<string, string>,
	surroundings: Surroundings,
): Transport {
	return async <T>(request: ApiRequest) =>
		await withRetries(
			async () => (await exchange(baseUrl, headers, request)) as ApiResponse<T>,
			retryModeOf(request),
			surroundings,
		);
}

async function exchange(
	baseUrl: string,
	credential: Record<string, string>,
	request: ApiRequest,
): Promise<ApiResponse> {
	const { method, path, fromOrigin, expect: wanted } = request;
	const url = new URL(request.url ?? `${fromOrigin ? new URL(baseUrl).origin : baseUrl}${path}`);
	for (const [name, value] of Object.entries(request.query ?? {})) {
		if (value !== undefined) url.searchParams.set(name, String(value));
	}
	const { type, body } = await bodyOf(request);
	const response = await fetch(url, {
		method,
		headers: {
			...(request.url ? {} : credential),
			...request.headers,
			...(type ? { 'content-type': type } : {}),
		},
		body: body && new Uint8Array(body),
		redirect: 'manual',
	});
	const headers: Record<string, string> = {};
	response.headers.forEach((value, name) => {
		headers[name] = value;
	});
	const { status } = response;
	if (request.accept?.includes(status)) return { status, headers, data: {} };
	const bytes = Buffer.from(await response.arrayBuffer());
	if (!response.ok) {
		throw answerError({ method, path, baseUrl }, { status, headers, body: bytes.toString() }, 0);
	}
	if (wanted === 'stream') {
		const stream = async function* () {
			yield bytes;
		};
		return { status, headers, data: stream() };
	}
	if (wanted === 'buffer') return { status, headers, data: bytes };
	return { status, headers, data: bytes.length > 0 ? JSON.parse(bytes.toString()) : {} };
}

async function bodyOf({ body, form, raw }: ApiRequest): Promise<{ type?: string; body?: Buffer }> {
	if (body) return { type: 'application/json', body: Buffer.from(JSON.stringify(body)) };
	if (raw) return { type: raw.mimeType, body: await whole(await raw.content()) };
	if (!form) return {};
	const opened = await Promise.all(form.filter(isFile).map(async (part) => await part.content()));
	const boundary = 'contract-test';
	return {
		type: multipartType(boundary),
		body: await whole(multipartChunks(form, boundary, opened)),
	};
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}
