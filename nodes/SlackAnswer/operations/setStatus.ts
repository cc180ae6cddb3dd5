import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { MAX_LOADING_MESSAGES, showStatus } from '../../../lib/slack/answer/status';
import { textParameter } from '../../shared/parameters';
import { createSlack } from '../../shared/slack';

import { readTexts, readThreadParameters } from '../parameters';

/** Set Status. */
export async function setStatus(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const slack = await createSlack(ctx, itemIndex);
	const { channel, threadTs } = readThreadParameters(ctx, itemIndex);
	const text = textParameter(ctx, 'status', itemIndex).trim();
	const loadingMessages = readTexts(
		ctx.getNodeParameter('loadingMessages', itemIndex, []),
		'Loading Messages',
		MAX_LOADING_MESSAGES,
	);
	await showStatus(slack, { channel, threadTs, text, loadingMessages });
	return [{ json: { status: text, channelId: channel, threadTs } }];
}
