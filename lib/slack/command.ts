/** Questions that do not come as an event: slash commands and message shortcuts. */
import type { PlainObject } from '../openai/chat/json';
import { plainMarkup } from './answer/markup';
import { type Filters, placeFault } from './filters';
import { guessLanguage } from './language';
import { filesOf, type Ignored, threadKey } from './question';
import type { SlackQuestion } from './types';
import { filled, objectAt, textAt } from './fields';

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
export function commandQuestion(fields: PlainObject, filters: Filters): SlackQuestion | Ignored {
	const channelId = textAt(fields, 'channel_id');
	const userId = textAt(fields, 'user_id');
	const teamId = textAt(fields, 'team_id');
	const isDirectMessage = isDirect(channelId, textAt(fields, 'channel_name'));
	if (!filters.kinds.has('slashCommand')) return { ignored: 'This command is switched off.' };
	const fault = placeFault(filters, { channelId, userId, isDirect: isDirectMessage });
	if (fault !== undefined || userId === '' || channelId === '') {
		return { ignored: 'You cannot use this command here.' };
	}
	const text = plainMarkup(textAt(fields, 'text'), '');
	if (text === '') {
		const command = textAt(fields, 'command').slice(0, 50) || 'the command';
		return { ignored: `Write your question behind ${command}.` };
	}
	return filled<SlackQuestion>({
		kind: 'slashCommand',
		text,
		userId,
		teamId,
		channelId,
		isDirectMessage,
		sessionKey: threadKey(teamId, channelId, userId),
		eventId: textAt(fields, 'trigger_id'),
		language: guessLanguage(text),
		files: [],
		responseUrl: textAt(fields, 'response_url'),
	});
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export function shortcutQuestion(
	payload: PlainObject,
	filters: Filters,
	callbackId: string,
): SlackQuestion | Ignored {
	const message = objectAt(payload, 'message');
	const channel = objectAt(payload, 'channel');
	const channelId = textAt(channel, 'id');
	const userId = textAt(objectAt(payload, 'user'), 'id');
	const teamId =
		textAt(objectAt(payload, 'team'), 'id') || textAt(objectAt(payload, 'user'), 'team_id');
	const ts = textAt(message, 'ts') || textAt(payload, 'message_ts');
	const isDirectMessage = isDirect(channelId, textAt(channel, 'name'));
	if (!filters.kinds.has('messageShortcut'))
		return { ignored: "'messageShortcut' is switched off" };
	if (callbackId !== '' && textAt(payload, 'callback_id') !== callbackId)
		return { ignored: 'it is another shortcut' };
	const fault = placeFault(filters, { channelId, userId, isDirect: isDirectMessage });
	if (fault !== undefined || userId === '') return { ignored: fault ?? 'it names no user' };
	const text = plainMarkup(textAt(message, 'text'), '');
	if (text === '' || channelId === '' || ts === '') return { ignored: 'the message has no text' };
	const threadTs = textAt(message, 'thread_ts');
	return filled<SlackQuestion>({
		kind: 'messageShortcut',
		text,
		userId,
		teamId,
		channelId,
		isDirectMessage,
		ts,
		threadTs,
		replyThreadTs: threadTs || ts,
		sessionKey: threadKey(teamId, channelId, threadTs || ts),
		eventId: textAt(payload, 'trigger_id'),
		language: guessLanguage(text),
		files: filesOf(message),
		responseUrl: textAt(payload, 'response_url'),
		shortcutOf: filled({ userId: textAt(message, 'user'), ts }),
	});
}

function isDirect(channelId: string, name: string): boolean {
	return channelId.startsWith('D') || name === 'directmessage';
}
