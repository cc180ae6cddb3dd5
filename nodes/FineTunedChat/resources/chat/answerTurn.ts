import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type PriceTable, withOwnPrices } from '../../../../lib/cost';
import { CanceledError } from '../../../../lib/http/canceled';
import type { ApiResponse } from '../../../../lib/http/types';
import { type Answer, readAnswer } from '../../../../lib/openai/chat/answer';
import type { AnswerBody } from '../../../../lib/openai/chat/answerBytes';
import {
	askInTurn,
	FALLBACK_REASONS,
	type FailedAttempt,
} from '../../../../lib/openai/chat/fallback';
import { type ChatMemory, loadMemory } from '../../../../lib/openai/chat/memory';
import { type AnswerFacts, rawAnswer, simplifyAnswer } from '../../../../lib/openai/chat/output';
import { chatBody, streamed } from '../../../../lib/openai/chat/request';
import { readStreamedAnswer } from '../../../../lib/openai/chat/streamedAnswer';
import { type Connection, createTransport } from '../../../shared/transport';

import { type ChatWindow, openChatWindow } from './chatWindow';
import { connectedMemory, remember } from './memory';
import { noneAnswered } from './noneAnswered';
import { readModels } from './readModels';
import {
	type MessageOptions,
	readConversation,
	readOptions,
	readRequest,
	readUserMessage,
} from './readRequest';
import type { Turn } from './turns';

type Body = ReturnType<typeof chatBody>;

/** Asks one question and gives one item. */
export async function answerTurn(
	ctx: IExecuteFunctions,
	turn: Turn,
): Promise<INodeExecutionData[]> {
	const { itemIndex } = turn;
	const options = readOptions(ctx, itemIndex);
	const connection = await createTransport(ctx, itemIndex);
	const models = await readModels(ctx, itemIndex, connection, options.jobModel);
	const prices = withOwnPrices(options.prices?.rows);
	const user = readUserMessage(ctx, itemIndex);
	const memory = await connectedMemory(ctx, itemIndex);
	const remembered = memory ? await loadMemory(memory, user) : [];
	const messages = await readConversation(ctx, turn, options, remembered);
	const body = chatBody({
		...readRequest(ctx, itemIndex, options, messages),
		model: models[0],
	});

	const asked = await ask(ctx, itemIndex, connection, models, body, options);
	const json = (body.response_format?.type ?? 'text') !== 'text';
	return await finish(ctx, turn, asked, { json, memory, user, messages, options, prices });
}

interface Asked {
	completion: unknown;
	model: string;
	failed: FailedAttempt[];
	latencyMs: number;
}

/** Asks the models in turn; the time is that of the one that answered. */
async function ask(
	ctx: IExecuteFunctions,
	itemIndex: number,
	connection: Connection,
	models: string[],
	body: Body,
	options: MessageOptions,
): Promise<Asked> {
	const window = openChatWindow(ctx, itemIndex, options.enableStreaming ?? true);
	const reasons = options.fallbackOn ?? FALLBACK_REASONS;
	const { now, signal } = connection.surroundings;
	const timeout = Number(options.timeout) || undefined;
	let started = now();
	const outcome = await askInTurn(
		models,
		// What has been said in the chat cannot be taken back, so no other model starts anew.
		(reason) => reasons.includes(reason) && !window?.hasSpoken(),
		async (model) => {
			if (signal?.aborted) throw new CanceledError();
			started = now();
			return await complete(connection, { ...body, model }, timeout, window);
		},
	);
	await window?.close();
	if ('error' in outcome)
		throw noneAnswered(ctx.getNode(), itemIndex, outcome.error, outcome.failed);
	const { model, failed, answer } = outcome;
	return { completion: answer, model, failed, latencyMs: Math.round(now() - started) };
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

interface Circumstances {
	json: boolean;
	memory: ChatMemory | undefined;
	user: string;
	messages: Body['messages'];
	options: MessageOptions;
	prices: PriceTable;
}

async function finish(
	ctx: IExecuteFunctions,
	{ itemIndex, itemIndexes }: Turn,
	{ completion, model, failed, latencyMs }: Asked,
	{ json, memory, user, messages, options, prices }: Circumstances,
): Promise<INodeExecutionData[]> {
	const simplify = ctx.getNodeParameter('simplify', itemIndex) as boolean;
	const answer = readAnswer(completion, { json: json && simplify });
	await remember(ctx, memory, user, said(answer));
	const facts: AnswerFacts = {
		askedModel: model,
		failed,
		latencyMs,
		prices,
		conversation: options.returnConversation ? messages : undefined,
	};
	const result = simplify ? simplifyAnswer(answer, facts) : rawAnswer(completion as object, facts);
	return [
		{
			json: result as unknown as IDataObject,
			pairedItem: itemIndexes.map((item) => ({ item })),
		},
	];
}

function said({ choices: [{ output, refusal }] }: Answer): string {
	return output || refusal || '';
}
