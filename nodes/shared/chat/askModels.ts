import { CanceledError } from '../../../lib/http/canceled';
import type { ApiResponse } from '../../../lib/http/types';
import type { AnswerBody } from '../../../lib/openai/chat/answerBytes';
import {
	askInTurn,
	FALLBACK_REASONS,
	type FailedAttempt,
	type FallbackReason,
} from '../../../lib/openai/chat/fallback';
import { type chatBody, streamed } from '../../../lib/openai/chat/request';
import { readStreamedAnswer } from '../../../lib/openai/chat/streamedAnswer';
import type { Connection } from '../transport';

import type { ChatWindow } from './chatWindow';

type Body = ReturnType<typeof chatBody>;

export interface Asking {
	models: string[];
	body: Body;
	/** All reasons when absent. */
	fallbackOn?: readonly FallbackReason[];
	/** Milliseconds for one try of one model. */
	timeout?: number;
	/** Where the answer is shown while it is written. */
	window?: ChatWindow;
}

export type Asked = { model: string; failed: FailedAttempt[]; latencyMs: number } & (
	{ completion: unknown } | { error: unknown }
);

/** Asks the models in turn; the time is that of the one that answered. */
export async function askModels(
	connection: Connection,
	{ models, body, fallbackOn = FALLBACK_REASONS, timeout, window }: Asking,
): Promise<Asked> {
	const { now, signal } = connection.surroundings;
	let started = now();
	const outcome = await askInTurn(
		models,
		// What has been said in the chat cannot be taken back, so no other model starts anew.
		(reason) => fallbackOn.includes(reason) && !window?.hasSpoken(),
		async (model) => {
			if (signal?.aborted) throw new CanceledError();
			started = now();
			window?.begin?.();
			return await complete(connection, { ...body, model }, timeout, window);
		},
	);
	const { model, failed } = outcome;
	const latencyMs = Math.round(now() - started);
	return 'error' in outcome
		? { model, failed, latencyMs, error: outcome.error }
		: { model, failed, latencyMs, completion: outcome.answer };
}

async function complete(
	{ transport }: Connection,
	body: Body,
	timeout: number | undefined,
	window: ChatWindow | undefined,
): Promise<unknown> {
	const request = {
		method: 'POST',
		path: '/chat/completions',
		// An answer that was lost costs a few tokens more, nothing else: OpenAI's own SDK asks again as well.
		retry: 'safe',
		timeout,
	} as const;
	if (!window) return (await transport({ ...request, body })).data;
	const { data, headers }: ApiResponse<AnswerBody> = await transport({
		...request,
		body: streamed(body),
		expect: 'stream',
	});
	return await readStreamedAnswer(data, {
		contentType: headers['content-type'],
		onText: window.say,
		silenceMs: timeout,
	});
}
