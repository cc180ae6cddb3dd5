/** What comes from Slack to a workflow. Names of fields are those of the items' JSON. */

export type QuestionKind =
	'directMessage' | 'mention' | 'messageShortcut' | 'slashCommand' | 'threadReply';

/** What a trigger may be asked to start on. */
export type TriggerKind = QuestionKind | 'feedbackButton' | 'feedbackReaction';

export interface SlackFile {
	id: string;
	name: string;
	mimeType: string;
	/** Bytes. */
	size: number;
}

/** A question of a person, once. */
export interface SlackQuestion {
	kind: QuestionKind;
	/** Plain text, without the mention of the app. */
	text: string;
	userId: string;
	teamId: string;
	channelId: string;
	/** `im`, `mpim`, `channel` or `group`, where Slack says it. */
	channelType?: string;
	isDirectMessage: boolean;
	/** Timestamps are the names of messages: texts, since a number would lose digits. */
	ts?: string;
	/** Of the thread that the message is a reply in. */
	threadTs?: string;
	/** The thread to answer in; absent for a slash command. */
	replyThreadTs?: string;
	/** `team:channel:thread`, the key of a conversation's memory; `team:channel:user` for a slash command. */
	sessionKey: string;
	eventId: string;
	botUserId?: string;
	/** ISO 639-1, a hint from script and small words; absent when it cannot be told. */
	language?: string;
	files: SlackFile[];
	/** For slash commands and shortcuts: where an answer can be sent for half an hour. */
	responseUrl?: string;
	/** The message that a shortcut was chosen on. */
	shortcutOf?: { userId?: string; ts: string };
}

/** What somebody thinks of an answer. */
export interface SlackFeedback {
	rating: 'good' | 'bad';
	source: 'button' | 'reaction';
	/** Name of the emoji, without skin tone. */
	reaction?: string;
	/** A reaction that was taken back. */
	removed?: true;
	userId: string;
	teamId: string;
	channelId: string;
	/** Of the answer. */
	messageTs: string;
	threadTs?: string;
	sessionKey: string;
	/** Absent when it could not be read; then `lookupError` says why. */
	question?: string;
	/** Empty when it could not be read. */
	answer: string;
	model?: string;
	lookupError?: string;
	eventId: string;
}
