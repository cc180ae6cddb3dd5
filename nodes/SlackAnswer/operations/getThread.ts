import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readThread } from '../../../lib/slack/answer/thread';
import { testAuth } from '../../../lib/slack/api/methods';
import { limitParameter } from '../../shared/parameters';
import { createSlack } from '../../shared/slack';

import { FAILURE_TEXT } from '../description/options';
import { readThreadParameters, timestampParameter } from '../parameters';

/** Get Thread: one item with the messages, ready to be the history of a chat. */
export async function getThread(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { transport } = await createSlack(ctx, itemIndex);
	const { channel, threadTs } = readThreadParameters(ctx, itemIndex);
	const before = timestampParameter(ctx, 'beforeTs', 'Before Message', itemIndex);
	const limit = limitParameter(ctx, itemIndex);
	const me = await testAuth(transport);
	const messages = await readThread(transport, me, {
		channel,
		threadTs,
		before,
		limit,
		leftOut: [FAILURE_TEXT],
	});
	return [
		{
			json: {
				messages: messages as unknown as IDataObject[],
				count: messages.length,
				channelId: channel,
				threadTs,
			},
		},
	];
}
