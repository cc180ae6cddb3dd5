import { asError, attempt } from '../../attempt';
import { codeOf } from '../api/errors';
import { setThreadStatus } from '../api/methods';
import { type Poster } from './post';

/** Slack knows a fresh direct message as a thread only after a moment. */
const FRESH_THREAD_MS = 750;
/** https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
export const MAX_LOADING_MESSAGES = 10;

/**
 * Shows in a thread what the app is doing, e.g. "is thinking…" behind its name; an empty text takes that away.
 *
 * @throws ApiError as Slack refuses
 */
export async function showStatus(
	{ transport, surroundings }: Poster,
	status: { channel: string; threadTs: string; text: string; loadingMessages?: string[] },
): Promise<void> {
	const { channel, threadTs, text, loadingMessages = [] } = status;
	const body = {
		channel_id: channel,
		thread_ts: threadTs,
		status: text,
		...(loadingMessages.length > 0 ? { loading_messages: loadingMessages } : {}),
	};
	const first = await attempt(async () => await setThreadStatus(transport, body));
	if ('done' in first) return;
	if (codeOf(first.error) !== 'invalid_thread_ts') throw asError(first.error);
	await surroundings.sleep(FRESH_THREAD_MS);
	await setThreadStatus(transport, body);
}
