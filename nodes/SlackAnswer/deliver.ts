/** Brings a text to where it was asked for. */
import { type Destination } from '../../lib/slack/answer/destination';
import type { Poster } from '../../lib/slack/answer/post';
import { postAnswer } from '../../lib/slack/answer/postAnswer';
import { respond } from '../../lib/slack/answer/respond';
import type { Block, Metadata } from '../../lib/slack/api/methods';

export interface Delivery {
	text: string;
	blocks: Block[];
	metadata: (part: number) => Metadata;
}

export interface Delivered {
	/** Timestamps of the messages; Slack gives none for a response URL. */
	ts: string[];
	notes: string[];
}

/**
 * @param posted - the messages' timestamps as they come to be, for callers that need them after an error, too
 * @throws ApiError as Slack refuses
 */
export async function deliver(
	poster: Poster,
	destination: Destination,
	{ text, blocks, metadata }: Delivery,
	posted: string[] = [],
): Promise<Delivered> {
	if (destination.kind === 'channel') {
		const { channel, threadTs } = destination;
		const settings = { channel, threadTs, blocks, metadata };
		return { ts: await postAnswer(poster, text, settings, posted), notes: [] };
	}
	const { url, visibility } = destination;
	// Feedback needs a message with metadata, which these have not.
	const footer = blocks.filter(({ type }) => type !== 'context_actions');
	const { left } = await respond(poster.transport, text, { url, visibility, blocks: footer });
	const note = `Slack takes five messages for a command, so the last ${left} characters of the answer were left out.`;
	return { ts: [], notes: left > 0 ? [note] : [] };
}
