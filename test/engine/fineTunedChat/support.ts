import type { IDataObject } from 'n8n-workflow';

import { FineTunedChat } from '../../../nodes/FineTunedChat/FineTunedChat.node';
import { runNode, type RunOptions, type useNock } from '../harness';

export const API = 'https://api.openai.com/v1';
export const TUNED = 'ft:gpt-4o-mini-2024-07-18:acme::abc12345';
export const BASE = 'gpt-4o-mini-2024-07-18';
export const SECRET = 'sk-not-to-be-seen';
export const credentials = { openAiFineTuningApi: { apiKey: SECRET } };

export const model = (value: unknown, mode = 'id') => ({ __rl: true, mode, value }) as IDataObject;
export const fallback = (...ids: string[]) => ({ models: ids.map((id) => ({ model: model(id) })) });

export function completion(message: object, more: object = {}): Record<string, unknown> {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1,
		model: TUNED,
		choices: [
			{
				index: 0,
				message: { role: 'assistant', refusal: null, ...message },
				logprobs: null,
				finish_reason: 'stop',
			},
		],
		usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
		...more,
	};
}

export function refusal(message: string, code: string | null = null, more: object = {}) {
	return { error: { message, code, type: 'invalid_request_error', param: null, ...more } };
}

export interface SentBody {
	model: string;
	messages: Array<{ role: string; content: unknown }>;
	[field: string]: unknown;
}

/** Foresees chat requests, one for each answer, and keeps their bodies. */
export function foresee(
	nock: ReturnType<typeof useNock>,
	...answers: Array<Record<string, unknown> | [number, unknown, Record<string, string>?]>
) {
	const bodies: SentBody[] = [];
	for (const answer of answers) {
		const [status, body, headers] = Array.isArray(answer) ? answer : [200, answer];
		nock(API)
			.post('/chat/completions', (sent: SentBody) => bodies.push(sent) > 0)
			.reply(status, body as Record<string, unknown>, headers);
	}
	return bodies;
}

export async function chat(
	parameters: IDataObject,
	more: Omit<RunOptions, 'node' | 'parameters'> = {},
) {
	return await runNode({
		node: new FineTunedChat(),
		parameters: { model: model(TUNED), ...parameters },
		credentials,
		...more,
	});
}
