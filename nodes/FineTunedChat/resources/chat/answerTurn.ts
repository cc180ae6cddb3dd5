import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type PriceTable, withOwnPrices } from '../../../../lib/cost';
import { type Answer, readAnswer } from '../../../../lib/openai/chat/answer';
import type { FailedAttempt } from '../../../../lib/openai/chat/fallback';
import { type ChatMemory, loadMemory } from '../../../../lib/openai/chat/memory';
import { type AnswerFacts, rawAnswer, simplifyAnswer } from '../../../../lib/openai/chat/output';
import { chatBody } from '../../../../lib/openai/chat/request';
import { askModels } from '../../../shared/chat/askModels';
import { openChatWindow } from '../../../shared/chat/chatWindow';
import { connectedMemory, remember } from '../../../shared/chat/memory';
import { noneAnswered } from '../../../shared/chat/noneAnswered';
import { readModels } from '../../../shared/chat/readModels';
import { type Connection, createTransport } from '../../../shared/transport';

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

interface Answered {
	completion: unknown;
	model: string;
	failed: FailedAttempt[];
	latencyMs: number;
}

async function ask(
	ctx: IExecuteFunctions,
	itemIndex: number,
	connection: Connection,
	models: string[],
	body: Body,
	options: MessageOptions,
): Promise<Answered> {
	const window = openChatWindow(ctx, itemIndex, options.enableStreaming ?? true);
	const asked = await askModels(connection, {
		models,
		body,
		fallbackOn: options.fallbackOn,
		timeout: Number(options.timeout) || undefined,
		window,
	});
	await window?.close();
	if ('error' in asked) throw noneAnswered(ctx.getNode(), itemIndex, asked.error, asked.failed);
	return asked;
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
	{ completion, model, failed, latencyMs }: Answered,
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
