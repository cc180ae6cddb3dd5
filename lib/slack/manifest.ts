/** The manifest from which Slack creates the app: https://docs.slack.dev/reference/app-manifest */
import type { AppsManifestCreateArguments } from '@slack/web-api';

import { plainText } from '../openai/chat/json';
import { SettingError } from '../openai/settingError';

type Manifest = AppsManifestCreateArguments['manifest'];
/** Slack's published types do not know the scope of agents yet: https://docs.slack.dev/reference/scopes/assistant.write */
type Scope =
	| NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number]
	| 'assistant:write';
type BotEvent = NonNullable<
	NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']
>[number];

/** All that Slack's own types can check. */
type Checked = Pick<Manifest, 'display_information' | 'features' | 'settings'> & {
	oauth_config: { scopes: { bot: Scope[] } };
};

/** What the app is to do beside answering direct messages. */
export type ManifestFeature =
	'mentions' | 'messageShortcut' | 'reactions' | 'slashCommand' | 'threadReplies';

export interface ManifestSettings {
	/** Of the app and its bot, up to 35 characters. */
	name: string;
	/** Up to 140 characters. */
	description: string;
	/** The production URL of the Slack Question Trigger. */
	webhookUrl: string;
	features: readonly ManifestFeature[];
	/** With its slash; only for the feature `slashCommand`. */
	slashCommand?: string;
	/** Up to four questions that people are offered. */
	suggestedPrompts?: string[];
}

const MAX_NAME = 35;
const MAX_DESCRIPTION = 140;
const MAX_PROMPTS = 4;
const MAX_TITLE = 60;

/** What every feature needs: to be asked in direct messages, to answer, to read its threads. */
const BASE_SCOPES: readonly Scope[] = ['assistant:write', 'chat:write', 'im:history'];
const SCOPES: Record<ManifestFeature, readonly Scope[]> = {
	mentions: ['app_mentions:read', 'channels:history', 'groups:history', 'mpim:history'],
	messageShortcut: ['commands'],
	reactions: ['reactions:read'],
	slashCommand: ['commands'],
	threadReplies: ['channels:history', 'groups:history', 'mpim:history'],
};
const BASE_EVENTS: readonly BotEvent[] = ['app_home_opened', 'message.im'];
const EVENTS: Record<ManifestFeature, readonly BotEvent[]> = {
	mentions: ['app_mention'],
	messageShortcut: [],
	reactions: ['reaction_added', 'reaction_removed'],
	slashCommand: [],
	threadReplies: ['message.channels', 'message.groups', 'message.mpim'],
};

/**
 * Builds the manifest, with no more scopes and events than the features need.
 *
 * @throws SettingError naming the first setting that Slack would refuse
 */
export function buildManifest(settings: ManifestSettings) {
	return manifestOf(settings) satisfies Checked;
}

/**
 * Features from a list, or from a text with commas between them, as an expression may give it.
 *
 * @throws SettingError naming the first that is none
 */
export function readFeatures(value: unknown): ManifestFeature[] {
	const names = Array.isArray(value) ? value.map(plainText) : plainText(value).split(',');
	return names
		.map((name) => name.trim())
		.filter((name) => name !== '')
		.map((name) => {
			if (Object.hasOwn(SCOPES, name)) return name as ManifestFeature;
			throw new SettingError(
				`'Features' cannot have '${name.slice(0, 50)}'`,
				`Pick from the list: ${Object.keys(SCOPES).join(', ')}.`,
				'Features',
			);
		});
}

function manifestOf(settings: ManifestSettings) {
	const name = textOf(settings.name, 'App Name', MAX_NAME);
	const description = textOf(settings.description, 'Description', MAX_DESCRIPTION);
	const url = urlOf(settings.webhookUrl);
	const prompts = promptsOf(settings.suggestedPrompts ?? []);
	return {
		display_information: { name, description },
		features: {
			app_home: {
				home_tab_enabled: false,
				messages_tab_enabled: true,
				messages_tab_read_only_enabled: false,
			},
			bot_user: { display_name: name, always_online: true },
			agent_view: {
				agent_description: description,
				...(prompts.length > 0 ? { suggested_prompts: prompts } : {}),
			},
			...commandOf(settings, url),
			...shortcutOf(settings),
		},
		oauth_config: { scopes: { bot: collected(settings.features, BASE_SCOPES, SCOPES) } },
		settings: {
			event_subscriptions: {
				request_url: url,
				bot_events: collected(settings.features, BASE_EVENTS, EVENTS),
			},
			interactivity: { is_enabled: true, request_url: url },
			org_deploy_enabled: false,
			socket_mode_enabled: false,
			token_rotation_enabled: false,
		},
	};
}

function commandOf({ features, slashCommand = '', description }: ManifestSettings, url: string) {
	if (!features.includes('slashCommand')) return {};
	const command = slashCommand.trim();
	if (!/^\/[a-z0-9_-]{1,31}$/.test(command)) {
		throw new SettingError(
			`'Slash Command' cannot be '${command.slice(0, 50)}'`,
			'Write a slash and up to 31 small letters, digits, hyphens and underscores, e.g. /ask.',
			'Slash Command',
		);
	}
	return {
		slash_commands: [
			{
				command,
				url,
				description: description.trim(),
				usage_hint: '[question]',
				should_escape: false,
			},
		],
	};
}

function shortcutOf({ features }: ManifestSettings) {
	if (!features.includes('messageShortcut')) return {};
	return {
		shortcuts: [
			{
				type: 'message' as const,
				name: 'Answer this',
				callback_id: 'answer_message',
				description: 'Answer the question in this message',
			},
		],
	};
}

function collected<T extends string>(
	features: readonly ManifestFeature[],
	base: readonly T[],
	more: Record<ManifestFeature, readonly T[]>,
): T[] {
	return [...new Set([...base, ...features.flatMap((feature) => more[feature])])].sort();
}

function textOf(value: string, setting: string, max: number): string {
	const text = value.trim();
	if (text !== '' && text.length <= max) return text;
	throw new SettingError(
		text === ''
			? `'${setting}' is empty`
			: `'${setting}' has ${text.length} characters; Slack takes ${max}`,
		`Enter 1 to ${max} characters.`,
		setting,
	);
}

function urlOf(value: string): string {
	const url = URL.canParse(value.trim()) ? new URL(value.trim()) : undefined;
	if (url?.protocol === 'https:' && !/\/webhook-test\//.test(url.pathname)) return url.href;
	const isTest = url?.pathname.includes('/webhook-test/') ?? false;
	throw new SettingError(
		isTest
			? "'Webhook URL' is the test URL, which answers only while you listen for a test event"
			: `'Webhook URL' cannot be '${value.trim().slice(0, 100)}'`,
		'Copy the production URL from the Slack Question Trigger. Slack must be able to reach it, by https.',
		'Webhook URL',
	);
}

function promptsOf(prompts: string[]): Array<{ title: string; message: string }> {
	const texts = prompts.map((prompt) => prompt.trim()).filter((prompt) => prompt !== '');
	if (texts.length > MAX_PROMPTS) {
		throw new SettingError(
			`'Suggested Questions' has ${texts.length} entries; Slack takes ${MAX_PROMPTS}`,
			'Remove some of them.',
			'Suggested Questions',
		);
	}
	return texts.map((message) => ({ title: message.slice(0, MAX_TITLE), message }));
}
