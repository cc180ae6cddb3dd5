import type { Call, Method } from '../call';
import { SlackRefusal } from '../refusal';
import type { Json, Message } from '../types';
import { channelFor } from '../workspace';

import { messageView } from './view';

export const reactionMethods: Record<string, Method> = {
	'reactions.add': { scopes: ['reactions:write'], run: add },
	'reactions.remove': { scopes: ['reactions:write'], run: remove },
	'reactions.get': { scopes: ['reactions:read'], run: get },
};

function add(call: Call): Json {
	const { message, name, has } = target(call);
	if (has) throw new SlackRefusal('already_reacted');
	call.workspace.react(message, name, call.app.botUserId, true);
	return { ok: true };
}

function remove(call: Call): Json {
	const { message, name, has } = target(call);
	if (!has) throw new SlackRefusal('no_reaction');
	call.workspace.react(message, name, call.app.botUserId, false);
	return { ok: true };
}

function get(call: Call): Json {
	const message = messageOf(call);
	return {
		ok: true,
		type: 'message',
		channel: message.channel,
		message: messageView(call.workspace, message),
	};
}

function target(call: Call): { message: Message; name: string; has: boolean } {
	const name = String(call.args.name ?? '');
	if (!/^[a-z0-9_+':-]{1,100}$/.test(name)) throw new SlackRefusal('invalid_name');
	const message = messageOf(call);
	const users = message.reactions?.find((one) => one.name === name)?.users ?? [];
	return { message, name, has: users.includes(call.app.botUserId) };
}

function messageOf({ workspace, app, args }: Call): Message {
	const { id } = channelFor(workspace, app, args.channel);
	const message = workspace.message(id, String(args.timestamp ?? ''));
	if (!message) throw new SlackRefusal('message_not_found');
	return message;
}
