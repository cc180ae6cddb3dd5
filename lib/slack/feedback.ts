/** Ratings of answers: presses of the two buttons, and reactions of people. */
import type { Transport } from '../http/types';
import type { PlainObject } from '../openai/chat/json';
import { plainMarkup } from './answer/markup';
import { ANSWER_EVENT, FAILURE_EVENT, FEEDBACK_ACTION } from './answer/message';
import { withMentions } from './answer/guard';
import { read } from './api/call';
import { type Filters, placeFault } from './filters';
import { type Ignored, ownUserId, threadKey } from './question';
import type { SlackFeedback } from './types';
import { filled, objectsAt, objectAt, textAt } from './fields';

/** A rating before it is known what it rates. */
export interface Rating {
	rating: 'good' | 'bad';
	source: 'button' | 'reaction';
	reaction?: string;
	userId: string;
	teamId: string;
	channelId: string;
	messageTs: string;
	removed?: true;
	eventId: string;
	/** The app's own user id, where it is known. */
	botUserId: string;
	/** The rated message, where it came along. */
	message?: PlainObject;
}

export interface ReactionNames {
	good: ReadonlySet<string>;
	bad: ReadonlySet<string>;
}

export const GOOD_REACTIONS = '+1, thumbsup, white_check_mark, heavy_check_mark, heart, 100';
export const BAD_REACTIONS = '-1, thumbsdown, x';

/** Parts of one answer are posted within seconds of each other. */
const NEAR_SECONDS = 300;
const MAX_MESSAGES = 100;

/** Names from a text with commas or spaces between them; colons and skin tones do no harm. */
export function readReactions(text: unknown): Set<string> {
	return new Set(
		String(text ?? '')
			.split(/[\s,;]/)
			.map((name) => baseName(name.replace(/^:|:$/g, '')))
			.filter(Boolean),
	);
}

/** A press of a feedback button: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export function buttonRating(payload: PlainObject, filters: Filters): Rating | Ignored {
	if (!filters.kinds.has('feedbackButton')) return { ignored: "'feedbackButton' is switched off" };
	const action = objectsAt(payload, 'actions').find(
		(one) => textAt(one, 'action_id') === FEEDBACK_ACTION,
	);
	const rating = textAt(action, 'value');
	if (rating !== 'good' && rating !== 'bad') return { ignored: 'it is another button' };
	const container = objectAt(payload, 'container');
	const message = objectAt(payload, 'message');
	const channelId = textAt(objectAt(payload, 'channel'), 'id') || textAt(container, 'channel_id');
	const messageTs = textAt(message, 'ts') || textAt(container, 'message_ts');
	const user = objectAt(payload, 'user');
	const userId = textAt(user, 'id');
	const fault = placeFault(filters, { channelId, userId, isDirect: channelId.startsWith('D') });
	if (fault !== undefined) return { ignored: fault };
	if (!channelId || !messageTs || !userId) return { ignored: 'it names no message or no user' };
	return {
		rating,
		source: 'button',
		userId,
		teamId: textAt(objectAt(payload, 'team'), 'id') || textAt(user, 'team_id'),
		channelId,
		messageTs,
		eventId: `${messageTs}:${userId}:${textAt(action, 'action_ts')}`,
		botUserId: textAt(message, 'user'),
		...(textAt(message, 'ts') ? { message } : {}),
	};
}

/** An event `reaction_added` or `reaction_removed`: https://docs.slack.dev/reference/events/reaction_added */
export function reactionRating(
	envelope: PlainObject,
	event: PlainObject,
	filters: Filters,
	names: ReactionNames,
): Rating | Ignored {
	if (!filters.kinds.has('feedbackReaction'))
		return { ignored: "'feedbackReaction' is switched off" };
	const me = ownUserId(envelope);
	const item = objectAt(event, 'item');
	const userId = textAt(event, 'user');
	const channelId = textAt(item, 'channel');
	const messageTs = textAt(item, 'ts');
	const reaction = baseName(textAt(event, 'reaction'));
	if (!me || textAt(event, 'item_user') !== me) return { ignored: 'it is not on an answer' };
	if (userId === me || !userId || !channelId || !messageTs)
		return { ignored: 'it is no reaction of a person to a message' };
	const rating = names.good.has(reaction) ? 'good' : names.bad.has(reaction) ? 'bad' : undefined;
	if (rating === undefined) return { ignored: 'the reaction rates nothing' };
	const fault = placeFault(filters, { channelId, userId, isDirect: channelId.startsWith('D') });
	if (fault !== undefined) return { ignored: fault };
	return {
		rating,
		source: 'reaction',
		reaction,
		userId,
		teamId: textAt(envelope, 'team_id'),
		channelId,
		messageTs,
		...(event.type === 'reaction_removed' ? { removed: true as const } : {}),
		eventId: textAt(envelope, 'event_id'),
		botUserId: me,
	};
}

/**
 * Finds out what was rated: from the message itself where it came along, from its thread otherwise.
 *
 * @throws ApiError as Slack refuses to show the thread
 */
export async function completeRating(
	transport: Transport,
	rating: Rating,
): Promise<SlackFeedback | Ignored> {
	const rated = rating.message ?? (await messageAt(transport, rating));
	if (!rated) return { ignored: 'the rated message is gone' };
	const { event, facts } = metadataOf(rated);
	if (event === FAILURE_EVENT) return { ignored: 'the message is no answer' };
	const threadTs = textAt(rated, 'thread_ts');
	const isWhole = event === ANSWER_EVENT && rating.message !== undefined && facts.part === 1;
	const thread =
		threadTs && !(isWhole && textAt(facts, 'question'))
			? await around(transport, rating, threadTs)
			: [rated];
	return feedbackFrom(rating, rated, thread, threadTs);
}

/** What is known without the thread, for a rating that was taken back. */
export function bareFeedback(rating: Rating, threadTs = ''): SlackFeedback {
	const { message: _message, botUserId: _me, ...known } = rating;
	const { teamId, channelId, messageTs } = rating;
	const sessionKey = threadKey(teamId, channelId, threadTs || messageTs);
	return { ...known, ...(threadTs ? { threadTs } : {}), sessionKey, answer: '' };
}

function feedbackFrom(
	rating: Rating,
	rated: PlainObject,
	thread: PlainObject[],
	threadTs: string,
): SlackFeedback {
	const { facts } = metadataOf(rated);
	const parent = thread.find((one) => textAt(one, 'ts') === threadTs && one !== rated);
	const isQuestion = parent && textAt(parent, 'user') !== rating.botUserId;
	const asked = isQuestion ? plainMarkup(textAt(parent, 'text'), rating.botUserId) : '';
	const answer = answerOf(rated, thread);
	const known = { question: textAt(facts, 'question') || asked, model: textAt(facts, 'model') };
	return { ...bareFeedback(rating, threadTs), answer, ...filled(known) };
}

/** All parts of an answer that was too long for one message. */
function answerOf(rated: PlainObject, thread: PlainObject[]): string {
	const id = textAt(metadataOf(rated).facts, 'answer_id');
	const parts = thread
		.map((message) => ({ message, facts: metadataOf(message).facts }))
		.filter(({ facts }) => id !== '' && textAt(facts, 'answer_id') === id)
		.sort((one, other) => Number(one.facts.part) - Number(other.facts.part));
	const messages = parts.length > 0 ? parts.map(({ message }) => message) : [rated];
	return messages.map(markdownOf).join('\n\n').trim();
}

function markdownOf(message: PlainObject): string {
	const written = objectsAt(message, 'blocks')
		.filter((block) => textAt(block, 'type') === 'markdown')
		.map((block) => textAt(block, 'text'));
	const text = written.join('\n\n') || plainMarkup(textAt(message, 'text'), '');
	return withMentions(text);
}

async function messageAt(
	transport: Transport,
	{ channelId, messageTs }: Rating,
): Promise<PlainObject | undefined> {
	const found = await replies(transport, {
		...{ channel: channelId, ts: messageTs, oldest: messageTs, latest: messageTs },
		limit: 2,
	});
	return found.find((one) => textAt(one, 'ts') === messageTs);
}

/** The thread's first message, and those near the rated one. */
async function around(
	transport: Transport,
	{ channelId, messageTs }: Rating,
	threadTs: string,
): Promise<PlainObject[]> {
	const seconds = Number(messageTs);
	const near = await replies(transport, {
		...{ channel: channelId, ts: threadTs, limit: MAX_MESSAGES },
		oldest: (seconds - NEAR_SECONDS).toFixed(6),
		latest: (seconds + NEAR_SECONDS).toFixed(6),
	});
	if (near.some((one) => textAt(one, 'ts') === threadTs)) return near;
	const first = await replies(transport, {
		...{ channel: channelId, ts: threadTs, limit: 1 },
		...{ oldest: threadTs, latest: threadTs },
	});
	return [...first, ...near];
}

async function replies(
	transport: Transport,
	query: { channel: string; ts: string; oldest: string; latest: string; limit: number },
): Promise<PlainObject[]> {
	const answer = await read(transport, 'conversations.replies', {
		...query,
		inclusive: true,
		include_all_metadata: true,
	});
	return objectsAt(answer, 'messages');
}

function metadataOf(message: PlainObject): { event: string; facts: PlainObject } {
	const metadata = objectAt(message, 'metadata');
	return { event: textAt(metadata, 'event_type'), facts: objectAt(metadata, 'event_payload') };
}

function baseName(reaction: string): string {
	return reaction.split('::')[0].toLowerCase();
}
