/** Answers to slash commands and shortcuts: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
import { asError, attempt } from '../../attempt';
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import type { Block } from '../api/methods';
import type { Visibility } from './destination';
import { escapeMarkup } from './guard';
import { shownPart, splitAnswer } from './split';

/** So often a response URL may be used, within half an hour. */
const MAX_MESSAGES = 5;
const TIMEOUT_MS = 30_000;

/**
 * Sends a text to a response URL, in as many messages as it needs and Slack takes there.
 *
 * @returns how many messages were sent, and how many characters there was no room for
 * @throws ApiError as Slack refuses
 */
export async function respond(
	transport: Transport,
	text: string,
	{ url, visibility, blocks }: { url: string; visibility: Visibility; blocks: Block[] },
): Promise<{ sent: number; left: number }> {
	const all = splitAnswer(text).filter((part) => part.text.trim() !== '');
	const parts = all.slice(0, MAX_MESSAGES);
	for (const [index, part] of parts.entries()) {
		const shown = shownPart(part);
		const footer = index === parts.length - 1 ? blocks : [];
		const body = {
			response_type: visibility,
			replace_original: false,
			text: escapeMarkup(shown),
			blocks: [{ type: 'markdown', text: shown }, ...footer],
		};
		await send(transport, url, body);
	}
	const left = all.slice(MAX_MESSAGES).reduce((sum, part) => sum + part.text.length, 0);
	return { sent: parts.length, left };
}

/** Slack answers "ok" as plain text. Nothing is repeated that Slack may have shown. */
async function send(transport: Transport, url: string, body: object): Promise<void> {
	const request = {
		method: 'POST',
		path: '/response_url',
		url,
		body,
		expect: 'buffer',
		retry: 'rejected',
		timeout: TIMEOUT_MS,
	} as const;
	const sent = await attempt(async () => await transport(request));
	if ('error' in sent) throw explained(sent.error);
}

function explained(error: unknown): Error {
	if (!(error instanceof ApiError) || error.details.status !== 404) return asError(error);
	return new ApiError(error.message, {
		...error.details,
		explanation: {
			message: 'Slack no longer takes an answer to this command',
			description:
				'A response URL works five times and for thirty minutes. Answer sooner, or in a channel.',
			cause: 'configuration-invalid',
		},
	});
}
