/** Asks the models a question from Slack. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';

import { withOwnPrices } from '../../lib/cost';
import { type Answer, AnswerError, readAnswer } from '../../lib/openai/chat/answer';
import { buildConversation } from '../../lib/openai/chat/conversation';
import type { ChatMemory } from '../../lib/openai/chat/memory';
import { type SimpleAnswer, simplifyAnswer } from '../../lib/openai/chat/output';
import { chatBody } from '../../lib/openai/chat/request';
import { askModels } from '../shared/chat/askModels';
import type { ChatWindow } from '../shared/chat/chatWindow';
import { noneAnswered } from '../shared/chat/noneAnswered';
import { readModels } from '../shared/chat/readModels';
import { textParameter } from '../shared/parameters';
import { createTransport } from '../shared/transport';

import type { AnswerRun } from './tell';

export interface Reply {
	/** What the model has said, its refusal included. */
	said: string;
	/** The one that has answered. */
	model: string;
	facts: SimpleAnswer;
	memory: ChatMemory | undefined;
}

export interface Remembered {
	messages: ChatCompletionMessageParam[];
	/** To be told of the answer. */
	memory?: ChatMemory;
}

export async function ask(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ options, question, stream }: AnswerRun,
	{ messages: remembered, memory }: Remembered,
): Promise<Reply> {
	const connection = await createTransport(ctx, itemIndex);
	const models = await readModels(ctx, itemIndex, connection, options.jobModel);
	const messages = buildConversation({
		system: textParameter(ctx, 'systemMessage', itemIndex),
		systemRole: options.systemMessageRole,
		remembered,
		user: question,
	});
	const body = chatBody({
		model: models[0],
		messages,
		options: { ...options, metadata: options.metadata?.values },
		extraBody: options.extraBody,
	});
	const asked = await askModels(connection, {
		models,
		body,
		fallbackOn: options.fallbackOn,
		timeout: Number(options.timeout) || undefined,
		window: stream && windowOf(stream),
	});
	if ('error' in asked) throw noneAnswered(ctx.getNode(), itemIndex, asked.error, asked.failed);
	const { model, failed, latencyMs } = asked;
	const answer = readAnswer(asked.completion, { json: false });
	const prices = withOwnPrices(options.prices?.rows);
	const facts = simplifyAnswer(answer, { askedModel: model, failed, latencyMs, prices });
	return { said: saidIn(answer), model: facts.model, facts, memory };
}

function windowOf(stream: NonNullable<AnswerRun['stream']>): ChatWindow {
	return {
		begin: () => stream.begin(),
		say: async (text) => await stream.say(text),
		close: async () => {},
		hasSpoken: () => stream.hasSpoken(),
	};
}

/** @throws AnswerError for an answer that says nothing */
function saidIn({ choices: [{ output, refusal, finish_reason: reason }] }: Answer): string {
	const said = (output || refusal || '').trim();
	if (said !== '') return said;
	const advice: Record<string, string> = {
		length: "It has used up its tokens before it said anything: raise the option 'Max Tokens'.",
		content_filter: "The provider's content filter has held the answer back.",
	};
	throw new AnswerError(
		`The model gave an empty answer (finish reason: ${reason})`,
		advice[reason] ?? 'Ask again, or check the system message and the training examples.',
	);
}
