import type { Destination } from '../../lib/slack/answer/destination';

/** Where an answer has gone, in the words of the trigger's items. */
export function describeDestination(
	destination: Destination,
): { channelId: string; threadTs?: string } | { responseUrl: string } {
	if (destination.kind === 'response') return { responseUrl: destination.url };
	const { channel, threadTs } = destination;
	return { channelId: channel, ...(threadTs === undefined ? {} : { threadTs }) };
}
