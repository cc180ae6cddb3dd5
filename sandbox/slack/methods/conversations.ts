import type { Call, Method } from '../call';
import { SlackRefusal } from '../refusal';
import type { Channel, Json, Message } from '../types';
import { channelFor } from '../workspace';

import { channelView, messageView } from './view';

const history = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const read = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY_SCOPE = {
	channel: 'channels:history',
	group: 'groups:history',
	im: 'im:history',
	mpim: 'mpim:history',
};
const STANDARD_PAGE = 100;
const MAX_PAGE = 999;

export const conversationMethods: Record<string, Method> = {
	'conversations.replies': { scopes: history, run: replies },
	'conversations.history': { scopes: history, run: channelHistory },
	'conversations.info': { scopes: read, run: info },
	'conversations.list': { scopes: read, run: list },
	'conversations.members': { scopes: read, run: members },
	'conversations.open': { scopes: ['im:write', 'channels:manage'], run: open },
};

function replies(call: Call): Json {
	const { workspace, args } = call;
	const channel = readable(call);
	const ts = String(args.ts ?? '');
	const asked = workspace.message(channel.id, ts);
	if (!asked) throw new SlackRefusal('thread_not_found');
	const thread = workspace.thread(channel.id, asked.thread_ts ?? asked.ts);
	return pageOf(call, thread, (one) => one.ts === (asked.thread_ts ?? asked.ts));
}

/** The newest first, without what stands in threads. */
function channelHistory(call: Call): Json {
	const { workspace } = call;
	const channel = readable(call);
	const shown = workspace.messages.filter(
		(one) => one.channel === channel.id && !one.thread_ts && !one.ephemeralTo,
	);
	return pageOf(call, shown.reverse(), () => true);
}

function pageOf(call: Call, all: Message[], hasCounts: (message: Message) => boolean): Json {
	const { workspace, args, settings } = call;
	const { oldest, latest, inclusive } = args;
	const isBetween = ({ ts }: Message) =>
		(oldest === undefined || compare(ts, oldest) > (isTrue(inclusive) ? -1 : 0)) &&
		(latest === undefined || compare(ts, latest) < (isTrue(inclusive) ? 1 : 0));
	const fitting = all.filter(isBetween);
	const limit = Math.min(wholeNumber(args.limit) || STANDARD_PAGE, MAX_PAGE, settings.maxPage);
	const start = cursorOf(args.cursor);
	const end = start + limit;
	const withMetadata = isTrue(args.include_all_metadata);
	const next = end < fitting.length ? btoa(`next_ts:${end}`) : '';
	return {
		ok: true,
		messages: fitting
			.slice(start, end)
			.map((one) => messageView(workspace, one, { withMetadata, withCounts: hasCounts(one) })),
		has_more: next !== '',
		...(next !== '' && { response_metadata: { next_cursor: next } }),
	};
}

function readable({ workspace, app, args }: Call): Channel {
	const channel = channelFor(workspace, app, args.channel);
	const needed = HISTORY_SCOPE[channel.kind];
	if (!app.scopes.includes(needed))
		throw new SlackRefusal('missing_scope', { needed, provided: app.scopes.join(',') });
	return channel;
}

function info({ workspace, app, args }: Call): Json {
	const channel = channelFor(workspace, app, args.channel, { mustBeMember: false });
	return { ok: true, channel: channelView(channel) };
}

function list({ workspace, app, args }: Call): Json {
	const types = String(args.types || 'public_channel').split(',');
	const named = { channel: 'public_channel', group: 'private_channel', im: 'im', mpim: 'mpim' };
	const channels = workspace.channels
		.filter(({ kind }) => types.includes(named[kind]))
		.filter(({ kind, members: all }) => kind === 'channel' || all.includes(app.botUserId))
		.map(channelView);
	return { ok: true, channels, response_metadata: { next_cursor: '' } };
}

function members({ workspace, app, args }: Call): Json {
	const channel = channelFor(workspace, app, args.channel, { mustBeMember: false });
	return { ok: true, members: channel.members, response_metadata: { next_cursor: '' } };
}

function open({ workspace, app, args }: Call): Json {
	const users = String(args.users ?? '').split(',');
	if (users.some((user) => !workspace.person(user))) throw new SlackRefusal('user_not_found');
	const channel = workspace.channel(users[0], app);
	if (!channel) throw new SlackRefusal('user_not_visible');
	return { ok: true, no_op: true, already_open: true, channel: channelView(channel) };
}

const compare = (one: string, other: unknown) => Number(one) - Number(other);
const isTrue = (value: unknown) => value === true || value === 'true' || value === '1';
const wholeNumber = (value: unknown) => Math.max(0, Math.floor(Number(value ?? 0))) || 0;

function cursorOf(value: unknown): number {
	if (value === undefined || value === '') return 0;
	const text = Buffer.from(String(value), 'base64').toString();
	const start = /^next_ts:(\d{1,9})$/.exec(text)?.[1];
	if (start === undefined) throw new SlackRefusal('invalid_cursor');
	return Number(start);
}
