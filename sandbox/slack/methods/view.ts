import type { Channel, Json, Message, Person } from '../types';
import type { Workspace } from '../workspace';

/** A message as the Web API gives it: without what only the stand-in knows. */
export function messageView(
	workspace: Workspace,
	message: Message,
	{ withMetadata = false, withCounts = false } = {},
): Json {
	const {
		channel: _channel,
		isStreaming: _isStreaming,
		feedback: _feedback,
		ephemeralTo: _ephemeralTo,
		metadata,
		...shown
	} = message;
	return {
		...shown,
		...(withMetadata && metadata && { metadata }),
		...(withCounts && threadCounts(workspace, message)),
	};
}

function threadCounts(workspace: Workspace, message: Message): Json {
	const replies = workspace.thread(message.channel, message.ts).filter((one) => one !== message);
	if (replies.length === 0) return {};
	const users = [...new Set(replies.map(({ user }) => user))];
	return {
		thread_ts: message.ts,
		reply_count: replies.length,
		reply_users_count: users.length,
		reply_users: users,
		latest_reply: replies.at(-1)!.ts,
		is_locked: false,
		subscribed: false,
	};
}

export function channelView({ id, name, kind, members }: Channel): Json {
	const shared = { id, is_archived: false, is_ext_shared: false, is_org_shared: false };
	if (kind === 'im')
		return { ...shared, is_im: true, user: members[0], is_user_deleted: false, created: 0 };
	return {
		...shared,
		name,
		name_normalized: name,
		is_channel: kind === 'channel',
		is_group: kind === 'group',
		is_mpim: kind === 'mpim',
		is_im: false,
		is_private: kind !== 'channel',
		is_member: true,
		num_members: members.length,
	};
}

export function personView(workspace: Workspace, { id, name, realName, isBot }: Person): Json {
	const app = workspace.appOfBot(id);
	return {
		id,
		team_id: workspace.team.id,
		name,
		deleted: false,
		real_name: realName,
		tz: 'Europe/Berlin',
		is_bot: isBot,
		is_app_user: false,
		updated: 0,
		profile: {
			real_name: realName,
			display_name: name,
			team: workspace.team.id,
			...(app && { api_app_id: app.id, bot_id: app.botId }),
		},
	};
}
