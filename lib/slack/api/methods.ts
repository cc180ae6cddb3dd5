/** The methods of Slack's Web API that questions and answers need; each with its page under https://docs.slack.dev/reference/methods/. */
import type { QueryValue, Transport } from '../../http/types';
import { isPlainObject, type PlainObject } from '../../openai/chat/json';

import { type CallSettings, read, write } from './call';

export type Block = PlainObject & { type: string };

export interface Metadata {
	event_type: string;
	event_payload: PlainObject;
}

/** Markdown, or blocks with a text for notifications. */
export type Content = { markdown_text: string } | { text: string; blocks: Block[] };

export type NewMessage = Content & {
	channel: string;
	thread_ts?: string;
	metadata?: Metadata;
	unfurl_links?: boolean;
	unfurl_media?: boolean;
};

/** Who or what a token belongs to. */
export interface Identity {
	userId: string;
	botId: string;
	teamId: string;
	team: string;
	user: string;
	url: string;
}

export interface SlackMessage extends PlainObject {
	ts: string;
	text?: string;
	user?: string;
	bot_id?: string;
	subtype?: string;
	metadata?: { event_type?: unknown; event_payload?: unknown };
}

export interface MessagePage {
	messages: SlackMessage[];
	/** Of the next page; empty on the last. */
	cursor: string;
}

/** chat.postMessage. @returns the message's timestamp, which is its name */
export async function postMessage(
	transport: Transport,
	message: NewMessage,
	settings?: CallSettings,
): Promise<string> {
	return timestampOf(await write(transport, 'chat.postMessage', message, settings));
}

/** chat.update: puts other content in place of a message's own. Doing so twice does no harm. */
export async function updateMessage(
	transport: Transport,
	message: Content & { channel: string; ts: string; metadata?: Metadata },
	settings?: CallSettings,
): Promise<void> {
	await write(transport, 'chat.update', message, { retry: 'safe', ...settings });
}

/**
 * chat.startStream. The person for whom it is streamed has to be named outside direct messages. It is not broken off when
 * the execution is stopped: whoever has begun a message must know it to end it.
 */
export async function startStream(
	transport: Transport,
	stream: {
		channel: string;
		thread_ts: string;
		markdown_text: string;
		recipient_user_id?: string;
		recipient_team_id?: string;
	},
): Promise<string> {
	return timestampOf(await write(transport, 'chat.startStream', stream, { detached: true }));
}

/** chat.appendStream. Never repeated: the text could stand there twice. */
export async function appendStream(
	transport: Transport,
	text: { channel: string; ts: string; markdown_text: string },
): Promise<void> {
	await write(transport, 'chat.appendStream', text, { retry: 'never' });
}

/** chat.stopStream, with a last piece of text and blocks for the foot of the message. */
export async function stopStream(
	transport: Transport,
	end: {
		channel: string;
		ts: string;
		markdown_text?: string;
		blocks?: Block[];
		metadata?: Metadata;
	},
	settings?: CallSettings,
): Promise<void> {
	await write(transport, 'chat.stopStream', end, settings);
}

/** assistant.threads.setStatus; an empty status takes it away. Slack does so itself with the reply, or after two minutes. */
export async function setThreadStatus(
	transport: Transport,
	status: { channel_id: string; thread_ts: string; status: string; loading_messages?: string[] },
	settings?: CallSettings,
): Promise<void> {
	await write(transport, 'assistant.threads.setStatus', status, { retry: 'safe', ...settings });
}

/** auth.test: whose token it is. */
export async function testAuth(transport: Transport): Promise<Identity> {
	const answer = await write(transport, 'auth.test', {}, { retry: 'safe' });
	return {
		userId: textOf(answer.user_id),
		botId: textOf(answer.bot_id),
		teamId: textOf(answer.team_id),
		team: textOf(answer.team),
		user: textOf(answer.user),
		url: textOf(answer.url),
	};
}

/** One page of conversations.replies, oldest first; the thread's first message begins every page. */
export async function threadPage(
	transport: Transport,
	query: {
		channel: string;
		ts: string;
		oldest?: string;
		latest?: string;
		cursor?: string;
		limit?: number;
	},
): Promise<MessagePage> {
	return await messagePage(transport, 'conversations.replies', query);
}

/** One page of conversations.history, newest first. */
export async function historyPage(
	transport: Transport,
	query: { channel: string; oldest?: string; cursor?: string; limit?: number },
): Promise<MessagePage> {
	return await messagePage(transport, 'conversations.history', query);
}

async function messagePage(
	transport: Transport,
	method: string,
	query: Record<string, QueryValue>,
): Promise<MessagePage> {
	const answer = await read(transport, method, { ...query, include_all_metadata: true });
	const messages = Array.isArray(answer.messages) ? answer.messages : [];
	const more = isPlainObject(answer.response_metadata) ? answer.response_metadata : {};
	return { messages: messages.filter(isMessage), cursor: textOf(more.next_cursor) };
}

function isMessage(value: unknown): value is SlackMessage {
	return isPlainObject(value) && typeof value.ts === 'string';
}

function timestampOf({ ts }: PlainObject): string {
	return textOf(ts);
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
