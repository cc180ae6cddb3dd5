/** Where an answer goes. */
import { SettingError } from '../../openai/settingError';

export type Destination =
	| { kind: 'channel'; channel: string; threadTs?: string }
	| { kind: 'response'; url: string; visibility: Visibility };

/** Who sees the answer to a slash command: who asked, or everyone in the channel. */
export type Visibility = 'ephemeral' | 'in_channel';

const RESPONSE_HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'];

/**
 * The response URL of a slash command or shortcut. It comes with the item and is asked without any credential, so only
 * Slack's own hosts are let through.
 *
 * @throws SettingError for every other address
 */
export function readResponseUrl(value: unknown): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
	const isSlack =
		url?.protocol === 'https:' &&
		RESPONSE_HOSTS.includes(url.hostname) &&
		url.port === '' &&
		url.username === '' &&
		url.password === '';
	if (isSlack) return url.href;
	throw new SettingError(
		"'Response URL' is not an address of Slack",
		`Slack hands it out with a slash command or shortcut; it begins with https://${RESPONSE_HOSTS[0]}/. Leave the field empty to answer in a thread or channel.`,
		'Response URL',
	);
}

/**
 * @throws SettingError where the ID is a name, an address or empty
 */
export function readChannel(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^[CDGUW][A-Z0-9]{2,30}$/.test(text)) return text;
	throw new SettingError(
		text === ''
			? "'Channel' is empty"
			: `'Channel' is not the ID of a channel: ${text.slice(0, 60)}`,
		"Give the ID, such as C0123456789: it stands at the bottom of 'View channel details' in Slack, and comes with a question as {{ $json.channelId }}. A name like #general is not enough.",
		'Channel',
	);
}

/** Direct messages have IDs of their own kind. */
export function isDirectMessage(channel: string): boolean {
	return channel.startsWith('D');
}
