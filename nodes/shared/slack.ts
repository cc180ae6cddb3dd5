/** The connection to Slack, from the credential of one item. */
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { scrubber } from '../../lib/http/scrub';
import type { RetryPolicy } from '../../lib/http/retry';
import type { Surroundings, Transport } from '../../lib/http/types';
import { apiUrlOf, botTokenOf, secretsOf, type SlackFields } from '../../lib/slack/api/connection';
import { slackAnswerError, slackNetworkError } from '../../lib/slack/api/errors';

import { createHttp, type HttpContext, surroundingsOf } from './http';

export const SLACK_CREDENTIAL = 'slackQuestionsApi';

export interface Slack {
	/** Paths are the names of methods, e.g. `/chat.postMessage`. */
	transport: Transport;
	surroundings: Surroundings;
	apiUrl: string;
	/** Takes the credential's values out of a text. */
	scrub: (text: string) => string;
}

/** Somebody waits for the answer: a pause of more than a minute is worse than an error. */
const PATIENCE: RetryPolicy = {
	maxTries: 4,
	firstDelayMs: 500,
	maxDelayMs: 8_000,
	maxTotalWaitMs: 60_000,
};

/**
 * A connection with the credential of one item; a webhook has one credential only.
 *
 * @throws SettingError when the credential cannot be used as it is.
 */
export async function createSlack(
	ctx: HttpContext | IWebhookFunctions,
	itemIndex?: number,
): Promise<Slack> {
	// A webhook's context has all that is used here: credentials and n8n's HTTP.
	const caller = ctx as HttpContext;
	const fields = await caller.getCredentials<SlackFields & IDataObject>(
		SLACK_CREDENTIAL,
		itemIndex,
	);
	const apiUrl = apiUrlOf(fields);
	// Checked here, because n8n would wrap what `authenticate` throws.
	botTokenOf(fields);
	const scrub = scrubber(secretsOf(fields));
	const transport = createHttp(caller, {
		credential: SLACK_CREDENTIAL,
		baseUrl: apiUrl,
		scrub,
		data: () => ({ ...fields }),
		answerError: slackAnswerError,
		networkError: slackNetworkError,
		policy: PATIENCE,
	});
	return { transport, surroundings: surroundingsOf(caller), apiUrl, scrub };
}
