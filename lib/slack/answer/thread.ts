/** A thread of Slack as a conversation for a model. */
import type { Transport } from '../../http/types';
import type { Identity, SlackMessage } from '../api/methods';
import { withMentions } from './guard';
import { FAILURE_EVENT } from './message';
import { plainMarkup } from './markup';
import { threadMessages } from './post';
import { isBefore } from './timestamp';

export interface ThreadMessage {
	role: 'user' | 'assistant';
	content: string;
	ts: string;
	/** Who wrote it; absent for answers. */
	userId?: string;
}

export interface ThreadQuery {
	channel: string;
	threadTs: string;
	/** Only messages before this one. */
	before?: string;
	/** So many of the newest. */
	limit: number;
	/** Texts of ours that are no answers. */
	leftOut?: string[];
}

/** What people write, and answers; all others are joins, edits and the like. */
const SUBTYPES = new Set([undefined, 'bot_message', 'file_share', 'thread_broadcast']);

/**
 * Reads a thread: messages of people as `user`, those of this app as `assistant`. Other apps, and the texts by which
 * this app has said that it had no answer, are left out; an answer in several messages is one.
 *
 * @throws ApiError as Slack refuses
 */
export async function readThread(
	transport: Transport,
	me: Pick<Identity, 'userId' | 'botId'>,
	{ channel, threadTs, before, limit, leftOut = [] }: ThreadQuery,
): Promise<ThreadMessage[]> {
	const thread = { channel, ts: threadTs, ...(before === undefined ? {} : { latest: before }) };
	const silent = new Set(leftOut.map(comparable));
	let messages: ThreadMessage[] = [];
	for await (const page of threadMessages(transport, thread)) {
		const read = page
			.filter(({ ts }) => before === undefined || isBefore(ts, before))
			.flatMap((message) => readMessage(message, me, silent));
		messages = joined([...messages, ...read]).slice(-limit);
	}
	return messages;
}

function readMessage(
	{ ts, text = '', user, bot_id: bot, subtype, metadata, hidden }: SlackMessage,
	me: Pick<Identity, 'userId' | 'botId'>,
	silent: ReadonlySet<string>,
): ThreadMessage[] {
	if (hidden === true || !SUBTYPES.has(subtype)) return [];
	const isMine = (user && user === me.userId) || (bot && bot === me.botId);
	if (!isMine && (bot || !user)) return [];
	const content = withMentions(plainMarkup(text, me.userId)).trim();
	if (content === '') return [];
	if (!isMine) return [{ role: 'user', content, ts, userId: user }];
	const failed = metadata?.event_type === FAILURE_EVENT || silent.has(comparable(content));
	return failed ? [] : [{ role: 'assistant', content, ts }];
}

function joined(messages: ThreadMessage[]): ThreadMessage[] {
	const result: ThreadMessage[] = [];
	for (const message of messages) {
		const last = result.at(-1);
		if (last?.role === 'assistant' && message.role === 'assistant') {
			result[result.length - 1] = { ...last, content: `${last.content}\n\n${message.content}` };
		} else {
			result.push(message);
		}
	}
	return result;
}

/** As Slack may have changed its white space. */
function comparable(text: string): string {
	return text.trim().replace(/\s{1,100}/g, ' ');
}
