/** Posts messages so that none stands there twice. */
import { asError, attempt } from '../../attempt';
import type { Surroundings, Transport } from '../../http/types';
import { isUnsure } from '../api/errors';
import {
	historyPage,
	type NewMessage,
	postMessage,
	type SlackMessage,
	threadPage,
} from '../api/methods';

export interface Poster {
	transport: Transport;
	surroundings: Pick<Surroundings, 'sleep' | 'now'>;
}

/** The metadata tells our message from all others, so that it can be found again. */
export type NamedMessage = NewMessage & Required<Pick<NewMessage, 'metadata'>>;

/** Slack may show a message a moment after it has taken it. */
const LOOKS_MS = [1_000, 3_000];
/** 5,000 messages, far beyond what anyone reads. */
const MAX_PAGES = 25;
const PAGE_SIZE = 200;
/** The clocks of n8n and Slack may differ. */
const CLOCK_SKEW_S = 300;

/**
 * Posts a message. Where no answer comes to that, it may have been posted all the same: then it is looked for in the
 * thread (or channel) by its metadata, and posted again only when it is not there.
 *
 * @returns the message's timestamp
 * @throws ApiError as Slack refuses, and where nobody can tell whether the message is there
 */
export async function postOnce(poster: Poster, message: NamedMessage): Promise<string> {
	const asked = poster.surroundings.now();
	const first = await attempt(async () => await postMessage(poster.transport, message));
	if ('done' in first) return first.done;
	if (!isUnsure(first.error)) throw asError(first.error);
	for (const wait of LOOKS_MS) {
		await poster.surroundings.sleep(wait);
		const look = await attempt(async () => await findPosted(poster.transport, message, asked));
		// Without a look, a second message is a risk that nobody has asked for.
		if (!('done' in look)) throw asError(first.error);
		if (look.done !== undefined) return look.done;
	}
	return await postMessage(poster.transport, message);
}

/** All messages of a thread in Slack's order, each once. */
export async function* threadMessages(
	transport: Transport,
	thread: { channel: string; ts: string; oldest?: string; latest?: string },
): AsyncGenerator<SlackMessage[]> {
	const seen = new Set<string>();
	let cursor: string | undefined;
	for (let page = 0; page < MAX_PAGES; page++) {
		const answer = await threadPage(transport, { ...thread, limit: PAGE_SIZE, cursor });
		yield answer.messages.filter(({ ts }) => !seen.has(ts));
		for (const { ts } of answer.messages) seen.add(ts);
		if (answer.cursor === '' || answer.cursor === cursor) return;
		cursor = answer.cursor;
	}
}

/** The message of ours with the same metadata, if it is there. */
async function findPosted(
	transport: Transport,
	message: NamedMessage,
	asked: number,
): Promise<string | undefined> {
	const { channel, thread_ts: ts, metadata } = message;
	const { answer_id: id, part } = metadata.event_payload;
	const isIt = (other: SlackMessage) => {
		const payload = other.metadata?.event_payload as Record<string, unknown> | undefined;
		return payload?.answer_id === id && payload?.part === part;
	};
	const oldest = `${Math.floor(asked / 1000) - CLOCK_SKEW_S}.000000`;
	if (ts === undefined) {
		const { messages } = await historyPage(transport, { channel, oldest, limit: PAGE_SIZE });
		return messages.find(isIt)?.ts;
	}
	for await (const messages of threadMessages(transport, { channel, ts, oldest })) {
		const found = messages.find(isIt);
		if (found) return found.ts;
	}
	return undefined;
}
