/**
 * What an app is told, and in which words.
 * https://docs.slack.dev/apis/events-api
 */
import { randomInt, randomUUID } from 'node:crypto';

import { messageView } from './methods/view';
import type { App, Change, Channel, Json, Message } from './types';
import type { Workspace } from './workspace';

const CHANNEL_TYPE = { im: 'im', channel: 'channel', group: 'group', mpim: 'mpim' };
const SUBSCRIPTION = {
	im: 'message.im',
	channel: 'message.channels',
	group: 'message.groups',
	mpim: 'message.mpim',
};

/** Events of one change for one app, in the order in which they are sent. */
export function eventsOf(workspace: Workspace, app: App, change: Change): Json[] {
	if (change.kind === 'status' || change.kind === 'streamed') return [];
	const { message } = change;
	const channel = workspace.channel(message.channel);
	if (!channel?.members.includes(app.botUserId) || message.ephemeralTo) return [];
	if (change.kind === 'reaction') return reactionEvent(workspace, app, change);
	const isTold = app.events.includes(SUBSCRIPTION[channel.kind]);
	const told = isTold ? [messageEvent(workspace, channel, change)] : [];
	return change.kind === 'posted' ? [...told, ...mention(workspace, app, channel, message)] : told;
}

/** An event in its envelope, with an id of its own. */
export function envelope(workspace: Workspace, app: App, event: Json): Json {
	return {
		token: 'legacy-verification',
		team_id: workspace.team.id,
		context_team_id: workspace.team.id,
		context_enterprise_id: null,
		api_app_id: app.id,
		event,
		type: 'event_callback',
		event_id: newEventId(),
		event_time: Math.floor(Date.now() / 1000),
		authorizations: [
			{
				enterprise_id: null,
				team_id: workspace.team.id,
				user_id: app.botUserId,
				is_bot: true,
				is_enterprise_install: false,
			},
		],
		is_ext_shared_channel: false,
		event_context: `4-${randomUUID().replace(/-/g, '')}`,
	};
}

/** The event that a user's opening of the app's messages makes. */
export function openedEvent(user: string, channel: string): Json {
	const eventTs = (Date.now() / 1000).toFixed(6);
	return { type: 'app_home_opened', user, channel, tab: 'messages', event_ts: eventTs };
}

export function newEventId(): string {
	const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
	return `Ev0${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')}`;
}

/** What the words of a message look like in Slack's own blocks. */
export function typedBlocks(text: string): Json[] {
	const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }];
	return [{ type: 'rich_text', block_id: randomUUID().slice(0, 5), elements }];
}

type Told = Exclude<Change, { kind: 'status' | 'streamed' | 'reaction' }>;

function messageEvent(workspace: Workspace, { id, kind }: Channel, change: Told): Json {
	const shared = { channel: id, channel_type: CHANNEL_TYPE[kind] };
	const view = messageView(workspace, change.message);
	if (change.kind === 'posted') return { ...view, ...shared, event_ts: change.message.ts };
	const eventTs = workspace.newTs();
	const hidden = { type: 'message', hidden: true, ts: eventTs, event_ts: eventTs, ...shared };
	if (change.kind === 'deleted')
		return {
			...hidden,
			subtype: 'message_deleted',
			deleted_ts: change.message.ts,
			previous_message: view,
		};
	return {
		...hidden,
		subtype: 'message_changed',
		message: view,
		previous_message: messageView(workspace, change.previous),
	};
}

function mention(workspace: Workspace, app: App, channel: Channel, message: Message): Json[] {
	const isMentioned = message.text.includes(`<@${app.botUserId}>`);
	if (channel.kind === 'im' || !isMentioned || !app.events.includes('app_mention')) return [];
	const view = messageView(workspace, message);
	return [{ ...view, type: 'app_mention', channel: channel.id, event_ts: message.ts }];
}

function reactionEvent(
	workspace: Workspace,
	app: App,
	{ message, name, user, isAdded }: Extract<Change, { kind: 'reaction' }>,
): Json[] {
	const type = isAdded ? 'reaction_added' : 'reaction_removed';
	if (!app.events.includes(type)) return [];
	return [
		{
			type,
			user,
			reaction: name,
			item: { type: 'message', channel: message.channel, ts: message.ts },
			item_user: message.user,
			event_ts: workspace.newTs(),
		},
	];
}
