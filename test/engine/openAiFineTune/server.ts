import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { SECRETS } from './api';

export interface Hit {
	/** Method and path, e.g. `POST /v1/files`. */
	route: string;
	headers: http.IncomingHttpHeaders;
	body: Buffer;
}

/** A status with a JSON body, or `'reset'`: the connection breaks. */
export type Reply = [status: number, json?: unknown] | 'reset';

/** A small server of a test file, for what nock cannot do: large and streamed bodies, broken connections. */
export class TestServer {
	hits: Hit[] = [];
	/** Called when a request has arrived as a whole. */
	answer: (hit: Hit, index: number) => Reply = () => [404];
	/** Takes a request over before its body is read. */
	takeOver?: http.RequestListener;

	private readonly server = http.createServer((request, response) => {
		if (this.takeOver) this.takeOver(request, response);
		else void this.handle(request, response);
	});

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Credentials whose requests come here, with all secrets set. */
	get credentials() {
		return { openAiFineTuningApi: { ...SECRETS, provider: 'other', baseUrl: `${this.url}/v1` } };
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	routes(): string[] {
		return this.hits.map(({ route }) => route);
	}

	private async handle(request: http.IncomingMessage, response: http.ServerResponse) {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { method, url, headers } = request;
		const hit = { route: `${method} ${url?.split('?')[0]}`, headers, body: Buffer.concat(chunks) };
		this.hits.push(hit);
		const reply = this.answer(hit, this.hits.length - 1);
		if (reply === 'reset') return void request.socket.resetAndDestroy();
		response.writeHead(reply[0], { 'content-type': 'application/json' });
		response.end(JSON.stringify(reply[1] ?? {}));
	}
}

/** A server that is started for a test file and forgets everything before each test. */
export function useServer(): TestServer {
	const server = new TestServer();
	beforeAll(async () => await server.start());
	beforeEach(() => {
		server.hits = [];
		server.takeOver = undefined;
		server.answer = () => [404];
	});
	afterAll(async () => await server.stop());
	return server;
}

/** The fields and the file of a multipart body, read by the platform's own parser. */
export async function formOf({ headers, body }: Hit) {
	const response = new Response(new Uint8Array(body), {
		headers: { 'content-type': headers['content-type'] ?? '' },
	});
	const form = await response.formData();
	const fields: Record<string, string> = {};
	const uploaded: File[] = [];
	form.forEach((value, name) => {
		if (typeof value === 'string') fields[name] = value;
		else uploaded.push(value);
	});
	const [file] = uploaded;
	return { fields, file: { name: file?.name, content: Buffer.from(await file?.arrayBuffer()) } };
}
