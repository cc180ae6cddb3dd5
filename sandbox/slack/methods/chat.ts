import type { Call, Method } from '../call';
import { contentOf } from '../limits';
import { rateLimited, SlackRefusal } from '../refusal';
import type { App, Json, Message } from '../types';
import { channelFor } from '../workspace';

import { messageView } from './view';

const scopes = ['chat:write'];

export const chatMethods: Record<string, Method> = {
	'chat.postMessage': { scopes, run: postMessage },
	'chat.postEphemeral': { scopes, run: postEphemeral },
	'chat.update': { scopes, run: update },
	'chat.delete': { scopes, run: remove },
	'chat.getPermalink': { scopes: [], run: permalink },
};

function postMessage(call: Call): Json {
	const { workspace, app, args } = call;
	const channel = channelFor(workspace, app, args.channel);
	keepToTheLimit(call, channel.id);
	const message = workspace.post({
		...fromApp(app),
		channel: channel.id,
		...contentOf(args),
		...threadOf(args),
	});
	return {
		ok: true,
		channel: channel.id,
		ts: message.ts,
		message: messageView(workspace, message, { withMetadata: true }),
	};
}

function postEphemeral({ workspace, app, args }: Call): Json {
	const channel = channelFor(workspace, app, args.channel);
	const user = String(args.user ?? '');
	if (!channel.members.includes(user)) throw new SlackRefusal('user_not_in_channel');
	const content = contentOf(args);
	const { ts } = workspace.post({
		...fromApp(app),
		channel: channel.id,
		...content,
		...threadOf(args),
		ephemeralTo: user,
	});
	return { ok: true, message_ts: ts };
}

function update({ workspace, app, args }: Call): Json {
	const { channel, message } = ownMessage({ workspace, app, args }, 'cant_update_message');
	const content = contentOf(args);
	workspace.change(message, {
		...content,
		metadata: content.metadata ?? message.metadata,
		edited: { user: app.botUserId, ts: workspace.newTs() },
	});
	return {
		ok: true,
		channel,
		ts: message.ts,
		text: message.text,
		message: messageView(workspace, message),
	};
}

function remove({ workspace, app, args }: Call): Json {
	const { channel, message } = ownMessage({ workspace, app, args }, 'cant_delete_message');
	workspace.delete(message);
	return { ok: true, channel, ts: message.ts };
}

function permalink({ workspace, app, args }: Call): Json {
	const { id } = channelFor(workspace, app, args.channel);
	const ts = String(args.message_ts ?? '');
	if (!workspace.message(id, ts)) throw new SlackRefusal('message_not_found');
	const { domain } = workspace.team;
	return {
		ok: true,
		channel: id,
		permalink: `https://${domain}.slack.com/archives/${id}/p${ts.replace('.', '')}`,
	};
}

/** What every message of an app carries. */
export function fromApp(app: App) {
	return {
		user: app.botUserId,
		bot_id: app.botId,
		app_id: app.id,
		bot_profile: { id: app.botId, app_id: app.id, name: app.name, deleted: false },
	};
}

/** Thread of a call. A number loses digits, as with Slack. */
export function threadOf({ thread_ts: threadTs }: Json): { thread_ts?: string } {
	if (threadTs === undefined || threadTs === null || threadTs === '') return {};
	return { thread_ts: String(threadTs) };
}

/** A message of the app itself. @throws SlackRefusal with `refusal` for a message of somebody else */
export function ownMessage(
	{ workspace, app, args }: Pick<Call, 'workspace' | 'app' | 'args'>,
	refusal: string,
): { channel: string; message: Message } {
	const { id } = channelFor(workspace, app, args.channel);
	const message = workspace.message(id, String(args.ts ?? ''));
	if (!message) throw new SlackRefusal('message_not_found');
	if (message.app_id !== app.id) throw new SlackRefusal(refusal);
	return { channel: id, message };
}

/** About one message a second and channel, where that was asked for. */
function keepToTheLimit({ workspace, app, settings }: Call, channel: string): void {
	if (settings.postsPerSecond === 0) return;
	const since = Date.now() / 1000 - 1 / settings.postsPerSecond;
	const last = workspace.messages.findLast(
		(one) => one.channel === channel && one.app_id === app.id,
	);
	if (last && Number(last.ts) > since) throw rateLimited(1);
}
