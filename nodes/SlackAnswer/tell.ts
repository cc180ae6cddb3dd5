/** What the person who asked is told when there is no answer. */
import type { Destination } from '../../lib/slack/answer/destination';
import { failureMetadata } from '../../lib/slack/answer/message';
import { attempt } from '../../lib/attempt';
import type { AnswerStream } from '../../lib/slack/answer/stream';
import { codeOf } from '../../lib/slack/api/errors';
import { setThreadStatus } from '../../lib/slack/api/methods';
import type { Slack } from '../shared/slack';

import { deliver } from './deliver';
import type { AnswerOptions } from './options';
import type { FooterParameters } from './parameters';

/** One question on its way to its answer. */
export interface AnswerRun {
	slack: Slack;
	destination: Destination;
	options: AnswerOptions;
	footer: FooterParameters;
	question: string;
	answerId: string;
	/** The model that has answered, once it is known. */
	model: string;
	/** What did not go as wanted and changed nothing for the reader. */
	notes: string[];
	stream?: AnswerStream;
}

/**
 * Tells that there is no answer, in the message that has begun if there is one.
 *
 * @returns why the person could not be told
 */
export async function tellFailure(run: AnswerRun): Promise<string | undefined> {
	const { slack, destination, stream, options, answerId } = run;
	const text = options.failureText.trim();
	const metadata = (part: number) => failureMetadata(answerId, part);
	const told = await attempt(async () => {
		if (stream?.hasSpoken()) return await stream.breakOff(text, [], metadata(1));
		if (text === '') return await letGo(run);
		await deliver(slack, destination, { text, blocks: [], metadata });
	});
	if ('done' in told) return undefined;
	const reason = codeOf(told.error) ?? (told.error instanceof Error ? told.error.message : '');
	return `The person who asked could not be told (${reason}).`;
}

/** Leaves nothing in Slack that looks as if work went on. Never fails. */
export async function letGo(
	{ slack, destination, stream }: AnswerRun,
	detached = false,
): Promise<void> {
	await stream?.abandon();
	if (destination.kind !== 'channel' || destination.threadTs === undefined) return;
	const { channel, threadTs } = destination;
	const none = { channel_id: channel, thread_ts: threadTs, status: '' };
	await attempt(async () => await setThreadStatus(slack.transport, none, { detached }));
}
