import type nock from 'nock';

import { GoldenSet } from '../../../nodes/GoldenSet/GoldenSet.node';
import { type HarnessItem, readBinary, runNode, type RunOptions } from '../harness';

export const MODEL_A = 'ft:gpt-4.1-mini-2025-04-14:acme::aaaaaaaa';
export const MODEL_B = 'ft:gpt-4.1-mini-2025-04-14:acme::bbbbbbbb';
export const BASE = 'https://api.openai.com';

export interface ChatBody {
	model: string;
	messages: Array<{ role: string; content: string }>;
	temperature?: number;
	tools?: unknown[];
	[field: string]: unknown;
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** The node in n8n's engine; parameters are laid over those of Record with a file. */
export async function golden(
	parameters: Record<string, unknown>,
	options: Partial<RunOptions> & { items: HarnessItem[] },
) {
	return await runNode({
		node: new GoldenSet(),
		parameters: { operation: 'record', ...parameters },
		credentials: { openAiFineTuningApi: { apiKey: 'sk-test' } },
		...options,
	});
}

export function file(lines: unknown[], name = 'data', json: object = {}): HarnessItem {
	const content = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
	return {
		json: json as never,
		files: { [name]: { content, fileName: `${name}.jsonl`, mimeType: 'application/jsonl' } },
	};
}

export function example(question: string, answer: string) {
	return {
		messages: [
			{ role: 'system', content: 'Answer briefly.' },
			{ role: 'user', content: question },
			{ role: 'assistant', content: answer },
		],
	};
}

/** Answers `count` chat requests; the bodies are collected. */
export function chats(
	mock: typeof nock,
	count: number,
	answer: (body: ChatBody) => unknown,
): ChatBody[] {
	const bodies: ChatBody[] = [];
	mock(BASE)
		.post('/v1/chat/completions')
		.times(count)
		.reply(async (request: Request) => {
			const body = (await request.json()) as ChatBody;
			bodies.push(body);
			const said = answer(body);
			if (Array.isArray(said)) return said as [number, object];
			return [200, completion(body.model, said)];
		});
	return bodies;
}

export function completion(model: string, said: unknown) {
	const message =
		typeof said === 'string'
			? { role: 'assistant', content: said }
			: { role: 'assistant', ...(said as object) };
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		model: `${model}-served`,
		choices: [{ index: 0, message, finish_reason: 'stop' }],
		usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
	};
}

/** What a judge says. */
export function judged(scores: object) {
	return {
		content: null,
		tool_calls: [
			{
				id: 'call_1',
				type: 'function',
				function: { name: 'save_judgement', arguments: JSON.stringify(scores) },
			},
		],
	};
}

export const lastText = ({ messages }: ChatBody) => messages.at(-1)!.content;

export async function fileText(item: { binary?: Record<string, unknown> }, field: string) {
	return (await readBinary(item.binary![field] as never)).toString('utf8');
}

export async function recordLines(item: { binary?: Record<string, unknown> }, field = 'record') {
	const text = await fileText(item, field);
	return text
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line) as Record<string, unknown>);
}
