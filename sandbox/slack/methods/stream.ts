/**
 * Answers that grow while the reader looks on.
 * https://docs.slack.dev/reference/methods/chat.startStream
 */
import type { Call, Method } from '../call';
import { blocksOf, markdownBlock, markdownOf } from '../limits';
import { SlackRefusal } from '../refusal';
import type { Json, Message } from '../types';
import { channelFor } from '../workspace';

import { fromApp, ownMessage, threadOf } from './chat';
import { messageView } from './view';

const scopes = ['chat:write'];

export const streamMethods: Record<string, Method> = {
	'chat.startStream': { scopes, run: start },
	'chat.appendStream': { scopes, run: append },
	'chat.stopStream': { scopes, run: stop },
};

function start({ workspace, app, args }: Call): Json {
	const channel = channelFor(workspace, app, args.channel);
	const { thread_ts: threadTs } = threadOf(args);
	if (channel.kind !== 'im') {
		if (!args.recipient_user_id) throw new SlackRefusal('missing_recipient_user_id');
		if (!args.recipient_team_id) throw new SlackRefusal('missing_recipient_team_id');
	}
	if (threadTs === undefined && channel.kind === 'im') throw new SlackRefusal('invalid_thread_ts');
	if (threadTs !== undefined && !workspace.message(channel.id, threadTs))
		throw new SlackRefusal('invalid_thread_ts');
	const text = addition(args) ?? '';
	const message = workspace.post({
		...fromApp(app),
		channel: channel.id,
		thread_ts: threadTs,
		text,
		blocks: [markdownBlock(text)],
		isStreaming: true,
	});
	return { ok: true, channel: channel.id, ts: message.ts };
}

function append(call: Call): Json {
	const { channel, message } = streaming(call);
	const text = addition(call.args);
	if (text === undefined) throw new SlackRefusal('no_text');
	grow(call, message, text);
	return { ok: true, channel, ts: message.ts };
}

function stop(call: Call): Json {
	const { workspace, args } = call;
	const { channel, message } = streaming(call);
	const blocks = blocksOf(args.blocks) ?? [];
	const text = message.text + (addition(args) ?? '');
	const metadata = typeof args.metadata === 'string' ? JSON.parse(args.metadata) : args.metadata;
	workspace.change(message, {
		text,
		blocks: [markdownBlock(text), ...blocks],
		isStreaming: false,
		...(metadata ? { metadata: metadata as Json } : {}),
	});
	return {
		ok: true,
		channel,
		ts: message.ts,
		message: messageView(workspace, message, { withMetadata: true }),
	};
}

function streaming(call: Call): { channel: string; message: Message } {
	const found = ownMessage(call, 'message_not_owned_by_app');
	if (!found.message.isStreaming) throw new SlackRefusal('message_not_in_streaming_state');
	return found;
}

function grow({ workspace }: Call, message: Message, addition: string): void {
	const text = message.text + addition;
	workspace.change(message, { text, blocks: [markdownBlock(text)] }, { quietly: true });
}

/** The new text of a call, from `markdown_text` or its chunks. */
function addition({ markdown_text: markdown, chunks }: Json): string | undefined {
	if (markdown !== undefined && markdown !== null) return markdownOf(markdown);
	if (chunks === undefined || chunks === null) return undefined;
	const list: unknown = typeof chunks === 'string' ? JSON.parse(chunks) : chunks;
	if (!Array.isArray(list)) throw new SlackRefusal('invalid_chunks');
	const texts = (list as Json[]).filter(({ type }) => type === 'markdown_text');
	return texts.map(({ text }) => markdownOf(text)).join('');
}
