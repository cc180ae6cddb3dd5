import type {
	ChatModel,
	ChatModelConfig,
	GenerateResult,
	Message,
	StreamChunk,
	Tool,
} from '@n8n/ai-node-sdk';

import { CanceledError } from '../../lib/http/canceled';
import type { ApiResponse } from '../../lib/http/types';
import { type Answer, readAnswer } from '../../lib/openai/chat/answer';
import type { AnswerBody } from '../../lib/openai/chat/answerBytes';
import {
	askInTurn,
	type FailedAttempt,
	type FallbackReason,
	type TurnOutcome,
} from '../../lib/openai/chat/fallback';
import { chatBody, streamed, type ChatRequest } from '../../lib/openai/chat/request';
import { streamedTexts } from '../../lib/openai/chat/streamedAnswer';
import type { Connection } from '../shared/transport';

import {
	argumentsText,
	finishReason,
	toApiMessages,
	toApiTools,
	tokenUsage,
	toMessage,
} from './messages';
import type { Sdk } from './sdk';

export interface ModelSettings {
	connection: Connection;
	/** The wanted model first, then those to fall back to. */
	models: readonly string[];
	fallbackOn: readonly FallbackReason[];
	/** What the user set, without model, messages and tools. */
	request: Omit<ChatRequest, 'model' | 'messages' | 'tools'>;
	/** The SDK's reading of a tool's parameters. */
	schemaOf: Sdk['getParametersJsonSchema'];
	/** Milliseconds for one try of one model. */
	timeout?: number;
	/** Hears which models were passed over before one answered. */
	onFallback: (answered: string, failed: FailedAttempt[]) => void;
	/** From what went wrong to the error that the AI node shows. */
	toError: (error: unknown, failed: FailedAttempt[]) => Error;
}

/**
 * A chat model for n8n's AI nodes. Requests go through the node's own transport, so that the key stays in n8n's HTTP
 * client, and every provider, retry and fallback works as in Fine-Tuned Chat.
 */
export class TunedChatModel implements ChatModel {
	readonly modelId: string;

	readonly provider: string;

	constructor(
		private readonly settings: ModelSettings,
		private readonly tools: readonly Tool[] = [],
	) {
		this.modelId = settings.models[0];
		this.provider = settings.connection.provider;
	}

	withTools(tools: Tool[]): TunedChatModel {
		return new TunedChatModel(this.settings, [...this.tools, ...tools]);
	}

	async generate(messages: Message[], config?: ChatModelConfig): Promise<GenerateResult> {
		const body = this.body(messages, config);
		const asked = await this.ask(config, async (model) => {
			const { data } = await this.send({ ...body, model });
			return readAnswer(data, { json: false });
		});
		const answer = this.answerOf(asked);
		return {
			message: toMessage(answer.choices[0]),
			finishReason: finishReason(answer.choices[0]),
			usage: tokenUsage(answer),
			providerMetadata: facts(asked, answer),
		};
	}

	/** A model that fails before its first word is followed by the next one; what has been said stays said. */
	async *stream(messages: Message[], config?: ChatModelConfig): AsyncGenerator<StreamChunk> {
		const body = streamed(this.body(messages, config));
		const asked = await this.ask(config, async (model) => {
			const { data, headers } = await this.send<AnswerBody>({ ...body, model }, true);
			const texts = streamedTexts(data, {
				contentType: headers['content-type'],
				silenceMs: this.settings.timeout,
			});
			return { texts, first: await texts.next() };
		});
		const { texts, first } = this.answerOf(asked);
		try {
			let next = first;
			while (!next.done) {
				yield { type: 'text-delta', delta: next.value };
				next = await texts.next();
			}
			yield* lastChunks(readAnswer(next.value, { json: false }));
		} catch (error) {
			throw this.settings.toError(error, asked.failed);
		} finally {
			// An AI node that stops listening would leave the answer open.
			await texts.return(undefined);
		}
	}

	private body(messages: Message[], config: ChatModelConfig = {}) {
		const { request, models, schemaOf, toError } = this.settings;
		// An agent sets stop words of its own; the rest is the user's choice in this node.
		const stop = config.stopSequences?.length ? { stop: config.stopSequences } : {};
		try {
			return chatBody({
				...request,
				options: { ...request.options, ...stop },
				model: models[0],
				messages: messages.flatMap(toApiMessages),
				tools: toApiTools(this.tools, schemaOf),
			});
		} catch (error) {
			throw toError(error, []);
		}
	}

	private async ask<T>(
		config: ChatModelConfig | undefined,
		ask: (model: string) => Promise<T>,
	): Promise<TurnOutcome<T>> {
		const { models, fallbackOn, connection } = this.settings;
		return await askInTurn(
			models,
			(reason) => fallbackOn.includes(reason),
			async (model) => {
				const stopped = connection.surroundings.signal?.aborted || config?.abortSignal?.aborted;
				if (stopped) throw new CanceledError();
				return await ask(model);
			},
		);
	}

	private answerOf<T>(asked: TurnOutcome<T>): T {
		const { onFallback, toError } = this.settings;
		if ('error' in asked) throw toError(asked.error, asked.failed);
		if (asked.failed.length > 0) onFallback(asked.model, asked.failed);
		return asked.answer;
	}

	private async send<T>(body: object, stream = false): Promise<ApiResponse<T>> {
		return await this.settings.connection.transport<T>({
			method: 'POST',
			path: '/chat/completions',
			// An answer that was lost costs a few tokens more, nothing else: OpenAI's own SDK asks again as well.
			retry: 'safe',
			timeout: this.settings.timeout,
			body,
			...(stream ? { expect: 'stream' } : {}),
		});
	}
}

/** What can be told only at the end: tool calls, whose arguments are whole then, and the tokens. */
function* lastChunks(answer: Answer): Generator<StreamChunk> {
	const [choice] = answer.choices;
	for (const { id, name, arguments: input } of choice.tool_calls ?? []) {
		yield { type: 'tool-call-delta', id, name, argumentsDelta: argumentsText(input) };
	}
	yield { type: 'finish', finishReason: finishReason(choice), usage: tokenUsage(answer) };
}

function facts({ model, failed }: TurnOutcome<unknown>, answer: Answer): Record<string, unknown> {
	return {
		asked_model: model,
		answered_by: answer.model,
		...(failed.length > 0 ? { failed_models: failed } : {}),
	};
}
