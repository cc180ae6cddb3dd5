import type { App, Json } from './types';
import type { Workspace } from './workspace';

/** One call of the Web API, as its method gets it. */
export interface Call {
	workspace: Workspace;
	/** Whose token it carries. */
	app: App;
	args: Json;
	settings: SlackSettings;
}

export interface Method {
	/** Any of these scopes will do; empty for none. */
	scopes: string[];
	run(call: Call): Json;
}

/** What can be set while the stand-in runs. */
export interface SlackSettings {
	/** How many times faster than Slack deliveries are tried again. */
	speed: number;
	/** Messages a second into one channel above which 429 is answered; 0 (standard) for no limit. */
	postsPerSecond: number;
	/** Answers of conversations.replies and .history: messages a page at most, as of apps that are sold outside of the Marketplace. */
	maxPage: number;
}
