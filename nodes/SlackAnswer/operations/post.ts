import { randomUUID } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { SettingError } from '../../../lib/openai/settingError';
import type { Visibility } from '../../../lib/slack/answer/destination';
import { withoutMentions } from '../../../lib/slack/answer/guard';
import { answerMetadata, failureMetadata } from '../../../lib/slack/answer/message';
import { textParameter } from '../../shared/parameters';
import { createSlack } from '../../shared/slack';

import { deliver } from '../deliver';
import { readDestination, readFooter } from '../parameters';
import { describeDestination } from '../result';

interface PostOptions {
	allowMentions?: boolean;
	failureNotice?: boolean;
	responseVisibility?: Visibility;
}

/** Post Answer. */
export async function post(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const slack = await createSlack(ctx, itemIndex);
	const options = ctx.getNodeParameter('options', itemIndex, {}) as PostOptions;
	const destination = readDestination(ctx, itemIndex, options.responseVisibility);
	const text = readText(ctx, itemIndex);
	const { blocks, feedbackButtons } = readFooter(ctx, itemIndex);
	const question = feedbackButtons ? textParameter(ctx, 'question', itemIndex) : '';
	const model = feedbackButtons ? textParameter(ctx, 'answeredBy', itemIndex) : '';
	const answerId = randomUUID();
	const { ts, notes } = await deliver(slack, destination, {
		text: options.allowMentions ? text : withoutMentions(text),
		blocks,
		metadata: (part) =>
			options.failureNotice
				? failureMetadata(answerId, part)
				: answerMetadata({ answerId, part, question, model }),
	});
	return [
		{
			json: {
				answer: text,
				...describeDestination(destination),
				ts,
				feedback: feedbackButtons && destination.kind === 'channel',
				...(notes.length > 0 ? { warnings: notes } : {}),
			},
		},
	];
}

function readText(ctx: IExecuteFunctions, itemIndex: number): string {
	const text = textParameter(ctx, 'text', itemIndex).trim();
	if (text !== '') return text;
	throw new SettingError(
		"'Text' is empty",
		'Give the text to post, e.g. {{ $json.output }} of the node that has made the answer.',
		'Text',
	);
}
