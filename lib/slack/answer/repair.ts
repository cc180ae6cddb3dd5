/** Puts right what a stream has left unsure. */
import { asError, attempt } from '../../attempt';
import { codeOf } from '../api/errors';
import { type Block, type Metadata, stopStream, testAuth, updateMessage } from '../api/methods';
import { contentOf } from './message';
import { type Poster, threadMessages } from './post';
import { isBefore } from './timestamp';

/** Slack ends a stream a moment after it has said so. */
const SETTLE_MS = 1_000;
const MAX_TRIES = 3;
const LOOK_MS = 1_000;
const CLOCK_SKEW_S = 300;
const COMPARED_CHARS = 40;

/**
 * Ends a streamed message, whatever stands in it, and puts the whole text in its place. Both can be done twice.
 *
 * @throws ApiError when Slack does not take the text
 */
export async function mend(
	{ transport, surroundings }: Poster,
	message: { channel: string; ts: string; shown: string; blocks: Block[]; metadata: Metadata },
): Promise<void> {
	const { channel, ts, shown, blocks, metadata } = message;
	for (let tries = 1; ; tries++) {
		await attempt(async () => await stopStream(transport, { channel, ts }));
		const content = contentOf(shown, blocks);
		const updated = await attempt(
			async () => await updateMessage(transport, { channel, ts, ...content, metadata }),
		);
		if ('done' in updated) return;
		const isOpen = codeOf(updated.error) === 'streaming_state_conflict';
		if (!isOpen || tries >= MAX_TRIES) throw asError(updated.error);
		await surroundings.sleep(SETTLE_MS);
	}
}

/** The message of a stream whose start got no answer: ours, new, and with that beginning. */
export async function findStarted(
	{ transport, surroundings }: Poster,
	{
		channel,
		threadTs,
		shown,
		asked,
	}: {
		channel: string;
		threadTs: string;
		shown: string;
		asked: number;
	},
): Promise<string | undefined> {
	await surroundings.sleep(LOOK_MS);
	const oldest = `${Math.floor(asked / 1000) - CLOCK_SKEW_S}.000000`;
	const found = await attempt(async () => {
		const { userId, botId } = await testAuth(transport);
		let last: string | undefined;
		for await (const page of threadMessages(transport, { channel, ts: threadTs, oldest })) {
			for (const { ts, user, bot_id: bot, text, metadata } of page) {
				const isOurs = (user && user === userId) || (bot && bot === botId);
				// An answer that is complete has metadata; one that has just begun has none.
				const isNew = !isBefore(ts, oldest) && metadata?.event_type === undefined;
				if (isOurs && isNew && isSame(text, shown)) last = ts;
			}
		}
		return last;
	});
	return 'done' in found ? found.done : undefined;
}

/** Slack's rendering of the text drops markup. */
function isSame(text: string | undefined, shown: string): boolean {
	const [theirs, ours] = [letters(text ?? ''), letters(shown)];
	return theirs !== '' && ours !== '' && (ours.startsWith(theirs) || theirs.startsWith(ours));
}

function letters(text: string): string {
	return text
		.slice(0, COMPARED_CHARS * 4)
		.replace(/[^\p{L}\p{N}]/gu, '')
		.slice(0, COMPARED_CHARS);
}
