import type { Call, Method } from '../call';
import { SlackRefusal } from '../refusal';
import type { Json } from '../types';

import { channelView, personView } from './view';

export const peopleMethods: Record<string, Method> = {
	'api.test': { scopes: [], run: ({ args }) => ({ ok: true, args }) },
	'auth.test': { scopes: [], run: authTest },
	'bots.info': { scopes: ['users:read'], run: botInfo },
	'users.info': { scopes: ['users:read'], run: userInfo },
	'users.list': { scopes: ['users:read'], run: userList },
	'users.conversations': { scopes: ['channels:read', 'im:read'], run: ownConversations },
};

function authTest({ workspace, app }: Call): Json {
	return {
		ok: true,
		url: `https://${workspace.team.domain}.slack.com/`,
		team: workspace.team.name,
		user: workspace.person(app.botUserId)?.name,
		team_id: workspace.team.id,
		user_id: app.botUserId,
		bot_id: app.botId,
		is_enterprise_install: false,
	};
}

function botInfo({ workspace, args }: Call): Json {
	const app = workspace.apps.find(({ botId }) => botId === args.bot);
	if (!app) throw new SlackRefusal('bot_not_found');
	return {
		ok: true,
		bot: { id: app.botId, app_id: app.id, user_id: app.botUserId, name: app.name, deleted: false },
	};
}

function userInfo({ workspace, args }: Call): Json {
	const person = workspace.person(String(args.user ?? ''));
	if (!person) throw new SlackRefusal('user_not_found');
	return { ok: true, user: personView(workspace, person) };
}

function userList({ workspace }: Call): Json {
	const members = workspace.people.map((one) => personView(workspace, one));
	return { ok: true, members, cache_ts: 0, response_metadata: { next_cursor: '' } };
}

function ownConversations({ workspace, app }: Call): Json {
	const own = workspace.channels.filter(({ members }) => members.includes(app.botUserId));
	return { ok: true, channels: own.map(channelView), response_metadata: { next_cursor: '' } };
}
