import type { IDataObject } from 'n8n-workflow';

import { QaExtractor } from '../../../nodes/QaExtractor/QaExtractor.node';
import { runNode, type RunOptions, type useNock } from '../harness';

export const API = 'https://api.openai.com/v1';
/** Has a price in the package's own table: 0.40 in, 1.60 out for a million tokens. */
export const MODEL = 'gpt-4.1-mini-2025-04-14';
export const SECRET = 'sk-not-to-be-seen';
export const credentials = { openAiFineTuningApi: { apiKey: SECRET } };

export const model = (value: unknown) => ({ __rl: true, mode: 'id', value }) as IDataObject;

export interface Pair {
	question: string;
	answer: string;
	solved: boolean;
	language: string;
	category: string;
	confidence: number;
	[more: string]: unknown;
}

export function pair(question: string, more: object = {}): Pair {
	return {
		question,
		answer: `Answer to ${question}`,
		solved: true,
		language: 'en',
		category: 'access',
		confidence: 0.9,
		...more,
	};
}

export function ticket(key: string, more: object = {}): IDataObject {
	return {
		source: 'jira',
		id: `id-${key}`,
		key,
		url: `https://acme.example/${key}`,
		title: `Title of ${key}`,
		question: `Problem of ${key}`,
		messages: [
			{ id: '1', role: 'agent', public: true, text: `Do this for ${key}` },
			{ id: '2', role: 'requester', public: true, text: 'Thanks, works' },
		],
		status: 'Done',
		resolved: true,
		tags: ['vpn'],
		people: ['Ann Bell'],
		...more,
	};
}

export const items = (...tickets: IDataObject[]) => tickets.map((json) => ({ json }));

/** A chat completion that calls the function with these arguments. */
export function called(args: unknown, more: object = {}): Record<string, unknown> {
	const text = typeof args === 'string' ? args : JSON.stringify(args);
	return completion(
		{
			content: null,
			tool_calls: [
				{ id: 'call_1', type: 'function', function: { name: 'save_pairs', arguments: text } },
			],
		},
		{ finish_reason: 'tool_calls', ...more },
	);
}

export const pairs = (...list: Pair[]) => called({ pairs: list });

export function completion(
	message: object,
	{ finish_reason = 'stop', ...more }: { finish_reason?: string; [more: string]: unknown } = {},
): Record<string, unknown> {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1,
		model: MODEL,
		choices: [
			{
				index: 0,
				message: { role: 'assistant', refusal: null, ...message },
				logprobs: null,
				finish_reason,
			},
		],
		usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
		...more,
	};
}

export function refusal(message: string, code: string | null = null, more: object = {}) {
	return { error: { message, code, type: 'invalid_request_error', param: null, ...more } };
}

export interface SentBody {
	model: string;
	messages: Array<{ role: string; content: string }>;
	[field: string]: unknown;
}

type Reply = Record<string, unknown> | [number, unknown, Record<string, string>?];

/** Answers each request by the key of the ticket in it; keeps what was sent. */
export function answerByTicket(
	nock: ReturnType<typeof useNock>,
	requests: number,
	reply: (key: string, count: number, body: SentBody) => Reply,
) {
	const bodies: SentBody[] = [];
	const counts = new Map<string, number>();
	nock(API)
		.post('/chat/completions')
		.times(requests)
		.reply(async (request: Request) => {
			const body = (await request.json()) as SentBody;
			bodies.push(body);
			const key = /Title of ([\w-]+)/.exec(body.messages.at(-1)!.content)?.[1] ?? '';
			const count = (counts.get(key) ?? 0) + 1;
			counts.set(key, count);
			const answer = reply(key, count, body);
			const [status, json, headers = {}] = Array.isArray(answer) ? answer : [200, answer];
			return [status, json as Record<string, unknown>, headers];
		});
	return bodies;
}

export async function extract(
	parameters: IDataObject,
	more: Omit<RunOptions, 'node' | 'parameters'> = {},
) {
	return await runNode({
		node: new QaExtractor(),
		parameters: {
			...(parameters.mode === 'withoutModel' ? {} : { model: model(MODEL) }),
			...parameters,
		},
		credentials,
		...more,
	});
}
