import { type IExecuteFunctions, NodeConnectionTypes } from 'n8n-workflow';

import { type ChatMemory, isChatMemory } from '../../../lib/openai/chat/memory';

import { isTool } from './chatWindow';

/** The connected memory, for the session of one item. */
export async function connectedMemory(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Promise<ChatMemory | undefined> {
	if (isTool(ctx)) return undefined;
	const memory = await ctx.getInputConnectionData(NodeConnectionTypes.AiMemory, itemIndex);
	return isChatMemory(memory) ? memory : undefined;
}

/** Adds a turn to the memory. An answer that is paid for is not lost when the memory cannot take it. */
export async function remember(
	ctx: IExecuteFunctions,
	memory: ChatMemory | undefined,
	input: string,
	output: string,
): Promise<void> {
	if (!memory || !input || !output) return;
	try {
		await memory.saveContext({ input }, { output });
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		ctx.addExecutionHints({
			message: `The memory did not take this turn: ${reason}`,
			location: 'outputPane',
			type: 'warning',
		});
	}
}
