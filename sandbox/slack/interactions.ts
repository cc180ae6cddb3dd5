/**
 * What users do with buttons, commands and shortcuts, in the forms in which Slack sends it.
 * https://docs.slack.dev/reference/interaction-payloads
 */
import { randomUUID } from 'node:crypto';

import { messageView } from './methods/view';
import type { Letter } from './deliveries';
import type { App, Json, Message } from './types';
import type { Workspace } from './workspace';

const FORM = 'application/x-www-form-urlencoded';

/** A press of one of the two feedback buttons below an answer. */
export function feedbackPress(
	workspace: Workspace,
	app: App,
	message: Message,
	user: string,
	value: string,
): Letter {
	const { block, element } = feedbackButtons(message);
	const payload = {
		...common(workspace, app, message.channel, user),
		type: 'block_actions',
		container: {
			type: 'message',
			message_ts: message.ts,
			channel_id: message.channel,
			is_ephemeral: false,
			...(message.thread_ts && { thread_ts: message.thread_ts }),
		},
		message: messageView(workspace, message, { withMetadata: true }),
		state: { values: {} },
		response_url: responseUrl(workspace, message.channel, user),
		actions: [
			{
				type: 'feedback_buttons',
				action_id: element.action_id,
				block_id: block.block_id,
				value,
				text: [element.positive_button, element.negative_button]
					.map((button) => button as Json)
					.find((button) => button?.value === value)?.text,
				action_ts: workspace.newTs(),
			},
		],
	};
	return formLetter('block_actions', { payload: JSON.stringify(payload) });
}

/** "Ask about this message" in the menu of a message. */
export function messageShortcut(
	workspace: Workspace,
	app: App,
	message: Message,
	user: string,
	callbackId: string,
): Letter {
	const payload = {
		...common(workspace, app, message.channel, user),
		type: 'message_action',
		callback_id: callbackId,
		message_ts: message.ts,
		message: messageView(workspace, message),
		response_url: responseUrl(workspace, message.channel, user),
		action_ts: workspace.newTs(),
	};
	return formLetter('message_action', { payload: JSON.stringify(payload) });
}

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
export function slashCommand(
	workspace: Workspace,
	app: App,
	{ channel, user, text }: { channel: string; user: string; text: string },
): Letter {
	return formLetter('slash_command', {
		token: 'legacy-verification',
		team_id: workspace.team.id,
		team_domain: workspace.team.domain,
		channel_id: channel,
		channel_name: workspace.channel(channel)?.kind === 'im' ? 'directmessage' : nameOf(),
		user_id: user,
		user_name: workspace.person(user)?.name ?? '',
		command: app.command,
		text,
		api_app_id: app.id,
		is_enterprise_install: 'false',
		response_url: responseUrl(workspace, channel, user),
		trigger_id: randomUUID(),
	});

	function nameOf(): string {
		return workspace.channel(channel)?.name ?? '';
	}
}

/** Slack's own health check of a command's address. */
export const sslCheck = (): Letter =>
	formLetter('ssl_check', { ssl_check: '1', token: 'legacy-verification' });

/** The buttons of a message. @throws when it has none */
export function feedbackButtons(message: Message): { block: Json; element: Json } {
	for (const block of message.blocks ?? []) {
		if (block.type !== 'context_actions') continue;
		const element = (block.elements as Json[]).find(({ type }) => type === 'feedback_buttons');
		if (element) return { block, element };
	}
	throw new Error('The message has no feedback buttons.');
}

/** Channel and user of an address that `responseUrl` made; undefined for any other path. */
export function readResponsePath(path: string): { channel: string; user: string } | undefined {
	const found = /^\/actions\/\w+\/(\w+)\/(\w+)$/.exec(path);
	return found ? { channel: found[1], user: found[2] } : undefined;
}

function responseUrl(workspace: Workspace, channel: string, user: string): string {
	return `https://hooks.slack.com/actions/${workspace.team.id}/${channel}/${user}`;
}

function common(workspace: Workspace, app: App, channelId: string, userId: string): Json {
	const channel = workspace.channel(channelId);
	const person = workspace.person(userId);
	return {
		user: { id: userId, username: person?.name, name: person?.name, team_id: workspace.team.id },
		api_app_id: app.id,
		token: 'legacy-verification',
		trigger_id: randomUUID(),
		team: { id: workspace.team.id, domain: workspace.team.domain },
		enterprise: null,
		is_enterprise_install: false,
		channel: { id: channelId, name: channel?.kind === 'im' ? 'directmessage' : channel?.name },
	};
}

function formLetter(type: string, fields: Record<string, string>): Letter {
	const body = new URLSearchParams(fields).toString();
	return { id: `${type}-${randomUUID()}`, type, body, contentType: FORM, isRetried: false };
}
