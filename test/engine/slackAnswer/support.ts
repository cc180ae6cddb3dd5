import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';

import { SlackAnswer } from '../../../nodes/SlackAnswer/SlackAnswer.node';
import { startNode, type RunOptions, type RunResult } from '../harness';

export const TUNED = 'ft:gpt-4o-mini-2024-07-18:acme::abc12345';
export const BASE = 'gpt-4o-mini-2024-07-18';
export const BOT_TOKEN = 'xoxb-not-to-be-seen';
export const model = (value: string) => ({ __rl: true, mode: 'id', value });

/** A question as the trigger gives it out. */
export const question = (more: IDataObject = {}): { json: IDataObject } => ({
	json: {
		kind: 'directMessage',
		text: 'What was the main complaint?',
		userId: 'U1',
		teamId: 'T1',
		channelId: 'D0001',
		ts: '1700000000.000100',
		replyThreadTs: '1700000000.000100',
		sessionKey: 'T1:D0001:1700000000.000100',
		...more,
	},
});

export type Json = Record<string, unknown>;

interface Call {
	method: string;
	args: Json;
	authorization?: string;
}

type Answer = Json | ((response: ServerResponse, call: Call) => void | Promise<void>);

const DEFAULTS: Record<string, Json> = {
	'auth.test': { ok: true, user_id: 'UBOT', bot_id: 'BBOT', team_id: 'T1' },
	'conversations.replies': { ok: true, messages: [] },
	'assistant.threads.setStatus': { ok: true },
	'chat.appendStream': { ok: true },
	'chat.stopStream': { ok: true },
	'chat.update': { ok: true },
};

/** Slack and the model's server on loopback, with what each call is answered. */
export class World {
	readonly calls: Call[] = [];
	private readonly orders = new Map<string, Answer[]>();
	private count = 0;
	private server!: Server;

	async start(): Promise<void> {
		this.server = createServer((request, response) => void this.handle(request, response));
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	reset(): void {
		this.calls.length = 0;
		this.orders.clear();
		this.count = 0;
	}

	/** What the next calls of a method (`chat/completions` for the model) are answered. */
	answer(method: string, ...answers: Answer[]): void {
		this.orders.set(method, [...(this.orders.get(method) ?? []), ...answers]);
	}

	/** The model's answers, whole. */
	says(...texts: string[]): void {
		for (const text of texts) this.answer('chat/completions', completion(text));
	}

	/** One answer as a stream, in pieces. */
	streams(pieces: string[], between: () => void | Promise<void> = () => {}, whole = true): void {
		this.answer('chat/completions', async (response) => {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			for (const piece of pieces) {
				response.write(chunk({ content: piece }));
				await new Promise((resolve) => setImmediate(resolve));
				await between();
			}
			if (!whole) return void response.destroy();
			response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
		});
	}

	methods(): string[] {
		return this.calls.map(({ method }) => method);
	}

	of(method: string): Json[] {
		return this.calls.filter((call) => call.method === method).map(({ args }) => args);
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	get credentials() {
		return {
			slackQuestionsApi: {
				signingSecret: 'f'.repeat(32),
				botToken: BOT_TOKEN,
				apiUrl: `${this.url}/api`,
			},
			openAiFineTuningApi: { provider: 'other', baseUrl: `${this.url}/v1`, apiKey: 'sk-hidden' },
		};
	}

	begin(parameters: IDataObject, more: Partial<RunOptions> = {}) {
		const operation = (parameters.operation ?? 'answer') as string;
		return startNode({
			node: new SlackAnswer(),
			items: [question()],
			credentials: this.credentials,
			parameters: {
				...(operation === 'answer' ? { model: model(TUNED), streamToSlack: false } : {}),
				...parameters,
			},
			...more,
		});
	}

	async run(parameters: IDataObject = {}, more: Partial<RunOptions> = {}): Promise<RunResult> {
		return await this.begin(parameters, more).result;
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://x');
		const method = url.pathname.replace(/^\/(api|v1)\//, '');
		const call = {
			method,
			args: { ...Object.fromEntries(url.searchParams), ...(await bodyOf(request)) },
			authorization: request.headers.authorization,
		};
		this.calls.push(call);
		const answer = this.orders.get(method)?.shift() ?? this.usual(method);
		if (typeof answer === 'function') return await answer(response, call);
		response.writeHead(200, { 'content-type': 'application/json', 'x-slack-req-id': 'req-1' });
		response.end(JSON.stringify(answer));
	}

	private usual(method: string): Json {
		if (method === 'chat.postMessage' || method === 'chat.startStream') {
			return { ok: true, ts: `1700000001.${String(++this.count).padStart(6, '0')}` };
		}
		return DEFAULTS[method] ?? { ok: false, error: 'unknown_method' };
	}
}

export const refuse = (
	status: number,
	body: Json,
	headers: Record<string, string> = {},
): Answer => {
	return (response) => {
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		response.end(JSON.stringify(body));
	};
};

/** The connection breaks; with `after` Slack has acted before that. */
export const hangUp: Answer = (response) => void response.destroy();

export const noModel = refuse(404, {
	error: { message: 'The model does not exist', code: 'model_not_found' },
});

export function completion(content: string | null, more: Json = {}): Json {
	return {
		id: 'c1',
		object: 'chat.completion',
		model: TUNED,
		choices: [
			{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop', ...more },
		],
		usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
	};
}

function chunk(delta: Json, finish: string | null = null): string {
	const choices = [{ index: 0, delta, finish_reason: finish }];
	return `data: ${JSON.stringify({ id: 'c', model: TUNED, choices })}\n\n`;
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const text = Buffer.concat(parts).toString();
	return text === '' ? {} : (JSON.parse(text) as Json);
}
