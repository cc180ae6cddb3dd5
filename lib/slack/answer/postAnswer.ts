import type { Block, Metadata } from '../api/methods';
import { contentOf } from './message';
import { type Poster, postOnce } from './post';
import { shownPart, splitAnswer } from './split';

/** Links of an answer are for reading, not for previews. */
export const NO_UNFURL = { unfurl_links: false, unfurl_media: false };

/**
 * Posts a whole text, in as many messages as its length needs, the last one with `blocks` below it.
 *
 * @param posted - the messages' timestamps as they come to be, for callers that need them after an error, too
 * @throws ApiError as Slack refuses
 */
export async function postAnswer(
	poster: Poster,
	answer: string,
	{
		channel,
		threadTs,
		blocks,
		metadata,
		unfurl,
	}: {
		channel: string;
		threadTs?: string;
		blocks: Block[];
		metadata: (part: number) => Metadata;
		unfurl?: boolean;
	},
	posted: string[] = [],
): Promise<string[]> {
	const parts = splitAnswer(answer).filter(({ text }) => text.trim() !== '');
	for (const [index, part] of parts.entries()) {
		const content = contentOf(shownPart(part), index === parts.length - 1 ? blocks : []);
		const message = {
			channel,
			...(threadTs === undefined ? {} : { thread_ts: threadTs }),
			...content,
			metadata: metadata(index + 1),
			...(unfurl ? {} : NO_UNFURL),
		};
		posted.push(await postOnce(poster, message));
	}
	return posted;
}
