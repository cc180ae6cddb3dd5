/** What the fields of the credential `slackQuestionsApi` mean for a request. */
import { assertTexts } from '../../openai/credentialTexts';
import { SettingError } from '../../openai/settingError';

export interface SlackFields {
	signingSecret?: string;
	botToken?: string;
	apiUrl?: string;
}

/** https://docs.slack.dev/apis/web-api/#basics */
export const DEFAULT_API_URL = 'https://slack.com/api';

/**
 * Address of the Web API without a trailing slash.
 *
 * @throws SettingError when it is no address, or one that would send the token in the clear.
 */
export function apiUrlOf({ apiUrl }: SlackFields): string {
	assertTexts({ apiUrl }, { apiUrl: 'API URL' });
	const typed = apiUrl?.trim() || DEFAULT_API_URL;
	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (!url || !isSafe(url) || url.username || url.search || url.hash) {
		throw new SettingError(
			`'API URL' of the credential cannot be used: ${typed.slice(0, 100)}`,
			`Enter an address that begins with https://, usually ${DEFAULT_API_URL} (GovSlack: https://slack-gov.com/api).`,
			'API URL',
		);
	}
	return `${url.origin}${url.pathname.replace(/\/{1,100}$/, '')}`;
}

/**
 * The bot token.
 *
 * @throws SettingError when there is none, or when it is another kind of token.
 */
export function botTokenOf({ botToken }: SlackFields): string {
	assertTexts({ botToken }, { botToken: 'Bot Token' });
	const token = botToken?.trim() ?? '';
	if (token === '') {
		throw new SettingError(
			"The credential has no 'Bot Token'",
			"Enter the app's Bot User OAuth Token, which begins with xoxb-. It is shown under OAuth & Permissions once the app is installed.",
			'Bot Token',
		);
	}
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw new SettingError(
			"'Bot Token' of the credential holds a character that cannot be sent",
			'Copy it again without spaces, line breaks or invisible characters.',
			'Bot Token',
		);
	}
	const kind = WRONG_KINDS.find(([prefix]) => token.startsWith(prefix))?.[1];
	if (kind === undefined) return token;
	throw new SettingError(
		`'Bot Token' of the credential holds ${kind}`,
		"Enter the app's Bot User OAuth Token, which begins with xoxb-. It is shown under OAuth & Permissions.",
		'Bot Token',
	);
}

/** Values that must never be shown. */
export function secretsOf({ signingSecret, botToken }: SlackFields): string[] {
	return [signingSecret, botToken].filter(
		(value): value is string => typeof value === 'string' && value !== '',
	);
}

/** https://docs.slack.dev/authentication/tokens */
const WRONG_KINDS: ReadonlyArray<readonly [string, string]> = [
	['xapp-', 'an app-level token (xapp-)'],
	['xoxp-', 'a user token (xoxp-)'],
	['xoxe-', 'a configuration or refresh token (xoxe-)'],
	['xoxe.xoxp-', 'a configuration token (xoxe.xoxp-)'],
	['xoxa-', 'a workspace token (xoxa-), a kind that Slack has retired'],
	['https:', 'an address'],
];

function isSafe({ protocol, hostname }: URL): boolean {
	if (protocol === 'https:') return true;
	return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
