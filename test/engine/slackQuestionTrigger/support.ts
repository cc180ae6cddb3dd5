import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { SlackQuestionTrigger } from '../../../nodes/SlackQuestionTrigger/SlackQuestionTrigger.node';
import { WebhookHost, type WebhookHostOptions, type WebhookRequest } from '../harness/webhook';

export const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
export const BOT = 'U0BOT';
export const PERSON = 'U0PERSON';
export const FORM = 'application/x-www-form-urlencoded';

type Json = Record<string, unknown>;

let count = 0;

/** A host of its own for each test: what was seen is kept by node id in the whole process. */
export function newHost(
	parameters: IDataObject = {},
	more: Partial<WebhookHostOptions> & { secret?: string; apiUrl?: string } = {},
): WebhookHost {
	const { secret: signingSecret = SECRET, apiUrl = 'https://slack.com/api', ...options } = more;
	return new WebhookHost({
		node: new SlackQuestionTrigger(),
		parameters,
		credentials: { slackQuestionsApi: { signingSecret, botToken: 'xoxb-not-to-be-seen', apiUrl } },
		nodeId: `trigger-${++count}`,
		...options,
	});
}

export function newTs(): string {
	return `1700000000.${String(++count).padStart(6, '0')}`;
}

export function message(more: Json = {}): Json {
	return {
		...{ type: 'message', channel: 'D0DIRECT', channel_type: 'im', user: PERSON },
		...{ text: 'What was the main complaint?', ts: newTs(), team: 'T1' },
		...more,
	};
}

export const inChannel = (more: Json = {}) =>
	message({ channel: 'C0CHANNEL', channel_type: 'channel', ...more });

export function envelope(event: Json, more: Json = {}): Json {
	return {
		...{ token: 'old', team_id: 'T1', context_team_id: 'T1', api_app_id: 'A1' },
		...{ type: 'event_callback', event_id: `Ev${++count}`, event_time: 1_700_000_000, event },
		authorizations: [{ team_id: 'T1', user_id: BOT, is_bot: true }],
		is_ext_shared_channel: false,
		...more,
	};
}

export function signed(
	body: string | Buffer,
	{ secret = SECRET, age = 0, type = 'application/json' } = {},
): WebhookRequest & { headers: Record<string, string>; body: string | Buffer } {
	const timestamp = String(Math.floor(Date.now() / 1000) - age);
	const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body);
	return {
		headers: {
			'Content-Type': type,
			'X-Slack-Request-Timestamp': timestamp,
			'X-Slack-Signature': `v0=${mac.digest('hex')}`,
		},
		body,
	};
}

export const event = (inner: Json, more: Json = {}) =>
	signed(JSON.stringify(envelope(inner, more)));

export const form = (fields: Record<string, string>) =>
	signed(new URLSearchParams(fields).toString(), { type: FORM });

export const interaction = (payload: Json) => form({ payload: JSON.stringify(payload) });

export function command(more: Record<string, string> = {}) {
	return form({
		...{ team_id: 'T1', channel_id: 'C0CHANNEL', channel_name: 'help', user_id: PERSON },
		...{ command: '/ask', text: 'How do I book a room?', trigger_id: `tr${++count}` },
		...{ response_url: 'https://hooks.slack.com/commands/1', api_app_id: 'A1' },
		...more,
	});
}
