/** What the stand-in of Slack keeps, in Slack's own words. */

export type Json = Record<string, unknown>;

export interface Person {
	id: string;
	name: string;
	realName: string;
	isBot: boolean;
}

/** An app that is installed in the workspace, with its bot. */
export interface App {
	id: string;
	name: string;
	botUserId: string;
	botId: string;
	token: string;
	signingSecret: string;
	scopes: string[];
	/** Event subscriptions as a manifest names them, e.g. `message.im`. */
	events: string[];
	/** Where events, button presses and commands go; undefined until it is set and verified. */
	requestUrl?: string;
	/** Slash command whose text goes to the app, e.g. `/ask`. */
	command: string;
}

export interface Channel {
	id: string;
	name: string;
	kind: 'im' | 'channel' | 'group' | 'mpim';
	/** User ids; a bot gets the events of channels that it is in. */
	members: string[];
}

export interface Reaction {
	name: string;
	users: string[];
	count: number;
}

export interface Message {
	type: 'message';
	channel: string;
	ts: string;
	user: string;
	text: string;
	team: string;
	subtype?: string;
	client_msg_id?: string;
	thread_ts?: string;
	parent_user_id?: string;
	bot_id?: string;
	app_id?: string;
	bot_profile?: Json;
	blocks?: Json[];
	metadata?: Json;
	reactions?: Reaction[];
	edited?: { user: string; ts: string };
	/** A streamed message that has not been stopped yet. */
	isStreaming?: boolean;
	/** Only this user sees it. */
	ephemeralTo?: string;
	/** The value of the feedback button that the reader pressed. */
	feedback?: string;
}

/** What the app's thread shows while it works. */
export interface Status {
	channel: string;
	threadTs: string;
	user: string;
	text: string;
	loadingMessages: string[];
}

/** A change that listeners (event delivery, chat page) are told. */
export type Change =
	| { kind: 'posted'; message: Message }
	| { kind: 'changed'; message: Message; previous: Message }
	| { kind: 'streamed'; message: Message }
	| { kind: 'deleted'; message: Message }
	| { kind: 'status'; status: Status }
	| { kind: 'reaction'; message: Message; name: string; user: string; isAdded: boolean };
