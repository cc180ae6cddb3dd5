import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { commandQuestion, shortcutQuestion } from '../../lib/slack/command';
import { readBody, type SlackBody } from '../../lib/slack/envelope';
import { buttonRating, type Rating, reactionRating } from '../../lib/slack/feedback';
import { type Ignored, questionKeys, questionOf } from '../../lib/slack/question';
import type { SlackQuestion } from '../../lib/slack/types';
import { DONE, log, note, refuse, reply } from '../shared/webhook';

import { rated } from './rated';
import { checkedRequest } from './request';
import { readSettings, type TriggerSettings } from './settings';
import { stateOf, type TriggerState } from './state';

type Found = SlackQuestion | Rating | Ignored;

/** One request: refused, answered, or answered and made an item of the first or second output. */
export async function receive(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const now = Date.now();
	const request = await checkedRequest(ctx, now);
	if (!('body' in request)) return refuse(ctx, request.status, request.reason);
	const body = readBody(request.body);
	if (body.kind === 'challenge') return reply(ctx, 200, { challenge: body.challenge });
	if (body.kind === 'malformed') return refuse(ctx, 400, 'its body cannot be read');
	if (body.kind === 'other') return note(ctx, `"${body.name}" asks for nothing`);
	const settings = readSettings(ctx);
	const state = stateOf(ctx, now);
	const found = findIn(body, settings, state, now);
	if ('ignored' in found) return ignore(ctx, body, found.ignored);
	if (!state.seen.claim(keysOf(found), now)) return note(ctx, 'it has been here before');
	if ('rating' in found) return await takeRating(ctx, state, found);
	return takeQuestion(ctx, state, found, settings, now);
}

function findIn(
	body: Extract<SlackBody, { kind: 'event' | 'interaction' | 'slashCommand' }>,
	{ filters, reactions, shortcutCallbackId }: TriggerSettings,
	{ threads }: TriggerState,
	now: number,
): Found {
	if (body.kind === 'slashCommand') return commandQuestion(body.fields, filters);
	if (body.kind === 'interaction') {
		const { payload } = body;
		if (payload.type === 'block_actions') return buttonRating(payload, filters);
		if (payload.type !== 'message_action') return { ignored: 'it is another interaction' };
		return shortcutQuestion(payload, filters, shortcutCallbackId);
	}
	const { envelope, event } = body;
	if (event.type === 'message' || event.type === 'app_mention') {
		const knowsThread = (thread: string) => threads.has(thread, now);
		return questionOf(envelope, event, { filters, knowsThread });
	}
	if (event.type === 'reaction_added' || event.type === 'reaction_removed') {
		return reactionRating(envelope, event, filters, reactions);
	}
	return { ignored: 'it is another event' };
}

function keysOf(found: SlackQuestion | Rating): string[] {
	if ('rating' in found) return [`feedback:${found.eventId}`];
	const { kind, eventId } = found;
	// One message may be asked about by several people, each with the shortcut.
	if (kind === 'messageShortcut' || kind === 'slashCommand') return [`${kind}:${eventId}`];
	return questionKeys(found);
}

/** Slack gets its answer before n8n starts the execution. */
function takeQuestion(
	ctx: IWebhookFunctions,
	state: TriggerState,
	question: SlackQuestion,
	{ commandReply }: TriggerSettings,
	now: number,
): IWebhookResponseData {
	if (question.kind === 'slashCommand') reply(ctx, 200, ephemeral(commandReply));
	else reply(ctx, 200);
	if (question.replyThreadTs && !question.isDirectMessage) {
		state.threads.note(question.sessionKey, now);
	}
	state.save();
	const json = { ...question } as unknown as IDataObject;
	return { ...DONE, workflowData: [[{ json }], []] };
}

async function takeRating(
	ctx: IWebhookFunctions,
	state: TriggerState,
	rating: Rating,
): Promise<IWebhookResponseData> {
	reply(ctx, 200);
	state.save();
	const feedback = await rated(ctx, rating);
	if ('ignored' in feedback) {
		log(ctx, 'debug', `left out a rating: ${feedback.ignored}`);
		return DONE;
	}
	return { ...DONE, workflowData: [[], [{ json: { ...feedback } as unknown as IDataObject }]] };
}

/** Whoever used a command reads why nothing comes of it; events are only counted as received. */
function ignore(ctx: IWebhookFunctions, { kind }: SlackBody, reason: string): IWebhookResponseData {
	if (kind === 'slashCommand') return reply(ctx, 200, ephemeral(reason));
	return note(ctx, reason);
}

function ephemeral(text: string): object | undefined {
	return text.trim() === '' ? undefined : { response_type: 'ephemeral', text };
}
