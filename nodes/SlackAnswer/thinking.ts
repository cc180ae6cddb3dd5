/** The status that tells a person that somebody is at work. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Destination } from '../../lib/slack/answer/destination';
import { attempt } from '../../lib/attempt';
import { MAX_LOADING_MESSAGES, showStatus } from '../../lib/slack/answer/status';
import { codeOf } from '../../lib/slack/api/errors';
import type { Slack } from '../shared/slack';

import type { AnswerOptions } from './options';
import { readTexts, responseUrlParameter } from './parameters';

/** The app cannot write there, so a response URL is the only way. */
const OUT_OF_REACH = ['not_in_channel', 'channel_not_found'];

/**
 * Shows the status. It is a courtesy: where it cannot be shown, the answer comes all the same.
 *
 * @returns where the answer has to go, which is the response URL of a shortcut used where the app is no member
 */
export async function beginStatus(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{
		slack,
		destination,
		options,
		notes,
	}: {
		slack: Slack;
		destination: Destination;
		options: AnswerOptions;
		notes: string[];
	},
): Promise<Destination> {
	if (destination.kind !== 'channel' || destination.threadTs === undefined) return destination;
	const text = options.statusText.trim();
	if (text === '') return destination;
	const { channel, threadTs } = destination;
	const loadingMessages = readTexts(
		options.loadingMessages,
		'Loading Messages',
		MAX_LOADING_MESSAGES,
	);
	const shown = await attempt(
		async () => await showStatus(slack, { channel, threadTs, text, loadingMessages }),
	);
	if ('done' in shown) return destination;
	const code = codeOf(shown.error) ?? '';
	const url = OUT_OF_REACH.includes(code) ? responseUrlParameter(ctx, itemIndex) : undefined;
	if (url !== undefined) {
		return { kind: 'response', url, visibility: options.responseVisibility ?? 'ephemeral' };
	}
	const reason = code || (shown.error instanceof Error ? shown.error.message : 'no answer');
	notes.push(`The status could not be shown (${reason}).`);
	return destination;
}
