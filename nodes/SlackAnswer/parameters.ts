/** Reading what several operations have in common. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../../lib/openai/chat/json';
import {
	type Destination,
	readChannel,
	readResponseUrl,
	type Visibility,
} from '../../lib/slack/answer/destination';
import { footerBlocks } from '../../lib/slack/answer/message';
import { readTimestamp } from '../../lib/slack/answer/timestamp';
import type { Block } from '../../lib/slack/api/methods';
import { SettingError } from '../../lib/openai/settingError';
import { locatorParameter, textParameter } from '../shared/parameters';

export interface Thread {
	channel: string;
	threadTs: string;
}

/** A channel and a thread in it, both of which are needed. */
export function readThreadParameters(ctx: IExecuteFunctions, itemIndex: number): Thread {
	const threadTs = timestampParameter(ctx, 'threadTs', 'Thread', itemIndex);
	if (threadTs === undefined) {
		throw new SettingError(
			"'Thread' is empty",
			"Give the timestamp of the thread's first message, e.g. {{ $json.replyThreadTs }} of the Slack Question Trigger. A slash command has no thread.",
			'Thread',
		);
	}
	return { channel: readChannel(locatorParameter(ctx, 'channelId', itemIndex)), threadTs };
}

/** The thread; without one the response URL; without that the channel. */
export function readDestination(
	ctx: IExecuteFunctions,
	itemIndex: number,
	visibility: Visibility = 'ephemeral',
): Destination {
	const threadTs = timestampParameter(ctx, 'threadTs', 'Thread', itemIndex);
	const url = responseUrlParameter(ctx, itemIndex);
	if (threadTs === undefined && url !== undefined) return { kind: 'response', url, visibility };
	const channel = readChannel(locatorParameter(ctx, 'channelId', itemIndex));
	return { kind: 'channel', channel, ...(threadTs === undefined ? {} : { threadTs }) };
}

export function responseUrlParameter(
	ctx: IExecuteFunctions,
	itemIndex: number,
): string | undefined {
	return readResponseUrl(ctx.getNodeParameter('responseUrl', itemIndex, ''));
}

export function timestampParameter(
	ctx: IExecuteFunctions,
	name: string,
	setting: string,
	itemIndex: number,
): string | undefined {
	return readTimestamp(ctx.getNodeParameter(name, itemIndex, ''), setting);
}

export interface FooterParameters {
	blocks: Block[];
	feedbackButtons: boolean;
}

export function readFooter(ctx: IExecuteFunctions, itemIndex: number): FooterParameters {
	const feedbackButtons = ctx.getNodeParameter('feedbackButtons', itemIndex, true) as boolean;
	const disclosure = ctx.getNodeParameter('disclosure', itemIndex, true)
		? textParameter(ctx, 'disclosureText', itemIndex)
		: '';
	return { blocks: footerBlocks({ disclosure, feedbackButtons }), feedbackButtons };
}

/** A list of texts, from the fields of the node or from an expression. */
export function readTexts(value: unknown, setting: string, most: number): string[] {
	const list: unknown[] = Array.isArray(value) ? value : [value];
	const texts = list.map((one) => plainText(one).trim()).filter((text) => text !== '');
	if (texts.length <= most) return texts;
	throw new SettingError(
		`'${setting}' has ${texts.length} entries; Slack takes ${most}`,
		'Remove some of them.',
		setting,
	);
}
