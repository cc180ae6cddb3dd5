import type { IWebhookFunctions } from 'n8n-workflow';

import { bareFeedback, completeRating, type Rating } from '../../lib/slack/feedback';
import type { Ignored } from '../../lib/slack/question';
import type { SlackFeedback } from '../../lib/slack/types';
import { toNodeError } from '../shared/errors';
import { createSlack } from '../shared/slack';

/** A rating with its question and answer. Never throws: Slack has its answer already. */
export async function rated(
	ctx: IWebhookFunctions,
	rating: Rating,
): Promise<SlackFeedback | Ignored> {
	try {
		const { transport } = await createSlack(ctx);
		return await completeRating(transport, rating);
	} catch (error) {
		const { message, description } = toNodeError(ctx.getNode(), error);
		const lookupError = [message, description].filter(Boolean).join('. ');
		return { ...bareFeedback(rating), lookupError };
	}
}
