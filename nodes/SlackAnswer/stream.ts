import type { IExecuteFunctions } from 'n8n-workflow';

import { isDirectMessage } from '../../lib/slack/answer/destination';
import { answerMetadata } from '../../lib/slack/answer/message';
import { AnswerStream } from '../../lib/slack/answer/stream';
import { textParameter } from '../shared/parameters';

import type { AnswerRun } from './tell';

/** The stream into the thread, where one is wanted and possible. */
export function openStream(
	ctx: IExecuteFunctions,
	itemIndex: number,
	run: AnswerRun,
): AnswerStream | undefined {
	const { destination, slack, notes, question, answerId } = run;
	if (!ctx.getNodeParameter('streamToSlack', itemIndex, true)) return undefined;
	if (destination.kind !== 'channel' || destination.threadTs === undefined) return undefined;
	const { channel, threadTs } = destination;
	const userId = textParameter(ctx, 'userId', itemIndex).trim();
	const teamId = textParameter(ctx, 'teamId', itemIndex).trim();
	const isKnown = userId !== '' && teamId !== '';
	if (!isKnown && !isDirectMessage(channel)) {
		notes.push(
			"Not streamed: 'User ID' and 'Team ID' are needed for that outside direct messages.",
		);
		return undefined;
	}
	return new AnswerStream(slack, {
		channel,
		threadTs,
		...(isKnown ? { recipient: { recipient_user_id: userId, recipient_team_id: teamId } } : {}),
		metadata: (part) => answerMetadata({ answerId, part, question, model: run.model }),
	});
}
