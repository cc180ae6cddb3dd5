/** What has been said in the conversation before. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { loadMemory } from '../../lib/openai/chat/memory';
import { SettingError } from '../../lib/openai/settingError';
import { readThread } from '../../lib/slack/answer/thread';
import { testAuth } from '../../lib/slack/api/methods';
import { connectedMemory } from '../shared/chat/memory';

import type { Remembered } from './ask';
import { timestampParameter } from './parameters';
import type { AnswerRun } from './tell';

const THREAD_LIMIT = 20;
const MAX_THREAD_LIMIT = 1_000;

type Source = 'auto' | 'memory' | 'none' | 'thread';

export async function readConversationMemory(
	ctx: IExecuteFunctions,
	itemIndex: number,
	run: AnswerRun,
): Promise<Remembered> {
	const source = ctx.getNodeParameter('memorySource', itemIndex) as Source;
	if (source === 'none') return { messages: [] };
	if (source === 'thread') return { messages: await fromThread(ctx, itemIndex, run) };
	const memory = await connectedMemory(ctx, itemIndex);
	if (memory) return { messages: await loadMemory(memory, run.question), memory };
	if (source === 'auto') return { messages: await fromThread(ctx, itemIndex, run) };
	throw new SettingError(
		'No memory is connected',
		"Connect a memory node, e.g. Simple Memory with {{ $json.sessionKey }} as its key, or choose 'Slack Thread' as 'Memory'.",
		'Memory',
	);
}

async function fromThread(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ destination, slack, options }: AnswerRun,
): Promise<Remembered['messages']> {
	if (destination.kind !== 'channel' || destination.threadTs === undefined) return [];
	const { channel, threadTs } = destination;
	const before = timestampParameter(ctx, 'beforeTs', 'Before Message', itemIndex);
	// The question begins the thread: there is nothing before it.
	if (before === threadTs) return [];
	const wanted = Number(ctx.getNodeParameter('threadLimit', itemIndex, THREAD_LIMIT));
	const limit = Math.min(Math.max(wanted || THREAD_LIMIT, 1), MAX_THREAD_LIMIT);
	const me = await testAuth(slack.transport);
	const leftOut = [options.failureText];
	const messages = await readThread(slack.transport, me, {
		channel,
		threadTs,
		before,
		limit,
		leftOut,
	});
	return messages.map(({ role, content }) => ({ role, content }));
}
