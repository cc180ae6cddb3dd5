/** From an event to the question in it: https://docs.slack.dev/reference/events/message */
import type { PlainObject } from '../openai/chat/json';
import { plainMarkup } from './answer/markup';
import { type Filters, placeFault } from './filters';
import { guessLanguage } from './language';
import type { SlackQuestion, SlackFile, QuestionKind } from './types';
import { filled, objectsAt, textAt } from './fields';

export interface Ignored {
	ignored: string;
}

export interface QuestionContext {
	filters: Filters;
	/** Whether the app is known to take part in a thread; see `threadKey`. */
	knowsThread: (key: string) => boolean;
}

/** Messages of people; all other subtypes are edits, joins, messages of bots and the like. */
const SUBTYPES = new Set(['', 'file_share', 'thread_broadcast']);
const MAX_FILES = 20;
const MAX_ID_CHARS = 100;

/** The question in an event of type `message` or `app_mention`, or why there is none for this app. */
export function questionOf(
	envelope: PlainObject,
	event: PlainObject,
	{ filters, knowsThread }: QuestionContext,
): SlackQuestion | Ignored {
	const me = ownUserId(envelope);
	const fault = authorFault(event, me) ?? externalFault(envelope, event, filters);
	if (fault !== undefined) return { ignored: fault };
	const facts = factsOf(envelope, event, me);
	const { channelId, userId, ts, isDirectMessage } = facts;
	if (!channelId || !ts) return { ignored: 'it names no channel or no time' };
	const kind = kindOf(event, facts, me, knowsThread);
	if (kind === undefined) return { ignored: 'it is not addressed to the app' };
	if (!filters.kinds.has(kind)) return { ignored: `'${kind}' is switched off` };
	const place = placeFault(filters, { channelId, userId, isDirect: isDirectMessage });
	if (place !== undefined) return { ignored: place };
	const text = plainMarkup(textAt(event, 'text'), me);
	if (text === '') return { ignored: 'it has no text' };
	return filled<SlackQuestion>({ kind, text, ...facts, language: guessLanguage(text) });
}

/** Both, because one message can come under two ids, and one id several times. */
export function questionKeys({ eventId, teamId, channelId, ts }: SlackQuestion): string[] {
	const keys = ts ? [`${teamId}:${channelId}:${ts}`] : [];
	return eventId ? [eventId, ...keys] : keys;
}

export function threadKey(teamId: string, channelId: string, threadTs: string): string {
	return `${teamId}:${channelId}:${threadTs}`;
}

/** The app's own user id, by the installation that the event is for. */
export function ownUserId(envelope: PlainObject): string {
	const all = objectsAt(envelope, 'authorizations');
	const bot = all.find((one) => one.is_bot === true) ?? all[0];
	return textAt(bot, 'user_id');
}

export function filesOf(message: PlainObject): SlackFile[] {
	return objectsAt(message, 'files')
		.slice(0, MAX_FILES)
		.map((file) => ({
			id: textAt(file, 'id'),
			name: textAt(file, 'name'),
			mimeType: textAt(file, 'mimetype'),
			size: Number(file.size) || 0,
		}))
		.filter(({ id }) => id !== '');
}

function authorFault(event: PlainObject, me: string): string | undefined {
	if (!SUBTYPES.has(textAt(event, 'subtype'))) return 'it is no message of a person';
	if (event.bot_id || event.bot_profile) return 'a bot has written it';
	if (event.hidden === true) return 'it is hidden';
	if (event.edited) return 'it is an edit';
	const author = textAt(event, 'user');
	if (author === '' || author === 'USLACKBOT') return 'no person has written it';
	return author === me ? 'the app has written it itself' : undefined;
}

/** https://docs.slack.dev/apis/slack-connect: the author's organization is told in shared channels. */
function externalFault(
	envelope: PlainObject,
	event: PlainObject,
	{ includesExternalPeople }: Filters,
): string | undefined {
	if (includesExternalPeople || envelope.is_ext_shared_channel !== true) return undefined;
	const home = new Set([
		textAt(envelope, 'context_team_id'),
		textAt(envelope, 'context_enterprise_id'),
		...objectsAt(envelope, 'authorizations').flatMap((one) => [
			textAt(one, 'team_id'),
			textAt(one, 'enterprise_id'),
		]),
	]);
	home.delete('');
	const team = ['user_team', 'source_team', 'team']
		.map((name) => textAt(event, name))
		.find(Boolean);
	return team && home.has(team) ? undefined : 'a person of another organization has written it';
}

function factsOf(envelope: PlainObject, event: PlainObject, me: string) {
	const id = (from: PlainObject, name: string) => textAt(from, name).slice(0, MAX_ID_CHARS);
	const channelId = id(event, 'channel');
	const channelType = id(event, 'channel_type');
	const teamId = id(envelope, 'team_id') || id(event, 'team');
	const ts = id(event, 'ts');
	const threadTs = id(event, 'thread_ts');
	const replyThreadTs = threadTs || ts;
	return {
		userId: id(event, 'user'),
		teamId,
		channelId,
		channelType,
		isDirectMessage: channelType === 'im' || (channelType === '' && channelId.startsWith('D')),
		ts,
		threadTs,
		replyThreadTs,
		sessionKey: threadKey(teamId, channelId, replyThreadTs),
		eventId: id(envelope, 'event_id'),
		botUserId: me,
		files: filesOf(event),
	};
}

function kindOf(
	event: PlainObject,
	facts: ReturnType<typeof factsOf>,
	me: string,
	knowsThread: QuestionContext['knowsThread'],
): QuestionKind | undefined {
	if (facts.isDirectMessage) return 'directMessage';
	if (event.type === 'app_mention' || mentions(textAt(event, 'text'), me)) return 'mention';
	if (!facts.threadTs || facts.threadTs === facts.ts) return undefined;
	const isBelowOwn = me !== '' && textAt(event, 'parent_user_id') === me;
	return isBelowOwn || knowsThread(facts.sessionKey) ? 'threadReply' : undefined;
}

function mentions(text: string, me: string): boolean {
	return me !== '' && (text.includes(`<@${me}>`) || text.includes(`<@${me}|`));
}
