/** The stand-in of Slack, and Slack's own client to drive it. */
import { ErrorCode, type Logger, LogLevel, type WebAPICallResult, WebClient } from '@slack/web-api';

import { CHANNELS, DEMO, type SlackSandbox, startSlackSandbox } from '../../../sandbox/slack';

export const DIRECT = CHANNELS.directMessage.id;
export const DESK = CHANNELS.helpDesk.id;
export const FEEDBACK = {
	type: 'context_actions' as const,
	elements: [
		{
			type: 'feedback_buttons' as const,
			action_id: 'rating',
			positive_button: { text: { type: 'plain_text' as const, text: 'Good' }, value: 'good' },
			negative_button: { text: { type: 'plain_text' as const, text: 'Bad' }, value: 'bad' },
		},
	],
};

/** The client warns at length of what the tests do on purpose. */
const SILENT: Logger = {
	debug() {},
	info() {},
	warn() {},
	error() {},
	setLevel() {},
	getLevel: () => LogLevel.ERROR,
	setName() {},
};

/** Of the test that runs. */
export let slack: SlackSandbox;

/** A stand-in of its own for each test. */
export function useSlack(): void {
	beforeEach(async () => {
		slack = await startSlackSandbox({ speed: 100_000 });
	});

	afterEach(async () => {
		await slack.close();
	});
}

export const client = (token: string | undefined = DEMO.botToken) =>
	new WebClient(token, {
		slackApiUrl: `${slack.url}/api/`,
		retryConfig: { retries: 0 },
		logger: SILENT,
		rejectRateLimitedCalls: true,
	});

/** Slack's word for the refusal. */
export async function refusal(call: Promise<WebAPICallResult>): Promise<string> {
	try {
		await call;
	} catch (error) {
		const { code, data } = error as { code: string; data?: { error: string } };
		return code === ErrorCode.PlatformError ? data!.error : code;
	}
	throw new Error('The call was not refused.');
}
