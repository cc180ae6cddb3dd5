import { randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { CanceledError } from '../../../lib/http/canceled';
import { SettingError } from '../../../lib/openai/settingError';
import { withoutMentions } from '../../../lib/slack/answer/guard';
import { answerMetadata } from '../../../lib/slack/answer/message';
import { attempt } from '../../../lib/attempt';
import { remember } from '../../shared/chat/memory';
import { type NodeFailure, toNodeError } from '../../shared/errors';
import { textParameter } from '../../shared/parameters';
import { createSlack } from '../../shared/slack';

import { ask, type Reply } from '../ask';
import { deliver } from '../deliver';
import { readConversationMemory } from '../memory';
import { readAnswerOptions } from '../options';
import { readDestination, readFooter } from '../parameters';
import { describeDestination } from '../result';
import { openStream } from '../stream';
import { type AnswerRun, letGo, tellFailure } from '../tell';
import { beginStatus } from '../thinking';

/** Answer Question: status, model, answer in the thread, one after the other. */
export async function answer(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const run = await begin(ctx, itemIndex);
	const replied = await attempt(async () => await reply(ctx, itemIndex, run));
	if ('error' in replied) throw await failed(ctx, itemIndex, run, replied.error);
	const { said, model, memory } = replied.done;
	const posted: string[] = [];
	const delivered = await attempt(async () => await show(run, said, model, posted));
	if ('error' in delivered) {
		await letGo(run, ctx.getExecutionCancelSignal()?.aborted);
		throw undelivered(ctx, itemIndex, delivered.error, said, [
			...(run.stream?.messages ?? []),
			...posted,
		]);
	}
	await remember(ctx, memory, run.question, said);
	return [{ json: output(run, replied.done, delivered.done) }];
}

async function begin(ctx: IExecuteFunctions, itemIndex: number): Promise<AnswerRun> {
	const slack = await createSlack(ctx, itemIndex);
	const options = readAnswerOptions(ctx, itemIndex);
	const asked = readDestination(ctx, itemIndex, options.responseVisibility);
	const footer = readFooter(ctx, itemIndex);
	const question = textParameter(ctx, 'question', itemIndex).trim();
	const notes: string[] = [];
	const destination = await beginStatus(ctx, itemIndex, {
		slack,
		destination: asked,
		options,
		notes,
	});
	const answerId = randomUUID();
	const run: AnswerRun = {
		slack,
		destination,
		options,
		footer,
		question,
		notes,
		answerId,
		model: '',
	};
	run.stream = openStream(ctx, itemIndex, run);
	return run;
}

/** Everything that may fail before there is an answer. */
async function reply(ctx: IExecuteFunctions, itemIndex: number, run: AnswerRun): Promise<Reply> {
	if (run.question === '') {
		throw new SettingError(
			"'Question' is empty",
			'Give what was asked, e.g. {{ $json.text }} of the Slack Question Trigger.',
			'Question',
		);
	}
	const memory = await readConversationMemory(ctx, itemIndex, run);
	return await ask(ctx, itemIndex, run, memory);
}

async function failed(
	ctx: IExecuteFunctions,
	itemIndex: number,
	run: AnswerRun,
	error: unknown,
): Promise<NodeFailure> {
	if (ctx.getExecutionCancelSignal()?.aborted) {
		await letGo(run, true);
		return toNodeError(ctx.getNode(), new CanceledError(), itemIndex);
	}
	const untold = await tellFailure(run);
	const nodeError = toNodeError(ctx.getNode(), error, itemIndex);
	if (untold) nodeError.description = `${nodeError.description ?? ''} ${untold}`.trim();
	return nodeError;
}

interface Shown {
	ts: string[];
	notes: string[];
}

async function show(run: AnswerRun, said: string, model: string, posted: string[]): Promise<Shown> {
	const { slack, stream, destination, footer, question, answerId } = run;
	if (stream) {
		run.model = model;
		await stream.finish(said, footer.blocks);
		return { ts: stream.messages, notes: stream.notes };
	}
	const metadata = (part: number) => answerMetadata({ answerId, part, question, model });
	const delivery = { text: withoutMentions(said), blocks: footer.blocks, metadata };
	return await deliver(slack, destination, delivery, posted);
}

/** An answer that is paid for is not lost: it is in the error. */
function undelivered(
	ctx: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
	said: string,
	posted: string[],
): NodeFailure {
	const nodeError = toNodeError(ctx.getNode(), error, itemIndex);
	const state =
		posted.length > 0
			? 'A part of the answer stands in Slack.'
			: 'The model has answered, but the answer is not in Slack.';
	nodeError.description = `${nodeError.description ?? ''} ${state}`.trim();
	nodeError.context.data = {
		...(nodeError.context.data as IDataObject),
		answer: said,
		ts: posted,
	};
	return nodeError;
}

function output(run: AnswerRun, { facts, said }: Reply, { ts, notes }: Shown): IDataObject {
	const { output: _output, ...about } = facts;
	const warnings = [...run.notes, ...notes];
	return {
		question: run.question,
		answer: said,
		...(about as unknown as IDataObject),
		...describeDestination(run.destination),
		ts,
		streamed: run.stream?.hasStreamed ?? false,
		feedback: run.footer.feedbackButtons && run.destination.kind === 'channel',
		...(warnings.length > 0 ? { warnings } : {}),
	};
}
